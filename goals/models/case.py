import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from goals.models.years import Year
from goals.querysets.case import NamedQuerySet, StoryQuerySet, TeamCaseQuerySet
from journal import clock
from people.models import Department, Employee


class TeamCase(models.Model):
    """What a manager shows those above and HR about a team's year, on one page. Written by goals.rules.case.

    Figures are counted when it is read; here stands what the manager adds: `words`, and which of the team's business
    `reasons` are on it, copied, for HR sees no words of goals. Nobody else reads it before it is handed on.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    manager = models.ForeignKey(Employee, models.PROTECT, related_name="cases")
    year = models.ForeignKey(Year, models.PROTECT, related_name="cases")
    words = models.TextField(_("in your words"), blank=True, max_length=1500)
    reasons = models.JSONField(default=list, blank=True)
    handed_on_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = TeamCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-year__first_on", "manager__name", "pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [models.UniqueConstraint(fields=["manager", "year"], name="one_case_per_manager_and_year")]

    def __str__(self) -> str:
        return f"{self.manager} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("goals:case_read", args=[self.uuid])


class Story(models.Model):
    """Which contact solved which problem, in a few sentences. On the case once everybody in it has agreed.

    `shows_names` is the manager's tick: without it the page names nobody. Written by goals.rules.stories.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(TeamCase, models.CASCADE, related_name="stories")
    words = models.TextField(_("what was stuck, and what the contact solved"), max_length=600)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("where the contact works")
    )
    shows_names = models.BooleanField(_("show the names"), default=False)
    told_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["told_at", "pk"]
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="story_has_words")]

    def __str__(self) -> str:
        return Truncator(self.words).chars(60)

    def get_absolute_url(self) -> str:
        return reverse("goals:story", args=[self.uuid])


class Named(models.Model):
    """Somebody in a story, and whether they agree that it is told; other words ask anew. See goals.rules.stories."""

    class Answer(models.TextChoices):
        WAITS = "waits", _("Has not answered")
        AGREED = "agreed", _("Agrees")
        DECLINED = "declined", _("Would rather not")

    story = models.ForeignKey(Story, models.CASCADE, related_name="named")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITS, editable=False)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = NamedQuerySet.as_manager()

    class Meta:
        ordering = ["employee__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["story", "employee"], name="one_answer_per_story_and_person")]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.story_id}"
