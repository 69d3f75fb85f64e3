from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goals.forms.contacts import FindableForm, FinderForm, JobForm
from goals.forms.reports import NoteForm
from goals.models import Contact, Introduction, Year
from goals.rules import contacts as rules
from goals.rules import notebook as notes
from goals.whoknows import ago, counterparts, picture_of, whom_to_ask
from journal import clock
from journal.prepared import asked
from journal.rules import reads
from people.models import Department
from web.http import Request, render_form

MOST_ASKED = 10
MOST_PAGES = 300  # of a notebook on one page


@require_GET
def who_knows(request: Request) -> HttpResponse:
    """The finder, and which departments are known: as a picture and as a table."""
    reader, form = request.user, FinderForm(request.GET, user=request.user)
    department, job = form.asked("department"), form.asked("job") or ""
    of = form.asked("of")
    if of is None and (request.GET.get("of") != "team" and not getattr(reader, "leads_somebody", False)):
        of = reader.department
    years = Year.objects.visible_to(reader)
    year = form.asked("year") or years.current()
    asked = bool(department or job)
    context = {
        "department": department,
        "job": job,
        "asked": asked,
        "found": whom_to_ask(reader, department, job, clock.today()) if asked else [],
        "departments": list(Department.objects.visible_to(reader).order_by("name", "pk").values_list("pk", "name")),
        "picture": picture_of(reader, of, year) if year else None,
        "of": of,
        "years": years[:5],
        "introductions": list(Introduction.objects.visible_to(reader).for_list()[:MOST_ASKED]),
        "is_findable": rules.may_be_found(reader),
    }
    return render(request, "goals/who_knows.html", context)


@require_GET
def same_job(request: Request) -> HttpResponse:
    """People elsewhere with one's own job, or the one asked for."""
    form = JobForm(request.GET)
    job = (form.cleaned_data["job"] if form.is_valid() else "").strip() or request.user.job_title
    return render(request, "goals/counterparts.html", {"job": job, "found": counterparts(request.user, job)})


@require_POST
def findable(request: Request) -> HttpResponse:
    form = FindableForm(request.POST)
    is_on = form.is_valid() and form.cleaned_data["is_on"]
    rules.choose(request.user, is_on, by=request.user)
    said = _("Colleagues find you again.") if is_on else _("Colleagues do not find you any more.")
    messages.success(request, said)
    return redirect("goals:who_knows")


@require_GET
def notebook(request: Request) -> HttpResponse:
    """Everybody one has met, the longest ago first: whom to keep in touch with."""
    today = clock.today()
    pages = asked(lambda me: Contact.objects.visible_to(me).by_last_contact()[:MOST_PAGES], request.user)
    reads.opened(*[page for page in pages if page.notes], by=request.user)
    last = [(page, getattr(page, "last_on", None)) for page in pages]
    rows = [(page, ago(last_on, today) if last_on else "") for page, last_on in last]
    return render(request, "goals/notebook.html", {"rows": rows, "most": MOST_PAGES})


def contact(request: Request, uuid: UUID) -> HttpResponse:
    """One page of one's own notebook, with its notes."""
    mine = Contact.objects.editable_by(request.user).by_last_contact()
    page = get_object_or_404(mine, uuid=uuid)
    initial = {"notes": page.notes, "version": page.version}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            notes.note(page, fields, fields.pop("version"), by=request.user)
            messages.success(request, _("Saved in your notebook."))
            return redirect(page)
        except ValidationError as error:
            form.add_error(None, error)
            page = get_object_or_404(mine, uuid=uuid)
    if page.notes:
        reads.opened(page, by=request.user)
    steps = page.encounters.select_related("report__goal").order_by("-happened_on", "-pk")[:20]
    return render_form(request, "goals/contact.html", {"contact": page, "form": form, "steps": steps})
