"""What is still open goes on to the next sheet."""

from conversations.models import OneOnOne, Topic


def carry_on(one: OneOnOne) -> int:
    """Take the open topics of `one` to the next planned one-on-one. Returns how many; none where there is no next."""
    coming = OneOnOne.objects.planned().filter(series=one.series_id, starts_at__gt=one.starts_at)
    following = coming.order_by("starts_at", "pk").first()
    if following is None:
        return 0
    return Topic.objects.open().filter(sheet=one).update(sheet=following)
