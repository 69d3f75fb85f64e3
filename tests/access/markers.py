"""Which text of which row who may read: a marker word is planted in every one of them (test_markers.py).

A field of ours that holds text stands in PLANTED with its rows and readers, or in OPEN with the reason why it needs
none. `rows` picks from the matrix's company what belongs to Eve (direct); readers are standpoints.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PAIR, BEFORE, LINE = "direct manager", "direct former_manager", "direct manager managers_manager"
IN_IT = f"{LINE} hr_in_scope hr_administrator"
NOT_YET_HERS = "manager managers_manager hr_in_scope hr_administrator"
DRAFT = "manager managers_manager hr_in_scope hr_administrator"
ADMINISTER = "hr_administrator"


@dataclass(frozen=True)
class Planted:
    field: str  # "conversations.Topic.words"
    readers: str
    rows: Callable[[Any], Any]  # company → keyword arguments of the filter


def _talk(**more):
    return lambda c: {"sheet": c.talk} | more


def _goals(path=""):
    return lambda c: {f"{path}owner": c.direct}


def _stage(stage, **more):
    return lambda c: {"appraisal": c.appraisals[stage]} | more


def _by(name, **more):
    return lambda c: {"pk": getattr(c, name).pk} | more


def _each(fields, readers, rows):
    return [Planted(field, readers, rows) for field in fields.split()]


PLANTED = [
    # one-on-ones: the pair's, as long as it is one
    *_each("conversations.Topic.words conversations.Topic.reply_words", PAIR, _by("topic")),
    *_each("conversations.Topic.words", "manager", _by("hidden")),
    *_each("conversations.Topic.words", BEFORE, _by("old_topic")),
    *_each("conversations.SharedNote.text", PAIR, _talk()),
    *_each("conversations.PrivateNote.text", "direct", _by("note")),
    *_each("conversations.Answer.text", "direct", lambda c: {"author": c.direct}),
    *_each("conversations.Action.words", PAIR, _by("action")),
    *_each("conversations.Action.words", PAIR, _by("promise")),
    *_each("conversations.NewDate.words", PAIR, _by("asked")),
    *_each("conversations.Repair.owned conversations.Repair.learned conversations.Repair.amends", PAIR, _by("repair")),
    *_each("conversations.Repair.answer", PAIR, _by("repair")),
    *_each("conversations.CoachingNote.situation conversations.CoachingNote.choice", PAIR, _by("coaching")),
    *_each("conversations.CoachingNote.result", PAIR, _by("coaching")),
    *_each("conversations.Feedback.behaviour conversations.Feedback.effect", PAIR, _by("feedback")),
    *_each("conversations.Feedback.next_time conversations.Feedback.answer", PAIR, _by("feedback")),
    *_each("conversations.Aspiration.words", PAIR, _by("hope")),
    *_each("conversations.Aspiration.words", "direct", _by("own_hope")),
    *_each("conversations.Series.place", PAIR, lambda c: {"pk": c.talk.series_id}),
    *_each("conversations.OneOnOne.place", PAIR, _by("talk")),
    # goals: the line's; HR reads how far they are
    *_each("goals.Goal.behaviour goals.Goal.details goals.Goal.because", LINE, _by("agreed")),
    *_each("goals.Goal.behaviour", LINE, _by("goal_reported")),
    *_each("goals.Reason.words", LINE, lambda c: {"goal__owner": c.direct}),
    *_each("goals.Turn.words goals.Turn.answer_words", LINE, lambda c: {"goal__owner": c.direct}),
    *_each("goals.Report.what", LINE, lambda c: {"pk__in": [c.report.pk, c.report_asked.pk]}),
    *_each("goals.Report.question", LINE, _by("report_asked")),
    *_each("goals.Remark.words", LINE, lambda c: {"report__goal__owner": c.direct}),
    *_each("goals.Claim.reason", LINE, _by("claim")),
    *_each("goals.Contact.notes goals.Contact.name", "direct", lambda c: {"pk": c.noted.pk}),
    *_each("goals.Introduction.words", "direct other_manager", _by("question")),
    *_each("goals.TeamCase.words", DRAFT, _by("case")),
    *_each("goals.Story.words", PAIR, _by("story")),
    # job descriptions: drafts and what HR says to them
    *_each("jobs.Comment.words jobs.Comment.answer", f"{PAIR} managers_manager", _by("job_comment")),
    *_each("jobs.Clause.text jobs.Clause.reason", DRAFT, _by("job_waits")),
    *_each("jobs.Ruling.words", DRAFT, lambda c: {"clause": c.job_asked}),
    *_each("jobs.Objection.words", DRAFT, lambda c: {"clause": c.job_asked}),
    *_each("jobs.Version.support_words", DRAFT, _by("job_draft")),
    # appraisals: each part from the stage at which its author hands it on
    *_each("appraisals.Passage.words", "direct", _stage("self_review", side="self")),
    *_each("appraisals.Passage.words", IN_IT, _stage("review", side="self")),
    *_each("appraisals.Passage.words", "manager", _stage("review", side="manager")),
    *_each("appraisals.Passage.words", NOT_YET_HERS, _stage("calibration", side="manager")),
    *_each("appraisals.Passage.words", IN_IT, _stage("shared", side="manager")),
    *_each("appraisals.Rating.words", "manager", _stage("review")),
    *_each("appraisals.Rating.words", NOT_YET_HERS, _stage("calibration")),
    *_each("appraisals.Rating.words", IN_IT, _stage("shared")),
    *_each("appraisals.MovedRating.words", NOT_YET_HERS, _stage("calibration")),
    *_each("appraisals.MovedRating.words", IN_IT, _stage("shared")),
    *_each("appraisals.Words.words", "former_manager", _by("words")),
    *_each("appraisals.Evidence.label", "manager", _by("managers_evidence")),
    # people from a file
    *_each("people.ImportRow.name people.ImportRow.job_title", ADMINISTER, lambda c: {"run": c.import_checked}),
    *_each("people.ImportRun.file_name", ADMINISTER, _by("import_checked")),
]
REASONS = {
    "the directory's, everybody's": "people.Employee.email people.Employee.name people.Employee.preferred_name"
    " people.Employee.job_title people.Department.name people.Department.code people.Site.name people.Site.time_zone"
    " goals.Job.title goals.Year.name",
    "the person's record, told in expect_people.py": "people.Employee.staff_number",
    "no text that somebody types": "people.Employee.password people.Employee.time_zone people.Employee.language"
    " people.ImportRun.trouble people.ImportRow.problem people.ImportRow.field journal.Entry.verb journal.Entry.subject"
    " journal.Entry.origin journal.Seal.hash outbox.Notice.kind outbox.Notice.occasion outbox.Notice.error"
    " outbox.Hold.kind reminders.Wishes.working_days conversations.Series.zone goals.Goal.measure goals.Turn.move"
    " goals.Report.why_not goals.Encounter.why_not conversations.Answer.question conversations.Feed.secret_hash"
    " conversations.Feed.secret appraisals.Appraisal.step appraisals.Chain.digest",
    "gone in seconds, on no page": "people.LinkRequest.email people.LinkRequest.origin",
    "beside name and job title in the same row": "people.ImportRow.email people.ImportRow.staff_number"
    " people.ImportRow.preferred_name people.ImportRow.department people.ImportRow.site people.ImportRow.manager"
    " people.ImportRow.value",
    "the name of a job, as in the directory": "jobs.JobDescription.title jobs.Version.title",
    "beside a planted one, shown by the same line": "goals.Introduction.job goals.Introduction.reply"
    " jobs.Version.returned_words jobs.Clause.proof jobs.Clause.covers"
    " appraisals.Evidence.note",
    "derived from a planted one": "jobs.Clause.fingerprint jobs.Ruling.fingerprint jobs.Ruling.topic"
    " jobs.Ruling.proposed jobs.Ruling.wording jobs.Objection.wording goals.Contact.name_hash"
    " goals.Contact.person_hash",
    "HR's list, cited to managers who draft": "jobs.Ground.text",
    "its owner's alone: only they have its address": "jobs.DescriptionFile.file_name",
    "the catalogue's": "goals.Idea.key goals.Idea.title goals.Idea.what goals.Idea.behaviour goals.Idea.stands_for"
    " goals.Idea.measure goals.Idea.cost goals.Idea.time goals.Goal.stands_for",
    "which job somebody of a department has: the finder's": "goals.Contact.job_title goals.Encounter.job_title",
    "the scheme's, for all it covers": "appraisals.Scheme.job_titles appraisals.ScalePoint.name"
    " appraisals.ScalePoint.anchor appraisals.Section.name appraisals.Section.about appraisals.Criterion.name"
    " appraisals.Criterion.about appraisals.WeightChange.reason",
    "words of a move, for everybody in the appraisal": "appraisals.Appraisal.step_words",
    "what was shared, once it is signed": "appraisals.Signature.comment appraisals.Signature.reason"
    " appraisals.Signature.content appraisals.Signature.previous appraisals.Signature.digest",
}
OPEN = {field: reason for reason, fields in REASONS.items() for field in fields.split()}
