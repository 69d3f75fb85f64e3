"""Long texts that save themselves: what the view answers to static/autosave.js.

In the template, any form that has a save button of its own; nothing else changes, and without JavaScript the button
does what it always did:

    <form method="post" action="{{ note.edit_address }}" data-autosave>          data-autosave="/other/address/"
        {% csrf_token %} … {% include "_autosave.html" %} <button …>Save</button>    data-private: for the author alone
    </form>

The script posts the whole form (no files) 1.5 seconds after the last key, at the latest after 10, when a field loses
the focus and when the page is left; the request carries the header `X-Autosave`. In the view:

    form = NoteForm(request.POST or None, …)
    if form.is_valid():
        try:
            note = rules.write(note, form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)                      # "changed_meanwhile" makes it a 409
            note.refresh_from_db()
            meanwhile = show_meanwhile(form, note)
        else:
            return autosaved(version=note.version) if is_autosave(request) else redirect(note)
    if is_autosave(request):
        return not_autosaved(form, meanwhile)
    return render_form(request, "…/note.html", {"form": form, "meanwhile": meanwhile})

Fields given to `autosaved` are written into the form (version; the merged text of a shared note): a text that somebody
has typed on in meanwhile is left alone, and then the old version is sent once more, so the rule must be able to put
three texts together from it, or answer "changed_meanwhile". A signed-out reader gets 401 (relgoals.middleware); the
script opens sign-in beside the page and saves afterwards, if the same person has come back.
"""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format

from web.http import status_of

HEADER = "X-Autosave"


def is_autosave(request: HttpRequest) -> bool:
    """Whether the script asks, not somebody who pressed the button."""
    return HEADER in request.headers


def autosaved(*, action: str = "", address: str = "", **fields: Any) -> JsonResponse:
    """It is saved. fields: what the form must hold from now on, by name.

    action: where the form is sent from now on, if saving made its row. address: what the browser shows from now on.
    """
    saved = time_format(timezone.localtime(), "H:i")
    where = {name: value for name, value in (("action", action), ("address", address)) if value}
    return JsonResponse({"saved": saved, "fields": {name: str(value) for name, value in fields.items()}, **where})


def not_autosaved(form: BaseForm, meanwhile: list[tuple[str, str]] | None = None) -> JsonResponse:
    """422 with a refused form's sentences; 409 with what stands now (web.fields.show_meanwhile) and its version."""
    status = status_of(form)
    if status == 409:
        fields = {"version": str(form["version"].value())} if "version" in form.fields else {}
        return JsonResponse({"meanwhile": meanwhile or [], "fields": fields}, status=409)
    labels = {name: str(form[name].label) for name in form.fields}
    errors = [
        f"{labels[name]}: {sentence}" if name in labels else str(sentence)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
    return JsonResponse({"errors": errors}, status=422)
