from django.db import models
from django.utils.timezone import now  # noqa: TID251 signing in is about machines


class LinkRequest(models.Model):
    """Somebody asked for a link that sets a password: the address as typed, whether anybody has it or not.

    The page only writes this row, so it answers alike for every address, in the same time; a task looks who it is and
    throws the row away (people.rules.signing_in.answer_requests).
    """

    email = models.CharField(max_length=254)
    asked_at = models.DateTimeField(default=now)
    origin = models.CharField(max_length=60, blank=True)  # "web 192.0.2.7", for the journal

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"link asked for at {self.asked_at:%Y-%m-%d %H:%M}"
