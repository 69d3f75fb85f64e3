import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goals.measures import MEASURES, Measure
from goals.querysets.catalogue import IdeaQuerySet
from people.models import Department
from people.text import one_line


class Idea(models.Model):
    """A ready goal of the catalogue, with its own mechanics. Written by goals.rules.catalogue.

    `key` names the ideas that come with the program (goals.ideas translates their words); one that people added has
    none. Without a `department` it is for everybody, else for those in it and below.
    """

    class Effort(models.TextChoices):
        ONE = "one", _("One person")
        GROUP = "group", _("Small group")
        HOST = "host", _("Hosting")
        OWN = "own", _("You say")

    class Way(models.TextChoices):
        PERSON = "person", _("In person")
        WRITING = "writing", _("In writing")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(max_length=40, unique=True, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=100)
    title = models.CharField(_("idea"), max_length=120, validators=[one_line])
    what = models.CharField(_("in a sentence"), max_length=200, blank=True, validators=[one_line])
    behaviour = models.TextField(_("what a camera would see"), blank=True, help_text="What the goal starts with.")
    stands_for = models.CharField(_("what it stands for"), max_length=200, blank=True, validators=[one_line])
    measure = models.CharField(_("how it is counted"), max_length=10, help_text="A key of MEASURES.")
    parameters = models.JSONField(default=dict, blank=True)
    effort = models.CharField(_("effort"), max_length=5, choices=Effort)
    way = models.CharField(_("way"), max_length=7, choices=Way, default=Way.PERSON)
    budget_cents = models.PositiveIntegerField(_("paid for"), default=0)
    cost = models.CharField(_("cost, in words"), max_length=40, blank=True, validators=[one_line])
    hours = models.DecimalField(_("hours in all"), max_digits=5, decimal_places=1, null=True, blank=True)
    time = models.CharField(_("time, in words"), max_length=40, blank=True, validators=[one_line])
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    is_offered = models.BooleanField(_("offered"), default=True)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title", "pk"]
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="idea_has_a_title"),
        ]

    def __str__(self) -> str:
        return gettext(self.title) if self.key else self.title

    @property
    def counting(self) -> Measure:
        return MEASURES[self.measure]
