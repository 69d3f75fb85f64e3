"""What the demo's job descriptions say: the duties of each job, and what the three statements are argued with."""

from typing import Any

from jobs.library import CLAUSES

Row = dict[str, Any]

ESSENTIAL = {
    "Administrative assistant": (
        "Answers enquiries of students and staff within two working days.",
        "Orders what the department needs and follows each order until it has arrived.",
        "Prepares rooms, papers and minutes for the department’s meetings.",
    ),
    "Stores and post": (
        "Receives, records and hands out deliveries on the day they arrive.",
        "Takes the internal post round twice a day.",
    ),
    "Finance clerk": (
        "Checks invoices against orders and passes them for payment within ten days.",
        "Keeps the department’s budget sheet up to date each week.",
    ),
    "Graduate secretary": (
        "Guides graduate students from registration to the award of the degree.",
        "Arranges vivas: rooms, examiners, travel and papers.",
    ),
    "Laboratory technician": (
        "Keeps instruments calibrated and records each calibration.",
        "Prepares samples and materials for teaching and research.",
        "Enforces the safety rules of the laboratory.",
    ),
    "Programme coordinator": (
        "Plans the teaching timetable of the department with the Registrar’s office.",
        "Collects marks and hands them on by the dates of the calendar.",
    ),
    "Field equipment technician": (
        "Maintains and issues the equipment for field trips.",
        "Keeps the list of equipment and its inspections complete.",
    ),
    "Receptionist": (
        "Receives visitors and directs calls.",
        "Keeps the booking of rooms without double bookings.",
    ),
    "HR partner": (
        "Advises managers of their departments on everything that concerns people.",
        "Rules on clauses of job descriptions within ten working days.",
    ),
}
FOR_ANYBODY = (
    "Carries out the tasks of the position as described in the handbook of the department.",
    "Keeps records complete and up to date, so that a colleague can take over any day.",
)
SAFETY = "Follows the university’s rules on safety, data protection and equal treatment."
FOR_LEADERS = (
    "Plans the work of the team and answers for its results.",
    "Keeps within the budget of the team.",
)
PLAIN_RELATIONS = "Maintains good relationships with colleagues."
OBJECTION = (
    "I propose it as a standard of conduct, not as an essential function. Four of seven stuck orders in the last two "
    "years were freed by a telephone call to somebody one of us knew. The goals of those years are listed as proof."
)
PROOF = (
    "Met two people of other departments at the annual rally\n"
    "Took six deliveries in person and introduced themselves\n"
    "Had lunch with a counterpart in another department\n"
    "Helped to organise the staff appreciation week"
)


def duties(job: str) -> list[Row]:
    """The clauses a description of this job began with."""
    leads = job.startswith(("Head", "Registrar", "Librarian", "Finance Director")) or job.endswith(
        ("manager", "leader", "supervisor")
    )
    texts = FOR_LEADERS if leads else ESSENTIAL.get(job, FOR_ANYBODY)
    return [{"text": text, "kind": "essential"} for text in texts] + [{"text": SAFETY, "kind": "conduct"}]


def statement(topic: str, **changed: Any) -> Row:
    """A clause of the library as a row for jobs.rules.drafting.write(), in English whoever loads the demo."""
    found = CLAUSES[topic]
    row = {"text": str(found.text), "kind": found.kind, "topic": topic, "reason": str(found.reason)}
    return row | changed


def three_statements(since: int) -> list[Row]:
    relations = statement("relationships", practised_since=since, proof=PROOF)
    return [statement("other_duties"), statement("improvement"), relations]
