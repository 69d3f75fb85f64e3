"""Two people at the same record: the later one is told, and nothing is overwritten unseen.

A model that two may edit has `version = models.PositiveIntegerField(default=0, db_default=0, editable=False)`; its
form carries the version it was opened with (web.fields.VersionField), and its rule writes through save_unchanged().
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Model
from django.utils.translation import gettext as _


def save_unchanged(row: Model, fields: dict[str, Any], version: int | None) -> None:
    """Write `fields` into `row` if nobody has since `version`; call it in the transaction of the deed.

    version: as the form showed it; None where no form was open (an import, a command). Raises
    ValidationError("changed_meanwhile"), answered 409. Either way `row` is refreshed and shows the truth.
    """
    rows = type(row)._base_manager.filter(pk=row.pk)
    if version is not None:
        rows = rows.filter(version=version)
    written = rows.update(version=F("version") + 1, **fields)
    row.refresh_from_db()
    if not written:
        sentence = _("Somebody else changed this meanwhile. Your words are below; nothing is lost.")
        raise ValidationError(sentence, "changed_meanwhile")
