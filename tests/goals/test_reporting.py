from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from goals.models import Changed, Contact, Encounter, Goal, Remark, Report
from goals.rules import notebook, reporting
from goals.rules.notebook import Met
from journal import clock
from journal.models import Entry
from outbox.models import Notice
from people.rules.line import assign_manager
from tests.goals.reported import agreed, days_ago, log, university

pytestmark = pytest.mark.django_db


@pytest.fixture
def uni():
    return university()


@pytest.fixture
def rally(uni):
    return agreed(uni.eve)


def verbs(thing):
    return [entry.verb for entry in Entry.objects.of(thing)]


def refused(code, deed, *args, **fields):
    with pytest.raises(ValidationError) as refusal:
        deed(*args, **fields)
    errors = refusal.value.error_dict if hasattr(refusal.value, "error_dict") else {"": refusal.value.error_list}
    assert [error.code for some in errors.values() for error in some] == [code]


def test_a_step_with_somebody_from_elsewhere_counts_and_leaves_all_its_traces(uni, rally):
    report = log(rally, uni.otto)

    rally.refresh_from_db()
    report.refresh_from_db()
    encounter = report.encounters.get()
    assert (rally.counted, rally.confirmed, rally.state) == (1, 0, Goal.State.ACTIVE)
    assert (report.counts, report.state) == (True, Report.State.NEW)
    assert (encounter.department, encounter.job_title, encounter.counts) == (uni.office, "Senior records clerk", True)
    assert encounter.peer is True
    assert verbs(rally) == ["report.log"]
    assert list(Changed.objects.values_list("owner", "year")) == [(uni.eve.pk, uni.year.pk)]
    assert list(Notice.objects.values_list("kind", "recipient")) == [("goals.met", uni.otto.pk)]


def test_two_of_the_own_department_leave_the_goal_at_0_and_say_why(uni, rally):
    first = log(rally, uni.pia)
    log(rally, Met(department=uni.earth, job_title="Technician"))

    rally.refresh_from_db()
    first.refresh_from_db()
    assert (rally.counted, first.counts) == (0, False)
    assert str(first.reason) == "This is your own department. Somebody from any other department counts."
    assert {one.reason.code for one in Encounter.objects.all()} == {"own_department"}


@pytest.mark.parametrize(
    ("first", "second", "counted"),
    [
        (lambda uni: Met(employee=uni.otto), lambda uni: Met(employee=uni.otto), 1),
        (lambda uni: Met(employee=uni.otto), lambda uni: Met(name="otto  VOGEL", department=uni.office), 1),
        (lambda uni: Met(name="Otto Vogel", department=uni.office), lambda uni: Met(employee=uni.otto), 1),
        (lambda uni: Met(name="Sam Hill", department=uni.office), lambda uni: Met(name="sam hill"), 1),
        (
            lambda uni: Met(name="Sam Hill", department=uni.office),
            lambda uni: Met(name="Sam Hall", department=uni.office),
            2,
        ),
        (lambda uni: Met(department=uni.office), lambda uni: Met(department=uni.office), 2),
        (lambda uni: Met(employee=uni.otto), lambda uni: Met(employee=uni.olga), 2),
    ],
)
def test_the_same_person_counts_once(uni, rally, first, second, counted):
    log(rally, first(uni), on=days_ago(1))
    log(rally, second(uni))

    rally.refresh_from_db()
    assert rally.counted == counted


def test_somebody_without_a_name_is_the_same_where_the_owner_picks_them(uni, rally):
    log(rally, Met(department=uni.office, job_title="Clerk"), on=days_ago(1))

    again = log(rally, Met(earlier=Contact.objects.get(), department=uni.office, job_title="Clerk"))

    rally.refresh_from_db()
    again.refresh_from_db()
    assert (rally.counted, Contact.objects.count(), again.reason.code) == (1, 1, "same_person")


def test_the_same_form_sent_twice_is_one_step(uni, rally):
    key = uuid4()

    first, second = log(rally, uni.otto, key=key), log(rally, uni.otto, key=key)

    assert first == second
    assert (Report.objects.count(), Encounter.objects.count(), Notice.objects.count()) == (1, 1, 1)
    assert verbs(rally) == ["report.log"]


def test_a_key_of_somebody_elses_step_opens_nothing(uni, rally):
    key = log(rally, uni.otto).uuid
    other = agreed(uni.pia)

    refused("moved_on", log, other, uni.otto, key=key)


def test_what_may_not_be_logged(uni, rally):
    refused("not_yet", log, rally, uni.otto, on=clock.today() + timedelta(days=2))
    refused("other_year", log, rally, uni.otto, on=uni.year.first_on - timedelta(days=1))
    refused("empty", log, rally)
    refused("oneself", log, rally, uni.eve)
    refused("twice", log, rally, uni.otto, uni.otto)
    refused("too_many", log, rally, *["A"] * 21)
    for state in set(Goal.State) - set(Goal.AGREED):
        Goal.objects.filter(pk=rally.pk).update(state=state)
        refused("not_active", log, rally, uni.otto)
    assert not Report.objects.exists()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("who", ["mia", "ada", "pia", "otto", "hedda"])
def test_only_the_owner_logs_changes_and_takes_back(uni, rally, who):
    report, by = log(rally, uni.otto), getattr(uni, who)

    for deed in (
        lambda: reporting.log(rally, clock.today(), "x", by=by, key=uuid4()),
        lambda: reporting.revise(report, {"happened_on": clock.today(), "what": ""}, [], 0, by=by),
        lambda: reporting.take_back(report, 0, by=by),
        lambda: reporting.reply(report, "So it was.", by=by),
    ):
        with pytest.raises(PermissionDenied):
            deed()


@pytest.mark.parametrize("who", ["eve", "ada", "pia", "otto", "hedda"])
def test_only_the_manager_answers(uni, rally, who):
    report, by = log(rally, uni.otto), getattr(uni, who)

    for deed in (
        lambda: reporting.confirm(report, 0, by=by),
        lambda: reporting.ask(report, "Who?", 0, by=by),
        lambda: reporting.confirm_all(rally, by=by),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_a_former_manager_answers_no_more(uni, rally):
    report = log(rally, uni.otto)
    assign_manager(uni.eve, uni.ada, by=uni.hedda)

    with pytest.raises(PermissionDenied):
        reporting.confirm(Report.objects.with_goal().get(pk=report.pk), 0, by=uni.mia)


def test_complete_is_reported_and_confirmed_is_met(uni, rally):
    log(rally, uni.otto)
    log(rally, uni.olga)
    rally.refresh_from_db()
    assert (rally.counted, rally.state, rally.is_met) == (2, Goal.State.REPORTED, False)

    assert reporting.confirm_all(rally, by=uni.mia) == 2

    rally.refresh_from_db()
    assert (rally.confirmed, rally.state, rally.is_met) == (2, Goal.State.CONFIRMED, True)
    assert reporting.confirm_all(rally, by=uni.mia) == 0


def test_changing_a_confirmed_step_reopens_the_goal(uni, rally):
    first = log(rally, uni.otto)
    log(rally, uni.olga)
    reporting.confirm_all(rally, by=uni.mia)
    first = Report.objects.with_goal().get(pk=first.pk)

    reporting.revise(
        first, {"happened_on": days_ago(1), "what": ""}, [Met(employee=uni.pia)], first.version, by=uni.eve
    )

    rally.refresh_from_db()
    first.refresh_from_db()
    assert (rally.counted, rally.confirmed, rally.state) == (1, 1, Goal.State.ACTIVE)
    assert (first.state, first.reason.code) == (Report.State.NEW, "own_department")
    assert verbs(rally)[0] == "report.revise"


def test_taking_a_step_back_reopens_the_goal_and_history_says_who_and_when(uni, rally):
    first, _second = log(rally, uni.otto), log(rally, uni.olga)

    reporting.take_back(first, 0, by=uni.eve)

    rally.refresh_from_db()
    entry = Entry.objects.of(rally).first()
    assert (rally.counted, rally.state) == (1, Goal.State.ACTIVE)
    assert (entry.verb, entry.actor, entry.at.date()) == ("report.delete", uni.eve, clock.now().date())
    assert list(Contact.objects.values_list("employee", flat=True)) == [uni.olga.pk]


def test_tell_me_more_goes_there_and_back(uni, rally):
    report = log(rally, uni.otto)

    reporting.ask(report, "  What did you talk about?  ", 0, by=uni.mia)
    assert (report.state, report.question) == (Report.State.MORE, "What did you talk about?")
    refused("no_words", reporting.reply, report, "  ", by=uni.eve)
    reporting.reply(report, "Blocked enrolments.", by=uni.eve)

    assert (report.state, report.question, report.answered_by) == (Report.State.NEW, "", None)
    assert list(Remark.objects.values_list("by", "words")) == [
        (uni.mia.pk, "What did you talk about?"),
        (uni.eve.pk, "Blocked enrolments."),
    ]
    assert verbs(rally) == ["report.reply", "report.ask", "report.log"]
    refused("moved_on", reporting.reply, report, "Once more.", by=uni.eve)
    refused("no_words", reporting.ask, report, " ", report.version, by=uni.mia)


def test_two_at_one_step_the_later_one_is_told(uni, rally):
    report = log(rally, uni.otto)
    reporting.revise(report, {"happened_on": days_ago(1), "what": ""}, [Met(employee=uni.otto)], 0, by=uni.eve)

    refused("changed_meanwhile", reporting.confirm, report, 0, by=uni.mia)
    refused("changed_meanwhile", reporting.take_back, report, 0, by=uni.eve)

    assert (report.state, report.happened_on) == (Report.State.NEW, days_ago(1))


def test_a_revised_person_keeps_their_page_of_the_notebook(uni, rally):
    report = log(rally, Met(name="Sam Hil", department=uni.office, notes="Tuesday choir"))
    contact = Contact.objects.get()

    met = Met(earlier=contact, name="Sam Hill", department=uni.office)
    reporting.revise(report, {"happened_on": clock.today(), "what": ""}, [met], 0, by=uni.eve)

    contact = Contact.objects.get()
    assert (contact.name, contact.notes, contact.encounters.count()) == ("Sam Hill", "Tuesday choir", 1)


def test_evidence_is_replaced_and_goes_with_the_step(
    uni, rally, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    photo = SimpleUploadedFile("a.jpg", b"first")
    report = log(rally, uni.otto, evidence=photo)

    with django_capture_on_commit_callbacks(execute=True):
        fields = {"happened_on": clock.today(), "what": "", "evidence": SimpleUploadedFile("b.jpg", b"second")}
        reporting.revise(report, fields, [Met(employee=uni.otto)], 0, by=uni.eve)
    assert [path.read_bytes() for path in tmp_path.rglob("*.jpg")] == [b"second"]
    with django_capture_on_commit_callbacks(execute=True):
        reporting.take_back(report, report.version, by=uni.eve)
    assert list(tmp_path.rglob("*.jpg")) == []


def test_a_removed_name_is_gone_and_the_count_stays(uni, rally):
    report = log(rally, Met(employee=uni.otto, shares_name=True))

    notebook.remove_name(report.encounters.get(), by=uni.otto)

    rally.refresh_from_db()
    contact, encounter = Contact.objects.get(), Encounter.objects.get()
    assert (contact.employee, contact.name, encounter.shares_name) == (None, "", False)
    assert (encounter.department, encounter.job_title, rally.counted) == (uni.office, "Senior records clerk", 1)
    assert Entry.objects.of(rally).first().actor is None
    with pytest.raises(PermissionDenied):
        notebook.remove_name(encounter, by=uni.otto)


def test_whoever_had_their_name_removed_is_met_again_without_it_and_counts_once(uni, rally):
    report = log(rally, uni.otto, on=days_ago(1))
    notebook.remove_name(report.encounters.get(), by=uni.otto)

    log(rally, uni.otto)
    log(rally, Met(name="Otto Vogel", department=uni.office))

    rally.refresh_from_db()
    assert (rally.counted, Contact.objects.get().name) == (1, "")


def test_only_the_person_met_has_a_name_removed(uni, rally):
    report = log(rally, uni.otto)

    for somebody in (uni.eve, uni.mia, uni.hedda, uni.olga):
        with pytest.raises(PermissionDenied):
            notebook.remove_name(report.encounters.get(), by=somebody)


def test_notes_are_written_by_their_owner_alone(uni, rally):
    contact = log(rally, uni.otto).encounters.get().contact

    notebook.note(contact, {"notes": "Plays the organ."}, 0, by=uni.eve)

    assert contact.notes == "Plays the organ."
    refused("changed_meanwhile", notebook.note, contact, {"notes": "x"}, 0, by=uni.eve)
    for somebody in (uni.mia, uni.otto, uni.hedda):
        with pytest.raises(PermissionDenied):
            notebook.note(contact, {"notes": "x"}, 1, by=somebody)
