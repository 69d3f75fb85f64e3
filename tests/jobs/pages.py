"""What the tests of jobs’ pages share: addresses, forms as a browser sends them, the words of an answer."""

import re
from uuid import uuid4

from django.urls import reverse

from jobs.models import Version

LONG = "word " * 4000


def at(name, *args):
    return reverse(f"jobs:{name}", args=args)


def words_of(response):
    text = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def row(key, text="", kind="essential", **more):
    return {"row": key, f"{key}-text": text, f"{key}-kind": kind} | {f"{key}-{n}": v for n, v in more.items()}


def draft_form(version, *rows, do="save", title="Administrative assistant", seen=None):
    data = {"title": title, "version": version.revision if seen is None else seen, "do": do, "row": []}
    for one in rows:
        data["row"].append(one["row"])
        data |= {name: value for name, value in one.items() if name != "row"}
    return data


def standing(version):
    return list(version.clauses.standing().order_by("position").values_list("text", flat=True))


def drafted_through_pages(house, client_of):
    mia, ada = client_of("mia"), client_of("ada")
    mia.post(at("begin"), {"title": "Assistant", "department": house.department.pk, "uuid": uuid4()})
    version = Version.objects.get()
    mia.post(at("edit", version.pk), draft_form(version, row("c0", "Orders supplies."), do="library-relationships"))
    mia.post(at("move", version.pk, "offer"))
    ada.post(at("move", version.pk, "support"), {"words": "At last."})
    version.refresh_from_db()
    return version


def rule_through_pages(client, clause, **said):
    clause.refresh_from_db()
    return client.post(at("rule", clause.pk), {"uuid": uuid4(), "version": clause.revision} | said).status_code


def ruling_form(clause, **said):
    return {"uuid": uuid4(), "version": clause.revision, "wording": clause.text} | said
