from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goals.querysets.years import YearQuerySet
from people.text import one_line


class Year(models.Model):
    """The time for which goals are agreed, and what is asked of everybody in it. Written by goals.rules.years.

    Years never overlap. `share_percent` is what the relationship goals count for in the appraisal, and stands only
    here. `agree_by_on`: up to when goals should be agreed; `answer_by_on`: up to when managers answer the last
    reports, before the appraisals take the counts.
    """

    name = models.CharField(_("name"), max_length=40, unique=True, validators=[one_line])
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    minimum = models.PositiveSmallIntegerField(_("at least"), default=1)
    maximum = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)
    share_percent = models.PositiveSmallIntegerField(_("share of the appraisal"), default=5)
    agree_by_on = models.DateField(_("goals agreed by"))
    answer_by_on = models.DateField(_("last reports answered by"))
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = YearQuerySet.as_manager()

    class Meta:
        ordering = ["-first_on"]
        verbose_name = _("year")
        verbose_name_plural = _("years")
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="year_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(maximum=None) | Q(maximum__gte=F("minimum")), name="year_allows_what_it_asks"
            ),
            models.CheckConstraint(condition=Q(share_percent__lte=100), name="share_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return self.name

    def days_left(self, today: date) -> int:
        return max((self.last_on - today).days, 0)
