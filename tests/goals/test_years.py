from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from goals.models import Year
from goals.rules import years
from journal.models import Entry

FIELDS = {
    "name": "2026",
    "first_on": date(2026, 1, 1),
    "last_on": date(2026, 12, 31),
    "minimum": 1,
    "maximum": None,
    "share_percent": 5,
    "agree_by_on": date(2026, 3, 31),
    "answer_by_on": date(2027, 1, 15),
}


def test_year_opens_with_what_it_asks_and_is_found_by_its_days(firm):
    year = years.open_year(FIELDS, by=firm.hedda)

    assert Year.objects.on(date(2026, 1, 1)) == Year.objects.on(date(2026, 12, 31)) == year
    assert Year.objects.on(date(2027, 6, 1)) == year
    assert Entry.objects.of(year).get().verb == "year.open"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_on": date(2025, 12, 31)}, "last_on"),
        ({"agree_by_on": date(2025, 12, 31)}, "agree_by_on"),
        ({"answer_by_on": date(2026, 3, 30)}, "answer_by_on"),
        ({"answer_by_on": date(2029, 1, 1)}, "answer_by_on"),
        ({"minimum": 3, "maximum": 2}, "maximum"),
    ],
)
def test_year_whose_days_do_not_fit_is_refused_beside_the_field(firm, changes, field):
    with pytest.raises(ValidationError) as refused:
        years.open_year(FIELDS | changes, by=firm.hedda)

    assert set(refused.value.message_dict) == {field}
    assert not Year.objects.exists()


def test_years_never_overlap_and_may_follow_each_other(firm):
    year = years.open_year(FIELDS, by=firm.hedda)
    following = years.suggested()

    with pytest.raises(ValidationError):
        years.open_year(FIELDS | {"name": "Again"}, by=firm.hedda)
    second = years.open_year({"name": "2027", **following}, by=firm.hedda)
    with pytest.raises(ValidationError):
        years.revise_year(year, FIELDS | {"last_on": date(2027, 1, 1)}, by=firm.hedda)

    assert (second.first_on, second.last_on, second.agree_by_on) == (
        date(2027, 1, 1),
        date(2027, 12, 31),
        date(2027, 3, 31),
    )
    assert years.suggested()["last_on"] == date(2028, 12, 31)
    assert list(Year.objects.all()) == [second, year]


@pytest.mark.parametrize("reader", ["ada", "mia", "eve", "sam"])
def test_only_hr_administrators_keep_years(firm, reader):
    year = years.open_year(FIELDS, by=firm.hedda)
    somebody = getattr(firm, reader)

    with pytest.raises(PermissionDenied):
        years.open_year(FIELDS | {"name": "Mine"}, by=somebody)
    with pytest.raises(PermissionDenied):
        years.revise_year(year, FIELDS | {"minimum": 9}, by=somebody)


def test_year_form_opens_changes_and_tells_the_later_of_two(client, firm):
    client.force_login(firm.hedda)
    typed = {name: "" if value is None else str(value) for name, value in FIELDS.items()}

    client.post("/goals/years/new/", typed)
    year = Year.objects.get()
    saved = client.post(f"/goals/years/{year.pk}/edit/", typed | {"minimum": 2, "version": 0})
    late = client.post(f"/goals/years/{year.pk}/edit/", typed | {"minimum": 3, "version": 0})

    year.refresh_from_db()
    assert (saved.status_code, late.status_code, year.minimum) == (302, 409, 2)
    assert b'value="3"' in late.content


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("first_on", "2026-02-30"),
        ("minimum", "-1"),
        ("minimum", "9" * 30),
        ("share_percent", "101"),
        ("name", "a\x00b"),
        ("name", "x" * 10_000),
    ],
)
def test_year_form_refuses_what_cannot_be_and_keeps_what_was_typed(client, firm, field, typed):
    client.force_login(firm.hedda)
    raw = {name: "" if value is None else str(value) for name, value in FIELDS.items()}

    answer = client.post("/goals/years/new/", raw | {field: typed})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Year.objects.exists()


def test_days_left_never_go_below_nothing(firm):
    year = years.open_year(FIELDS, by=firm.hedda)

    assert year.days_left(year.last_on - timedelta(days=94)) == 94
    assert year.days_left(year.last_on + timedelta(days=1)) == 0
