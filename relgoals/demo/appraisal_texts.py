"""The words of the demo's appraisals."""

MIDDLES = (300, 400, 300, 500, 200, 300, 400, 300)
SELF = (
    "Counted the stores three times this year; two differences, both found the same day.",
    "Made six deliveries in person and asked at each door who I was talking to.",
    "Answered 214 of 260 requests within two days; the rest waited for the new supplier.",
    "Showed two newcomers how orders are booked, and wrote it down on one page.",
    "Took part in both staff development events and met somebody from Student Services at each.",
)
WHOLE = (
    "A year with the move of offices in the middle of it. The stock list is in order again since March.",
    "More people came to ask than the year before, because they know where we are now.",
    "I would like to take on the field station's orders next year.",
)
MANAGER = (
    "What was agreed was there, and the two new contacts in Student Services save us a form each week.",
    "Reliable throughout. The week of the rally showed how many people know the name by now.",
    "The backlog of spring was worked off by June without anybody asking for it.",
    "Dates slipped twice in autumn; both times said beforehand, which made it possible to plan.",
)
BASIS = (
    "Three stock counts with two differences, both explained.",
    "Handed in on the day it was promised, eleven times of twelve.",
    "Two colleagues named help they had asked for and got.",
    "Seen in every second meeting: prepared, with the list in hand.",
    "Nothing had to be done again this year.",
)
FACTS = (
    "3 stock counts, 2 differences",
    "214 of 260 orders out within two days",
    "Course on data protection passed",
    "6 in-person deliveries to other departments",
    "Handover of the field equipment signed by both",
)
ANSWERS = (
    "I see the dates in autumn differently: the supplier was late, and I said so in September.",
    "Thank you. I would have liked the training of the newcomers to count for more.",
)
LEILA = (
    "Lunch with the administrative assistant of the Library in May; since then a room takes a day, not a week.",
    "Minutes of all eight department meetings out on the next morning. The new room list is used by three teams.",
)
VIKTOR = "Until the year began Diego kept our field kit. Nothing was missing when he handed it over on the last day."
WHY_WEIGHTS = "The new booking system makes more of the work visible as results, so two points move there."
MOVED = "Compared with the other three teams, the same counts were rated like this."
