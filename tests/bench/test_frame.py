"""The frame of `make bench`: what it prints, counts and compares. The figures themselves are its own business."""

import pytest
from django.db import connection
from django.urls import Resolver404, resolve

from bench import meter
from bench.browser import counted, files_of
from bench.jobs.pages import EMPTY, PAGES
from bench.report import Report
from people.models import Employee
from relgoals.demo.organisation import SIGN_INS, address_of


@pytest.mark.parametrize(
    ("figure", "target", "at_least", "line"),
    [
        (1.234, 2, False, "BENCH board 1.23 target 2 ok"),
        (2.01, 2, False, "BENCH board 2.01 target 2 short"),
        (2.01, 2, True, "BENCH board 2.01 target 2 ok"),
        (1.99, 2, True, "BENCH board 1.99 target 2 short"),
        (0, 0, False, "BENCH board 0 target 0 ok"),
        (12345.6, 20000, False, "BENCH board 12,346 target 20,000 ok"),
    ],
)
def test_a_figure_is_one_line_and_misses_are_counted(capsys, figure, target, at_least, line):
    report = Report()

    report.figure("board", figure, target, at_least=at_least)

    assert capsys.readouterr().out == f"{line}\n"
    assert report.short == line.endswith("short")


def test_files_and_strangers_are_told_apart():
    html = (
        b'<link rel="stylesheet" href="/static/a.css"><script src="/static/b.js" defer></script><a href="/today/">T</a>'
        b'<img src="//cdn.example/x.png"><script src="https://cdn.example/y.js"></script><img src="/static/b.js">'
    )
    own, strangers = files_of(html)
    assert own == {"/static/a.css", "/static/b.js"}
    assert strangers == {"//cdn.example/x.png", "https://cdn.example/y.js"}


def test_works_take_turns_and_the_median_counts(monkeypatch):
    clock_, done = [0.0], []
    prices = {"a": [1, 1, 1, 50, 2, 3, 1], "b": [4] * 7}

    def work(name):
        def run():
            done.append(name)
            clock_[0] += prices[name].pop(0)

        return run

    monkeypatch.setattr(meter, "_ours", lambda: clock_[0])
    monkeypatch.setattr(meter, "_database", lambda: 0.0)

    costs = meter.compared({"a": work("a"), "b": work("b")}, rounds=5)

    assert costs == {"a": 2, "b": 4}
    assert done == ["a", "a", "b", "b", *["a", "b"] * 5]  # warmed up and weighed, then in turn


def test_work_in_the_database_is_seen(db):
    """On PostgreSQL it happens in another process; on SQLite in ours."""
    heavy = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 300000) SELECT sum(n) FROM c"
    with meter.measured() as cost, connection.cursor() as cursor:
        cursor.execute(heavy)

    assert meter.blind() == ""
    assert (cost.database if connection.vendor == "postgresql" else cost.ours) > 0.01


def test_the_empty_page_is_for_measuring_only():
    with pytest.raises(Resolver404):
        resolve(EMPTY)


def test_every_page_of_the_table_answers_within_its_queries(db, client, northgate):
    over = {}
    for page in PAGES:
        somebody = Employee.objects.get(email=address_of(SIGN_INS[page.role]))
        client.force_login(somebody)
        address = page.address if isinstance(page.address, str) else page.address(somebody)
        client.get(address)  # the first opening of a day also notes in the journal who reads
        with counted() as statements:
            response = client.get(address)
        assert response.status_code == 200, page.name
        if len(statements) > page.queries:
            over[page.name] = f"{len(statements)}, not {page.queries}"
    assert over == {}
