"""How a form is laid out by crispy: its fields only; the page writes the tag, the token and the buttons."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout


def without_tag(*rows: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*rows)
    return helper
