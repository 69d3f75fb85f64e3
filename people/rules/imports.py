"""A file of people on its way in: chosen, columns named, checked, applied. The only code that moves an ImportRun.

The slow steps run in the background under a lease: `work_on` claims, works and renews; what a killed worker left is
found by the next tick, which begins that step again. Applying is one transaction, so it is done or not begun.
"""

import uuid
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.timezone import now  # noqa: TID251 leases are about machines
from django.utils.translation import gettext as _

from journal import clock
from journal.rules import record
from people import headings
from people.models import Employee, ImportRow, ImportRun
from people.querysets import EmployeeQuerySet
from people.rules.import_apply import carry_out
from people.rules.import_plan import clear, draw_plan, keep_verdicts
from people.rules.import_reading import read_rows
from people.tables import Table, open_table, slash_evidence

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3
KEPT = timedelta(days=30)  # then the file and its rows go; who imported what stays in the journal
State = ImportRun.State


def choose(file: File, name: str, *, by: Employee, key: uuid.UUID | None = None) -> ImportRun:
    """Take in a file and look at its header: the first step. The same `key` again finds the first run.

    Raises ValidationError with a sentence if it cannot be read as a table, PermissionDenied if `by` is not an HR
    administrator.
    """
    _require_administrator(by)
    if key and (known := ImportRun.objects.filter(uuid=key, by=by).first()):
        return known
    table = open_table(cast(BinaryIO, file), headings.familiar)
    rows, slashes = _survey(table)
    if not rows:
        raise ValidationError(_("The file has a header and no rows below it."), "only_header")
    shown = " ".join("".join(c if c.isprintable() else " " for c in PurePath(name).name).split())[:200]
    file.seek(0)
    with transaction.atomic():
        run = ImportRun(by=by, file_name=shown or "people", header=table.header, rows=rows, slashes=slashes)
        run.uuid = key or run.uuid
        run.mapping = headings.guess(table.header)
        run.file.save(f"{run.uuid}{PurePath(shown).suffix[:5]}", file, save=False)
        run.save()
        record("import.choose", run, by=by, file=run.file_name, rows=rows)
    return run


def _survey(table: Table) -> tuple[int, dict[str, str]]:
    """How many rows, and what the cells with slashes of each column show about the order of day and month."""
    rows = 0
    seen: dict[int, Counter[str]] = {}
    dated: set[int] = set()
    for _line, cells in table.rows():
        rows += 1
        if cells is None:
            continue
        if rows <= 500:
            dated |= {column for column, cell in enumerate(cells) if "/" in cell and slash_evidence(cell.strip())}
        for column in dated:
            if column < len(cells) and (sign := slash_evidence(cells[column].strip())):
                seen.setdefault(column, Counter())[sign] += 1
    return rows, {str(column): _verdict(signs) for column, signs in seen.items()}


def _verdict(signs: Counter[str]) -> str:
    return "either" if bool(signs["day"]) == bool(signs["month"]) else "day" if signs["day"] else "month"


def order_of_days(run: ImportRun, columns: list[int]) -> str:
    """What dates with slashes in these columns show together: "day", "month", "either" (ask), "" (there are none)."""
    shown = {run.slashes[str(column)] for column in columns if str(column) in run.slashes}
    if not shown:
        return ""
    clear_ones = shown - {"either"}
    return clear_ones.pop() if len(clear_ones) == 1 else "either"


def check(run: ImportRun, mapping: dict[str, int], *, by: Employee, **choices: Any) -> ImportRun:
    """Say what the columns are and let the file be checked (in the background). Changes no person.

    choices: `day_first`, `found_places`, `complete`, `leaving_on`.
    Raises ValidationError("unmapped") without name or e-mail, ("moved_on") if the run is past this step.
    """
    _require_administrator(by)
    named = "name" in mapping or {"first_name", "last_name"} <= mapping.keys()
    if "email" not in mapping or not named:
        raise ValidationError(_("Say which columns hold the e-mail and the name (or first and last name)."), "unmapped")
    if choices.get("complete") and not choices.get("leaving_on"):
        choices["leaving_on"] = clock.today()
    if not choices.get("complete"):
        choices["leaving_on"] = None
    choices |= {"mapping": mapping, "read": 0, "counts": {}, "trouble": ""}
    with transaction.atomic():
        _step(run, {State.CHOSEN, State.CHECKED}, State.CHECKING, **choices)
        record("import.check", run, by=by)
    return run


def apply(run: ImportRun, *, by: Employee) -> ImportRun:
    """Give the word: what the check found is brought about in the background, all of it or nothing.

    Raises ValidationError("busy") while another import is being applied, ("moved_on") if this one is past it.
    """
    _require_administrator(by)
    try:
        with transaction.atomic():
            _step(run, {State.CHECKED}, State.APPLYING, trouble="")
            record("import.apply", run, by=by)
    except IntegrityError as error:
        run.refresh_from_db()
        other = ImportRun.objects.filter(state=State.APPLYING).select_related("by").first()
        sentence = _("%(name)s’s import of %(file)s is being applied. Yours can follow when it is done.")
        who = {"name": other.by.name, "file": other.file_name} if other else {"name": "–", "file": "–"}
        raise ValidationError(sentence % who, "busy") from error
    return run


def newcomers(run: ImportRun) -> EmployeeQuerySet:
    """Whom an import has brought, once it is applied: those whom HR may want to invite."""
    lines = ImportRow.objects.filter(run=run, verdict=ImportRow.Verdict.NEW, run__state=State.DONE)
    found: EmployeeQuerySet = Employee.objects.working().filter(email__in=lines.values("email"))
    return found


def uninvited(run: ImportRun) -> int:
    """How many of its newcomers nobody has let in."""
    return newcomers(run).never_signed_in().filter(invited_at=None).count()


def withdraw(run: ImportRun, *, by: Employee) -> ImportRun:
    """Leave it: nothing was changed, and the file is thrown away. Raises ValidationError("moved_on")."""
    _require_administrator(by)
    with transaction.atomic():
        _step(run, {State.CHOSEN, State.CHECKED}, State.WITHDRAWN)
        record("import.withdraw", run, by=by)
    forget(run)
    return run


def _step(run: ImportRun, sources: set[State], target: State, **fields: Any) -> None:
    fields |= {"state": target, "state_at": clock.now(), "lease_until": None, "attempts": 0}
    moved = ImportRun.objects.filter(pk=run.pk, state__in=sources).update(**fields)
    run.refresh_from_db()
    if not moved:
        raise ValidationError(_("This import has moved on meanwhile, so nothing was changed."), "moved_on")


def _require_administrator(by: Employee) -> None:
    if not by.is_hr_administrator:
        raise PermissionDenied


# -- in the background --------------------------------------------------------------------------------------------


def work_on_all() -> int:
    """Take up every run that waits for a worker or lost its own. Returns how many were worked on."""
    waiting = ImportRun.objects.filter(state__in=[State.CHECKING, State.APPLYING]).order_by("state_at")
    return sum(work_on(pk) for pk in list(waiting.values_list("pk", flat=True)))


def work_on(pk: int) -> bool:
    """Do the step this run waits for, unless another worker is at it. Returns whether it was done here."""
    at = now()
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    waits = Q(state__in=[State.CHECKING, State.APPLYING])
    claim = {"lease_until": at + LEASE, "attempts": F("attempts") + 1}
    if not ImportRun.objects.filter(free & waits, pk=pk).update(**claim):
        return False
    run = ImportRun.objects.select_related("by").get(pk=pk)
    if run.attempts > MAX_ATTEMPTS:
        _give_up(run, "attempts")
    elif run.state == State.CHECKING:
        _look_through(run)
    else:
        _bring_about(run)
    return True


def _look_through(run: ImportRun, progress: Callable[[int], None] | None = None) -> None:
    def keep(done: int) -> None:
        ImportRun.objects.filter(pk=run.pk, state=State.CHECKING).update(read=done, lease_until=now() + LEASE)
        if progress:
            progress(done)

    try:
        with run.file.open("rb") as file:
            read_rows(run, open_table(cast(BinaryIO, file), headings.familiar), keep)
    except (ValidationError, FileNotFoundError):
        _give_up(run, "file")
        return
    with transaction.atomic():
        draw_plan(run)
        counts = keep_verdicts(run)
        clear()
        ImportRun.objects.filter(pk=run.pk, state=State.CHECKING).update(
            state=State.CHECKED, state_at=clock.now(), counts=counts, lease_until=None
        )


def _bring_about(run: ImportRun) -> None:
    """All in one transaction, begun by the step to its end: whoever else wants to apply this run waits there."""
    try:
        with transaction.atomic():
            done = {"state": State.DONE, "state_at": clock.now(), "lease_until": None}
            if not ImportRun.objects.filter(pk=run.pk, state=State.APPLYING).update(**done):
                return
            counts = carry_out(run)
            ImportRun.objects.filter(pk=run.pk).update(counts=counts)
            record("import.done", run, by=run.by, **counts)
    except IntegrityError:  # somebody joined with one of these addresses in the same second: look again
        _give_up(run, "changed")


def _give_up(run: ImportRun, trouble: str) -> None:
    """Back to where a person decides, with the reason."""
    back = State.CHOSEN if run.state == State.CHECKING else State.CHECKED
    ImportRun.objects.filter(pk=run.pk, state=run.state).update(
        state=back, state_at=clock.now(), lease_until=None, attempts=0, trouble=trouble
    )


def forget(run: ImportRun) -> None:
    """Throw away the file and its rows; the run itself and its counts stay."""
    ImportRow.objects.filter(run=run).delete()
    if run.file:
        run.file.delete(save=False)
    ImportRun.objects.filter(pk=run.pk).update(file="")


def forget_old(today: date) -> int:
    """Files of people are not kept for longer than they serve."""
    old = ImportRun.objects.exclude(file="").filter(state_at__date__lt=today - KEPT)
    runs = list(old.exclude(state__in=[State.CHECKING, State.APPLYING]))
    for run in runs:
        forget(run)
    return len(runs)
