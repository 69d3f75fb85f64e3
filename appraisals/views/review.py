"""The review of somebody one leads: words, ratings, evidence, and other managers' words."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from appraisals.forms.writing import AskForm, EvidenceForm, ReviewForm, WordsForm
from appraisals.models import Appraisal, Criterion, Evidence, Words
from appraisals.rules import rating
from appraisals.views.parts import frame, may_write, sheet_for, shown
from web.autosave import autosaved, is_autosave, not_autosaved
from web.http import Request, render_form
from web.room import put_beside
from web.uploads import private_file


def review(request: Request, uuid: UUID) -> HttpResponse:
    mine = Appraisal.objects.visible_to(request.user).to_review_by(request.user).with_people()
    found = get_object_or_404(mine, uuid=uuid)
    if not may_write(request.user, found) and request.method == "GET":
        return redirect(found)
    sheet = sheet_for(request, found)
    form = ReviewForm(request.POST or None, appraisal=found, sheet=sheet)
    if form.is_valid():
        try:
            seen = form.cleaned_data["version"]
            rating.write_review(found, form.said(), form.ratings(), seen, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return (
                autosaved(version=found.version) if is_autosave(request) else redirect("appraisals:review", found.uuid)
            )
    if is_autosave(request):
        return not_autosaved(form)
    return render_form(request, "appraisals/review.html", frame(request, found, sheet) | {"form": form})


def evidence_new(request: Request, uuid: UUID, criterion: int) -> HttpResponse:
    """Evidence beside a criterion: from the direct while it is the self-review, from the reviewer in the review."""
    found = get_object_or_404(Appraisal.objects.editable_by(request.user).with_people(), uuid=uuid)
    beside = _criterion(found, criterion)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EvidenceForm(*data, appraisal=found, user=request.user)
    if form.is_valid():
        try:
            rating.attach(found, beside, form.facts(), by=request.user, uuid=form.cleaned_data["uuid"])
            return redirect(_writing(request, found))
        except ValidationError as error:
            put_beside(error, form, "file")
    words = {"title": _("Evidence: %(name)s") % {"name": beside.name}, "button": _("Attach it")}
    words["lead"] = _("What you attach is read with your part: once it is handed on, by everybody in the appraisal.")
    return _form_page(request, found, form, **words)


@require_POST
def evidence_accept(request: Request, uuid: UUID) -> HttpResponse:
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("appraisal"), uuid=uuid)
    _told(request, lambda: rating.accept(evidence, by=request.user))
    return redirect("appraisals:review", evidence.appraisal.uuid)


def note_release(request: Request, uuid: UUID) -> HttpResponse:
    """A sentence of a note that the reader wrote too: may it stand in the appraisal?"""
    found = rating.asked_about(uuid, by=request.user)
    if found is None:
        raise Http404
    if request.method == "POST":
        wants = request.POST.get("wants") == "yes"
        _told(request, lambda: rating.release(found, wants, by=request.user))
        return redirect("appraisals:review", found.appraisal.uuid) if _reviews(request, found) else redirect("today")
    return render(request, "appraisals/note.html", {"evidence": found})


@require_POST
def evidence_remove(request: Request, uuid: UUID) -> HttpResponse:
    evidence = get_object_or_404(Evidence.objects.editable_by(request.user).select_related("appraisal"), uuid=uuid)
    _told(request, lambda: rating.detach(evidence, by=request.user))
    return redirect(_writing(request, evidence.appraisal))


@require_GET
def evidence_file(request: Request, uuid: UUID) -> HttpResponseBase:
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), uuid=uuid)
    if not evidence.file:
        raise Http404
    return private_file(evidence.file, f"evidence-{evidence.happened_on}")


def words(request: Request, uuid: UUID) -> HttpResponse:
    """An earlier or second manager's own words."""
    mine = Words.objects.visible_to(request.user).filter(author=request.user)
    found = get_object_or_404(mine.select_related("appraisal__employee", "appraisal__year"), uuid=uuid)
    can_write = Words.objects.editable_by(request.user).filter(pk=found.pk).exists()
    if not can_write and request.method == "GET":
        return render(request, "appraisals/words.html", {"words": found})
    initial = {"words": found.words, "version": found.version}
    form, meanwhile = WordsForm(request.POST or None, initial=initial), []
    if form.is_valid():
        hand_on, text = "hand_on" in request.POST, form.cleaned_data["words"]
        try:
            rating.write_words(found, text, form.cleaned_data["version"], hand_on, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
            meanwhile = _stands_now(form, found) if getattr(error, "code", "") == "changed_meanwhile" else []
        else:
            return autosaved(version=found.version) if is_autosave(request) else redirect(found)
    if is_autosave(request):
        return not_autosaved(form, meanwhile)
    return render_form(request, "appraisals/words.html", {"words": found, "form": form, "meanwhile": meanwhile})


def words_ask(request: Request, uuid: UUID) -> HttpResponse:
    """Ask somebody who leads them too."""
    found = shown(request, uuid)
    if not rating.may_ask_for_words(request.user, found):
        raise Http404
    form = AskForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            rating.ask_for_words(found, form.cleaned_data["author"], by=request.user)
            return redirect(found)
        except ValidationError as error:
            form.add_error(None, error)
    title = _("Words of somebody else who leads %(name)s") % {"name": found.employee}
    lead = _("They write under their own name. You decide where they differ, and both can be read.")
    return _form_page(request, found, form, title=title, lead=lead, button=_("Ask for words"))


def _criterion(appraisal: Appraisal, pk: int) -> Criterion:
    for part in appraisal.scheme.sections.prefetch_related("criteria"):
        for criterion in part.criteria.all():
            if criterion.pk == pk:
                return criterion
    raise Http404


def _writing(request: Request, appraisal: Appraisal) -> Any:
    name = "self_review" if appraisal.employee_id == request.user.pk else "review"
    return redirect(f"appraisals:{name}", appraisal.uuid).url


def _reviews(request: Request, evidence: Evidence) -> bool:
    return Appraisal.objects.editable_by(request.user).filter(pk=evidence.appraisal_id).exists()


def _told(request: Request, deed: Any) -> None:
    try:
        deed()
    except ValidationError as error:
        messages.warning(request, error.messages[0])


def _stands_now(form: Any, found: Words) -> list[tuple[str, str]]:
    form.data = form.data.copy()
    form.data["version"] = str(found.version)
    return [(str(form["words"].label), found.words or "–")]


def _form_page(request: Request, appraisal: Appraisal, form: Any, **words: str) -> HttpResponse:
    return render_form(request, "appraisals/form.html", {"form": form, "appraisal": appraisal, **words})
