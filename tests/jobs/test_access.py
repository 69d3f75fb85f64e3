"""DESIGN §3's rows about job descriptions, one by one; each time the row that could leak exists."""

import pytest

from jobs.models import Clause, Comment, Objection, Ruling, Version
from jobs.rules import reading
from tests import factories_jobs as make
from tests.factories import EmployeeFactory

EVERYBODY = ["ada", "mia", "eve", "sam", "hedda", "partner", "stranger_partner", "machine"]


@pytest.fixture
def house(firm):
    """The firm with a department in one HR partner's part, another HR partner, and a machine administrator."""
    firm.partner = EmployeeFactory(name="Pat", hr_role="partner")
    firm.stranger_partner = EmployeeFactory(name="Stan", hr_role="partner")
    firm.machine = EmployeeFactory(name="Max", is_superuser=True)
    firm.department = make.department("Earth Sciences", partner=firm.partner)
    return firm


def seen(house, queryset):
    queryset = queryset.all()
    return {name for name in EVERYBODY if queryset.visible_to(getattr(house, name)).exists()}


@pytest.mark.parametrize(
    ("stage", "readers"),
    [
        ("draft", {"mia", "hedda", "partner"}),
        ("offered", {"mia", "ada", "hedda", "partner"}),
        ("with_hr", {"mia", "ada", "hedda", "partner"}),
        ("published", {"mia", "ada", "eve", "hedda", "partner"}),
    ],
)
def test_who_reads_a_version_and_its_clauses_at_each_stage(house, stage, readers):
    version = make.at_stage(stage, house.mia, covers=[house.eve], department=house.department, hr=house.hedda)
    version = Version.objects.filter(pk=version.pk)

    assert seen(house, version) == readers
    assert seen(house, Clause.objects.filter(version__in=version)) == readers


def test_who_reads_refusals_and_objections(house):
    clause = make.answered(house.mia, hr=house.hedda, department=house.department)

    assert seen(house, Ruling.objects.filter(clause=clause)) == {"mia", "ada", "hedda", "partner"}
    assert seen(house, Objection.objects.filter(clause=clause)) == {"mia", "ada", "hedda", "partner"}


def test_own_wins_over_hr_and_over_author(house):
    """HR staff do not read the draft of their own next job description."""
    version = make.published(house.mia, covers=[house.eve], department=house.department, hr=house.hedda)
    make.assign(house.hedda, version.description)
    make.next_version(version, [make.ORDERS])
    draft = Version.objects.filter(state="draft")

    assert seen(house, draft) == {"mia", "partner"}


def test_a_former_manager_sees_nothing_of_it_any_more(house):
    version = make.published(house.mia, covers=[house.eve], hr=house.hedda)
    make.next_version(version, [make.ORDERS])

    make.move(house.eve, house.sam)

    assert not Version.objects.visible_to(house.mia).exists()
    assert {v.state for v in Version.objects.visible_to(house.sam)} == {"published"}
    assert not Version.objects.editable_by(house.mia).exists()


def test_comments_are_the_pairs_alone(house):
    version = make.published(house.mia, covers=[house.eve], department=house.department, hr=house.hedda)
    reading.comment(version.clauses.get(), "Does this include the telephone?", by=house.eve)

    assert seen(house, Comment.objects) == {"eve", "mia"}
    assert [c.author for c in Comment.objects.open_between(house.mia, house.eve)] == [house.eve]
    assert not Comment.objects.open_between(house.ada, house.eve).exists()
