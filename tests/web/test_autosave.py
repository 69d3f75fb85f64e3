import json

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone, translation

from journal import clock
from web.autosave import autosaved, is_autosave, not_autosaved
from web.fields import VersionField


class NoteForm(forms.Form):
    text = forms.CharField(label="What was said", max_length=5)
    version = VersionField()


def said(response):
    return json.loads(response.content)


def test_only_the_script_carries_the_header():
    assert is_autosave(RequestFactory().post("/", headers={"X-Autosave": "yes"}))
    assert not is_autosave(RequestFactory().post("/"))


def test_saved_says_when_on_the_readers_clock_and_what_the_form_holds_now():
    with timezone.override("Asia/Kolkata"), translation.override("de"):
        time = timezone.localtime(clock.now()).strftime("%H:%M")
        response = autosaved(version=3, text="merged", action="/notes/1/")

    assert said(response) == {"saved": time, "fields": {"version": "3", "text": "merged"}, "action": "/notes/1/"}


def test_refused_says_each_sentence_beside_its_label():
    response = not_autosaved(NoteForm({"text": "too long", "version": "1"}))

    assert response.status_code == 422
    assert said(response) == {"errors": ["What was said: Ensure this value has at most 5 characters (it has 8)."]}


@pytest.mark.parametrize("code", ["changed_meanwhile", "moved_on"])
def test_conflict_shows_what_stands_now_and_the_version_to_go_on_with(code):
    form = NoteForm({"text": "ours", "version": "4"})
    form.add_error(None, ValidationError("Somebody was faster.", code))

    response = not_autosaved(form, [("What was said", "theirs")])

    assert response.status_code == 409
    assert said(response) == {"meanwhile": [["What was said", "theirs"]], "fields": {"version": "4"}}
