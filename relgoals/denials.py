"""Who was refused something confidential: one line in the log, for whoever watches over it."""

import structlog
from django.http import HttpRequest  # noqa: TID251 it reads a request and answers nothing

CONFIDENTIAL = {"appraisals", "conversations", "goals", "jobs", "partnering"}
CONFIDENTIAL_PAGES = {"people:import", "people:import_bad_rows", "people:revise", "erase", "journal"}
log = structlog.get_logger("relgoals.denials")


def note(request: HttpRequest, status: int) -> None:
    """Log that whoever is signed in got 404 or 403 from a page about something confidential: who, which page, how.

    The pages for 404 and 403 call it (relgoals.views), so it holds for every view without its doing. A view that
    answers a refusal in another way (a part, a conflict page) calls it itself. Never the address: it names the thing.
    """
    match, user = request.resolver_match, getattr(request, "user", None)
    if match is None or user is None or not user.is_authenticated:
        return
    if match.app_name in CONFIDENTIAL or match.view_name in CONFIDENTIAL_PAGES:
        log.warning("denied", page=match.view_name, method=request.method, status=status, who=user.pk)
