"""From where the present deed comes: "web 192.0.2.7" or "clock". The middleware and tasks set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_origin: ContextVar[str] = ContextVar("origin", default="")


def origin() -> str:
    """At most 60 characters; empty where nobody said."""
    return _origin.get()


@contextmanager
def coming_from(where: str) -> Iterator[None]:
    token = _origin.set(where[:60])
    try:
        yield
    finally:
        _origin.reset(token)
