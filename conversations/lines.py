"""A line of the running sheet and what can be done with it there. No database."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

DIRECT, MANAGER, AHEAD = "direct", "manager", "ahead"


@dataclass(frozen=True)
class Deed:
    """One button of a line. asks "": a click settles it; "words": a box opens; "page": it leads to a page of its own.

    fields: hidden values that go along (the version the line was shown with). label: of the box.
    """

    word: Any
    address: str
    asks: str = ""
    label: Any = ""
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """words: what it is about; lead: a word in front of it; note: where it comes from; late: how late, if it is.

    address: the page of its source, "" if it has none of its own. binds: words that bind, set in the record's type.
    """

    part: str
    words: Any
    note: Any
    lead: Any = ""
    late: Any = ""
    address: str = ""
    binds: bool = False
    deeds: tuple[Deed, ...] = ()
    key: UUID | None = None
