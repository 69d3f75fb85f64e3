import io
import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from openpyxl import Workbook

from journal.models import Entry
from people.models import Department, Employee, ImportRow, ImportRun
from people.rules import imports
from people.rules.import_plan import in_circles
from people.rules.joining import join
from people.rules.line import redraw_lines
from tests.people.test_line import recomputed, stored

HEAD = "Name;E-Mail;Personalnummer;Kostenstelle;Reports To;Job Title;Hire Date"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def chosen(text, by, name="people.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return imports.choose(ContentFile(content), name, by=by)


def checked(text, by, **choices):
    run = chosen(text, by)
    imports.check(run, run.mapping, by=by, **choices)
    imports.work_on(run.pk)
    run.refresh_from_db()
    return run


def applied(text, by, **choices):
    run = checked(text, by, **choices)
    imports.apply(run, by=by)
    assert imports.work_on(run.pk)
    run.refresh_from_db()
    assert (run.state, run.trouble) == ("done", "")
    return run


def everybody():
    return list(Employee.objects.order_by("pk").values())


def bad_rows(run):
    return [(row.line, row.field, row.problem) for row in ImportRow.objects.filter(run=run, verdict="bad")]


FILE = f"""{HEAD}
Jo Park;JO@example.org;7;Sciences > Chemistry;9;Assistant;2024-02-29
Li Wu;li@example.org;8;Sciences > Chemistry;jo@example.org;;01.03.2025
Bo Ek;bo@example.org;9;Sciences;;Dean;2020-01-01
"""


def test_import_brings_newcomers_with_managers_that_come_later(firm):
    before = Employee.objects.count()

    run = applied(FILE, firm.hedda, found_places=True)

    assert run.counts == {"new": 3, "changed": 0, "same": 0, "leaving": 0, "bad": 0}
    assert Employee.objects.count() == before + 3
    jo, li, bo = (Employee.objects.get(staff_number=n) for n in "789")
    assert (jo.email, jo.manager, li.manager, bo.manager) == ("jo@example.org", bo, jo, None)
    assert (jo.hired_on, li.hired_on, jo.department.name) == (date(2024, 2, 29), date(2025, 3, 1), "Chemistry")
    assert jo.department.parent == bo.department
    assert not jo.has_usable_password()
    assert stored() == recomputed()
    assert Entry.objects.filter(verb="employee.join", actor=firm.hedda, subject=f"people.employee:{li.pk}").count() == 1


def test_second_import_of_the_same_file_changes_nothing(firm):
    applied(FILE, firm.hedda, found_places=True)
    people, lines, departments = everybody(), stored(), Department.objects.count()
    entries = Entry.objects.filter(subject__startswith="people.employee").count()

    run = applied(FILE, firm.hedda, found_places=True)

    assert run.counts == {"new": 0, "changed": 0, "same": 3, "leaving": 0, "bad": 0}
    assert (everybody(), stored(), Department.objects.count()) == (people, lines, departments)
    assert Entry.objects.filter(subject__startswith="people.employee").count() == entries


def test_check_changes_nobody(firm):
    before = everybody()

    run = checked(FILE, firm.hedda, found_places=True)

    assert run.counts["new"] == 3
    assert (everybody(), Department.objects.count()) == (before, 0)


def test_import_changes_what_differs_and_moves_the_line_below(firm):
    mia, eve, sam = firm.mia.email, firm.eve.email, firm.sam.email
    text = f"Name,Email,Reports To,Title\nMia,{mia},{sam},Head\nEve,{eve},{mia},\n"

    run = applied(text, firm.hedda)

    firm.mia.refresh_from_db()
    assert run.counts == {"new": 0, "changed": 1, "same": 1, "leaving": 0, "bad": 0}
    assert (firm.mia.manager, firm.mia.job_title) == (firm.sam, "Head")
    assert stored() == recomputed()
    revised = Entry.objects.get(verb="employee.revise", subject=f"people.employee:{firm.mia.pk}")
    assert revised.data == {"fields": ["job_title", "manager"]}
    moved = Entry.objects.filter(verb="employee.assign_manager", subject=f"people.employee:{firm.mia.pk}").latest("pk")
    assert moved.data == {"manager": firm.sam.pk}


def test_complete_file_lets_the_missing_leave_and_hands_over_their_people(firm):
    text = "Name,Email\n" + "".join(f"{p.name},{p.email}\n" for p in (firm.ada, firm.eve, firm.sam))

    run = applied(text, firm.hedda, complete=True, leaving_on=date(2026, 3, 31))

    firm.mia.refresh_from_db()
    firm.eve.refresh_from_db()
    firm.hedda.refresh_from_db()
    assert run.counts == {"new": 0, "changed": 0, "same": 3, "leaving": 1, "bad": 0}
    assert (firm.mia.left_on, firm.hedda.left_on, firm.eve.manager) == (date(2026, 3, 31), None, firm.ada)
    assert stored() == recomputed()


def test_complete_file_with_a_row_about_nobody_known_lets_nobody_leave(firm):
    run = checked(f"Name,Email\nAda,{firm.ada.email}\nMia,mia at example\n", firm.hedda, complete=True)

    assert (run.counts["leaving"], bad_rows(run)) == (0, [(3, "email", "no_email")])


def test_whoever_had_left_and_stands_in_the_file_comes_back(firm):
    Employee.objects.filter(pk=firm.sam.pk).update(left_on=date(2020, 1, 1))

    applied(f"Name,Email\nSam,{firm.sam.email}\n", firm.hedda)

    firm.sam.refresh_from_db()
    assert firm.sam.left_on is None


CIRCLE = [(n, "manager", "circle") for n in (2, 3, 4)]
ROWS = {
    "circle": ("A;a@x.org;1;;2;;\nB;b@x.org;2;;3;;\nC;c@x.org;3;;1;;", CIRCLE),
    "below a circle": (
        "A;a@x.org;1;;2;;\nB;b@x.org;2;;1;;\nC;c@x.org;3;;1;;", [*CIRCLE[:2], (4, "manager", "manager_bad")]),
    "oneself": ("A;a@x.org;1;;a@x.org;;", [(2, "manager", "oneself")]),
    "oneself by number": ("A;a@x.org;1;;1;;", [(2, "manager", "oneself")]),
    "unknown manager": ("A;a@x.org;1;;nobody@x.org;;", [(2, "manager", "no_manager")]),
    "manager is bad": ("A;a@x.org;1;;2;;\nB;b@x;2;;;;", [(2, "manager", "manager_bad"), (3, "email", "no_email")]),
    "same e-mail": ("A;a@x.org;1;;;;\nB;A@X.org;2;;;;", [(2, "email", "twice"), (3, "email", "twice")]),
    "same number": ("A;a@x.org;1;;;;\nB;b@x.org;1;;;;", [(2, "staff_number", "twice"), (3, "staff_number", "twice")]),
    "unknown department": ("A;a@x.org;1;Magic;;;", [(2, "department", "no_department")]),
    "30 February": ("A;a@x.org;1;;;;30.02.2026", [(2, "hired_on", "no_date")]),
    "year 0": ("A;a@x.org;1;;;;0001-01-01", [(2, "hired_on", "no_date")]),
    "NUL": ("A\0;a@x.org;1;;;;", [(2, "name", "unprintable")]),
    "turned direction": ("A\u202eB;a@x.org;1;;;;", [(2, "name", "unprintable")]),
    "zero width": ("A\u200bB;a@x.org;1;;;;", [(2, "name", "unprintable")]),
    "formula": ("=HYPERLINK(1);a@x.org;1;;;;", [(2, "name", "formula")]),
    "formula in title": ("A;a@x.org;1;;;@SUM(1);", [(2, "job_title", "formula")]),
    "minus": ("A;a@x.org;1;;;-1+cmd;", [(2, "job_title", "formula")]),
    "overlong name": (f"{'a' * 121};a@x.org;1;;;;", [(2, "name", "too_long")]),
    "overlong e-mail": (f"A;{'a' * 250}@x.org;1;;;;", [(2, "email", "too_long")]),
    "huge cell": (f"A;a@x.org;1;;;{'a' * 300_000};\nB;b@x.org;2;;;;", [(2, "", "unreadable")]),
    "too few cells": ("A;a@x.org;1", [(2, "", "width")]),
    "too many cells": ("A;a@x.org;1;;;;;more", [(2, "", "width")]),
    "no name": (";a@x.org;1;;;;", [(2, "name", "empty")]),
    "no e-mail": ("A;;1;;;;", [(2, "email", "empty")]),
    "no address": ("A;a@b@x.org;1;;;;", [(2, "email", "no_email")]),
    "second header": (f"{HEAD}\nA;a@x.org;1;;;;", [(2, "email", "no_email")]),
    "quote without end": ('A;a@x.org;1;;;"never;', [(2, "", "width")]),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_bad_rows_stay_out_with_line_column_and_reason(firm, case):
    rows, expected = ROWS[case]
    before = everybody()
    good = "\nZed;zed@x.org;999;;;;" if case != "quote without end" else ""

    run = applied(f"{HEAD}\n{rows}{good}", firm.hedda)

    assert bad_rows(run) == expected
    assert run.counts["bad"] == len(expected)
    assert len(everybody()) == len(before) + run.counts["new"]
    assert stored() == recomputed()
    assert ImportRow.objects.filter(run=run, verdict="bad", problem="").count() == 0


def test_circle_with_people_who_are_here_already_is_refused(firm):
    text = f"Name,Email,Reports To\nAda,{firm.ada.email},{firm.eve.email}\n"

    run = applied(text, firm.hedda)

    assert bad_rows(run) == [(2, "manager", "circle")]
    assert stored() == recomputed()


def test_address_of_somebody_else_is_refused(firm):
    Employee.objects.filter(pk=firm.sam.pk).update(staff_number="5")

    run = applied(f"Name,Email,Employee ID\nSam,{firm.eve.email},5\n", firm.hedda)

    assert bad_rows(run) == [(2, "email", "taken")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n\n", "empty"),
        (b"Name,Email\n", "only_header"),
        (b"PK\x03\x04 nonsense", "no_sheet"),
        (b"\xd0\xcf\x11\xe0 old", "old_excel"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no_table"),
        (b"%PDF-1.7\n1 0 obj\nendobj", "no_table"),
    ],
)
def test_file_that_is_no_table_is_refused_with_a_sentence(firm, content, code):
    with pytest.raises(ValidationError) as refused:
        chosen(content, firm.hedda)

    assert refused.value.code == code
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize("who", ["eve", "mia", "sam"])
def test_only_hr_administrators_import(firm, who):
    with pytest.raises(PermissionDenied):
        chosen(FILE, getattr(firm, who))


def test_same_form_sent_twice_is_one_run(firm):
    key = uuid.uuid4()

    runs = {imports.choose(ContentFile(FILE.encode()), "a.csv", by=firm.hedda, key=key).pk for _ in range(2)}

    assert len(runs) == 1


def test_second_import_waits_while_one_is_applied(firm):
    first, second = checked(FILE, firm.hedda), checked(FILE, firm.hedda)
    imports.apply(first, by=firm.hedda)

    with pytest.raises(ValidationError, match="Yours can follow") as refused:
        imports.apply(second, by=firm.hedda)

    assert refused.value.code == "busy"


def test_apply_twice_is_refused(firm):
    run = checked(FILE, firm.hedda)
    imports.apply(run, by=firm.hedda)

    with pytest.raises(ValidationError, match="moved on"):
        imports.apply(run, by=firm.hedda)


def test_run_under_lease_is_left_to_its_worker_and_taken_up_after(firm):
    run = checked(FILE, firm.hedda)
    imports.apply(run, by=firm.hedda)
    ImportRun.objects.filter(pk=run.pk).update(lease_until=imports.now() + imports.LEASE)

    assert imports.work_on_all() == 0

    ImportRun.objects.filter(pk=run.pk).update(lease_until=imports.now())
    assert imports.work_on_all() == 1
    assert imports.work_on_all() == 0


def test_somebody_who_joined_since_the_check_is_met_not_doubled(firm):
    run = checked(FILE, firm.hedda, found_places=True)
    join("Jo", "jo@example.org", by=None)
    imports.apply(run, by=firm.hedda)

    imports.work_on_all()

    run.refresh_from_db()
    assert (run.counts["new"], run.counts["changed"]) == (2, 1)
    assert Employee.objects.filter(email="jo@example.org").count() == 1
    assert stored() == recomputed()


def test_withdrawn_import_keeps_neither_file_nor_rows(firm):
    run = checked(FILE, firm.hedda)

    imports.withdraw(run, by=firm.hedda)

    run.refresh_from_db()
    assert (run.file.name, ImportRow.objects.count(), run.state) == ("", 0, "withdrawn")


def test_redraw_lines_equals_what_the_moves_drew(firm):
    before = stored()

    redraw_lines()

    assert stored() == before == recomputed()


def test_in_circles_names_the_circle_and_not_who_hangs_below():
    assert in_circles({1: 2, 2: 3, 3: 1, 4: 1, 5: 4, 6: 6}) == {1, 2, 3, 6}


def test_sheet_is_read_like_text(firm):
    """The first that is shown: exports keep lists for their own use in hidden ones."""
    book, file = Workbook(), io.BytesIO()
    book.create_sheet("lists", 0).sheet_state = "hidden"
    book.active = book.worksheets[1]
    book.active.append(["Name", "E-Mail", "Personalnummer", "Eintrittsdatum"])
    book.active.append(["Jo", "jo@example.org", 7, date(2024, 2, 29)])
    book.save(file)

    run = applied(file.getvalue(), firm.hedda)

    jo = Employee.objects.get(staff_number="7")
    assert (run.counts["new"], jo.hired_on) == (1, date(2024, 2, 29))
