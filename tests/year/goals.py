"""A year of goals: offered, picked, proposed, reported, reminded of, found by others."""

from people.models import Employee
from tests.year.description import TEAM
from tests.year.organisation import email_of


def ana_offers(world):
    ana = world.named("Ana Duarte")
    ana.follow("Team")
    ana.follow("Offer a goal")
    ideas = [ana.choice("/offer/", "ideas", words) for words in ("rally", "lunch")]
    people = [ana.choice("/offer/", "people", name) for name in TEAM]
    ana.send("/offer/", ideas=ideas, people=people, because="Whoever knows them is answered first.")
    ana.says("Offered to 8 people.")


def directs_pick(world):
    for name in TEAM:
        if name == "Marcus Oyelaran":
            continue
        direct = world.named(name)
        direct.follow("/goals/shortlist/")
        direct.says("Whoever knows them is answered first.", "Rests on Establishes")
        rally = next(link for link, words in direct.page.links if "rally" in words)
        direct.send(f"{rally}move/pick/")
        direct.says("rally")


def marcus_proposes(world):
    """ "Be nicer to people": the helper marks it; its rewrite passes and is proposed."""
    marcus = world.named("Marcus Oyelaran")
    marcus.follow("/goals/shortlist/")
    marcus.follow("Propose your own")
    marcus.follow("People met")
    chosen = marcus.form("/propose/").values["clause"][0]
    assert f"/clauses/{chosen}/" in world.refused, "the clause on working relationships is chosen to begin with"
    marcus.consider("/propose/", press="Look at the wording", behaviour="Be nicer to people")
    marcus.says("One thing here a camera could not film.", "Say what you will do, and how often.")
    rewrite = "Meet two people from other departments at the annual rally by the end of the year"
    marcus.says(rewrite)
    marcus.go("/goals/propose/?measure=people")
    marcus.consider("/propose/", press="Look at the wording", behaviour=rewrite)
    marcus.says("A camera could film this.")
    marcus.go("/goals/propose/?measure=people")
    marcus.send(
        "/propose/",
        press="Propose it to Ana",
        behaviour=rewrite,
        because="My orders wait for people I have never met.",
        **{"measure-count": "2", "measure-elsewhere": "on"},
    )
    marcus.says(rewrite)


def ana_agrees(world):
    ana = world.named("Ana Duarte")
    ana.follow("Team")
    ana.send("/goals/team/act/", press="Agree : Marcus Oyelaran")
    ana.says("Agreed by both.", "One more goal, if wanted")
    assert "One has a gap" not in ana.page.text


def whoever_has_none_is_told(world):
    told = [letter.to[0] for letter in world.letters() if "not chosen a relationship goal" in letter.subject]
    wanted = Employee.objects.filter(manager__isnull=False).exclude(name__in=TEAM)
    assert sorted(told) == sorted(wanted.values_list("email", flat=True))


def leila_logs(world):
    """At the rally, on a phone."""
    leila = world.named("Leila Benali", phone=True)
    leila.follow("Log a step")
    met = {"what": "We compared how long a form takes.", "met-who": "Cleo Marchetti"}
    leila.send("/goals/log/", press="Save and add another person", **met)
    leila.says("It counts: 1 of 2.")
    leila.send("/another/", **{"met-1-who": "Priya Raman"})
    leila.says("This is your own department. Somebody from any other department counts.")
    leila.follow("My year")
    leila.says("1 of 2")


def ana_confirms(world):
    ana = world.named("Ana Duarte")
    ana.follow("/goals/steps/")
    ana.send("/answer/", press="Confirm")


def leila_finishes(world):
    leila = world.named("Leila Benali", phone=True)
    leila.follow("Log a step")
    leila.send("/goals/log/", **{"what": "Second day.", "met-who": "Ibrahim Sesay"})
    leila.says("2 of 2")


def reminders_reach_the_right_ones(world):
    subject = "The date of your goal comes near"
    told = [letter.to[0] for letter in world.letters() if subject in letter.subject]
    assert sorted(told) == sorted(email_of(name) for name in TEAM if name != "Leila Benali")


def tim_finds_whom_to_ask(world):
    tim = world.named("Tim Achterberg")
    tim.follow("My year")
    tim.follow("/goals/who-knows/")
    tim.send("/who-knows/", department=tim.choice("/who-knows/", "department", "Registry"))
    tim.says("Ask Leila")
    assert "Cleo" not in tim.page.text
