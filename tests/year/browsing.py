"""The same verbs in a real browser: what is clicked must be seen, what is filled in must be a field of the page."""

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from tests.year.page import Page
from tests.year.reader import Reader

FILES = re.compile(r"\.(pdf|csv|xlsx|ics|md|json|zip)$|/export/$")
PATIENCE = 30_000  # ms; nothing waits as long as this on a machine that has time
# The mark on <html> goes with the next document, or when htmx has put the answer of a form or link into this one.
MARK = """() => {
    const html = document.documentElement;
    html.dataset.turning = "";
    document.addEventListener("htmx:afterSettle", (event) => {
        if (event.detail.requestConfig?.elt?.matches("form, a, button")) delete html.dataset.turning;
    });
}"""
BUTTON = """(form, press) => {
    const texts = (it) => it.nodeType === 3 ? [it.data] : [...it.childNodes].flatMap(texts);
    const words = (it) => texts(it).join(" ").split(/\\s+/).filter(Boolean).join(" ");
    const all = [...form.elements].filter((it) => it.type === "submit");
    if (press === null) return all.find((it) => !it.name) ?? all[0] ?? null;
    return all.find((it) => it.value === press || words(it).includes(press)) ?? null;
}"""
CONTROLS = "(form, name) => [...form.elements].filter((it) => it.name === name)"


class BrowserReader(Reader):
    def __init__(self, tab, name):
        self.tab, self.name, self.status = tab, name, 0
        tab.set_default_timeout(PATIENCE)
        tab.on("dialog", lambda dialog: dialog.accept())
        tab.on("response", self._hear)

    def go(self, address):
        self.tab.goto(address, wait_until="domcontentloaded")
        return self._read()

    def follow(self, wanted):
        for address, words in self.page.links:
            if wanted in urljoin(self.page.address, address) or wanted in " ".join(words.split()):
                link = self._seen(self.tab.locator(f'a[href="{address}"]').all())
                if link is not None:
                    return self._fetch(link) if FILES.search(urlsplit(address).path) else self._turn(link.click)
        raise AssertionError(f"{self.name} finds no link {wanted!r} on {self.page.address}:\n{self._offered()}")

    def send(self, wanted, press=None, **typed):
        form = self._fill(wanted, typed)
        button = form.evaluate_handle(BUTTON, press).as_element()
        assert button, f"{self.name}: no button {press} in {self.form(wanted).buttons}"
        self._unfold(button)
        return self._turn(button.click)

    def take(self, wanted, press):
        button = self._fill(wanted, {}).evaluate_handle(BUTTON, press).as_element()
        return self._fetch(button)

    def consider(self, wanted, press, **typed):
        self._fill(wanted, typed)

    def says(self, *wanted):
        """What a script or a worker has yet to bring may come within our patience."""
        for words in wanted:
            self._until(lambda words=words: words in self._read().text, f"does not read {words!r}")

    def reads_in_the_end(self, words):
        self.says(words)

    def _until(self, what, otherwise):
        for _ in range(PATIENCE // 100):
            if what():
                return
            self.tab.wait_for_timeout(100)
        raise AssertionError(f"{self.name} {otherwise} on {self.page.address}:\n{self.page.text}")

    def _hear(self, answer):
        if answer.request.is_navigation_request() and answer.frame == self.tab.main_frame:
            self.status = answer.status

    def _turn(self, deed):
        self.tab.evaluate(MARK)
        deed()
        self.tab.locator("html:not([data-turning])").wait_for(state="attached")
        self.tab.wait_for_load_state("domcontentloaded")
        return self._read()

    def _fetch(self, link):
        with self.tab.expect_download() as coming:
            link.click()
        return Path(coming.value.path()).read_bytes()

    def _read(self):
        here = urlsplit(self.tab.url)
        self.page = Page(f"{here.path}?{here.query}" if here.query else here.path, self.tab.content())
        said = self.page.text[:3000]
        assert self.status == 200, f"{self.name}: {self.page.address} answers {self.status}\n{said}"
        return self.page

    def _fill(self, wanted, typed):
        """The form, with what is typed in it. A value that is a list: everything chosen, and nothing else."""
        place = self.page.forms.index(self.form(wanted))
        form = self.tab.locator("form").nth(place).element_handle()
        for name, value in typed.items():
            controls = form.evaluate_handle(CONTROLS, name).get_properties().values()
            controls = [one.as_element() for one in controls if one.as_element()]
            assert controls, f"{self.name}: no field {name} in {sorted(self.form(wanted).values)}"
            self._type(controls, value)
        return form

    def _type(self, controls, value):
        kind = controls[0].evaluate("it => it.type")
        if kind in ("checkbox", "radio"):
            values = value if isinstance(value, list) else [value]
            for one in controls:
                chosen = one.evaluate("it => it.value") in values
                if chosen or (kind == "checkbox" and one.is_checked()):
                    self._unfold(one)
                    one.set_checked(chosen)
            return
        control = controls[0]
        if kind == "file":
            control.set_input_files({"name": value.name, "mimeType": "text/csv", "buffer": value.read()})
            return
        self._unfold(control)
        if kind.startswith("select"):
            control.select_option(value)
        else:
            control.fill(value)
            control.evaluate("it => it.blur()")

    def _seen(self, links):
        """The first that can be seen, or can be after opening what is folded over it."""
        for link in links:
            if link.is_visible():
                return link
        for link in links:
            self._unfold(link.element_handle())
            if link.is_visible():
                return link
        return None

    def _unfold(self, element):
        """Open every <details> around it by its summary, from the outside in."""
        for _ in range(5):
            folded = element.evaluate_handle(
                "it => { let found = null; for (let at = it.closest('details:not([open])'); at;"
                " at = at.parentElement.closest('details:not([open])')) found = at;"
                " return found && found.querySelector(':scope > summary'); }"
            ).as_element()
            if folded is None or not folded.is_visible():
                return
            folded.click()
