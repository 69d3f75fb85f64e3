import io
from pathlib import Path

import pytest
from django.conf import settings as real
from pypdf import PdfReader

from web.pdf import pdf, pdf_response

PAPER = """#import "/house.typ": *
#show: paper.with(facts: data.facts, footer: data.footer)
== #data.heading
#facts-table(data.head, data.rows)
#record[#data.words]
#signatures(data.names)
"""
FACTS = {
    "title": "Job description",
    "facts": ["Version 4, in force from 1 July 2026"],
    "footer": "Northgate University",
    "heading": "Clauses",
    "head": ["No.", "Clause"],
    "rows": [["1", "*Bold?* #panic() $x$"], ["2", "<script>Grüße</script>"]],
    "words": "Performs other duties @as assigned",
    "names": ["Leila Benali", "Ana Duarte"],
}


@pytest.fixture
def papers(tmp_path, settings):
    (tmp_path / "templates" / "tests").mkdir(parents=True)
    house = Path(real.BASE_DIR) / "templates" / "house.typ"
    (tmp_path / "templates" / "house.typ").write_text(house.read_text())
    (tmp_path / "templates" / "tests" / "paper.typ").write_text(PAPER)
    settings.BASE_DIR = tmp_path


def test_pdf_holds_the_facts_as_text_and_is_tagged(papers):
    made = pdf("tests/paper.typ", FACTS)

    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo" in made
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made


def test_pdf_runs_nothing_that_somebody_typed(papers):
    made = pdf("tests/paper.typ", FACTS)

    text = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    for words in ["*Bold?* #panic() $x$", "<script>Grüße</script>", "@as assigned", "Leila Benali", "1 / 1"]:
        assert words in text


def test_pdf_response_is_a_download(papers):
    answer = pdf_response("tests/paper.typ", FACTS, "clauses")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="clauses.pdf"'
