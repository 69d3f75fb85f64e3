"""February: the comment on a clause stands on the next one-on-one's sheet and is answered there."""

COMMENT = "Do the suppliers count, too?"


def ana_plans(world):
    ana = world.named("Ana Duarte")
    ana.follow("One-on-ones")
    ana.follow("/one-on-ones/new/?direct=")
    ana.send("/new/", direct=ana.choice("/new/", "direct", "Leila"), weekday="1", at="10:00", first_on="2027-02-09")
    ana.says("Leila Benali")


def comment_is_answered(world):
    ana = world.named("Ana Duarte")
    ana.follow("One-on-ones")
    if not ana.links("/one-on-ones/sheets/"):
        ana.follow("Leila Benali")
    ana.follow("/one-on-ones/sheets/")
    ana.says(COMMENT)
    ana.send("/lines/comment/", words="They do, from the first order on.")
    leila = world.named("Leila Benali")
    leila.follow("Job description")
    leila.says(COMMENT, "They do, from the first order on.")
