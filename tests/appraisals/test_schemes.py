"""Weights total 100, refused in words otherwise; the standing sections stand; changes after the start are logged."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from appraisals.models import Appraisal, Rating, Section, WeightChange
from appraisals.rules import schemes
from goals.models import Year
from people.rules.departments import found_department
from tests.factories import EmployeeFactory
from tests.factories_appraisals import a_scheme, a_year, appraisal_of, criteria

pytestmark = pytest.mark.django_db


def rows(scheme, **weights):
    """The scheme's sections as weigh() takes them, with other weights: name → (weight, for managers)."""
    listed = scheme.sections.exclude(kind="relationship").order_by("position")
    return [(s, s.name, *weights.get(s.name, (s.weight, s.weight_leading))) for s in listed]


@pytest.fixture
def scheme(db):
    return a_scheme()


def test_scheme_begins_with_what_is_usual_and_totals_100(scheme):
    assert schemes.problems(scheme) == []
    assert [name for name, _w, _l in schemes.shown_weights(scheme)] == [
        "Relationship goals", "Job results", "Teamwork and professional behaviour", "Development", "Engaging people",
    ]  # fmt: skip
    assert [sum(column) for column in list(zip(*schemes.shown_weights(scheme), strict=True))[1:]] == [100, 100]
    assert list(scheme.sections.get(kind="engaging").criteria.values_list("source", flat=True)) == [
        "one_on_ones", "agreed", "answered", "promises",
    ]  # fmt: skip
    assert schemes.begin(scheme.year, by=None) == scheme


@pytest.mark.parametrize("share", [0, 5, 40, 100])
def test_scheme_of_any_share_totals_100(db, share):
    scheme = a_scheme(a_year(share_percent=share))

    totals = [sum(column) for column in list(zip(*schemes.shown_weights(scheme), strict=True))[1:]]

    assert totals == [100, 100]


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ({"Job results": (61, 45)}, "Weights: They total 101. Take 1 away."),
        ({"Job results": (60, 44)}, "Weights for managers: They total 99. Add 1."),
        ({"Job results": (-60, 45)}, "A weight is 0 or more. Take the minus away."),
    ],
)
def test_weights_are_refused_in_words(firm, scheme, weights, sentence):
    before = schemes.shown_weights(scheme)

    with pytest.raises(ValidationError) as refused:
        schemes.weigh(scheme, rows(scheme, **weights), by=firm.hedda)

    assert sentence in refused.value.messages
    assert schemes.shown_weights(scheme) == before


def test_no_section_at_all_is_refused(firm, scheme):
    with pytest.raises(ValidationError, match="at least one section"):
        schemes.weigh(scheme, [], by=firm.hedda)


def test_engaging_people_cannot_be_removed_or_weigh_nothing(firm, scheme):
    without = [row for row in rows(scheme, **{"Job results": (60, 70)}) if row[1] != "Engaging people"]
    nothing = rows(scheme, **{"Job results": (60, 70), "Engaging people": (0, 0)})

    for listed in (without, nothing):
        with pytest.raises(ValidationError, match="stands"):
            schemes.weigh(scheme, listed, by=firm.hedda)

    assert scheme.sections.get(kind="engaging").weight_leading == 25
    section = scheme.sections.get(kind="engaging")
    with pytest.raises(ValidationError, match="stand"):
        schemes.revise_section(section, "", [(None, "Mood", "", 100)], by=firm.hedda)


def test_change_after_the_start_wants_a_reason_and_is_logged(firm, scheme):
    scheme = schemes.start(scheme, by=firm.hedda)
    weights = rows(scheme, **{"Job results": (65, 50), "Development": (10, 5)})

    with pytest.raises(ValidationError) as refused:
        schemes.weigh(scheme, weights, by=firm.hedda)
    schemes.weigh(scheme, weights, "More of the work is visible as results.", by=firm.hedda)

    assert list(refused.value.message_dict) == ["reason"]
    change = WeightChange.objects.get()
    assert (change.by, change.reason) == (firm.hedda, "More of the work is visible as results.")
    assert ["Development", 15, 10] in change.before
    assert ["Development", 10, 5] in change.after
    scheme.refresh_from_db()
    assert scheme.rolled_on is None


def test_share_changed_on_the_years_page_is_logged_here(firm, scheme):
    scheme = schemes.start(scheme, by=firm.hedda)
    Year.objects.filter(pk=scheme.year_id).update(share_percent=6)
    fresh = type(scheme).objects.get(pk=scheme.pk)

    schemes.log_share(fresh)
    schemes.log_share(type(scheme).objects.get(pk=scheme.pk))

    change = WeightChange.objects.get()
    assert (change.before[0][1], change.after[0][1]) == (5, 6)


def test_second_save_over_an_older_page_is_told(firm, scheme):
    schemes.weigh(scheme, rows(scheme), "", scheme.version, by=firm.hedda)

    with pytest.raises(ValidationError) as refused:
        schemes.weigh(scheme, rows(scheme), "", 0, by=firm.hedda)

    assert refused.value.code == "changed_meanwhile"


@pytest.mark.parametrize("who", ["ada", "mia", "eve", "sam"])
def test_scheme_is_hr_administrators_to_keep(firm, scheme, who):
    by = getattr(firm, who)
    for deed in (
        lambda: schemes.begin(scheme.year, by=by),
        lambda: schemes.weigh(scheme, rows(scheme), by=by),
        lambda: schemes.start(scheme, by=by),
        lambda: schemes.name_points(scheme, [("a", "")] * 5, by=by),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_stages_out_of_order_and_falling_ratings_are_refused(firm, scheme):
    fields = {name: getattr(scheme, name) for name in scheme.STAGES}

    with pytest.raises(ValidationError) as refused:
        schemes.revise(scheme, fields | {"review_on": scheme.year.first_on}, by=firm.hedda)
    with pytest.raises(ValidationError) as fallen:
        schemes.revise(scheme, {"ladder": [100, 300, 200, 400, 500]}, by=firm.hedda)

    assert list(refused.value.message_dict) == ["review_on"]
    assert list(fallen.value.message_dict) == ["ladder"]


def test_criteria_total_100_and_what_is_rated_stays(firm, scheme):
    scheme = schemes.start(scheme, by=firm.hedda)
    section = scheme.sections.get(name="Job results")
    first, second, third = section.criteria.all()
    Rating.objects.create(appraisal=appraisal_of(scheme, firm.eve), criterion=third, points=300, by=firm.mia)

    with pytest.raises(ValidationError, match="total 90"):
        schemes.revise_section(section, "", [(first, "One", "", 90)], by=firm.hedda)
    with pytest.raises(ValidationError, match="rated there already"):
        schemes.revise_section(section, "", [(first, "One", "", 100)], by=firm.hedda)
    schemes.revise_section(section, "What counts", [(third, "Three", "", 60), (first, "One", "", 40)], by=firm.hedda)

    assert list(section.criteria.values_list("name", "weight")) == [("Three", 60), ("One", 40)]
    assert not section.criteria.filter(pk=second.pk).exists()


def test_scale_in_use_is_not_shortened(firm, scheme):
    with pytest.raises(ValidationError, match="three to seven"):
        schemes.name_points(scheme, [("low", ""), ("high", "")], by=firm.hedda)
    with pytest.raises(ValidationError, match="in use"):
        schemes.name_points(scheme, [("a", ""), ("b", ""), ("c", "")], by=firm.hedda)

    schemes.name_points(scheme, [(name, "") for name in "abcdefg"], by=firm.hedda)

    assert scheme.scale.count() == 7


def test_only_whom_it_covers_has_an_appraisal(firm, scheme):
    inside = found_department("Chemistry", "CHE", by=None)
    lab = found_department("Laboratory", "LAB", by=None, parent=inside)
    nora = EmployeeFactory(name="Nora", department=lab, job_title="Technician")
    EmployeeFactory(name="Olaf", department=lab, job_title="Clerk")
    EmployeeFactory(name="Late", department=lab, job_title="technician", hired_on=scheme.year.last_on)
    scheme.departments.set([inside])
    fields = {"job_titles": "Technician\n", "hired_by_on": scheme.year.first_on}
    schemes.revise(scheme, fields, by=firm.hedda)

    schemes.start(scheme, by=firm.hedda)

    assert [a.employee for a in Appraisal.objects.all()] == [nora]


def test_next_years_scheme_begins_as_this_ones_stands(firm, scheme):
    schemes.weigh(scheme, rows(scheme, **{"Job results": (70, 45), "Development": (5, 10)}), by=firm.hedda)
    following = a_year(first_on=scheme.year.first_on.replace(year=scheme.year.first_on.year + 1))

    fresh = schemes.begin(following, by=firm.hedda)

    assert schemes.shown_weights(fresh) == schemes.shown_weights(scheme)
    assert [c.name for c in criteria(fresh)] == [c.name for c in criteria(scheme)]
    assert Section.objects.filter(scheme=scheme).count() == Section.objects.filter(scheme=fresh).count()
