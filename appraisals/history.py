"""What the journal says about an appraisal, as far as its reader may know it by now."""

from django.db.models import Q

from appraisals.models import Appraisal
from appraisals.querysets import HANDED_IN, of_the_review
from journal.history import NEWEST
from journal.models import Entry
from people.models import Employee

EVIDENCE = ("appraisal.attach", "appraisal.detach")
IN_THE_REVIEW = (
    "appraisal.rate",
    "appraisal.accept",
    "appraisal.release_note",
    "appraisal.keep_note",
    "appraisal.ask_for_words",
    "appraisal.hand_on_words",
    "appraisal.move_rating",
)
AMONG_THEM = "appraisal.take_back"  # between those who calibrate: whom it is about never reads it


def history_of(appraisal: Appraisal, reader: Employee) -> list[Entry]:
    """The newest entries, newest first: one’s own deeds and the steps at once, what belongs to a part from its stage.

    Template: journal/_history.html. Two statements.
    """
    employee = appraisal.employee_id
    own = reader.pk == employee
    reads_review = Appraisal.objects.filter(of_the_review(reader, ""), pk=appraisal.pk).exists()
    known = Q(actor=reader) | ~Q(verb__in=(*EVIDENCE, *IN_THE_REVIEW, AMONG_THEM))
    if reads_review:
        known |= Q(verb__in=IN_THE_REVIEW) | (Q(verb__in=EVIDENCE) & ~Q(actor=employee))
    if appraisal.state in HANDED_IN:
        known |= Q(verb__in=EVIDENCE, actor=employee)
    if not own:
        known |= Q(verb=AMONG_THEM)
    return list(Entry.objects.of(appraisal).filter(known)[:NEWEST])
