from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from people.models import Employee
from people.trees import hung
from web.http import Request

WIDEST = 200  # people below one leader, or leaders at the top, that a chart shows


@require_GET
def chart(request: Request, pk: int | None = None) -> HttpResponse:
    """The line from the top down to one person (at first the reader) and who works for each of them."""
    people = Employee.objects.visible_to(request.user)
    centre = get_object_or_404(people.select_related("manager"), pk=pk or request.user.pk)
    way = [centre.pk, *people.above(centre).values_list("pk", flat=True)]
    leads = Q(manager=None, reports_count__gt=0)
    shown = people.for_branch().filter(Q(manager__in=way) | Q(pk__in=way) | leads)
    context = {"tree": hung(shown[: WIDEST * 2], "manager_id"), "centre": centre, "way": way}
    return render(request, "people/chart.html", context)


@require_GET
def branch(request: Request, pk: int) -> HttpResponse:
    """Who works for somebody: the part that a branch of the chart loads when it is opened."""
    people = Employee.objects.visible_to(request.user)
    leader = get_object_or_404(people, pk=pk)
    tree = hung(people.for_branch().filter(manager=leader)[:WIDEST], "manager_id")
    return render(request, "people/_branch.html", {"tree": tree, "centre": request.user, "way": []})
