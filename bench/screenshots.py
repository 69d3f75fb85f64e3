"""Every page of every role as a picture, at 360 and 1280 px, by day and by night, with what is wrong on it.

    python -m bench.screenshots http://127.0.0.1:8000 var/screens [--roles direct,manager]

Walks the demo as a person would: from Today along the links, one page for each kind of address. Says for each page
whether it needs a sideways scroll, what axe finds, and what the browser's console complains of; ends with 1 if
anything was found.
"""

import argparse
import re
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
ROLES = {
    "direct": "leila.benali@northgate.example",
    "manager": "ana.duarte@northgate.example",
    "above": "ingrid.solberg@northgate.example",
    "partner": "samir.haddad@northgate.example",
    "administrator": "ruth.okafor@northgate.example",
}
WIDTHS = {360: 780, 1280: 900}
SKIPPED = re.compile(r"/(admin|dev|account/logout|static)/|\.(pdf|csv|xlsx|ics|md|json)(\?|$)|/(export|download)/")
AXE = Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def kind_of(address: str) -> str:
    """The address with its numbers and uuids taken out: one picture for each kind is enough."""
    path = urlsplit(address).path
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "uuid", path)
    return re.sub(r"/\d[\d-]*(?=/|$)", "/n", path)


def sign_in(page: Page, site: str, email: str, password: str) -> None:
    page.goto(site + "/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url("**/today/")


def faults(page: Page) -> list[str]:
    found = []
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if over > 0:
        found.append(f"{over} px too wide")
    # Through the debugger's channel: the page's own policy would refuse a foreign script.
    page.evaluate(AXE.read_text())
    result = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    for violation in result["violations"]:
        nodes = "; ".join(str(node["target"][0]) for node in violation["nodes"][:3])
        found.append(f"axe {violation['id']}: {nodes}")
    return found


def walk(browser: Browser, site: str, role: str, password: str, folder: Path) -> int:
    """Pictures of every page that `role` can reach. Returns how many faults were found."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, site, ROLES[role], password)
    waiting, seen, count = [site + "/today/"], {"/today/"}, 0
    while waiting:
        address = waiting.pop(0)
        name = kind_of(address).strip("/").replace("/", "_")
        for width, height in WIDTHS.items():
            for scheme in ("light", "dark"):
                said.clear()
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": height})
                answer = page.goto(address)
                status = answer.status if answer else 0
                problems = [f"status {status}"] if status >= 400 else faults(page)
                for problem in [*problems, *said]:
                    print(f"FAULT {role} {urlsplit(address).path} {width} {scheme}: {problem}", flush=True)
                count += len(problems) + len(said)
                page.screenshot(path=folder / f"{role}-{name}-{width}-{scheme}.png", full_page=True)
        for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))"):
            target = urljoin(page.url, href).split("#")[0]
            if target.startswith(site) and not SKIPPED.search(target) and kind_of(target) not in seen:
                seen.add(kind_of(target))
                waiting.append(target)
    print(f"{role}: {len(seen)} kinds of pages, {count} faults", flush=True)
    context.close()
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--roles", default=",".join(ROLES))
    parser.add_argument("--password", default="northgate demo", help="the demo's, as seed_demo prints it")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        site = options.site.rstrip("/")
        roles = options.roles.split(",")
        found = sum(walk(browser, site, role, options.password, options.folder) for role in roles)
        browser.close()
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
