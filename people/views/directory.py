from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from people.forms.directory import DirectoryForm
from people.history import history_of
from people.models import Employee
from web.http import Request, render_page
from web.paging import keyset


@require_GET
def directory(request: Request) -> HttpResponse:
    """Everybody who works here, by name; ?q= words, ?department= with those inside, ?site=."""
    form = DirectoryForm(request.GET, user=request.user)
    people = form.narrow(Employee.objects.visible_to(request.user).with_place())
    page = keyset(people, ("name", "pk"), request.GET.get("after"))
    asked = {name: value for name, value in form.data.items() if name in form.fields and value}
    query = urlencode(asked) + "&" if asked else ""
    context = {"form": form, "page": page, "query": query, "asked": asked}
    return render_page(request, "people/directory.html", "people/_people.html", context)


@require_GET
def find(request: Request) -> HttpResponse:
    """What the finder offers while somebody types: ten people at most."""
    form = DirectoryForm(request.GET, user=request.user)
    people = Employee.objects.visible_to(request.user).select_related("department")
    found = form.narrow(people).order_by("name", "pk")[:10] if request.GET.get("q", "").strip() else []
    return render(request, "people/_found.html", {"found": found})


@require_GET
def person(request: Request, pk: int) -> HttpResponse:
    reader = request.user
    known = Employee.objects.visible_to(reader) | Employee.objects.editable_by(reader)
    asked = known.with_place().select_related("department__partner", "successor").with_rights_of(reader)
    somebody = get_object_or_404(asked, pk=pk)
    around = list(Employee.objects.visible_to(reader).around(somebody))
    context = {
        "person": somebody,
        "above": sorted((each for each in around if each.depth), key=lambda each: -each.depth),
        "reports": [each for each in around if not each.depth],
        "can_edit": somebody.can_edit,
        "history": history_of(somebody, {each.pk: each for each in around}) if somebody.history_open else [],
    }
    return render(request, "people/person.html", context)
