from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from people.forms.records import ProfileForm
from people.models import Employee
from people.rules import joining
from web.http import Request, render_form


def profile(request: Request) -> HttpResponse:
    me = get_object_or_404(Employee.objects.visible_to(request.user), pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=me)
    if form.is_valid():
        joining.settle_in(me, form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people:profile")
    return render_form(request, "people/profile.html", {"form": form})
