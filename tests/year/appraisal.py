"""December to February: the review of Leila's year, from her own words to the signature that stays."""

import io
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.core.management import CommandError
from django.db import connection
from pypdf import PdfReader

from appraisals.models import Criterion

HERS = "I was at the rally and know two people in the Registry now."
ANSWER = "I met a third one in November; it was a day too late."


def leila_writes(world):
    leila = world.named("Leila Benali")
    leila.follow("/self-review/")
    leila.send("/self-review/", whole=HERS)
    leila.follow("Hand in the self-review")
    leila.send("/move/hand_in/")
    leila.says("Manager")


def ana_reviews(world):
    ana = world.named("Ana Duarte")
    ana.follow("Appraisal")
    ana.follow("Write the review")
    ana.says(HERS)
    rated = [name for name in ana.form("/review/").values if name.startswith("rating-")]
    goals = {
        f"rating-{pk}" for pk in Criterion.objects.filter(section__kind="relationship").values_list("pk", flat=True)
    }
    world.points = {name: "400" if place % 2 else "300" for place, name in enumerate(rated) if name not in goals}
    words = {name.replace("rating", "words"): "Two counts in May, no difference." for name in world.points}
    ana.send("/review/", press="Save", whole="A good year.", **world.points, **words)
    ana.follow("/review/") if "/review/" not in ana.page.address else None
    ana.follow("Hand it on")
    ana.send("/move/hand_on/")


def ingrid_calibrates(world):
    ingrid = world.named("Ingrid Solberg")
    ingrid.follow("Appraisal")
    ingrid.follow("Calibration")
    ingrid.follow("Read, move a rating")
    moves = [path for path in ingrid.links("/appraisals/") if path.endswith("/move/")]
    ingrid.follow(moves[-1])
    world.points[f"rating-{moves[-1].split('/')[-3]}"] = "500"
    ingrid.send("/move/", points="500", words="Like the other teams.")


def hr_shares(world):
    ruth = world.ruth
    ruth.go("/today/")
    ruth.follow("Appraisals")
    ruth.open_first("/appraisals/rounds/")
    ruth.send("/share/", press="Share")
    ruth.says("1 appraisal is shared.")


def by_hand(points):
    """(total, score of each section) from the ratings, as the policy says it: 60, 35 and 5 of 100."""
    together, section, scores = Decimal(), {}, []
    for criterion in Criterion.objects.exclude(section__kind="relationship").select_related("section"):
        if rating := points.get(f"rating-{criterion.pk}"):
            weight, terms = section.setdefault(criterion.section, (0, Decimal()))
            section[criterion.section] = weight + criterion.weight, terms + criterion.weight * Decimal(rating) / 100
    for one, (weight, terms) in section.items():
        scores.append((terms / weight).quantize(Decimal("0.0001"), ROUND_HALF_UP))
        together += one.weight * scores[-1]
    together += 5 * Decimal(3)  # the minimum is met
    return (together / 100).quantize(Decimal("0.01"), ROUND_HALF_UP), scores


def leila_checks_the_arithmetic(world):
    leila = world.named("Leila Benali")
    leila.follow("Appraisal")
    leila.follow("The arithmetic")
    total, scores = by_hand(world.points)
    world.total = str(total)
    leila.says(f"How {world.total} comes about", "Like the other teams.")
    leila.says(*(f"{score.normalize():f}" for score in scores))


def leila_signs(world):
    leila = world.named("Leila Benali")
    leila.follow("Appraisal")
    leila.follow("Sign as received")
    leila.send("/sign/", comment=ANSWER)
    leila.says(ANSWER)


def locked_and_on_paper(world):
    leila = world.named("Leila Benali")
    leila.follow("Appraisal")
    leila.says("Locked", ANSWER)
    read = PdfReader(io.BytesIO(leila.follow(".pdf")))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read.pages))
    assert "Leila Benali" in text
    assert world.total in text
    assert ANSWER in text
    assert "/StructTreeRoot" in read.trailer["/Root"], "the PDF is tagged"


def hr_looks_back(world):
    ruth = world.ruth
    ruth.go("/today/")
    ruth.follow("The year")
    ruth.says("2027")
    ruth.follow("Export")
    ruth.follow("Appraisals")
    ruth.open_first("/appraisals/rounds/")
    ruth.says("Locked")
    text = ruth.follow("round.csv").decode()
    assert "Leila Benali" in text
    assert world.total in text


def chain_holds(world):
    assert "1 signatures, all of them whole and chained." in world.command("verify_signatures")


def tampered_row_is_named(world):
    with connection.cursor() as cursor:
        _unguard(cursor)
        cursor.execute("UPDATE appraisals_signature SET content = replace(content, 'too late', 'in time')")
    with pytest.raises(CommandError, match=r"Signature 1 .*Leila Benali"):
        world.command("verify_signatures")


def _unguard(cursor):
    if connection.vendor == "postgresql":
        cursor.execute("ALTER TABLE appraisals_signature DISABLE TRIGGER USER")
        return
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'appraisals_signature'")
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP TRIGGER {name}")
