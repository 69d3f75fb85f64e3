"""Form fields without templates: Django's renders two for each field and two more for each choice of a select."""

from collections.abc import Callable
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Widget = dict[str, Any]  # what a widget gives its template


class Renderer(DjangoTemplates):
    """FORM_RENDERER: the HTML of Django's own templates for inputs, text areas and selects, put together here."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def _input(widget: Widget) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _attributes(widget))


def _text(widget: Widget) -> SafeString:
    parts = widget["name"], _attributes(widget), widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', *parts)


def _select(widget: Widget) -> SafeString:
    groups = format_html_join("", "{}", ((_group(name, choices),) for name, choices, _place in widget["optgroups"]))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], _attributes(widget), groups)


def _group(name: Any, choices: list[Widget]) -> SafeString:
    rows = ((choice["value"], _attributes(choice), choice["label"]) for choice in choices)
    drawn = format_html_join("", '<option value="{}"{}>{}</option>', rows)
    return format_html('<optgroup label="{}">{}</optgroup>', name, drawn) if name else drawn


def _attributes(widget: Widget) -> SafeString:
    said = [(name, value) for name, value in widget["attrs"].items() if value is not False]
    return format_html_join("", "{}{}", ((f" {name}", _value(value)) for name, value in said))


def _value(value: Any) -> SafeString | str:
    return "" if value is True else format_html('="{}"', value)


INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "time")
DRAWN: dict[str, Callable[[Widget], SafeString]] = {
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _text,
    **{f"django/forms/widgets/{name}.html": _input for name in INPUTS},
}
