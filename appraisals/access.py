"""From where somebody looks at an appraisal: yes/no questions beside the querysets' conditions."""

from datetime import date
from typing import TYPE_CHECKING

from people.access import has_in_part, is_above, is_manager_of, is_self

if TYPE_CHECKING:
    from appraisals.models import Appraisal
    from people.models import Employee

STANDPOINTS = ("self", "manager", "above", "hr")


def is_reviewer(user: "Employee", appraisal: "Appraisal") -> bool:
    """querysets.reviewed_by() for one appraisal."""
    employee = appraisal.employee
    nobody_leads = employee.manager_id is None and user.is_hr_administrator
    return not is_self(user, employee) and (is_manager_of(user, employee) or nobody_leads)


def standpoints(user: "Employee", appraisal: "Appraisal", today: date) -> frozenset[str]:
    """ "self", or any of "manager", "above", "hr"; the last two words of a standpoint say what the day adds."""
    employee = appraisal.employee
    if is_self(user, employee):
        return frozenset({"self"})
    scheme, found = appraisal.scheme, set()
    if is_reviewer(user, appraisal):
        found |= {"manager"} | ({"manager from share day"} if today >= scheme.share_on else set())
        found |= {"manager without them"} if _may_go_on(appraisal, today) else set()
    if is_above(user, employee):
        found.add("above")
    if has_in_part(user, employee):
        gone = employee.left_on is not None and employee.left_on < today
        found |= {"hr"} | ({"hr after sign day"} if gone or today > scheme.sign_by_on else set())
        found |= {"hr without them"} if _may_go_on(appraisal, today) else set()
    return frozenset(found)


def _may_go_on(appraisal: "Appraisal", today: date) -> bool:
    """Without a self-review: once the manager's review has begun, or the employee is about to leave."""
    return today >= appraisal.scheme.review_on or appraisal.employee.left_on is not None
