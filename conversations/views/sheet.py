from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from conversations import running
from conversations.forms.sheet import DirectLinesForm, LinesForm, NoteForm, ReplyForm
from conversations.lines import DIRECT, MANAGER
from conversations.models import OneOnOne, PrivateNote, Topic
from conversations.rules import notes
from conversations.rules import sheet as rules
from conversations.sources import SOURCES
from conversations.views.parts import found, refuse, shown, theirs
from journal.prepared import first
from people.models import Employee
from web.autosave import autosaved, is_autosave, not_autosaved
from web.http import Request
from web.paging import keyset


def _sheet_of(request: Request, uuid: UUID) -> OneOnOne:
    return theirs(request, OneOnOne, first(_with_pair, request.user, uuid), uuid)


def _with_pair(reader: Employee, uuid: UUID) -> QuerySet[OneOnOne]:
    ones: QuerySet[OneOnOne] = running.with_pair(OneOnOne.objects.visible_to(reader).filter(uuid=uuid))
    return ones


def _open_sheet_of(request: Request, uuid: UUID) -> OneOnOne:
    one: OneOnOne = found(request, running.with_pair(OneOnOne.objects.editable_by(request.user)), uuid)
    return one


def _show(request: Request, one: OneOnOne, status: int = 200, **tried: Any) -> HttpResponse:
    """The whole sheet. tried: what was refused, to be shown beside its box: forms (by part), line, note."""
    stand = running.stand(one, request.user)
    shown(request, *stand.words)
    forms = {part.name: _lines_form(part.name) for part in stand.parts if part.writes} | tried.pop("forms", {})
    parts = [(part, forms.get(part.name)) for part in stand.parts]
    context = {"sheet": stand, "one": one, "series": one.series, "other": stand.other, "parts": parts}
    context |= {"papers": running.on_paper(stand), "tried": tried}
    return render(request, "conversations/sheet.html", context, status=status)


def _lines_form(part: str, data: Mapping[str, Any] | None = None) -> LinesForm:
    return (DirectLinesForm if part == DIRECT else LinesForm)(data, part=part)


@require_GET
def sheet(request: Request, uuid: UUID) -> HttpResponse:
    return _show(request, _sheet_of(request, uuid))


@require_GET
def news(request: Request, uuid: UUID) -> HttpResponse:
    """The manager's part, for the direct's open page, once it began: 204 and nothing else before. Asked by a clock on
    the page, so what is being typed elsewhere on it is left alone."""
    one = _sheet_of(request, uuid)
    if one.manager_part_at is None:
        return HttpResponse(status=204)
    stand = running.stand(one, request.user)
    shown(request, one)
    part = next(each for each in stand.parts if each.name == MANAGER)
    return render(request, "conversations/_part.html", {"part": part, "sheet": stand, "one": one, "has_begun": True})


@require_GET
def paper(request: Request, uuid: UUID) -> HttpResponse:
    one = _sheet_of(request, uuid)
    stand = running.stand(one, request.user)
    shown(request, one)
    context = {"sheet": stand, "one": one, "series": one.series, "other": stand.other}
    return render(request, "conversations/paper.html", context | {"papers": running.on_paper(stand)})


@require_POST
def write(request: Request, uuid: UUID, part: str) -> HttpResponse:
    """New lines for a part of the sheet."""
    one = _open_sheet_of(request, uuid)
    if part not in rules.parts_of(request.user, one):
        raise PermissionDenied if part in Topic.Part.values else Http404
    form = _lines_form(part, request.POST)
    if form.is_valid():
        try:
            for kind, words, key in form.written():
                rules.write(one, part, kind, words, by=request.user, uuid=key)
            return redirect(f"{one.get_absolute_url()}#{part}")
        except ValidationError as error:
            refuse(form, error)
    return _show(request, one, status=422, forms={part: form})


@require_POST
def line(request: Request, uuid: UUID, source: str, key: Any, deed: str) -> HttpResponse:
    """Settle a line that came in by itself, through the rules of the app it comes from."""
    one = _open_sheet_of(request, uuid)
    answer = SOURCES[source].answer if source in SOURCES else None
    if answer is None:
        raise Http404
    sent = {name: str(value).replace("\x00", "") for name, value in request.POST.items()}
    try:
        answer(one, key, deed, sent, request.user)
        messages.success(request, _("Saved here and at its source."))
    except ObjectDoesNotExist:
        messages.warning(request, _("This was settled meanwhile, so nothing was changed."))
    except ValidationError as error:
        return _show(request, one, status=422, line=request.path, words=sent.get("words", ""), error=error.messages[0])
    return redirect(f"{one.get_absolute_url()}#direct")


@require_POST
@sensitive_variables("form", "note")
def shared_note(request: Request, uuid: UUID) -> HttpResponse:
    one = _open_sheet_of(request, uuid)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            note = notes.share(one, form.cleaned_data["base"], form.cleaned_data["text"], by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            if is_autosave(request):
                return autosaved(text=note.text, base=note.text)
            messages.success(request, _merged_or_saved(note.text, form.cleaned_data["text"]))
            return redirect(f"{one.get_absolute_url()}#shared")
    return not_autosaved(form) if is_autosave(request) else _show(request, one, 422, shared=form)


def _merged_or_saved(saved: str, typed: str) -> str:
    if saved.split() == typed.split():
        return _("The shared notes are saved.")
    return _("You both wrote at the same time: the shared notes hold both texts. Read them once more.")


@require_POST
@sensitive_variables("form", "note")
def private_note_of(request: Request, uuid: UUID) -> HttpResponse:
    """The reader's own private note on a sheet. No address leads to somebody else's."""
    one = _sheet_of(request, uuid)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            note = notes.keep(one, form.cleaned_data["base"], form.cleaned_data["text"], by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            if is_autosave(request):
                return autosaved(text=note.text, base=note.text)
            messages.success(request, _("Your private note is saved."))
            return redirect(f"{one.get_absolute_url()}#private")
    return not_autosaved(form) if is_autosave(request) else _show(request, one, 422, private=form)


@require_GET
@sensitive_variables("rows", "part", "pairs")
def private_notes(request: Request) -> HttpResponse:
    """The private notes of the reader, last begun first: they stay theirs when a series is over."""
    rows = PrivateNote.objects.visible_to(request.user)
    rows = rows.select_related("sheet__series__manager", "sheet__series__direct")
    part = keyset(rows, ("-pk",), request.GET.get("after"))
    pairs = [(note, note.sheet.series.other(request.user)) for note in part.rows]
    shown(request, *part.rows)
    return render(request, "conversations/private_notes.html", {"notes": pairs, "page": part})


@require_GET
@sensitive_variables("note")
def private_note(request: Request, uuid: UUID) -> HttpResponse:
    """One private note, for its author."""
    rows = PrivateNote.objects.visible_to(request.user)
    note = found(request, rows.select_related("sheet__series__manager", "sheet__series__direct"), uuid)
    shown(request, note)
    context = {"note": note, "other": note.sheet.series.other(request.user)}
    return render(request, "conversations/private_note.html", context)


def topic(request: Request, uuid: UUID) -> HttpResponse:
    """One line of a sheet; a suggestion is answered here by the manager."""
    rows = Topic.objects.visible_to(request.user).select_related("author", "sheet", "series__manager", "series__direct")
    one = found(request, rows, uuid)
    theirs = Topic.objects.editable_by(request.user).filter(pk=one.pk).exists()
    answers = theirs and one.awaits_reply and request.user.pk == one.series.manager_id
    form = ReplyForm(request.POST or None) if answers else None
    if request.method == "POST" and form is None:
        raise PermissionDenied
    if form and form.is_valid():
        asked = form.cleaned_data
        try:
            rules.reply(one, asked["reply"], asked["words"], asked["on"], by=request.user)
            return redirect(one.sheet)
        except ValidationError as error:
            refuse(form, error)
    shown(request, one)
    context = {"topic": one, "form": form, "theirs": theirs, "other": one.series.other(request.user)}
    return render(request, "conversations/topic.html", context, status=422 if form and form.errors else 200)


@require_POST
def topic_deed(request: Request, uuid: UUID, deed: str) -> HttpResponse:
    one = found(request, Topic.objects.editable_by(request.user).select_related("sheet", "series"), uuid)
    deeds = {"settle": rules.settle, "reopen": rules.reopen, "take-away": rules.take_away}
    if deed not in deeds:
        raise Http404
    try:
        deeds[deed](one, by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect(f"{one.sheet.get_absolute_url()}#{one.part}")


@require_GET
def limits(request: Request) -> HttpResponse:
    """Who can read what is written in one-on-ones, and where that ends."""
    return render(request, "conversations/limits.html", {})
