from typing import Any

from django import template

from goals.wording_said import said

register = template.Library()


@register.inclusion_tag("goals/_wording.html")
def wording(text: str | None) -> dict[str, Any]:
    """What a camera could not film in `text`, below its field: `{% wording form.behaviour.value %}`."""
    return said(text or "")
