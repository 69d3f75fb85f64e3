from jobs.models import Clause, Reading
from jobs.rules import drafting
from journal import clock
from tests import factories_jobs as make


def test_a_draft_goes_all_the_way(firm):
    version = make.published(firm.mia, covers=[firm.eve], hr=firm.hedda)

    assert version.state == "published"
    assert version.in_force_from == clock.today()
    assert [r.employee for r in Reading.objects.filter(version=version)] == [firm.eve]
    assert list(Clause.objects.covering(firm.eve)) == list(version.clauses.all())


def test_what_is_carried_on_unchanged_keeps_its_approval(firm):
    version = make.published(firm.mia, covers=[firm.eve], hr=firm.hedda)

    draft = drafting.draft_next(version.description, by=firm.mia)

    assert [(c.state, c.ruling, c.previous) for c in draft.clauses.all()] == [
        ("approved", c.ruling, c) for c in version.clauses.all()
    ]
