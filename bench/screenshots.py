"""Every page of every role as a picture, at 360 and 1280 px, by day and by night, with what is wrong on it.

    python -m bench.screenshots [--roles direct,manager] [--site http://127.0.0.1:8000] [--into var/screens] [--tour]

Walks the demo as a person would: from Today along the links, one page for each kind of address. Says for each page
whether it needs a sideways scroll, what axe finds, and what the browser complains of; ends with 1 if anything was
found. Without a site it starts one of its own, with the demo organisation. The pictures of README's tour are made
anew on the way (docs/tour/); --tour makes nothing else.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

os.environ.setdefault("LOCAL", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relgoals.settings")

import django
from playwright.sync_api import Browser, Page, sync_playwright

from bench import eyes
from bench.served import served

TOUR = {  # role, kind of page and width: the name of its picture in README's tour
    ("manager", "/goals/team/", 1280): "team-board",
    ("direct", "/goals/year/", 360): "my-year",
    ("direct", "/jobs/readings/n/", 1280): "new-beside-old",
    ("manager", "/one-on-ones/sheets/uuid/", 1280): "one-on-one",
    ("HR-partner", "/jobs/clauses/n/", 1280): "ruling",
    ("HR-administrator", "/goals/coverage/", 1280): "the-year",
}
TOUR_FOLDER = Path(__file__).parent.parent / "docs/tour"


def look(browser: Browser, site: str, role: str, cookie: dict[str, str], folder: Path) -> int:
    """Pictures of every page that `role` can reach. Returns how many faults were found."""
    count = pages = 0
    with eyes.looking(browser.new_context, site, cookie) as page:
        complaints = eyes.Complaints(page.context, site)
        for address in eyes.walk(page, site):
            pages += 1
            path, kind = urlsplit(address).path, eyes.kind_of(address)
            place = folder / f"{role}-{kind.strip('/').replace('/', '_')}"
            for width in eyes.WIDTHS:
                page.emulate_media(color_scheme="light")
                count += _say(f"{role} {path} {width} light", eyes.visit(page, address, width, complaints))
                _for_tour(page, role, kind, width)
                eyes.picture(page, Path(f"{place}-{width}-light.png"))
                page.emulate_media(color_scheme="dark")
                count += _say(f"{role} {path} {width} dark", _by_night(page) + complaints.taken())
                eyes.picture(page, Path(f"{place}-{width}-dark.png"))
            page.emulate_media(media="print", color_scheme="light")
            eyes.picture(page, Path(f"{place}-print.png"))
            page.emulate_media(media="screen")
    print(f"{role}: {pages} kinds of pages, {count} faults", flush=True)
    return count


def tour(browser: Browser, site: str, role: str, cookie: dict[str, str], folder: Path) -> int:
    """The pictures of README's tour that `role` sees, and no others. Returns how many faults were found."""
    count = 0
    wanted = {kind: width for whose, kind, width in TOUR if whose == role}
    with eyes.looking(browser.new_context, site, cookie) as page:
        complaints = eyes.Complaints(page.context, site)
        for address in eyes.walk(page, site) if wanted else ():
            kind = eyes.kind_of(address)
            if width := wanted.pop(kind, None):
                count += _say(f"{role} {urlsplit(address).path} {width}", eyes.visit(page, address, width, complaints))
                _for_tour(page, role, kind, width)
            if not wanted:
                break
    return count + _say(f"{role} tour", [f"{kind} was not reached" for kind in wanted])


def _for_tour(page: Page, role: str, kind: str, width: int) -> None:
    """The upper part of the page, as it opens."""
    if name := TOUR.get((role, kind, width)):
        TOUR_FOLDER.mkdir(exist_ok=True)
        page.screenshot(path=TOUR_FOLDER / f"{name}.png")


def _by_night(page: Page) -> list[str]:
    """Colours are all that the dark scheme changes."""
    with eyes.limited(page):
        return eyes.faults(page, eyes.CONTRAST)


def _say(where: str, found: list[str]) -> int:
    for fault in found:
        print(f"FAULT {where}: {fault}", flush=True)
    return len(found)


def main() -> None:
    django.setup()
    from relgoals.demo.organisation import SIGN_INS, address_of  # noqa: PLC0415 django.setup() comes first

    roles = {role.replace("’", "").replace(" ", "-"): address_of(name) for role, name in SIGN_INS.items()}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--roles", default=",".join(roles))
    parser.add_argument("--site", help="one that runs already, with its DATABASE_URL in the environment")
    parser.add_argument("--into", type=Path, default=Path("var/screens"))
    parser.add_argument("--tour", action="store_true", help="only the pictures of README's tour")
    chosen = parser.parse_args()
    each = tour if chosen.tour else look
    chosen.into.mkdir(parents=True, exist_ok=True)
    people = {role: roles[role] for role in chosen.roles.split(",")}
    if chosen.site:
        sys.exit(1 if _all(each, chosen.site.rstrip("/"), people, dict(os.environ), chosen.into) else 0)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/relgoals.sqlite3"}
        subprocess.run([sys.executable, "manage.py", "prepare"], env=environment, check=True)
        with served([sys.executable, "manage.py", "serve"], environment) as site:
            found = _all(each, site, people, environment, chosen.into)
    sys.exit(1 if found else 0)


def _all(each: Callable[..., int], site: str, people: dict[str, str], environment: dict[str, str], folder: Path) -> int:
    command = [sys.executable, "-m", "bench.sessions", *people.values()]
    cookies = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=eyes.chromium(), args=eyes.options())
        found = sum(each(browser, site, role, cookies[email], folder) for role, email in people.items())
        browser.close()
    print(f"The pictures are in {TOUR_FOLDER if each is tour else folder}/.")
    return found


if __name__ == "__main__":
    main()
