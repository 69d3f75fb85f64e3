"""Who reads what two people talk about: the two, and nobody else."""

from typing import TYPE_CHECKING

from django.db.models import F, Q

if TYPE_CHECKING:
    from people.models import Employee


def of_pair(user: "Employee", path: str = "") -> Q:
    """Condition for rows of a pair `user` is or was one of. No line, no HR, no administrator: DESIGN's table.

    path: lookup from the filtered model to Series ("sheet__series"); "" for Series itself.
    """
    start = f"{path}__" if path else ""
    return Q(**{f"{start}manager": user}) | Q(**{f"{start}direct": user})


def still_a_pair(path: str = "") -> Q:
    """Condition for rows of a series that goes on between two who are manager and direct now. It asks who is manager
    at this moment: sight and deeds never wait for the sweep that closes a series."""
    start = f"{path}__" if path else ""
    return Q(**{f"{start}closed_on": None, f"{start}direct__manager": F(f"{start}manager")})
