"""The matrix of who may do what: every address of the project × every standpoint × GET and POST.

How to declare. Each app has one file here, `expect_<app>.py`, found by its name. It holds

    def build(company):                 # optional: rows of yours, all of them about `company.direct`
        company.goal = GoalFactory(owner=company.direct)

    def build_before(company):          # optional: the same, made while Frida (former_manager) still leads Eve

    ROUTES = [
        Route("goals:detail", row=lambda c: {"pk": c.goal.pk}, get=only(200, "direct manager managers_manager")),
        Route("goals:move", row=lambda c: {"pk": c.goal.pk, "name": "agree"}, post=only(302, "manager", direct=403)),
        Route("goals:edit", row=..., get=only(200, "direct"), post=only(422, "direct")),   # an empty POST: refused form
        Route("goals:list", get=everybody(200)),
    ]

- One Route per address of the resolver; `name` is "namespace:name". A name with several patterns is declared as often.
- `get` and `post` say the status for every standpoint; what is left out is not taken: 405 for whoever is signed in.
  `only(200, "direct manager", peer=403)`: 200 for these, 403 for the peer, 404 for whoever else is signed in.
  `everybody(200, leaver=…)`: whoever is signed in. `anybody(200)`: signed out, too.
  Whoever is signed out is sent to sign-in (SIGN_IN), and so is somebody who has left, unless you say otherwise.
- `row`: the address's kwargs for the thing of "the direct", from the company. `data`: what the POST sends, from company
  and reader; default: what every form carries (a token), so that `request.POST or None` is a form sent empty.
- Addresses with kwargs are also asked for a thing that does not exist: numbers become 999999999, uuids zero. Everybody
  gets 404 there, with the very page they get for what exists and is not theirs. `missing=` gives other kwargs for
  it; `missing=None` leaves it out (say why).

The company: standpoints.py. A URL that nobody declared fails tests/access/test_matrix.py, as does a declaration of a
URL that is gone. Rows are built once for all; each request is rolled back.
"""
