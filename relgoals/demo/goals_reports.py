"""What goes with Northgate’s steps: notebooks, a question, money asked back, somebody not to be found, the picture."""

import io
from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from goals.alike import alike
from goals.models import Claim, Contact, Goal, Report
from goals.rules import budget, contacts, notebook, reporting
from goals.rules.notebook import Met
from people.models import Employee
from relgoals.demo import goals
from relgoals.demo.world import World

NOTES = (
    "Knows who unlocks a blocked enrolment. Plays in the Tuesday choir.",
    "Best reached before ten; answers the telephone, not mails.",
    "Has the list of rooms that may be booked at short notice.",
)
PAPER, INK = (250, 248, 240), (40, 40, 40)


def build(world: World) -> None:
    leila = world.people["Leila Benali"]
    _notebook(world, leila)
    _question(world)
    _lunches(world)
    _money(world)
    _not_to_be_found(world)
    contacts.place_departments()


def receipt(lines: tuple[str, ...]) -> SimpleUploadedFile:
    """A photo of a slip with these lines."""
    slip = Image.new("RGB", (420, 60 + 36 * len(lines)), PAPER)
    pen = ImageDraw.Draw(slip)
    for number, line in enumerate(lines):
        pen.text((30, 30 + 36 * number), line, fill=INK, font_size=24)
    out = io.BytesIO()
    slip.save(out, "JPEG", quality=85)
    return SimpleUploadedFile(f"{uuid4().hex}.jpg", out.getvalue(), "image/jpeg")


def _notebook(world: World, owner: Employee) -> None:
    known = Contact.objects.filter(owner=owner).order_by("-pk")
    for contact, words in zip(known, NOTES, strict=False):
        notebook.note(contact, {"notes": words}, contact.version, by=owner)
    earlier = Goal.objects.agreed().filter(owner=owner, year__last_on__lt=world.first()).order_by("-pk").first()
    if earlier:
        day = earlier.year.first_on + timedelta(days=200)
        met = Met(department=world.departments["LIB"], job_title="Subject librarian", name="Oluwaseun Adeyemi")
        goals.step(world, earlier, day, "Asked how map loans are booked.", met)


def _question(world: World) -> None:
    """A manager beside Ana asks about a step; hers wait to be read."""
    unread = Report.objects.unread().filter(goal__year__first_on=world.first(), goal__owner__manager__isnull=False)
    unread = unread.exclude(goal__owner__manager=world.people["Ana Duarte"]).select_related("goal__owner__manager")
    if report := unread.order_by("-happened_on", "pk").first():
        with world.days_ago(0):
            words = "Was this the first time you met? It decides whether it counts."
            reporting.ask(report, words, report.version, by=world.people[str(report.goal.owner.manager)])


def _lunches(world: World) -> None:
    """Last year half of Ana's team had a counterpart to lunch besides."""
    day = world.first(1) + timedelta(days=90)
    peers = world.in_department("CHE")
    for number, owner in enumerate(world.team_of(world.people["Ana Duarte"])[::2]):
        goal = goals.agreed(world, owner, day, goals.shape("lunch"), ago=1)
        if goal.is_agreed:
            peer = next((one for one in peers if alike(owner.job_title, one.job_title)), peers[number])
            on = day + timedelta(days=40 + 15 * number)
            goals.step(world, goal, on, "Lunch in the refectory; we compared our forms.", Met(employee=peer))


def _money(world: World) -> None:
    """Lunches paid for: one waits for approval, one for the payment, the others are paid."""
    lunches = Goal.objects.agreed().filter(
        idea__budget_cents__gt=0, counted__gt=0, reports__isnull=False, owner__manager__isnull=False
    )
    for number, goal in enumerate(
        lunches.select_related("owner__manager", "idea", "year").order_by("-year__first_on", "-pk").distinct()
    ):
        step = goal.reports.earliest("happened_on")
        manager = world.people[str(goal.owner.manager)]
        spent = 2000 - 85 * (number % 7)
        slip = receipt(("Carla’s", f"2 lunches  {budget.money(spent)}", "Thank you"))
        with world.on(min(step.happened_on + timedelta(days=1), world.today), 12):
            asked = budget.claim(goal, spent, slip, by=goal.owner, key=uuid4())
        if number == 0:
            continue
        with world.on(min(step.happened_on + timedelta(days=3), world.today), 12):
            budget.approve(asked, by=manager)
            if number > 1:
                budget.mark_paid(Claim.objects.get(pk=asked.pk), by=manager)


def _not_to_be_found(world: World) -> None:
    shy = world.in_department("LIB")[2]
    with world.days_ago(30):
        contacts.choose(shy, False, by=shy)
