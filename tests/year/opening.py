"""December: the first account, everybody else from a file, the year and its scheme."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.year.organisation import BAD, FILE, PEOPLE, email_of

PASSWORD = "granite and gneiss 1874"
RUTH = "ruth.okafor@northgate.test"


def first_account(world):
    link = world.command("create_first_account", RUTH, "Ruth Okafor").split()[-1]
    ruth = world.somebody("Ruth Okafor")
    ruth.go("/" + link.split("/", 3)[3])
    ruth.send("/account/password/new/", password1=PASSWORD, password2=PASSWORD)
    ruth.says("Your password is set.")
    ruth.send("/account/login/", login=RUTH, password=PASSWORD)
    assert ruth.page.address == "/today/"
    world.ruth = ruth


def people_from_a_file(world):
    ruth = world.ruth
    ruth.follow("/people/")
    ruth.follow("/people/imports/")
    ruth.send("/people/imports/", file=SimpleUploadedFile("export-2026-12.csv", FILE.encode("cp1252")))
    ruth.send("/columns/", found_places="on")
    ruth.reads_in_the_end(f" {len(BAD)} rows stay out")
    bad = ruth.follow("bad-rows").decode()
    assert all(cell in bad for cell in BAD)
    ruth.send("/apply/")
    newcomers = len(PEOPLE) - 1  # Ruth is there
    ruth.reads_in_the_end(f"Taken in: {newcomers} new, 1 changed")
    ruth.send("/invite/", press=f"Invite all {newcomers} newcomers")


def invitation_lets_in(world):
    letter = next(
        one for one in world.letters() if one.to == [email_of("Leila Benali")] and "/account/link/" in one.body
    )
    link = next(word for word in letter.body.split() if "/account/link/" in word)
    leila = world.somebody("Leila Benali")
    leila.go("/" + link.split("/", 3)[3])
    leila.send("/account/password/new/", password1=PASSWORD, password2=PASSWORD)
    leila.send("/account/login/", login=email_of("Leila Benali"), password=PASSWORD)
    assert leila.page.address == "/today/"


def the_year(world):
    ruth = world.ruth
    ruth.follow("The year")
    ruth.follow("What the years ask")
    ruth.follow("Open a year")
    ruth.send(
        "/goals/years/new/",
        name="2027",
        first_on="2027-01-01",
        last_on="2027-12-31",
        minimum="1",
        share_percent="5",
        agree_by_on="2027-03-15",
        answer_by_on="2028-01-10",
    )
    ruth.says("2027")


def the_scheme(world):
    ruth = world.ruth
    ruth.follow("Appraisals")
    ruth.send("/scheme/", press="Begin the scheme of 2027")
    ruth.follow("Change the weights")
    typed = {"weight-0": "60", "leading-0": "40", "weight-1": "35", "leading-1": "30", "name-2": ""}
    ruth.send("/weights/", **typed)
    ruth.says("60", "35", "5")
    ruth.send("/start/", press="Start the year")
    ruth.says("The year has started")
