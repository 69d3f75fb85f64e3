"""What a goal still lacks for two people to agree when it is done, and how it could read instead. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from goals import wording_film as film
from goals import wording_words as w
from goals.wording_words import _

NAMES = {
    "verb": _("an action (greet, ask, carry, invite)"),
    "object": _("what is done, or with what"),
    "count": _("a count"),
    "whom": _("with whom"),
    "when": _("a date"),
    "done": _("“done when”"),
}
YEARS = range(1990, 2100)
END = "by the end of the year"


@dataclass(frozen=True)
class Rewrite:
    """idea: key of the idea in the catalogue that it comes from."""

    idea: str
    text: str


def forms_of(verb: str) -> frozenset[str]:
    """build → build, builds, building, built is not made here: what people type in goals is mostly the first form."""
    if verb.endswith("e"):
        return frozenset({verb, verb + "s", verb + "d", verb[:-1] + "ing"})
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return frozenset({verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"})
    doubled = verb + verb[-1]
    return frozenset({verb, verb + "s", verb + "es", verb + "ed", verb + "ing", doubled + "ing", doubled + "ed"})


def _all_forms(verbs: frozenset[str]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in forms_of(verb))


DEEDS = (
    _all_forms(film.DEEDS | w.VAGUE_VERBS | w.VAGUE_WITH_ABSTRACT | w.INNER_VERBS | w.EFFORT_VERBS)
    | w.BE
    | film.words("met ate spoke wrote gave did made doing does have has go goes become make makes")
)
ENDS_BY_ITSELF = _all_forms(film.ENDS_BY_ITSELF)
ADVERBIAL = w.JUDGEMENTS | w.COMPARATIVES | w.OFTEN_WORDS | w.AMOUNT_WORDS | w.ESCAPE_WORDS | film.NUMBERS


def missing(keys: Sequence[str], *, has_name: bool, marked: frozenset[str]) -> tuple[str, ...]:
    """Which of NAMES are not in these words (small letters). marked: judgements among them, which are no object."""
    outward = _without_what_one_is(keys)
    lacks = {
        "verb": not _has_verb(keys),
        "object": not _has_object(outward, marked),
        "count": not _has_count(outward, marked),
        "whom": not has_name and not _has_people(outward),
        "when": not _has_date(keys),
    }
    lacks["done"] = lacks["count"] and not _says_done(keys)
    return tuple(name for name in NAMES if lacks[name])


def _without_what_one_is(keys: Sequence[str]) -> list[str]:
    """ "Be a team player in June" → "be in June": what one should be is nobody one meets, and no number of them."""
    kept: list[str] = []
    skips = False
    for key in keys:
        skips = skips and key not in film.ENDS_A_THING
        if not skips:
            kept.append(key)
        skips = skips or key in film.BECOMING
    return kept


def _has_people(keys: Sequence[str]) -> bool:
    """Somebody, and not what they are only named for: "team spirit", "people skills"."""
    return any(
        key in film.PEOPLE and film.QUALITIES_OF_PEOPLE.isdisjoint(keys[at + 1 : at + 2]) for at, key in enumerate(keys)
    )


def _has_verb(keys: Sequence[str]) -> bool:
    """A deed or a meeting; "at work", "the post" and "with staff" are things, whatever else they can be."""
    return any(
        key in film.EVENTS or (key in DEEDS and (not at or keys[at - 1] not in film.BEFORE_A_THING))
        for at, key in enumerate(keys)
    )


def _has_object(keys: Sequence[str], marked: frozenset[str]) -> bool:
    return any(
        key not in film.EMPTY
        and key not in ADVERBIAL
        and key not in marked
        and key not in film.PERIODS
        and not key[0].isdecimal()
        and (key not in DEEDS or key in film.EVENTS)
        for key in keys
    )


def _says_done(keys: Sequence[str]) -> bool:
    return any(key == "done" and after in {"when", "once", "if"} for key, after in pairwise(keys))


def _has_count(keys: Sequence[str], marked: frozenset[str]) -> bool:
    """A number that is no date, a frequency, one person ("a nurse", "somebody"), or a deed that ends by itself."""
    for at, key in enumerate(keys):
        if key in film.NUMBERS or key in film.ALONE:
            return True
        if key in ENDS_BY_ITSELF and not _is_of_many(keys, at):
            return True
        if key in {"a", "an", "another"} and _names_one(keys, at, marked):
            return True
        if key[0].isdecimal() and not _is_date(keys, at) and not key.endswith(("st", "nd", "rd", "th")):
            return True
    return False


def _is_of_many(keys: Sequence[str], at: int) -> bool:
    """Whether what is attended or given is a bare plural: "attend events" never says when it is enough."""
    for key in keys[at + 1 : at + 5]:
        if key in film.ENDS_A_THING or key in {"a", "an", "the", "my", "our", "this"}:
            return False
        if key.endswith("s") and (key in film.PEOPLE or key in film.EVENTS):
            return True
    return False


def _names_one(keys: Sequence[str], at: int, marked: frozenset[str]) -> bool:
    """Whether a person or a meeting stands within three words behind the article, and is not judged: "a good team"."""
    for key in keys[at + 1 : at + 4]:
        if key in film.ENDS_A_THING or key in marked:
            return False
        if key in film.PEOPLE or key in film.EVENTS:
            return True
    return False


def _is_date(keys: Sequence[str], at: int) -> bool:
    near = {*keys[max(0, at - 1) : at], *keys[at + 1 : at + 2]}
    number = keys[at].rstrip("stndrh")
    return not near.isdisjoint(film.MONTHS) or (number.isdecimal() and len(number) < 9 and int(number) in YEARS)


def _has_date(keys: Sequence[str]) -> bool:
    for at, key in enumerate(keys):
        if key in film.WEEKDAYS and at and keys[at - 1] in {"the", "our"} and at + 1 < len(keys):
            continue  # "run the Tuesday games": a name, and no day
        if key not in film.NO_PERIOD and not film.PERIODS.isdisjoint(key.split("-")):
            return True
        if key in film.MONTH_OR_VERB and (at and (keys[at - 1] in film.BEFORE_A_DATE or keys[at - 1][0].isdecimal())):
            return True
        if key[0].isdecimal() and len(key) == 4 and key.isdecimal() and int(key) in YEARS:
            return True
    return False


def whom(text: str, tokens: Sequence[tuple[int, int, str, bool]]) -> str:
    """The words that say with whom: a name with capitals and what belongs to it ("the Registrar’s office"), or ""."""
    for at, (_start, _end, key, is_name) in enumerate(tokens):
        if not is_name or key in film.PERIODS or key in film.MONTH_OR_VERB or key in {"i", "i'll", "i'm"}:
            continue
        last = at
        while last + 1 < len(tokens) and last - at < 5 and _belongs(text, tokens, last):
            last += 1
        first = at - 1 if at and tokens[at - 1][2] == "the" else at
        return text[tokens[first][0] : tokens[last][1]]
    return ""


def _belongs(text: str, tokens: Sequence[tuple[int, int, str, bool]], at: int) -> bool:
    """Whether the next word goes on with the name: "Registrar’s" + "office", "Student" + "Group"."""
    _start, end, _key, _cap = tokens[at]
    start, _end, key, is_name = tokens[at + 1]
    between = text[end:start]
    if between not in {" ", "’s ", "'s "}:
        return False
    return is_name or key in w.HEADS or (key in {"and", "of", "the"} and at + 2 < len(tokens) and tokens[at + 2][3])


REWRITES: tuple[tuple[str, str, str], ...] = (  # idea, words that call for it, sentence
    (
        "deliveries",
        "deliver delivery deliveries parcel parcels mail post papers friendly service counter communicate relationship",
        "Take six deliveries to {whom} in person {by}; say who I am and ask for department and job title.",
    ),
    (
        "lunch",
        "lunch coffee counterpart counterparts colleague colleagues peers relationship friendly job trust",
        "Have lunch once {by} with somebody in {whom} who does a job like mine.",
    ),
    (
        "rally",
        "rally party network networking outgoing social sociable shy confident contacts visible visibility people",
        "Meet two people from other departments at the annual rally {by}; ask for name, department and job title.",
    ),
    (
        "new-building",
        "building floor office move moved neighbour neighbours corridor welcoming present approachable newcomers",
        "Meet two people in the new building {by}; ask for name, job and how long each has been here.",
    ),
    (
        "student-group",
        "student students group needs listen listening listener understand empathy care faculty respect",
        "Join the student group {by} and write down three needs that students name, without names.",
    ),
    (
        "appreciation-committee",
        "appreciation appreciate morale thank celebrate fun recognition spirit positive attitude kind gratitude",
        "Join the appreciation committee and run one of its games in the event week {by}.",
    ),
    (
        "development-committee",
        "development committee learn training courses skills leadership initiative ownership contribute committees",
        "Join the staff development committee and attend six of its meetings {by}.",
    ),
    (
        "staff-events",
        "events classes seminar seminars workshops participate engage engagement active involved proactive",
        "Go to two staff events {by} and ask one person at each for name, department and job title.",
    ),
    (
        "put-on-event",
        "teach show expertise hobby present share knowledge train session leadership champion ambassador",
        "Put on a one-hour session for ten colleagues {by} and show them one thing from my desk.",
    ),
    (
        "charity",
        "charity volunteer volunteering community help donate fundraiser cause support",
        "Take part in one charity event of the organisation {by}.",
    ),
)
RANKS = tuple((idea, film.words(calls), text) for idea, calls, text in REWRITES)


def rewrites(keys: Sequence[str], found: str, most: int = 2) -> tuple[Rewrite, ...]:
    """Sentences of the catalogue nearest to these words, with the people they already name."""
    present = set(keys)
    ranked = sorted(RANKS, key=lambda one: -len(present & one[1]))  # sorted keeps the order of equals
    group = found if found and len(found) <= 60 else "another department"
    return tuple(Rewrite(idea, text.format(whom=group, by=END)) for idea, _calls, text in ranked[:most])
