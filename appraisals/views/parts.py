"""What several pages of appraisals share: one appraisal of the reader's, its sheet, and whose turn it is."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from appraisals.document import content_of
from appraisals.models import Appraisal
from appraisals.rules.calibration import may_move
from appraisals.rules.rating import may_ask_for_words
from appraisals.rules.stages import moves_open_to
from appraisals.showing import Sheet, sheet_of
from journal import clock
from journal.prepared import asked, first
from people.access import is_above, is_manager_of, is_self
from people.models import Employee
from web.http import Request, or_404


def shown(request: Request, uuid: UUID) -> Appraisal:
    return or_404(first(_with_people, request.user, uuid))


def _with_people(user: Employee, uuid: UUID) -> QuerySet[Appraisal]:
    return Appraisal.objects.visible_to(user).filter(uuid=uuid).with_people()


def sheet_for(request: Request, appraisal: Appraisal) -> Sheet:
    return sheet_of(content_of(appraisal, clock.today(), request.user))


def may_write(user: Employee, appraisal: Appraisal) -> bool:
    """Whether it is `user`'s turn to write in it."""
    mine = asked(lambda user, pk: Appraisal.objects.editable_by(user).filter(pk=pk).values("pk"), user, appraisal.pk)
    return bool(mine)


@dataclass(frozen=True)
class Stage:
    """One stage of the line at the top: its name, when, and whether it is over or the present one."""

    name: str
    when: str
    is_done: bool
    is_now: bool


def stages_of(appraisal: Appraisal) -> list[Stage]:
    scheme, order = appraisal.scheme, list(Appraisal.State)
    begins = {
        "open": appraisal.from_on,
        "self_review": scheme.self_review_on,
        "review": scheme.review_on,
        "calibration": scheme.calibration_on,
        "shared": scheme.share_on,
        "signed": scheme.sign_by_on,
        "locked": scheme.lock_on,
    }
    place = [state.value for state in order].index(appraisal.state)
    stages = []
    for number, state in enumerate(order):
        day = date_format(begins[state.value], "DATE_FORMAT")
        when = _("by %(day)s") % {"day": day} if state == Appraisal.State.SIGNED else _("from %(day)s") % {"day": day}
        stages.append(Stage(str(state.label), when, number < place or appraisal.is_frozen, number == place))
    return stages


def frame(request: Request, appraisal: Appraisal, sheet: Sheet) -> dict[str, Any]:
    """What every page of one appraisal shows around its own: who, which stage, what the reader can do now."""
    return {
        "appraisal": appraisal,
        "sheet": sheet,
        "stages_shown": stages_of(appraisal),
        "can_calibrate": may_move(request.user, appraisal),
        "can_ask": may_ask_for_words(request.user, appraisal),
        "is_own": appraisal.employee_id == request.user.pk,
        "moves": moves_open_to(request.user, appraisal),
        "can_write": may_write(request.user, appraisal),
        "opens_goals": SimpleLazyObject(partial(_opens_goals, request.user, appraisal.employee)),
    }


def _opens_goals(user: Employee, employee: Employee) -> bool:
    """Whether this reader sees more of the goals than their status, so that a link leads somewhere."""
    return is_self(user, employee) or is_manager_of(user, employee) or is_above(user, employee)
