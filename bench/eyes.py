"""A browser that looks at pages and says what is wrong on them, for `make screenshots` and tests/browser."""

import os
import re
import shutil
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
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
SKIPPED = re.compile(r"/(admin|dev|account/logout|static)/")  # the machine’s admin site is Django’s
LINK = re.compile(r"""<a\b[^>]*?\shref="([^"]*)\"""")
SIBLINGS = 6
AXE = Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # all that night can change
AXE_PATIENCE = 60.0  # seconds; a long table on a busy machine takes five
PAGE_PATIENCE = 180.0  # seconds for one page in one width

# An answer that is waited for with a limit: a promise that evaluate() waits for has none.
LOOK = """options => {
    const root = document.documentElement
    const done = said => { window.looked = said; root.dataset.looked = "" }
    axe.run(options).then(result => done(result.violations), reason => done([{id: String(reason), nodes: []}]))
}"""
LOOKED = "() => { delete document.documentElement.dataset.looked; return window.looked }"
REFUSED_IMAGES = """() => [...new Set([...document.querySelectorAll("*")].filter(it =>
    [null, "::before", "::after"].some(part => {
        const style = getComputedStyle(it, part)
        return [style.backgroundImage, style.maskImage, style.listStyleImage, style.content].some(
            image => image.includes("url(\\"data:"))
    })).map(it => `${it.tagName.toLowerCase()}.${it.className}`))]"""


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
    path = re.sub(r"[0-9a-f]{32,}", "mark", path)
    return re.sub(r"/\d[\d-]*(?=/|$)", "/n", path)


class Complaints:
    """What the browser itself complains of while a page is open: its console, its policy, where else it asks."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.said: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self.said.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def taken(self) -> list[str]:
        """What was said since the last call."""
        said, self.said = list(dict.fromkeys(self.said)), []
        return said

    def _console(self, message: ConsoleMessage) -> None:
        if "Loading the image 'data:image/svg+xml" in message.text:
            return  # an arrow of Bootstrap's, replaced by our style sheet before it shows: faults() names what stays
        if message.text.startswith(("htmx:sendAbort", "htmx:sendError", "htmx:afterRequest")):
            return  # a part that was on its way when the page was left; any other that did not come is in _failed
        if message.type in {"error", "warning"}:
            self.said.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site + "/", "data:", "blob:")):
            self.said.append(f"asks a third party: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED" and not request.url.startswith("data:"):
            self.said.append(f"{request.failure}: {urlsplit(request.url).path}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.said.append(f"{response.status}: {urlsplit(response.url).path}")


@contextmanager
def limited(page: Page, seconds: float = PAGE_PATIENCE) -> Iterator[None]:
    """Ends the browser where the block takes longer: Playwright's own waits for scripts have no limit.

    What waits then fails, where it would stand still. Raises nothing itself.
    """
    browser = page.context.browser
    assert browser, "a context of a browser that was launched"
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    number = next(int(process["id"]) for process in processes if process["type"] == "browser")
    timer = threading.Timer(seconds, os.kill, (number, signal.SIGKILL))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def visit(page: Page, address: str, width: int, complaints: Complaints) -> list[str]:
    """Open `address` in that width (one of WIDTHS). Returns what is wrong there, the browser's complaints with it.

    Raises playwright's Error where the page, or the browser on it, stands still.
    """
    with limited(page):
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        answer = page.goto(address)
        status = answer.status if answer else 0
        return ([f"status {status}"] if status >= 400 else faults(page)) + complaints.taken()


def faults(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What is wrong with the page that is open, in its present width and light. rules: what axe looks for."""
    if page.evaluate("document.contentType") != "text/html":
        return []  # a receipt, say: the browser shows it in a sandbox, where axe's promise never comes
    found = []
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if over > 0:
        found.append(f"{over} px too wide: {_widest(page)}")
    found += [f"asks for a data: image that the policy refuses: {it}" for it in page.evaluate(REFUSED_IMAGES)]
    return found + violations(page, rules)


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds by those rules. Raises TimeoutError where it does not come to an end."""
    if page.evaluate("typeof axe") == "undefined":
        run_axe(page)
    page.evaluate(LOOK, {"runOnly": rules, "resultTypes": ["violations"]})
    page.locator("html[data-looked]").wait_for(state="attached", timeout=AXE_PATIENCE * 1000)
    found = []
    for violation in page.evaluate(LOOKED):
        nodes = "; ".join(str(node["target"][0]) for node in violation["nodes"][:3])
        found.append(f"axe {violation['id']}: {nodes}")
    return found


def run_axe(page: Page) -> None:
    """Put axe into the page through the debugger, which no policy of the page concerns."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": AXE.read_text()})
    debugger.detach()


def picture(page: Page, path: Path) -> None:
    """The whole page as one picture: the window is made as long as the page, so that what is fixed lies at its end."""
    size = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    if size and height > size["height"]:
        page.set_viewport_size({"width": size["width"], "height": height})
    page.screenshot(path=path, full_page=True)
    if size:
        page.set_viewport_size(size)


def _widest(page: Page) -> str:
    return str(
        page.evaluate(
            "() => [...document.body.querySelectorAll('*')]"
            ".filter(it => it.getBoundingClientRect().right > innerWidth + 0.5)"
            ".slice(-3).map(it => it.tagName.toLowerCase() + '.' + it.className).join(' ')"
        )
    )


def walk(page: Page, site: str) -> Iterator[str]:
    """Every address that can be reached by links from Today as the reader of `page`, one of each kind, in turn.

    Links are read without a browser, of SIBLINGS of each kind: a draft leads elsewhere than a version in force. What
    is no web page is passed over; what is refused comes, whatever its kind.
    """
    waiting, known, read = deque([f"{site}/today/"]), {f"{site}/today/"}, Counter[str]()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if read[kind] == SIBLINGS:
            continue
        read[kind] += 1
        answer = page.context.request.get(address, timeout=PAGE_PATIENCE * 1000)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        if read[kind] == 1 or answer.status >= 400:
            yield address
        for href in LINK.findall(answer.text()):
            target = urljoin(answer.url, unescape(href)).partition("#")[0]
            if target.startswith(f"{site}/") and not SKIPPED.search(target) and target not in known:
                known.add(target)
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
