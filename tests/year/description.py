"""January and February: the three statements find their way into a job description."""

DUTY = "Answers requests by e-mail within two working days."
TEAM = [
    "Leila Benali",
    "Marcus Oyelaran",
    "Priya Raman",
    "Jun Watanabe",
    "Sofia Lindqvist",
    "Diego Quispe",
    "Hannah Fairweather",
    "Tomasz Wieczorek",
]


def ana_drafts(world):
    ana = world.named("Ana Duarte")
    ana.follow("Job description")
    ana.follow("Job descriptions of your people")
    ana.follow("New job description")
    ana.send("/descriptions/new/", title="Administrative assistant")
    ana.send("/edit/", press="add", **{"c0-text": DUTY, "c0-kind": "essential"})
    for topic in ("relationships", "improvement", "other_duties"):
        ana.send("/edit/", press=f"library-{topic}")
    ana.follow("Back without saving")
    ana.says(DUTY, "Establishes and maintains productive working relationships")
    ana.send("/move/offer/")


def ingrid_supports(world):
    ingrid = world.named("Ingrid Solberg")
    ingrid.follow("/jobs/versions/")
    ingrid.send("/move/support/", words="We have asked for this for years.")


def hr_refuses_one(world):
    ruth = world.ruth
    ruth.go("/today/")
    ruth.follow("Clauses")
    world.refused = ruth.follow("Establishes and maintains").address
    ground = ruth.choice("/rule/", "ground", "essential")
    ruth.send("/rule/", verdict="refused", ground=ground, words="Orders are filed without knowing anybody.")
    _approve_all(ruth)


def _approve_all(ruth):
    ruth.follow("Clauses")
    while waiting := [path for path in ruth.links("/jobs/clauses/") if path.strip("/").split("/")[-1].isdigit()]:
        ruth.follow(waiting[0])
        ruth.send("/rule/", verdict="approved", press="Rule and stay here")
        ruth.go("/jobs/clauses/")


def ana_answers(world):
    ana = world.named("Ana Duarte")
    ana.follow("/jobs/clauses/")
    ana.says("Orders are filed without knowing anybody.")
    words = "Every order waits for somebody in another department; whoever knows them is answered first."
    ana.send("/answer/", press="Send it back to HR", words=words)


def hr_approves(world):
    ruth = world.ruth
    ruth.go("/today/")
    ruth.follow("Clauses")
    ruth.says("Establishes and maintains")
    ruth.follow("Establishes and maintains")
    ruth.says("whoever knows them is answered first")
    _approve_all(ruth)


def ana_publishes(world):
    ana = world.named("Ana Duarte")
    ana.follow("Job description")
    ana.follow("Job descriptions of your people")
    ana.follow("/jobs/versions/")
    ana.send("/publish/", from_on="2027-02-01")
    ana.open_first("/jobs/descriptions/")
    for name in TEAM:
        ana.follow("Add somebody")
        ana.send("/people/new/", employee=name, from_on="2027-02-01")
    ana.says(*TEAM)


def leila_reads(world):
    leila = world.named("Leila Benali")
    leila.follow("/jobs/readings/")
    leila.says("Establishes and maintains")
    leila.send(f"{world.refused}comment/", words="Do the suppliers count, too?")
    leila.says("Do the suppliers count, too?")
    leila.send("/acknowledge/")
    leila.follow("Job description")
    leila.says("Received and read on 2 February 2027")
