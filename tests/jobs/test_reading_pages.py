"""Reading, comments, and who does a job."""

from uuid import uuid4

from jobs.models import Assignment, Comment, Reading
from journal import clock
from tests import factories_jobs as make
from tests.jobs.pages import at, words_of


def test_acknowledging_twice_keeps_the_first_moment(house, client_of):
    make.published(house.mia, covers=[house.eve], hr=house.hal, department=house.department)
    task = Reading.objects.get(employee=house.eve)
    client_of("eve").post(at("acknowledge", task.pk))
    first = Reading.objects.get(pk=task.pk).acknowledged_at

    client_of("eve").post(at("acknowledge", task.pk))

    assert Reading.objects.get(pk=task.pk).acknowledged_at == first


def test_an_empty_comment_comes_back_and_a_full_one_is_kept_once(house, client_of):
    version = make.published(house.mia, covers=[house.eve], hr=house.hal, department=house.department)
    address, key = at("comment_on", version.clauses.get().pk), uuid4()

    assert client_of("eve").post(address, {"uuid": key, "words": " "}).status_code == 422
    for _ in range(2):
        assert client_of("eve").post(address, {"uuid": key, "words": "Why?"}).status_code == 302

    assert Comment.objects.count() == 1


def test_who_does_a_job_is_chosen_by_name_and_refused_with_a_sentence(house, client_of):
    version = make.published(house.mia, covers=[house.eve], hr=house.hal, department=house.department)
    address, today = at("assign", version.description_id), clock.today().isoformat()

    nobody = client_of("mia").post(address, {"employee": "Nobody at all", "from_on": today})
    stranger = client_of("mia").post(address, {"employee": "Sam", "from_on": today})
    make.move(house.sam, house.mia)
    mine = client_of("mia").post(address, {"employee": "Sam", "from_on": today})

    assert (nobody.status_code, stranger.status_code, mine.status_code) == (422, 422, 302)
    assert "Sam does not work for you" in words_of(stranger)
    assert Assignment.objects.filter(employee=house.sam, ended_on=None).count() == 1


def test_a_day_far_ahead_is_refused_for_whoever_begins_or_ends_a_job(house, client_of):
    version = make.published(house.mia, covers=[house.eve], hr=house.hal, department=house.department)
    make.move(house.sam, house.mia)
    held = Assignment.objects.get(employee=house.eve, ended_on=None)

    begun = client_of("mia").post(at("assign", version.description_id), {"employee": "Sam", "from_on": "9999-12-31"})
    ended = client_of("mia").post(at("release", held.pk), {"from_on": "9999-12-31"})

    for refused in (begun, ended):
        assert refused.status_code == 422
        assert "Choose a day within two years." in words_of(refused)
    assert list(Assignment.objects.filter(ended_on=None)) == [held]
