"""Which column of a file holds what, guessed from its heading; and which class a cell names. No database."""

import unicodedata

NAMES = {
    "description": ("description", "job description", "job", "title", "stellenbeschreibung", "stelle", "titel"),
    "clause": ("clause", "text", "wording", "duty", "statement", "klausel", "wortlaut", "aufgabe"),
    "kind": ("class", "kind", "type", "category", "klasse", "art"),
    "department": ("department", "unit", "abteilung", "bereich"),
    "manager": ("manager", "e-mail of the manager", "manager e-mail", "führungskraft", "vorgesetzte"),
    "reason": ("reason", "why", "why it is there", "grund", "begründung"),
    "covers": ("positions", "covers", "positions it covers", "positionen", "gilt für"),
}
KINDS = {
    "essential": ("essential", "essential function", "wesentliche aufgabe", "wesentlich"),
    "marginal": ("marginal", "marginal function", "nebenaufgabe"),
    "duty": ("duty", "general", "general duty", "allgemeine pflicht", "pflicht"),
    "conduct": ("conduct", "standard of conduct", "verhaltensmaßstab", "verhalten"),
}


def plain(word: str) -> str:
    """Lower case, one space, without points: how headings are compared."""
    text = unicodedata.normalize("NFKC", word).casefold().replace("_", " ").strip(" .:*")
    return " ".join(text.split())


def _found(words: dict[str, tuple[str, ...]], cell: str) -> str:
    told = plain(cell)
    return next((name for name, known in words.items() if told in map(plain, known)), "")


def field_of(heading: str) -> str:
    """The field a heading names, or ""."""
    return _found(NAMES, heading)


def kind_of(cell: str) -> str:
    """The class a cell names, in English or German, or ""."""
    return _found(KINDS, cell)


def familiar(row: list[str]) -> int:
    """How much a row looks like the headings: for people.tables.open_table()."""
    return sum(1 for cell in row if len(cell) < 60 and field_of(cell))


def guess(header: list[str]) -> dict[str, int]:
    """Field → column, from 0; the first column of each name."""
    found: dict[str, int] = {}
    for column, heading in enumerate(header):
        if field := field_of(heading):
            found.setdefault(field, column)
    return found
