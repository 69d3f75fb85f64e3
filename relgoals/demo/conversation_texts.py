"""What the demo's people say in their one-on-ones. Nobody outside a pair would read it."""

from dataclasses import dataclass

Words = dict[str, str]


@dataclass(frozen=True)
class Pair:
    """What stands between Ana and one direct. Numbers count held one-on-ones backwards: 1 is the last.

    shared: notes, the last first. lines: (part, kind, words) on the next sheet. agreed: (which one-on-one, who, kind,
    words, due in days from today, state). feedback: (which, giver, words, answer). coaching: (which, words, who chose).
    hopes: (words, shared, helping step). suggestions: (words, reply, because, due in days).
    done: lines of the last sheet that were talked about. notes: on the next sheet.
    """

    shared: tuple[str, ...] = ()
    lines: tuple[tuple[str, str, str], ...] = ()
    agreed: tuple[tuple[int, str, str, str, int, str], ...] = ()
    feedback: tuple[tuple[int, str, Words, str], ...] = ()
    coaching: tuple[tuple[int, Words, tuple[str, ...]], ...] = ()
    hopes: tuple[tuple[str, bool, str], ...] = ()
    suggestions: tuple[tuple[str, str, str, int], ...] = ()
    done: tuple[str, ...] = ()
    notes: str = ""
    private: str = ""
    own_private: str = ""
    missed: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()


ORDER = (
    "Leila Benali",
    "Priya Raman",
    "Marcus Oyelaran",
    "Tomasz Wieczorek",
    "Jun Watanabe",
    "Sofia Lindqvist",
    "Diego Quispe",
    "Hannah Fairweather",
)
PAIRS = {
    "Leila Benali": Pair(
        shared=(
            "Deliveries: three of six by hand so far. The one to Registry took four minutes and saved a form.\n\n"
            "Rally: Leila goes with Hannah.",
            "Stuck visa letter: Leila rings instead of writing. Tell each other next time.",
        ),
        lines=(
            ("direct", "concern", "Two intake days fall on the afternoon of the rally."),
            ("direct", "idea", "One sheet at the door with who sits where in the new building."),
            ("manager", "topic", "The visa letter: say thank you, and ask how she found the right person."),
            ("ahead", "topic", "Move to the new building in January: which files go where?"),
        ),
        agreed=(
            (1, "ana", "promise", "A decision on Friday hours from January.", 0, "open"),
            (1, "ana", "promise", "A plan of who sits where in the new building.", 6, "asked"),
            (1, "direct", "action", "Ask Registry who signs for parcels after four.", 9, "open"),
            (2, "ana", "promise", "A second screen for the front desk.", -5, "repaired"),
            (3, "ana", "promise", "Lunch money for the counterpart lunch, paid within a week.", -40, "done"),
            (2, "direct", "action", "Write down the three questions that Registry asks most.", -3, "open"),
        ),
        feedback=(
            (
                1,
                "ana",
                {
                    "behaviour": "rang Registry about the visa letter on Tuesday",
                    "effect": "a signature on the same day instead of a week later",
                    "next_time": "Keep it up, and tell the others whom you rang.",
                },
                "",
            ),
            (
                3,
                "direct",
                {
                    "behaviour": "moved our talk in the minute before it began",
                    "effect": "nobody at the desk for half an hour",
                    "next_time": "A word the evening before is enough.",
                },
                "You are right. I look at my calendar the evening before now.",
            ),
        ),
        coaching=(
            (
                1,
                {
                    "situation": "A visa letter lay at Registry for nine days after two formal e-mails.",
                    "choice": "Leila rang the person whom she had met with the post, and asked what was missing.",
                    "result": "A signature was missing; the letter left the same day. A call made the process quicker.",
                },
                ("ana", "direct"),
            ),
            (
                2,
                {"situation": "Facilities answers the form after a week.", "choice": "Walk over once.", "result": ""},
                (),
            ),
        ),
        hopes=(
            ("The certificate for student advisers.", True, "Ask Student Services for a shadowing day."),
            ("A job with fewer forms and more people.", False, ""),
        ),
        suggestions=(
            ("A shared calendar of intake days for all three departments.", "", "", 0),
            ("Name plates with the job on them at every desk.", "yes", "", 21),
            ("Close the desk on Monday mornings.", "no", "Half of the week’s visitors come then.", 0),
        ),
        notes="Deliveries: talk about the last three on Thursday.\n\nRally: both of them go, Ana covers the desk.",
        done=("Who signs for parcels at Registry?", "The form for visitors is one page now."),
        private="Do not open with the deliveries. Ask about the intake days first.",
        own_private="Ask for Friday hours only if she is not in a hurry.",
        moved=(4,),
    ),
    "Priya Raman": Pair(
        shared=(
            "Suppliers: yes, when an order is theirs. Ana writes it under clause 3.\n\n"
            "Lunch: two people are fine, one counts.",
        ),
        lines=(
            ("direct", "concern", "Month’s end and the audit fall into the same week."),
            ("manager", "topic", "Purchase orders: 11 of 12 out within two days. Say thank you."),
        ),
        agreed=(
            (1, "direct", "action", "Audit week: Hannah covers the desk on two mornings.", 12, "open"),
            (1, "ana", "promise", "A word with Finance about the shadowing day.", 2, "moved"),
        ),
        coaching=(
            (
                2,
                {
                    "situation": "An order stood still at Facilities for two weeks.",
                    "choice": "A call instead of a third e-mail.",
                    "result": "Freed within the hour.",
                },
                ("ana",),
            ),
        ),
        hopes=(("The payroll certificate.", True, "Ask Finance for a shadowing day."),),
        done=("Order numbers on the envelope: agreed.",),
        private="Do not open with the orders. Ask about the audit first.",
        missed=(5,),
    ),
    "Marcus Oyelaran": Pair(
        shared=("Post round by foot on Wednesdays. Marcus names one new person each time.",),
        lines=(("direct", "idea", "Carry the parcels for Chemistry over together with theirs."),),
        agreed=((1, "direct", "action", "Draw the post round on the plan of the new building.", 6, "open"),),
    ),
    "Tomasz Wieczorek": Pair(
        shared=("Student group: first meeting on the 12th. He reports what they asked for.",),
        lines=(("direct", "topic", "Who speaks for the students when the rooms are divided?"),),
        moved=(1, 3),
    ),
    "Jun Watanabe": Pair(
        shared=("Quiet is fine. One person, one question, written down afterwards.",),
        lines=(("manager", "topic", "Another goal of equal weight: in writing?"),),
        missed=(1, 2),
        private="Two missed, both by me. Begin with that.",
    ),
    "Sofia Lindqvist": Pair(
        shared=("Training session on the room system: eight came.",),
        feedback=(
            (
                1,
                "ana",
                {
                    "behaviour": "showed eight colleagues the room system in half an hour",
                    "effect": "not one question about it since",
                    "next_time": "Once more for the newcomers in spring?",
                },
                "Gladly, in March.",
            ),
        ),
    ),
    "Diego Quispe": Pair(
        shared=("New with us since the summer; keeps his contacts at the field station.",),
        lines=(("direct", "aspiration", "A season at the Azores station."),),
    ),
    "Hannah Fairweather": Pair(
        shared=("Reception: names of the ten who come most.",),
        agreed=((2, "direct", "action", "A list of who covers whom in audit week.", -1, "done"),),
    ),
}
REPAIR = (
    "I promised you a second screen by last Friday and did not order it in time.",
    "I said a date before I had asked what Facilities needs. I ask first now, and then say a date.",
    "It is ordered and comes on the 3rd. Until then you have mine; I carry it over this afternoon.",
)
REPAIR_ANSWER = "Thank you for saying so. The screen helps already."
DAY_ASKED = "Facilities hands out the rooms two weeks later than it said."
DAY_MOVED = "Finance closes its quarter first and has time the week after."
VIKTOR = "Boat engine: Diego keeps the log. Handed over to Ana in the summer."
ANA_WITH_INGRID = (
    ("concern", "HR has sent clause 3 back once more. What would you say to Samir?"),
    ("topic", "One of the eight wants another goal; I would agree to one in writing."),
)
INGRIDS_PROMISE = "A word with the Registrar about the three statements."
LAST_WEEK = "Tomasz told me that he nearly left in spring. He need not have. I had asked nothing; I had only waited."
LAST_YEAR = "I did not know what the technicians do between two and four. I said so to Jun, and he showed me."
