"""Somebody at the pages without a browser: follows only what a page links, sends only the forms that it shows."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

from journal import clock
from people.models import Employee

UNSEEN = {"script", "style", "template", "title"}


@dataclass
class Form:
    action: str
    method: str
    marks: dict[str, str]
    values: dict[str, list] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)  # by field: value → words beside it
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, words


class Page(HTMLParser):
    """The links, the forms and the words of a page."""

    def __init__(self, address, text):
        super().__init__()
        self.address, self.links, self.forms, self.words = address, [], [], []
        self.by_id, self.inside, self.unseen, self.loose = {}, [], 0, []
        self.link = self.form = self.select = self.area = self.option = self.button = self.label = None
        self.ticks, self.labels = {}, []
        self.feed(text)
        for name, value, marks in self.loose:
            if target := self.by_id.get(marks["form"]):
                self._control(target, name, value, marks)
        for of, words in self.labels:
            if found := self.ticks.get(of):
                form, name, value = found
                form.choices[name][value] = " ".join(words.split())
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        marks = {name: value if value is not None else "" for name, value in attrs}
        if tag in UNSEEN:
            self.unseen += 1
        handle = getattr(self, f"_{tag}", None)
        if handle:
            handle(marks)

    def _a(self, marks):
        self.link = [marks.get("href", ""), ""]
        self.links.append(self.link)

    def _form(self, marks):
        action = urljoin(self.address, marks.get("action") or self.address)
        self.form = Form(action, marks.get("method", "get").lower(), marks)
        self.forms.append(self.form)
        self.by_id[marks.get("id", "")] = self.form

    def _input(self, marks):
        kind = marks.get("type", "text")
        if kind in ("submit", "image"):
            self._button(marks)
            self.button = None
        elif kind in ("checkbox", "radio"):
            self._put(marks, marks.get("value", "on") if "checked" in marks else None)
        elif kind != "file":
            self._put(marks, marks.get("value", ""))
        else:
            self._put(marks, None)

    def _put(self, marks, value):
        if "disabled" in marks or not marks.get("name"):
            return
        if "form" in marks:
            self.loose.append((marks["name"], value, marks))
        elif self.form is not None:
            self._control(self.form, marks["name"], value, marks)

    def _control(self, form, name, value, marks):
        if marks.get("_button"):
            form.buttons.append((name, value, "", ""))
            return
        found = form.values.setdefault(name, [])
        if value is not None:
            found.append(value)
        if marks.get("type") in ("checkbox", "radio"):
            form.choices.setdefault(name, {})[marks.get("value", "on")] = ""
            key = marks.get("id") or f"tick {len(self.ticks)}"
            if self.label is not None:
                self.label[0] = self.label[0] or key
            self.ticks[key] = (form, name, marks.get("value", "on"))

    def _label(self, marks):
        self.label = [marks.get("for", ""), ""]
        self.labels.append(self.label)

    def _select(self, marks):
        self.select = (marks, [], {})

    def _option(self, marks):
        self.option = [marks, ""]

    def _textarea(self, marks):
        self.area = [marks, ""]

    def _button(self, marks):
        if marks.get("type", "submit") not in ("submit", "image"):
            return
        if "form" in marks:
            self.loose.append((marks.get("name", ""), marks.get("value", ""), marks | {"_button": "1"}))
        elif self.form is not None:
            self.button = [marks.get("name", ""), marks.get("value", ""), "", marks.get("formaction", "")]
            self.form.buttons.append(self.button)

    def handle_data(self, data):
        if self.area is not None:
            self.area[1] += data
            return
        if self.unseen:
            return
        self.words.append(data)
        if self.link is not None:
            self.link[1] += f" {data}"
        if self.option is not None:
            self.option[1] += data
        if self.label is not None:
            self.label[1] += f" {data}"
        if self.button is not None:
            self.button[2] += f" {data}"

    def handle_endtag(self, tag):
        if tag in UNSEEN:
            self.unseen -= 1
        if tag in ("a", "label", "button", "form"):
            setattr(self, "link" if tag == "a" else tag, None)
        elif tag == "textarea" and self.area:
            marks, words = self.area
            self.area = None
            self._put(marks, words.removeprefix("\n"))
        elif tag == "option" and self.option and self.select:
            self._choice(*self.option)
            self.option = None
        elif tag == "select" and self.select:
            self._chosen(*self.select)
            self.select = None

    def _choice(self, marks, words):
        value = marks.get("value", words)
        self.select[2][value] = " ".join(words.split())
        if "selected" in marks:
            self.select[1].append(value)

    def _chosen(self, marks, values, choices):
        if not values and choices and "multiple" not in marks:
            values = [next(iter(choices))]
        for value in values or [None]:
            self._put(marks, value)
        form = self.by_id.get(marks.get("form", "")) or self.form
        if form is not None and marks.get("name"):
            form.choices[marks["name"]] = choices


@contextmanager
def on(day):
    """Ten in the morning of a day ("2027-03-01")."""
    with clock.at(datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=UTC)):
        yield


def named(name):
    """Somebody of the organisation, signed in, on their page Today."""
    reader = Reader(Employee.objects.get(name=name))
    reader.go("/today/")
    return reader


class Reader:
    """A person with a session. Whatever they open must answer 200: a Page, or the bytes of a file."""

    def __init__(self, person=None, name=""):
        self.client, self.name = Client(), name or getattr(person, "name", "")
        if person is not None:
            self.client.force_login(person)
        self.page = self.answer = None

    def go(self, address, status=200):
        """Open an address that one has from elsewhere: a mail, the bar at the top."""
        return self._read(self.client.get(address, follow=True), address, status)

    def follow(self, wanted):
        """A link of the page: by its address (or the start of it), or by words in it."""
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

    def send(self, wanted, press=None, status=200, **typed):
        """Fill in what is typed, leave the rest as the page has it, press a button (its value or words)."""
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
        return self._read(post(action, sent, follow=True), action, status)

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

    def _read(self, answer, address, status):
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self.answer = answer
        if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
            file = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == status, f"{self.name}: {address} answers {answer.status_code}"
            return file
        self.page = Page(urlsplit(here).path or "/", answer.content.decode())
        if "?" in here:
            self.page.address = here
        said = self.page.text[:3000]
        assert answer.status_code == status, f"{self.name}: {address} answers {answer.status_code}\n{said}"
        return self.page

    def _offered(self):
        links = "\n".join(f"  {address} {' '.join(words.split())}" for address, words in self.page.links)
        forms = "\n".join(f"  FORM {form.action} {sorted(form.values)} {form.buttons}" for form in self.page.forms)
        return f"{links}\n{forms}\n{self.page.text[:3000]}"
