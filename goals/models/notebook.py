import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goals.querysets.contacts import ContactQuerySet
from people.models import Department, Employee
from people.sealed import SealedTextField


class Contact(models.Model):
    """Somebody whom `owner` has met: one page of the owner's own notebook, readable by nobody else.

    Names and notes are sealed at rest. `name_hash` finds the same name again, `person_hash` the same colleague after
    they had their name removed: by them the same person counts once. Written by goals.rules.notebook.
    """

    fingerprints = {"name_hash": "name"}
    of_colleagues = ("name_hash", "person_hash")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="contacts")
    employee = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="known_as")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    name = SealedTextField(_("name"), blank=True)
    name_hash = models.CharField(max_length=64, blank=True, editable=False)
    person_hash = models.CharField(max_length=64, blank=True, editable=False)
    notes = SealedTextField(_("notes"), blank=True)
    removed_at = models.DateTimeField(null=True, editable=False, help_text="When the person had their name removed.")
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("page of the notebook")
        verbose_name_plural = _("notebook")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "employee"], condition=Q(employee__isnull=False), name="one_contact_per_colleague"
            ),
            models.UniqueConstraint(
                fields=["owner", "name_hash"],
                condition=Q(employee=None, removed_at=None) & ~Q(name_hash=""),
                name="one_contact_per_name",
            ),
        ]
        indexes = [models.Index(fields=["owner", "name_hash"], name="contacts_by_name")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("goals:contact", args=[self.uuid])

    @property
    def label(self) -> str:
        """Job title and department: what everybody may read who may read the step."""
        parts = [self.job_title or gettext("Somebody"), str(self.department or "")]
        return ", ".join(part for part in parts if part)
