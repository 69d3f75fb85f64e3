"""Papers: Typst turns templates/<app>/<paper>.typ and plain facts into a PDF that screen readers can read (PDF/UA-1).

A paper imports `/house.typ` (templates/house.typ) for its page, head and tables, and reads its facts with
`#let data = json(bytes(sys.inputs.data))`. Facts are data, never markup: what somebody typed stays text.
Words of a paper are translated in Python and handed over with the facts, so a .typ holds no sentences.
"""

import json
from functools import lru_cache
from typing import Any

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.translation import get_language

from web.export import attachment


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts that come with Typst, the same on every machine; read once a process."""
    return typst.Fonts(include_system_fonts=False)


def pdf(paper: str, facts: dict[str, Any]) -> bytes:
    """`paper`: "jobs/version.typ" below templates/. facts: whatever JSON holds; dates become ISO texts.

    `title` must be among the facts: a PDF without one is not accessible. Some 50 ms a document. Raises
    typst.TypstError for a mistake in the template.
    """
    root = settings.BASE_DIR / "templates"
    inputs = {"data": json.dumps(facts, cls=DjangoJSONEncoder), "lang": get_language() or "en"}
    made = typst.compile(
        str(root / paper), root=str(root), sys_inputs=inputs, font_paths=_fonts(), format="pdf", pdf_standards="ua-1"
    )
    if not isinstance(made, bytes):  # one file for one document; pages of pictures would be a list
        raise TypeError(paper)
    return made


def pdf_response(paper: str, facts: dict[str, Any], name: str) -> HttpResponse:
    """The PDF as a download; name: "appraisal-2026" without its ending."""
    return HttpResponse(pdf(paper, facts), content_type="application/pdf", headers=attachment(f"{name}.pdf"))
