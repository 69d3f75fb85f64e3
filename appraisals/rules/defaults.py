"""What a scheme starts with: the usual sections, criteria and scale, or those of the year before."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from appraisals.models import Criterion, ScalePoint, Scheme, Section

Kind, Source = Section.Kind, Criterion.Source


def stages(last_on: date) -> dict[str, date]:
    """The day of each stage, counted from the year's last day."""
    after = {"self_review_on": -30, "review_on": -16, "calibration_on": 4, "share_on": 14}
    after |= {"sign_by_on": 30, "lock_on": 60}
    return {name: last_on + timedelta(days=days) for name, days in after.items()}


def fill(scheme: Scheme, share: int) -> None:
    """The usual sections: what the year's share leaves of 100 goes to job results."""
    rest = max(0, 100 - share)
    team, growth = (20, 15) if rest >= 65 else (0, 0)
    team_leading, growth_leading, engaging = (15, 10, 25) if rest >= 65 else (0, 0, min(rest, 1))
    job, job_leading = rest - team - growth, rest - team_leading - growth_leading - engaging
    sections = [
        (Kind.RELATIONSHIP, _("Relationship goals"), None, None, _criteria_of_goals()),
        (Kind.RATED, _("Job results"), job, job_leading, _job()),
        (Kind.RATED, _("Teamwork and professional behaviour"), team, team_leading, _team()),
        (Kind.RATED, _("Development"), growth, growth_leading, _growth()),
        (Kind.ENGAGING, _("Engaging people"), 0, engaging, _engaging()),
    ]
    for position, (kind, name, weight, leading, criteria) in enumerate(sections, 1):
        section = Section.objects.create(
            scheme=scheme, kind=kind, name=name, weight=weight, weight_leading=leading, position=position
        )
        rows = [
            Criterion(section=section, position=n, name=label, about=about, weight=percent, source=source)
            for n, (label, about, percent, source) in enumerate(criteria, 1)
        ]
        Criterion.objects.bulk_create(rows)
    points = [ScalePoint(scheme=scheme, value=n, name=name, anchor=a) for n, (name, a) in enumerate(_scale(), 1)]
    ScalePoint.objects.bulk_create(points)


def copy(earlier: Scheme, scheme: Scheme) -> None:
    """Last year's sections, criteria, scale and coverage, as they stood last."""
    Scheme.objects.filter(pk=scheme.pk).update(
        halves=earlier.halves, ladder=earlier.ladder, job_titles=earlier.job_titles
    )
    scheme.refresh_from_db()
    scheme.departments.set(earlier.departments.all())
    for section in earlier.sections.prefetch_related("criteria"):
        criteria = list(section.criteria.all())
        section.pk, section.scheme, section._state.adding = None, scheme, True
        Section.objects.bulk_create([section])
        fresh = scheme.sections.get(position=section.position, name=section.name)
        for criterion in criteria:
            criterion.pk, criterion.section, criterion._state.adding = None, fresh, True
        Criterion.objects.bulk_create(criteria)
    points = [ScalePoint(scheme=scheme, value=p.value, name=p.name, anchor=p.anchor) for p in earlier.scale.all()]
    ScalePoint.objects.bulk_create(points)


def _criteria_of_goals() -> list[tuple[str, str, int, str]]:
    about = _("Computed from the confirmed counts of the year’s goals.")
    return [(_("Goals of the year"), about, 100, Source.GOALS)]


def _job() -> list[tuple[str, str, int, str]]:
    return [
        (_("Quality of the work"), _("What was delivered, and what had to be done again."), 40, ""),
        (_("On time"), _("What was promised for a day and was there on that day."), 35, ""),
        (_("Care and safety"), _("How things, data and money entrusted were treated."), 25, ""),
    ]


def _team() -> list[tuple[str, str, int, str]]:
    return [
        (_("Works with others"), _("Answers, hands over, helps out; seen, not felt."), 50, ""),
        (_("Professional behaviour"), _("Punctual, prepared, polite; also when it is difficult."), 50, ""),
    ]


def _growth() -> list[tuple[str, str, int, str]]:
    return [(_("Learned and passed on"), _("Courses, practice, training given to others."), 100, "")]


def _engaging() -> list[tuple[str, str, int, str]]:
    return [
        (_("One-on-ones held"), _("Of those planned in the year."), 40, Source.ONE_ON_ONES),
        (_("Goals agreed"), _("How many of the directs agreed on a goal in time."), 20, Source.AGREED),
        (_("Reports answered"), _("Of those the directs made."), 20, Source.ANSWERED),
        (_("Promises kept"), _("Of those made in one-on-ones."), 20, Source.PROMISES),
    ]


def _scale() -> list[tuple[str, str]]:
    return [
        (_("far below"), _("Most of what the job asks was missing, although it was talked about during the year.")),
        (_("below"), _("Part of what the job asks was missing; what is there can be named.")),
        (_("meets what the job asks"), _("What the job asks was there, and was there when it was needed.")),
        (_("meets it, in part more"), _("What the job asks was there, and in several named cases more than that.")),
        (_("clearly more"), _("More than the job asks for most of the year, with examples that others point to.")),
    ]
