"""Text that is encrypted at rest: the database, its dumps and its backups hold cipher text only.

The keys come from the environment (TEXT_KEY: one or several, newest first); `manage.py rotate_text_key` seals
everything anew with the newest. A model with a SealedTextField needs no more than the field.
"""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    return _box(tuple(settings.TEXT_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises cryptography.fernet.InvalidToken if none of the keys fits: a key is missing, or the row was altered."""
    return _box(tuple(settings.TEXT_KEYS)).decrypt(sealed.encode()).decode()


def is_newest(sealed: str) -> bool:
    """Whether the newest key opens it: then `rotate_text_key` has nothing to do."""
    try:
        _box(tuple(settings.TEXT_KEYS[:1])).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def fingerprint(text: str, key: int = 0) -> str:
    """A keyed hash (64 hex digits) by which equal texts are found without being readable.

    Case and spaces do not matter. It changes with the newest key: `rotate_text_key` writes it anew for every model
    that names the pair in `fingerprints = {"name_hash": "name"}`, and for colleagues where no text is left, in the
    columns that a model names in `of_colleagues`. key: its place among the keys.
    """
    secret = base64.urlsafe_b64decode(settings.TEXT_KEYS[key])
    plain = " ".join(text.casefold().split())
    return hmac.new(secret, b"relgoals fingerprint:" + plain.encode(), hashlib.sha256).hexdigest()


def fingerprints(text: str) -> list[str]:
    """By all keys: finds what lies there while `rotate_text_key` has not been run or is at work."""
    return [fingerprint(text, key) for key in range(len(settings.TEXT_KEYS))]


def mark_of(person: int) -> str:
    """The text whose fingerprint stands for a colleague (by key) where neither their name nor their row may stand."""
    return f"employee:{person}"


class SealedTextField(models.TextField):
    """A TextField whose column holds cipher text. It can be written and read, and not searched or ordered by."""

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None or value == "" else seal(str(value))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return unseal(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in {"isnull"}:
            raise FieldError("Sealed text cannot be searched.")
        return super().get_lookup(lookup_name)
