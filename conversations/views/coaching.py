from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conversations.forms.coaching import AspirationForm, CoachingForm, FeedbackForm, StepForm
from conversations.forms.promises import AnswerForm
from conversations.models import Action, Aspiration, CoachingNote, Feedback, Series
from conversations.rules import coaching as rules
from conversations.views.parts import found, page, refuse, shown
from journal import clock
from web.http import Request, status_of

WORDS = ("situation", "choice", "result")


def _pair(request: Request, uuid: UUID) -> Series:
    pair: Series = found(request, Series.objects.editable_by(request.user).with_people(), uuid)
    return pair


def coaching_new(request: Request, uuid: UUID) -> HttpResponse:
    pair = _pair(request, uuid)
    form = CoachingForm(request.POST or None, is_new=True)
    if form.is_valid():
        try:
            return redirect(rules.note(pair, form.words(), by=request.user, uuid=form.cleaned_data["key"]))
        except ValidationError as error:
            refuse(form, error)
    name = {"name": pair.other(request.user).called}
    readers = _("Only you and %(name)s read it. It enters the appraisal only if both of you choose so.") % name
    lead = _("One situation, the choice that was made in it, and what came of it.")
    words = {"title": _("A coaching note"), "button": _("Save the note"), "lead": lead, "readers": readers}
    return page(request, form, **words, back=pair.get_absolute_url())


def coaching(request: Request, uuid: UUID) -> HttpResponse:
    rows = CoachingNote.objects.visible_to(request.user)
    note = found(request, rows.select_related("author", "series__manager", "series__direct"), uuid)
    theirs = CoachingNote.objects.editable_by(request.user).filter(pk=note.pk).exists()
    if request.method == "POST" and not theirs:
        raise PermissionDenied
    can_edit = theirs and not (note.manager_chose_at or note.direct_chose_at)
    initial = {name: getattr(note, name) for name in WORDS} | {"version": note.version}
    form = CoachingForm(request.POST or None, initial=initial)
    meanwhile = []
    if form.is_valid():
        try:
            return redirect(rules.revise(note, form.words(), form.cleaned_data["version"], by=request.user))
        except ValidationError as error:
            refuse(form, error)
            meanwhile = [(form.fields[name].label, getattr(note, name)) for name in WORDS]
            form.data = {**form.data.dict(), "version": str(note.version)}  # type: ignore[attr-defined]
    leads = request.user.pk == note.series.manager_id
    shown(request, note)
    context = {"note": note, "form": form if can_edit or form.is_bound else None, "theirs": theirs}
    context |= {"other": note.series.other(request.user), "meanwhile": meanwhile}
    context["mine_chosen"] = note.manager_chose_at if leads else note.direct_chose_at
    context["other_chose"] = note.direct_chose_at if leads else note.manager_chose_at
    return render(request, "conversations/coaching.html", context, status=status_of(form))


@require_POST
def coaching_choose(request: Request, uuid: UUID) -> HttpResponse:
    note = found(request, CoachingNote.objects.editable_by(request.user).select_related("series"), uuid)
    rules.choose(note, request.POST.get("wants") == "yes", by=request.user)
    return redirect(note)


def feedback_new(request: Request, uuid: UUID) -> HttpResponse:
    pair = _pair(request, uuid)
    form = FeedbackForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(rules.give(pair, form.words(), by=request.user, uuid=form.cleaned_data["key"]).series)
        except ValidationError as error:
            refuse(form, error)
    name = {"name": pair.other(request.user).called}
    words = {"title": _("Feedback for %(name)s") % name, "button": _("Give it to %(name)s") % name}
    words["readers"] = _("Only you and %(name)s read it.") % name
    return page(request, form, **words, back=pair.get_absolute_url())


def feedback(request: Request, uuid: UUID) -> HttpResponse:
    rows = Feedback.objects.visible_to(request.user)
    given = found(request, rows.select_related("giver", "receiver", "series__manager", "series__direct"), uuid)
    answers = Feedback.objects.editable_by(request.user).filter(pk=given.pk).exists()
    if request.method == "POST" and not answers:
        raise PermissionDenied
    form = AnswerForm(request.POST or None, required=_("Write a word or two; “Thank you” is an answer."))
    if form.is_valid():
        rules.answer(given, form.cleaned_data["answer"], by=request.user)
        return redirect(given)
    shown(request, given)
    context = {"feedback": given, "form": form if answers else None, "other": given.series.other(request.user)}
    return render(request, "conversations/feedback.html", context, status=status_of(form))


def aspirations(request: Request) -> HttpResponse:
    """Where the reader wants to go: theirs, each shared or not; and a new one."""
    form = AspirationForm(request.POST or None, is_new=True)
    if form.is_valid():
        try:
            rules.aspire(form.cleaned_data["words"], by=request.user, uuid=form.cleaned_data["key"])
            return redirect("conversations:aspirations")
        except ValidationError as error:
            refuse(form, error)
    mine = Aspiration.objects.visible_to(request.user).filter(owner=request.user).select_related("shared_with")
    theirs = Aspiration.objects.visible_to(request.user).exclude(owner=request.user).lasting()
    theirs = theirs.select_related("owner").order_by("owner__name", "at")
    shown(request, *mine, *theirs)
    context = {
        "form": form,
        "lasting": [each for each in mine if each.ended_at is None],
        "ended": [each for each in mine if each.ended_at],
        "shared_with_me": theirs,
    }
    return render(request, "conversations/aspirations.html", context, status=status_of(form))


def aspiration(request: Request, uuid: UUID) -> HttpResponse:
    """One aspiration: its owner rewords it, the manager it is shared with sets the next helping step."""
    user = request.user
    one = found(request, Aspiration.objects.visible_to(user).select_related("owner", "shared_with"), uuid)
    own = one.owner_id == user.pk
    form: AspirationForm | StepForm = StepForm(request.POST or None)
    if own:
        form = AspirationForm(request.POST or None, initial={"words": one.words, "version": one.version})
    if form.is_valid():
        asked = form.cleaned_data
        try:
            if own:
                rules.reword(one, asked["words"], asked["version"], by=user)
            else:
                rules.help_on(one, asked["words"], asked["due_on"], by=user, uuid=asked["key"])
            return redirect(one)
        except ValidationError as error:
            refuse(form, error)
            if own:
                form.data = {**form.data.dict(), "version": str(one.version)}  # type: ignore[attr-defined]
    shown(request, one)
    steps = Action.objects.visible_to(user).filter(aspiration=one).order_by("-made_at")
    context = {"aspiration": one, "own": own, "form": form, "steps": steps, "today": clock.today()}
    return render(request, "conversations/aspiration.html", context, status=status_of(form))


@require_POST
def aspiration_deed(request: Request, uuid: UUID, deed: str) -> HttpResponse:
    one = found(request, Aspiration.objects.editable_by(request.user), uuid)
    deeds = {"share": rules.share, "unshare": rules.unshare, "end": rules.end, "take-up": rules.take_up}
    if deed not in deeds:
        raise Http404
    try:
        deeds[deed](one, by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect(one)
