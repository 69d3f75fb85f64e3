"""What Northgate's people say in their goals and steps: plain sentences that a camera could film."""

BECAUSE = (
    "In the last year four of seven stuck orders were freed by a telephone call to somebody known.",
    "Half of our questions go to other offices. They are answered sooner where there is a face to the name.",
    "We moved floors in spring, and nobody here knows who sits on the ones above.",
    "Students ask the first person they know. That should be one of us, early.",
)
LATER = "Finance moves to the new building in January; I want us known there before that."
STEPS: dict[str, tuple[tuple[str, bool], ...]] = {  # what was done, and whether somebody was met
    "lunch": (("Lunch in the refectory; we compared how we book rooms.", True),),
    "rally": (("Said hello at the rally, at the coffee stand.", True), ("Stood in the same queue at the rally.", True)),
    "new-building": (("Knocked next door and introduced myself.", True), ("Met at the printer on floor two.", True)),
    "deliveries": (
        ("Signed forms, handed over in person.", True),
        ("A parcel that was left with us.", True),
        ("Exam papers for the archive.", True),
        ("Two boxes of returned books.", True),
    ),
    "student-group": (
        ("Longer opening hours before exams", False),
        ("A quiet room that can be booked", False),
        ("Forms that can be handed in by telephone", False),
    ),
    "appreciation-committee": (
        ("Meeting: we chose the week.", False),
        ("Meeting: games and prizes.", False),
        ("Meeting: who brings what.", False),
    ),
    "development-committee": (
        ("First meeting: the list of classes.", False),
        ("Second meeting: rooms and dates.", False),
        ("Third meeting: who teaches what.", False),
    ),
    "charity": (("Carried boxes for the food bank.", False),),
    "staff-events": (("Writing minutes that are read", True), ("First aid at work", True)),
    "put-on-event": (("Showed how to repair a bicycle: eleven came.", False),),
}
OFTEN = ("rally", "charity", "new-building", "put-on-event", "staff-events", "student-group")
MARCUS = (
    (190, "FIN", "Signed purchase orders, handed to a payments officer.", "Payroll officer"),
    (166, "LIB", "Map loans, handed to a collections assistant.", "Library assistant"),
    (146, "FAC", "Core crates, handed to a fleet coordinator.", "Stores and post"),
    (24, "LIB", "Map loans, handed to a collections assistant.", ""),
    (0, "CHE", "Thin sections, handed to a laboratory manager.", "Laboratory technician"),
)
