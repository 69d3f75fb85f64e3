"""The ideas that come with the program: their words, marked for translation. A migration puts them there.

The database holds the English words, and what people have changed stands there as they wrote it.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

if TYPE_CHECKING:
    from goals.models import Idea

SPOKEN = ("title", "what", "behaviour", "stands_for", "cost", "time")
WORDS: dict[str, dict[str, str]] = {
    "lunch": {
        "title": _("Have lunch with a counterpart"),
        "what": _("Once, with somebody who does your job in another department."),
        "behaviour": _(
            "Have lunch once by the end of the year with somebody in another department who does a job like mine."
        ),
        "stands_for": _("Two who do the same job know whom to ask before something goes wrong."),
        "time": _("1 hour"),
    },
    "rally": {
        "title": _("Meet two people at the rally"),
        "what": _("Two different people, both from other departments."),
        "behaviour": _(
            "At the annual rally, say my name, department and job to two people from other departments, and "
            "ask for theirs."
        ),
        "stands_for": _("More names to think of when a question belongs to somebody else."),
        "time": _("1 day"),
    },
    "new-building": {
        "title": _("Meet two people in the new building"),
        "what": _("Within three months of the move."),
        "behaviour": _(
            "Within three months of the move, meet two people in the new building; ask for name, job and how "
            "long each has been here."
        ),
        "stands_for": _("Neighbours who answer when one knocks."),
        "time": _("30 minutes"),
    },
    "deliveries": {
        "title": _("Make six deliveries in person"),
        "what": _("Say who you are; ask department and job title."),
        "behaviour": _(
            "Take six deliveries to other offices in person by the end of the year; say who I am and ask "
            "whoever accepts them for department and job title."
        ),
        "stands_for": _("Both ends of an order have seen each other."),
        "time": _("Over the year"),
    },
    "student-group": {
        "title": _("Join the student group"),
        "what": _("Note three needs that students name, without names."),
        "behaviour": _(
            "Join the student group this year and write down three needs that students name, without names."
        ),
        "stands_for": _("We hear what students need while it can still be changed."),
        "time": _("Monthly"),
    },
    "appreciation-committee": {
        "title": _("Join the appreciation committee"),
        "what": _("A role in this year’s event week."),
        "behaviour": _(
            "Join the appreciation committee this year, come to one of its meetings and run a game or a lunch "
            "in the event week."
        ),
        "stands_for": _("Thanks have faces, and work is done with people from other departments."),
        "time": _("6 meetings"),
    },
    "development-committee": {
        "title": _("Join the staff development committee"),
        "what": _("Planned dates against attended dates, through the year."),
        "behaviour": _("Join the staff development committee and attend six of its meetings by the end of the year."),
        "stands_for": _("Classes for everybody are made by people from every department."),
        "time": _("8 meetings"),
    },
    "charity": {
        "title": _("Take part in one charity event"),
        "what": _("Yes or no. Which charity may stay blank."),
        "behaviour": _("Take part in one of the organisation’s charity events this year."),
        "stands_for": _("People who have carried boxes together call each other later."),
        "time": _("Half a day"),
    },
    "staff-events": {
        "title": _("Go to two staff events"),
        "what": _("Meet at least one new person at each."),
        "behaviour": _(
            "Go to two staff events this year and ask one person I have not met at each for name, department "
            "and job title."
        ),
        "stands_for": _("A class teaches twice: the subject, and who else sits there."),
        "time": _("2 × 2 hours"),
    },
    "put-on-event": {
        "title": _("Put on a staff event"),
        "what": _("Show your hobby or your field. Title, date, audience."),
        "behaviour": _("Put on one session for colleagues this year and show them my hobby or one thing from my desk."),
        "stands_for": _("Others learn what you can do, and ask you for it."),
        "cost": _("Room paid"),
        "time": _("1 day"),
    },
    "own": {
        "title": _("Your own idea"),
        "what": _("Anything a camera could film."),
        "cost": _("You say"),
        "time": _("You say"),
    },
}


def spoken(idea: "Idea") -> dict[str, str]:
    """The words of an idea in the reader's language; those that people wrote, in theirs. Keys: SPOKEN."""
    said = {name: getattr(idea, name) for name in SPOKEN}
    return {name: gettext(text) if idea.key and text else text for name, text in said.items()}
