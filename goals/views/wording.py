from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

from goals.forms.wording import WordingForm
from goals.wording_said import said
from web.http import Request, render_form


@sensitive_post_parameters()
def wording(request: Request) -> HttpResponse:
    """The silent movie test of one text. Nothing is kept: it is posted so that it stands in no address and no log.

    A goal's form sends its `behaviour` here when it wants the marks without JavaScript.
    """
    text = request.POST.get("text", request.POST.get("behaviour", ""))
    form = WordingForm({"text": text} if request.method == "POST" else None)
    context = {"form": form, **said(text if form.is_valid() else "")}
    return render_form(request, "goals/wording.html", context, "goals/_wording.html")
