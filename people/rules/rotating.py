"""Everything sealed, sealed anew with the newest key: text, the hashes by which names are found, second factors."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models, transaction

from people.models import Employee
from people.sealed import SealedTextField, fingerprint, fingerprints, is_newest, mark_of, seal, unseal

BATCH = 500


def rotate() -> Iterator[tuple[str, int]]:
    """Yields ("goals.contact.name", rows sealed anew) for every sealed column. A second run finds nothing to do.

    Row by row under a condition: whoever saves in the same moment wins, and their text has the newest key anyway.
    Killed half-way it goes on where it was. Raises InvalidToken for text that none of the keys opens.
    """
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField):
                hashed = [name for name, source in getattr(model, "fingerprints", {}).items() if source == field.name]
                yield f"{model._meta.label_lower}.{field.name}", _rotate_column(model, field, hashed)
    for model in apps.get_models():
        for name in getattr(model, "of_colleagues", ()):
            yield f"{model._meta.label_lower}.{name}", _rotate_marks(model, name)
    yield "second factors", _rotate_second_factors()


def _rotate_column(model: type[models.Model], field: SealedTextField, hashed: list[str]) -> int:
    done = 0
    for pk, sealed in _raw(model, field):
        if not sealed or is_newest(sealed):
            continue
        plain = unseal(sealed)
        columns = {str(field.column): seal(plain)}
        columns |= {_column(model, name): fingerprint(plain) for name in hashed}
        done += _replace(model, pk, str(field.column), sealed, columns)
    return done


def _rotate_marks(model: type[models.Model], name: str) -> int:
    """Fingerprints of colleagues who had their name removed: no text is left, but the directory is."""
    rows = model._default_manager.exclude(**{name: ""}).order_by()
    present = set(rows.values_list(name, flat=True).distinct())
    done = 0
    for pk, called in Employee.objects.order_by("pk").values_list("pk", "name") if present else ():
        for text in (mark_of(pk), called):
            newest, *former = fingerprints(text)
            if old := present.intersection(former):
                done += rows.filter(**{f"{name}__in": old}).update(**{name: newest})
    return done


def _raw(model: type[models.Model], field: SealedTextField) -> Iterator[tuple[Any, str]]:
    """Keys and cipher text as they lie in the table, in batches by key, so that no cursor stays open."""
    table, key = model._meta.db_table, _pk(model)
    after: Any = None
    while True:
        where, values = (f'WHERE "{key}" > %s', [after]) if after is not None else ("", [])
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT "{key}", "{field.column}" FROM "{table}" {where} ORDER BY "{key}" LIMIT {BATCH}',  # noqa: S608 our names
                values,
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield from rows
        after = rows[-1][0]


def _replace(model: type[models.Model], pk: Any, column: str, old: str, columns: dict[str, str]) -> int:
    sets = ", ".join(f'"{name}" = %s' for name in columns)
    statement = f'UPDATE "{model._meta.db_table}" SET {sets} WHERE "{_pk(model)}" = %s AND "{column}" = %s'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [*columns.values(), pk, old])
        return int(cursor.rowcount)


def _rotate_second_factors() -> int:
    """Secrets of authenticator apps and recovery codes, which allauth keeps in JSON."""
    done = 0
    for pk in list(Authenticator.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            one = Authenticator.objects.select_for_update().filter(pk=pk).first()
            held = {name: one.data[name] for name in ("secret", "seed") if one.data.get(name)} if one else {}
            if old := [name for name, sealed in held.items() if not is_newest(sealed)]:
                one.data = one.data | {name: seal(unseal(one.data[name])) for name in old}
                one.save(update_fields=["data"])
                done += 1
    return done


def _pk(model: type[models.Model]) -> str:
    assert model._meta.pk is not None  # noqa: S101 every table of ours has one
    return str(model._meta.pk.column)


def _column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]
