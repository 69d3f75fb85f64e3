"""A browser that looks at pages and says what is wrong on them, for `make screenshots` and tests/browser."""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
]
WIDTHS = {360: 780, 1280: 900}
# Papers, files and feeds are no pages; the machine’s admin site is Django’s.
SKIPPED = re.compile(r"/(admin|dev|account/logout|static)/|\.(pdf|csv|xlsx|ics|md|json)(\?|$)|/(export|download)/")
AXE = Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium() -> str | None:
    """Path of the system's Chromium, or None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def options() -> list[str]:
    """Chromium's own sandbox needs a user of its own: root has none."""
    return [*OPTIONS, "--no-sandbox"] if os.geteuid() == 0 else OPTIONS


def kind_of(address: str) -> str:
    """The address with its numbers, uuids and days taken out: one look at each kind is enough."""
    path = urlsplit(address).path
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "uuid", path)
    return re.sub(r"/\d[\d-]*(?=/|$)", "/n", path)


class Complaints:
    """What the browser itself complains of while a page is open: its console, its policy, where else it asks."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.said: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self.said.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def taken(self) -> list[str]:
        """What was said since the last call."""
        said, self.said = list(dict.fromkeys(self.said)), []
        return said

    def _console(self, message: ConsoleMessage) -> None:
        if "Loading the image 'data:image/svg+xml" in message.text:
            return  # an arrow of Bootstrap's, asked for before our style sheet replaced it; refusing it is the policy
        if message.text.startswith(("htmx:sendAbort", "htmx:sendError", "htmx:afterRequest")):
            return  # a part that was on its way when the page was left; what a server refuses is seen in _response
        if message.type in {"error", "warning"}:
            self.said.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site + "/", "data:", "blob:")):
            self.said.append(f"asks a third party: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.said.append(f"{response.status}: {urlsplit(response.url).path}")


def faults(page: Page) -> list[str]:
    """What is wrong with the page that is open, in its present width."""
    found = []
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if over > 0:
        found.append(f"{over} px too wide: {_widest(page)}")
    run_axe(page)
    result = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    for violation in result["violations"]:
        nodes = "; ".join(str(node["target"][0]) for node in violation["nodes"][:3])
        found.append(f"axe {violation['id']}: {nodes}")
    return found


def run_axe(page: Page) -> None:
    """Put axe into the page through the debugger, which no policy of the page concerns."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": AXE.read_text()})
    debugger.detach()


def _widest(page: Page) -> str:
    return str(
        page.evaluate(
            "() => [...document.body.querySelectorAll('*')]"
            ".filter(it => it.getBoundingClientRect().right > innerWidth + 0.5)"
            ".slice(-3).map(it => it.tagName.toLowerCase() + '.' + it.className).join(' ')"
        )
    )


def walk(page: Page, site: str, seen: set[str], starts: Sequence[str] = ("/today/",)) -> Iterator[str]:
    """Every address that can be reached by links from `starts`, one of each kind that is not in `seen`, in turn.

    Whoever takes an address leaves `page` on it: its links are read then. `seen` grows.
    """
    waiting = [site + start for start in starts]
    seen.update(kind_of(start) for start in starts)
    while waiting:
        yield waiting.pop(0)
        for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))"):
            target = urljoin(page.url, href).split("#")[0]
            if target.startswith(site + "/") and not SKIPPED.search(target) and kind_of(target) not in seen:
                seen.add(kind_of(target))
                waiting.append(target)


@contextmanager
def looking(open_context: Callable[..., BrowserContext], site: str, cookie: dict[str, str]) -> Iterator[Page]:
    """A page of a reader whose session is `cookie` (name, value)."""
    context = open_context(reduced_motion="reduce")
    context.add_cookies([{**cookie, "url": site}])  # type: ignore[typeddict-item]
    try:
        yield context.new_page()
    finally:
        context.close()
