"""Days read as each language writes them: German puts a dot after the day."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

ENGLISH, GERMAN = "en", "de"


@pytest.mark.parametrize(
    ("shape", "english", "german"),
    [
        ('"DATE_FORMAT"', "22 November 2026", "22. November 2026"),
        ('"MONTH_DAY_FORMAT"', "22 November", "22. November"),
        ('"DATETIME_FORMAT"', "22 November 2026, 09:30", "22. November 2026, 09:30"),
        ('_("l j F Y")', "Sunday 22 November 2026", "Sonntag, 22. November 2026"),
        ('_("l j F")', "Sunday 22 November", "Sonntag, 22. November"),
        ('_("j F, H:i")', "22 November, 09:30", "22. November, 09:30"),
    ],
)
def test_shapes_of_days(shape, english, german):
    template = Template("{% load i18n %}{{ day|date:" + shape + " }}")
    for language, text in ((ENGLISH, english), (GERMAN, german)):
        with translation.override(language):
            assert (
                template.render(Context({"day": datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo(settings.TIME_ZONE))}))
                == text
            )


def test_no_template_writes_a_day_the_english_way_in_every_language():
    said = {
        f"{path}: {found}"
        for path in Path("templates").rglob("*.*")
        for found in re.findall(r'date:"[^"]*j[ .][^"]*"', path.read_text(encoding="utf-8"))
    }
    assert not said
