import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goals.querysets.introductions import IntroductionQuerySet
from journal import clock
from people.models import Department, Employee
from people.sealed import SealedTextField


class Introduction(models.Model):
    """A colleague who knows somebody is asked to introduce one; between the two of them. Whom they know stands nowhere.

    Written by goals.rules.introductions. place, job: what was looked for in the finder.
    """

    class Answer(models.TextChoices):
        WAITS = "waits", _("Waits for an answer")
        GIVEN = "given", _("Answered")
        DECLINED = "declined", _("Would rather not")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asker = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    colleague = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    place = models.ForeignKey(Department, models.PROTECT, related_name="+")
    job = models.CharField(max_length=100, blank=True)
    words = SealedTextField(_("what you would like to ask"))
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITS, editable=False)
    reply = SealedTextField(_("your answer"), blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("question to a colleague")
        verbose_name_plural = _("questions to colleagues")
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "colleague"], condition=Q(answer="waits"), name="one_open_question_to_a_colleague"
            ),
            models.CheckConstraint(condition=~Q(asker=F("colleague")), name="nobody_asks_themselves"),
        ]
        indexes = [models.Index(fields=["colleague"], name="introductions_to_answer", condition=Q(answer="waits"))]

    def __str__(self) -> str:
        return f"{self.asker_id} asks {self.colleague_id}"

    def get_absolute_url(self) -> str:
        return reverse("goals:introduction", args=[self.uuid])
