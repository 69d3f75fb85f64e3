"""The links, the forms and the words of a page, as somebody finds them who knows no address beforehand."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

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
