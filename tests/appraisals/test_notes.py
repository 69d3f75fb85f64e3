"""A shared note has two writers: a sentence of it stands in the appraisal once both said so, and not before."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from appraisals.document import content_of
from appraisals.due import notes_to_release
from appraisals.forms.writing import EvidenceForm
from appraisals.history import history_of
from appraisals.models import Evidence, Rating
from appraisals.rules import rating
from appraisals.showing import sheet_of
from conversations.rules import notes
from journal import clock
from tests.factories_appraisals import appraisal_of, criteria
from tests.factories_conversations import sheet_of as one_on_one

pytestmark = pytest.mark.django_db
SENTENCE = "Quittenmarmelade by Friday"


@pytest.fixture
def note(firm):
    return notes.share(one_on_one(firm.mia, firm.eve), "", f"{SENTENCE}, she said. And more.", by=firm.eve)


def released_by_one(firm, round_, note, by, state):
    appraisal = appraisal_of(round_, firm.eve, state)
    data = {"uuid": "0b6f0f54-6cf4-4d4a-8a3f-9a7f1a4f8a11", "source": f"note:{note.pk}", "label": SENTENCE}
    form = EvidenceForm(data | {"happened_on": clock.today().isoformat()}, {}, appraisal=appraisal, user=by)
    assert form.is_valid(), form.errors
    return rating.attach(appraisal, criteria(round_)[0], form.facts(), by=by)


def readers(firm, appraisal):
    """Whose page of the appraisal says the sentence."""
    appraisal.refresh_from_db()
    everybody = ("eve", "mia", "ada", "hedda")
    return {who for who in everybody if SENTENCE in str(content_of(appraisal, clock.today(), getattr(firm, who)))}


def told(firm):
    return [row.recipient_id for row in notes_to_release(clock.today())]


def test_sentence_of_the_direct_waits_for_the_manager(firm, round_, note):
    made = released_by_one(firm, round_, note, firm.eve, "self_review")

    assert (made.asked, made.accepted_at) == (firm.mia, None)
    assert readers(firm, made.appraisal) == {"eve"}
    assert told(firm) == []  # nothing of a self-review before it is handed in
    appraisal_of(round_, firm.eve, "review")
    assert readers(firm, made.appraisal) == {"eve", "mia"}
    assert told(firm) == [firm.mia.pk]


def test_sentence_of_the_manager_is_asked_of_the_direct_and_counts_once_released(firm, round_, note):
    made = released_by_one(firm, round_, note, firm.mia, "review")
    first = criteria(round_)[0]
    with pytest.raises(ValidationError):  # it carries nothing yet
        rating.write_review(made.appraisal, {}, {first: (400, "")}, None, by=firm.mia)
    rating.write_review(made.appraisal, {}, {first: (400, "She did.")}, None, by=firm.mia)
    assert not Rating.objects.get().on_facts
    assert readers(firm, made.appraisal) == {"mia"}
    assert told(firm) == [firm.eve.pk]

    rating.release(made, True, by=firm.eve)

    assert Rating.objects.get().on_facts
    assert told(firm) == []
    assert readers(firm, made.appraisal) == {"mia"}  # the review is not handed on
    appraisal_of(round_, firm.eve, "calibration")
    assert readers(firm, made.appraisal) == {"mia", "ada", "hedda"}
    appraisal_of(round_, firm.eve, "shared")
    assert readers(firm, made.appraisal) == {"eve", "mia", "ada", "hedda"}
    assert "appraisal.release_note" in {entry.verb for entry in history_of(made.appraisal, firm.ada)}


def test_sentence_that_is_kept_between_the_two_goes(firm, round_, note):
    made = released_by_one(firm, round_, note, firm.mia, "review")

    rating.release(made, False, by=firm.eve)

    assert not Evidence.objects.exists()
    assert "appraisal.keep_note" in {entry.verb for entry in history_of(made.appraisal, firm.mia)}
    with pytest.raises(ValidationError):
        rating.release(made, True, by=firm.eve)


def test_sentence_that_nobody_released_is_in_no_document(firm, round_, note):
    made = released_by_one(firm, round_, note, firm.mia, "review")
    appraisal = appraisal_of(round_, firm.eve, "calibration")

    with pytest.raises(ValidationError):
        rating.release(made, True, by=firm.eve)

    assert readers(firm, appraisal) == set()
    assert SENTENCE not in str(content_of(appraisal, clock.today()))  # what would be signed


@pytest.mark.parametrize("who", ["mia", "ada", "hedda", "sam"])
def test_only_the_other_writer_releases(firm, round_, note, who):
    made = released_by_one(firm, round_, note, firm.mia, "review")

    with pytest.raises(PermissionDenied):
        rating.release(made, True, by=getattr(firm, who))
    if who == "mia":  # nor does accepting it help
        rating.accept(made, by=firm.mia)

    made.refresh_from_db()
    assert made.waits
    assert made.accepted_at is None


def test_pages_ask_the_other_and_say_what_waits(firm, round_, note, client):
    made = released_by_one(firm, round_, note, firm.eve, "self_review")
    address = made.get_absolute_url()
    client.force_login(firm.mia)
    assert client.get(address).status_code == 404
    appraisal_of(round_, firm.eve, "review")
    review = client.get(f"/appraisals/{made.appraisal.uuid}/review/").content.decode()
    assert "not released by Mia" in review
    assert address in review
    assert "Accept as a fact" not in review
    assert SENTENCE in client.get(address).content.decode()
    client.force_login(firm.ada)
    assert client.get(address).status_code == 404
    client.force_login(firm.mia)

    assert client.post(address, {"wants": "yes"}).status_code == 302
    assert client.post(address, {"wants": "yes"}).status_code == 302  # a second time changes nothing

    assert "You have released it" in client.get(address).content.decode()
    line = sheet_of(content_of(made.appraisal, clock.today(), firm.mia)).sections
    assert any(item["accepted"] for part in line for c in part.criteria for item in c.content["evidence"])


def test_note_of_somebody_who_has_left_cannot_be_released(firm, round_, note):
    type(firm.mia).objects.filter(pk=firm.mia.pk).update(left_on=clock.today().replace(year=2020))
    appraisal = appraisal_of(round_, firm.eve, "self_review")

    form = EvidenceForm(appraisal=appraisal, user=firm.eve)

    assert form.notes == {}
