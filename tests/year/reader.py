"""Somebody at the pages: follows only what a page links, sends only the forms that it shows.

The steps of the year know these verbs and nothing else. ClientReader speaks them to Django's test client, BrowserReader
(browsing.py) to a real browser at a real server.
"""

from urllib.parse import urljoin, urlsplit

from django.test import Client

from tests.year.page import Page


class Reader:
    """A person with a session. Whatever they open must answer 200: a Page, or the bytes of a file."""

    name, page = "", None

    def go(self, address):
        """Open an address that one has from elsewhere: a mail, the bar at the top."""
        raise NotImplementedError

    def send(self, wanted, press=None, **typed):
        """Fill in what is typed, leave the rest as the page has it, press a button (its value or words)."""
        raise NotImplementedError

    def take(self, wanted, press):
        """Press a button that answers with a file: its bytes."""
        return self.send(wanted, press=press)

    def consider(self, wanted, press, **typed):
        """Type, and read what the page says to it before anything is sent; `press` asks where nothing is said live."""
        raise NotImplementedError

    def reads_in_the_end(self, words):
        """What a worker has yet to do: the page will say so."""
        raise NotImplementedError

    def follow(self, wanted):
        """A link of the page: by its address (or a part of it), or by words in it."""
        for address, words in self.page.links:
            if wanted in urljoin(self.page.address, address) or wanted in " ".join(words.split()):
                return self.go(urljoin(self.page.address, address))
        raise AssertionError(f"{self.name} finds no link {wanted!r} on {self.page.address}:\n{self._offered()}")

    def links(self, start):
        """The addresses on the page that begin so, each once."""
        found = (urlsplit(urljoin(self.page.address, address)).path for address, _ in self.page.links)
        return list(dict.fromkeys(path for path in found if path.startswith(start)))

    def open_first(self, start):
        """The first thing of a list: an address that begins so and goes on with the number of a row."""
        numbered = [path for path in self.links(start) if path.removeprefix(start).split("/")[0].isdigit()]
        assert numbered, f"{self.name} finds nothing under {start} on {self.page.address}:\n{self._offered()}"
        return self.follow(numbered[0])

    def form(self, wanted):
        """The form of the page whose address contains `wanted`."""
        for form in self.page.forms:
            if wanted in form.action:
                return form
        raise AssertionError(f"{self.name} finds no form to {wanted!r} on {self.page.address}:\n{self._offered()}")

    def choice(self, wanted, name, words):
        """The value of a choice by the words beside it."""
        choices = self.form(wanted).choices[name]
        found = [value for value, said in choices.items() if words.casefold() in said.casefold()]
        assert found, f"{self.name} finds no {words} in {choices}"
        return found[0]

    def says(self, *wanted):
        for words in wanted:
            assert words in self.page.text, (
                f"{self.name} does not read {words!r} on {self.page.address}:\n{self.page.text}"
            )

    def _offered(self):
        links = "\n".join(f"  {address} {' '.join(words.split())}" for address, words in self.page.links)
        forms = "\n".join(f"  FORM {form.action} {sorted(form.values)} {form.buttons}" for form in self.page.forms)
        return f"{links}\n{forms}\n{self.page.text[:3000]}"


class ClientReader(Reader):
    """At the test client: no script runs, so each page is what it is without one."""

    def __init__(self, meanwhile, person=None, name=""):
        """meanwhile: what the clockwork does while somebody waits."""
        self.client, self.name, self.meanwhile = Client(), name or getattr(person, "name", ""), meanwhile
        if person is not None:
            self.client.force_login(person)

    def go(self, address):
        return self._read(self.client.get(address, follow=True), address)

    def send(self, wanted, press=None, **typed):
        form = self.form(wanted)
        data, action = {name: list(values) for name, values in form.values.items()}, form.action
        for name, value in typed.items():
            assert name in form.values, f"no field {name} in {form.action}: {sorted(form.values)}"
            data[name] = value if isinstance(value, list) else [value]
        if press is not None:
            pressed = [one for one in form.buttons if press == one[1] or press in " ".join(one[2].split())]
            assert pressed, f"no button {press} in {form.action}: {form.buttons}"
            data[pressed[0][0]] = [pressed[0][1]]
            action = pressed[0][3] or action
        sent = {name: values for name, values in data.items() if values and name}
        post = self.client.post if form.method == "post" else self.client.get
        return self._read(post(action, sent, follow=True), action)

    def consider(self, wanted, press, **typed):
        return self.send(wanted, press=press, **typed)

    def reads_in_the_end(self, words):
        self.meanwhile()
        self.go(self.page.address)
        self.says(words)

    def _read(self, answer, address):
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
            file = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 200, f"{self.name}: {address} answers {answer.status_code}"
            return file
        self.page = Page(urlsplit(here).path or "/", answer.content.decode())
        if "?" in here:
            self.page.address = here
        said = self.page.text[:3000]
        assert answer.status_code == 200, f"{self.name}: {address} answers {answer.status_code}\n{said}"
        return self.page
