"""Rules of the house that no linter knows. A failure names the line."""

import ast
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.template.loader import get_template

from relgoals import __version__
from reminders.rules.kinds import KINDS, MODULES

ROOT = Path(__file__).parent.parent
APPS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
SOURCES = [p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]
MAILS = (ROOT / "templates").glob("*/mail/*")
TEXTS = [p for p in MAILS if p.suffix in {".txt", ".html"} and not p.name.endswith(".subject.txt")]
PARTIALS = [*(ROOT / "templates").rglob("_*.html"), *TEXTS]


def name(path):
    return str(path.relative_to(ROOT))


def of_kind(*kinds):
    """views.py and, once it is split by noun, views/*.py."""
    return [p for p in SOURCES if {p.stem, p.parent.name} & set(kinds)]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_and_functions_stay_small(path):
    source = path.read_text()
    long = [
        f"{path}:{node.lineno} {node.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 50
    ]
    assert long == []
    assert source.count("\n") <= 400


@pytest.mark.parametrize("path", of_kind("views", "forms"), ids=name)
def test_views_and_forms_reach_rows_through_visible_to(path):
    reaches = re.findall(r"\.objects\s*\.(\w+)", path.read_text())
    assert set(reaches) <= {"visible_to", "editable_by"}


@pytest.mark.parametrize("path", of_kind("views", "forms", "tasks"), ids=name)
def test_only_rules_write(path):
    assert re.findall(r"\.(?:save|create|update|delete|get_or_create|bulk_create)\(", path.read_text()) == []


@pytest.mark.parametrize("path", PARTIALS, ids=name)
def test_partials_and_mails_say_what_they_need(path):
    assert path.read_text().startswith("{# ")


def test_reminders_ask_every_app_that_has_something_due():
    assert {Path(module.__file__) for module in MODULES} == set(of_kind("due"))


def test_kinds_are_named_for_their_app_and_once():
    listed = [(module.__name__.partition(".")[0], kind.name) for module in MODULES for kind in module.KINDS]
    assert len(KINDS) == len(listed)
    assert all(kind.startswith(f"{app}.") for app, kind in listed)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_kinds_have_their_mails_and_columns(kind):
    get_template(f"{kind.template}.subject.txt", using="text")
    get_template(f"{kind.template}.txt", using="text")
    assert kind.title
    assert kind.by_mail_only or get_template(f"{kind.template}.line.html")
    if kind.due:
        assert {"recipient_id", "occasion"} <= kind.due(date(2026, 3, 1)).query.annotations.keys()


def test_the_changelog_tells_the_version():
    told = re.findall(r"^## (?:\[?Unreleased\]?|\[?(\d+\.\d+\.\d+)\]?.*)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert next(filter(None, told)) == __version__
