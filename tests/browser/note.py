"""A page with one long text that saves itself, written as web/autosave.py says; its row is `kept`."""

from types import SimpleNamespace

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.shortcuts import redirect, render
from django.urls import include, path

from relgoals.urls import handler400, handler403, handler404, handler500
from web.autosave import autosaved, is_autosave, not_autosaved
from web.fields import VersionField
from web.http import status_of

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
kept = SimpleNamespace(text="", version=0, broken=False)


class NoteForm(forms.Form):
    text = forms.CharField(
        label="What was said", widget=forms.Textarea, required=False, validators=[MaxLengthValidator(40)]
    )
    version = VersionField()


def note(request):
    if kept.broken:
        raise RuntimeError("as it happens")
    form = NoteForm(request.POST or None, initial={"text": kept.text, "version": kept.version})
    meanwhile = []
    if form.is_valid():
        if form.cleaned_data["version"] == kept.version:
            kept.text, kept.version = form.cleaned_data["text"], kept.version + 1
            return autosaved(version=kept.version) if is_autosave(request) else redirect("/note/")
        form.add_error(None, ValidationError("Somebody was faster.", "changed_meanwhile"))
        meanwhile = [("What was said", kept.text)]
        form.data = form.data | {"version": str(kept.version)}
    if is_autosave(request):
        return not_autosaved(form, meanwhile)
    return render(request, "tests/note.html", {"form": form, "meanwhile": meanwhile}, status=status_of(form))


urlpatterns = [path("note/", note), path("", include("relgoals.urls"))]
