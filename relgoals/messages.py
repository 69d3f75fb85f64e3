"""The second language: texts out of each app's Python and templates into its catalogue, and catalogues compiled.

One catalogue an app, `<app>/locale/<language>/LC_MESSAGES/django.po`; the app's templates are templates/<app>/ and
what lies directly in templates/ belongs to `web`. Babel does it all, so a bare machine needs no gettext.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
VALUE = re.compile(r"%\(\w+\)[sd]|%[sd]")
BESIDES = {"web": ["account", "mfa", "socialaccount", "allauth", "usersessions", "admin"]}  # folders besides its own


def apps() -> list[str]:
    return [app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app).is_dir()]


def languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES if code != "en"]


def catalogue_path(app: str, language: str) -> Path:
    return Path(settings.BASE_DIR / app / "locale" / language / "LC_MESSAGES" / "django.po")


def collect(app: str, language: str) -> Catalog:
    """What `app` says today, with the translations its catalogue holds; what is no longer said is gone."""
    template = Catalog()
    for path, method in _sources(app):
        source = path.read_text()
        if method == "template":
            # Only the calls are left of a template; without their indents the lines read as Python.
            source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
        name = str(path.relative_to(settings.BASE_DIR))
        for _line, message, comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            template.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    path = catalogue_path(app, language)
    catalogue = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def missing(catalogue: Catalog) -> list[str]:
    """Texts whose translation is absent, unfinished, or speaks of other values than the text does."""
    return [_english(message)[0] for message in catalogue if message.id and not _finished(message)]


def _english(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else [str(form) for form in message.id]


def _finished(message: Message) -> bool:
    german = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    values = set(VALUE.findall(_english(message)[-1]))
    return not message.fuzzy and all(german) and set(VALUE.findall(str(german[-1]))) == values


def write(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.fuzzy = False
    catalogue.header_comment = ""
    buffer = io.BytesIO()
    # No line numbers and no dates: a catalogue changes only where its words do.
    write_po(buffer, catalogue, width=120, include_lineno=False, sort_output=True, omit_header=True)
    header = HEADER.format(language=catalogue.locale)
    path.write_bytes(header.encode() + buffer.getvalue())


def compile_all() -> int:
    """Write the .mo beside every .po that is newer. Returns how many were written."""
    written = 0
    for path in [catalogue_path(app, language) for app in apps() for language in languages()]:
        target = path.with_suffix(".mo")
        if path.exists() and (not target.exists() or target.stat().st_mtime < path.stat().st_mtime):
            with target.open("wb") as file:
                write_mo(file, read_po(io.BytesIO(path.read_bytes())))
            written += 1
    return written


def _sources(app: str) -> Iterator[tuple[Path, str]]:
    base = settings.BASE_DIR
    for path in sorted((base / app).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, "python"
    folders = [app, *BESIDES.get(app, [])]
    templates = [p for folder in folders for p in (base / "templates" / folder).rglob("*") if p.is_file()]
    if app == "web":
        templates += (base / "templates").glob("*.html")
    for path in sorted(templates):
        if path.suffix in {".html", ".txt"}:
            yield path, "template"
