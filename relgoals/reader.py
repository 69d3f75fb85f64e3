"""Who is signed in, found with everything that every page asks about them."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from outbox.models import Notice
from people.models import Employee


class ReaderBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's sign-in by e-mail; the reader comes with `leads_somebody` and `unread_notices` in one query."""

    def get_user(self, user_id: int) -> Employee | None:
        unread = Notice.objects.unread().filter(recipient=OuterRef("pk")).order_by().values("recipient")
        count = Subquery(unread.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
        reader = Employee.objects.for_reader().annotate(unread_notices=Coalesce(count, 0)).filter(pk=user_id).first()
        return reader if reader and self.user_can_authenticate(reader) else None
