import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conversations.querysets import AnswerQuerySet
from journal import clock
from people.models import Employee
from people.sealed import SealedTextField


class Answer(models.Model):
    """What a manager answers to the question of a week, for themselves. `question` is a key of
    conversations.questions; year and week are those of the ISO calendar."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    question = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    week = models.PositiveSmallIntegerField()
    text = SealedTextField(_("your answer"), blank=True)
    saved_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-week"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["author", "year", "week"], name="one_answer_a_week")]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("conversations:reflection_week", args=[self.year, self.week])
