"""Whether two job titles name the same sort of work. No database."""

import re

RANKS = {
    *("acting", "associate", "chief", "deputy", "head", "interim", "intern", "junior", "lead", "principal", "senior"),
    *("temporary", "trainee", "vice", "and", "for", "the", "with", "team", "time", "part", "full", "office"),
}


def key_words(title: str) -> list[str]:
    """The words of a job title that say what is done, without rank: "Senior finance clerk" → finance, clerk."""
    words = re.findall(r"[^\W\d_]{3,}", title.casefold()[:120])
    return [word for word in dict.fromkeys(words) if word not in RANKS]


def alike(mine: str, theirs: str) -> bool | None:
    """True for the same title or one that shares a word that says what is done; None where either is not known."""
    if not mine.strip() or not theirs.strip():
        return None
    if " ".join(mine.casefold().split()) == " ".join(theirs.casefold().split()):
        return True
    return bool(set(key_words(mine)) & set(key_words(theirs)))
