import base64
import subprocess
import sys

import pytest

from relgoals.checks import complaints

GOOD = {
    "SECRET_KEY": "kP3xW9zQ7vB1nM5cR8tY2uJ6hG4fD0sA-lKoIeUwXyZbNmVcQr",
    "TEXT_KEY": base64.urlsafe_b64encode(bytes(range(32))).decode(),
    "ALLOWED_HOSTS": "relgoals.example",
}


def test_a_complete_environment_has_nothing_to_complain_of():
    assert complaints(GOOD) == []


@pytest.mark.parametrize("name", GOOD)
def test_each_missing_value_is_named(name):
    [sentence] = complaints({**GOOD, name: ""})
    assert sentence.startswith(f"{name} is not set")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "short", "too short"),
        ("SECRET_KEY", "a" * 60, "too short or known"),
        ("SECRET_KEY", "django-insecure-" + "kP3xW9zQ7vB1nM5cR8tY2uJ6hG4fD0sA" * 2, "known"),
        ("TEXT_KEY", "not a key", "is not a key"),
        ("TEXT_KEY", GOOD["TEXT_KEY"] + ",nonsense", "is not a key"),
        ("ALLOWED_HOSTS", "*", "name the hosts"),
        ("CLOCK_FILE", "/tmp/clock", "only tests"),
    ],
)
def test_each_unsafe_value_is_refused(name, value, sentence):
    [complaint] = complaints({**GOOD, name: value})
    assert sentence in complaint


@pytest.mark.parametrize("program", [["manage.py", "check"], ["-m", "celery", "-A", "relgoals", "report"]])
def test_production_without_keys_ends_with_sentences_and_no_trace(program, tmp_path):
    ran = subprocess.run(
        [sys.executable, *program],
        env={"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "relgoals.settings"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode != 0
    assert "SECRET_KEY is not set" in ran.stderr
    assert "Traceback" not in ran.stderr
