from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journal import clock
from people.models.organisation import Department, Site
from people.querysets import EmployeeManager
from people.text import one_line

ERASED = "@erased.invalid"  # how the address of a leaver ends whose own data HR has erased (relgoals.erasing)


class Employee(AbstractBaseUser, PermissionsMixin):
    """Somebody who works here, and the account they sign in with: `request.user` is an Employee.

    Made by people.rules.joining.join(); `manager` is written by people.rules.line.assign_manager(), `left_on` and
    `successor` (who takes over the reports once that day has passed) by people.rules.leaving, and by nothing else.
    """

    class HRRole(models.TextChoices):
        NONE = "", _("Does not work in HR")
        PARTNER = "partner", _("HR partner")
        ADMINISTRATOR = "administrator", _("HR administrator")

    class Theme(models.TextChoices):
        SYSTEM = "", _("As the device is set")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("e-mail"), unique=True, help_text=_("Signs in with it."))
    name = models.CharField(_("name"), max_length=120, validators=[one_line])
    preferred_name = models.CharField(
        _("preferred name"),
        max_length=120,
        blank=True,
        validators=[one_line],
        help_text=_("How pages and mails speak to you."),
    )
    staff_number = models.CharField(
        _("staff number"), max_length=40, null=True, blank=True, unique=True, validators=[one_line]
    )
    job_title = models.CharField(_("job title"), max_length=120, blank=True, validators=[one_line])
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("department")
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("site"))
    manager = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="reports")
    hired_on = models.DateField(_("first working day"), null=True, blank=True)
    left_on = models.DateField(_("last working day"), null=True, blank=True, editable=False)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    language = models.CharField(_("language"), max_length=10, default="en")
    theme = models.CharField(_("light or dark"), max_length=5, choices=Theme, blank=True, default=Theme.SYSTEM)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="takes_over_from"
    )
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)  # by rules.signing_in
    hr_role = models.CharField(_("role in HR"), max_length=13, choices=HRRole, blank=True, default=HRRole.NONE)

    unread_notices = 0  # relgoals.reader counts them with the reader
    decides = ("hr_role",)  # what querysets ask of a reader besides keys (journal.prepared)

    objects = EmployeeManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_in_lower_case"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(hired_on=None) | Q(left_on__gte=F("hired_on")),
                name="left_after_joining",
            ),
        ]
        indexes = [models.Index(fields=["department", "left_on"], name="people_of_department")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])

    @property
    def called(self) -> str:
        """How one speaks to them: the preferred name, else the first word of the name."""
        return self.preferred_name or self.name.partition(" ")[0]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether they may sign in: until the end of their last working day, where they are. Django asks for this."""
        return self.left_on is None or self.left_on >= clock.today(self.time_zone)

    @property
    def may_sign_in(self) -> bool:
        """Whether they were let in: by an invitation, or long ago. People of an import wait until HR invites them."""
        return self.invited_at is not None or self.last_login is not None or self.has_usable_password()

    @property
    def is_erased(self) -> bool:
        return self.email.endswith(ERASED)

    @property
    def is_staff(self) -> bool:
        """Whether the machine's admin site opens: Django asks for this name."""
        return self.is_superuser

    @property
    def is_hr(self) -> bool:
        return bool(self.hr_role)

    @property
    def is_hr_administrator(self) -> bool:
        return self.hr_role == self.HRRole.ADMINISTRATOR


class Line(models.Model):
    """`below` works for `above`, `depth` steps down; everybody stands in their own line at depth 0.

    The tree of `manager` with every path written out: "everybody below me" is one look into an index.
    Written by people.rules.line and by nothing else.
    """

    above = models.ForeignKey(Employee, models.CASCADE, related_name="lines_down")
    below = models.ForeignKey(Employee, models.CASCADE, related_name="lines_up")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["above", "below"], name="one_line_between_two"),
            models.CheckConstraint(
                condition=Q(depth=0, above=F("below")) | (Q(depth__gt=0) & ~Q(above=F("below"))),
                name="depth_0_is_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.above_id} → {self.below_id} ({self.depth})"
