"""Spring: she takes along what is held about her, leaves, and what was hers alone is erased; what is stored agrees."""

import io
import json
import zipfile

from bench.invariants import breaches
from goals.models import Contact
from people.models import Employee
from tests.year.appraisal import ANSWER, HERS


def leila_takes_everything(world):
    leila = world.named("Leila Benali")
    leila.follow("Your profile")
    leila.follow("Everything held about you")
    archive = zipfile.ZipFile(io.BytesIO(leila.take("/people/me/data/", press="Download everything")))
    text = archive.read("data.json").decode()
    for hers in (HERS, ANSWER, "Cleo Marchetti", "Do the suppliers count, too?", world.total.replace(".", "")):
        assert hers in text, hers
    assert "My orders wait for people I have never met." not in text, "that was Marcus"
    assert {row["email"] for row in json.loads(text)["person"]} == {"leila.benali@northgate.test"}


def leila_leaves(world):
    ruth = world.ruth
    ruth.go(Employee.objects.get(name="Leila Benali").get_absolute_url())
    ruth.follow("Note a last working day")
    ruth.send("/leave/", left_on="2028-03-10")


def hr_erases_what_was_hers(world):
    ruth, leila = world.ruth, Employee.objects.get(name="Leila Benali")
    assert "Cleo Marchetti" in {str(one.name or one.employee) for one in Contact.objects.filter(owner=leila)}
    ruth.go(leila.get_absolute_url())
    ruth.follow("Erase what was theirs")
    ruth.send("/erase/", press="Erase it for good")
    ruth.says("What was theirs alone is erased.")
    left = Contact.objects.filter(owner=leila).values_list("name", "notes", "employee")
    assert set(left) == {("", "", None)}
    assert "1 signatures, all of them whole and chained." in world.command("verify_signatures")


def all_that_is_stored_twice_agrees(world):
    found = breaches()
    assert not found, "\n".join(found[:40])
