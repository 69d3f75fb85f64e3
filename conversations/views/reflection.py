from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from conversations.forms.sheet import NoteForm
from conversations.models import Answer
from conversations.questions import QUESTIONS, question_of, week_of
from conversations.rules import notes
from conversations.views.parts import refuse, shown
from journal import clock
from web.autosave import autosaved, is_autosave, not_autosaved
from web.http import Request, status_of


@require_GET
def reflection(request: Request) -> HttpResponse:
    """This week's question."""
    _for_managers(request)
    return redirect("conversations:reflection_week", *week_of(clock.today()))


@sensitive_variables("form", "answers", "answer")
def reflection_week(request: Request, year: int, week: int) -> HttpResponse:
    """The question of a week, the reader's answer, and what they answered to it before."""
    _for_managers(request)
    if not notes.may_answer(year, week):
        raise Http404
    form = NoteForm(request.POST or None) if request.method == "POST" else None
    if request.method == "POST":
        form = NoteForm(request.POST)
        if form.is_valid():
            try:
                saved = notes.reflect(year, week, form.cleaned_data["base"], form.cleaned_data["text"], by=request.user)
                if is_autosave(request):
                    return autosaved(text=saved.text, base=saved.text)
                return redirect(saved)
            except ValidationError as error:
                refuse(form, error)
        if is_autosave(request):
            return not_autosaved(form)
    return _show(request, year, week, form)


def _show(request: Request, year: int, week: int, form: NoteForm | None) -> HttpResponse:
    question = question_of(week)
    answers = list(Answer.objects.visible_to(request.user).order_by("-year", "-week"))
    earlier = [each for each in answers if each.text and (each.year, each.week) < (year, week)]
    same = [each for each in earlier if each.question == question]
    answer = next((each for each in answers if (each.year, each.week) == (year, week)), None)
    shown(request, *same, *filter(None, [answer]))
    context = {
        "question": QUESTIONS[question],
        "year": year,
        "week": week,
        "is_this_week": (year, week) == week_of(clock.today()),
        "text": form["text"].value() if form else answer.text if answer else "",
        "base": form["base"].value() if form else answer.text if answer else "",
        "form": form,
        "last_year": next((each for each in same if each.year == year - 1), None),
        "before": [each for each in same if each.year != year - 1],
        "answered": [(each, QUESTIONS.get(each.question, "")) for each in answers if each.text],
    }
    return render(request, "conversations/reflection.html", context, status=status_of(form) if form else 200)


def _for_managers(request: Request) -> None:
    """The questions are for whoever leads somebody; what one has answered stays one's own afterwards."""
    leads = request.user.leads_somebody  # type: ignore[attr-defined]
    if not leads and not Answer.objects.visible_to(request.user).exists():
        raise Http404
