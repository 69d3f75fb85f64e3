"""The database itself keeps what is published, ruled, answered or acknowledged as it was, whoever asks."""

from django.db import migrations

OF_PUBLISHED = "EXISTS (SELECT 1 FROM jobs_version v WHERE v.id = {row}.version_id AND v.state = 'published')"
# table, when it is kept, deeds refused
KEPT = [
    ("jobs_version", "OLD.state = 'published'", "UPDATE"),
    ("jobs_version", "OLD.state = 'published'", "DELETE"),
    ("jobs_clause", OF_PUBLISHED.format(row="OLD"), "UPDATE"),
    ("jobs_clause", OF_PUBLISHED.format(row="OLD"), "DELETE"),
    ("jobs_clause", OF_PUBLISHED.format(row="NEW"), "INSERT"),
    ("jobs_ruling", None, "UPDATE"),
    ("jobs_ruling", None, "DELETE"),
    ("jobs_objection", None, "UPDATE"),
    ("jobs_objection", None, "DELETE"),
    ("jobs_reading", "OLD.acknowledged_at IS NOT NULL", "UPDATE"),
    ("jobs_reading", "OLD.acknowledged_at IS NOT NULL", "DELETE"),
]
FUNCTION = """CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF {when} THEN RAISE EXCEPTION 'what is settled stays as it was' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$"""


def name_of(table, deed):
    return f"{table}_stays_on_{deed.lower()}"


def put(apps, schema_editor):
    for table, when, deed in KEPT:
        name = name_of(table, deed)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(FUNCTION.format(name=name, when=when or "true"), params=None)
            schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        else:
            clause = f" WHEN {when}" if when else ""
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {deed} ON {table}{clause}"
                " BEGIN SELECT RAISE(ABORT, 'what is settled stays as it was'); END",
                params=None,
            )


def take(apps, schema_editor):
    for table, _when, deed in KEPT:
        name = name_of(table, deed)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]
    operations = [migrations.RunPython(put, take)]
