"""The database itself keeps what is signed as it was, and the chain of signatures append-only, whoever asks.

A signed appraisal may still be locked and be marked as replaced; scores know by themselves whether they are frozen, so
that scoring everybody else costs nothing more.
"""

from django.db import migrations

SIGNED = "EXISTS (SELECT 1 FROM appraisals_appraisal a WHERE a.id = {row}.appraisal_id AND a.state IN ('signed', 'locked'))"
FIXED = (
    "id, uuid, scheme_id, year_id, employee_id, reviewer_id, number, leads, part, from_on, until_on, opened_at,"
    " handed_in_at, handed_on_at, shared_at, signed_at, version, step, step_words, step_by_id"
)
OF_A_SIGNED_ONE = [
    "appraisals_passage",
    "appraisals_rating",
    "appraisals_movedrating",
    "appraisals_evidence",
    "appraisals_words",
]
# name, table, deed, condition
KEPT = [
    ("signed_fixed", "appraisals_appraisal", f"UPDATE OF {FIXED}", "OLD.state IN ('signed', 'locked')"),
    (
        "signed_onward",
        "appraisals_appraisal",
        "UPDATE OF state",
        "OLD.state IN ('signed', 'locked') AND NEW.state NOT IN ('signed', 'locked')",
    ),
    ("locked_for_good", "appraisals_appraisal", "UPDATE OF state", "OLD.state = 'locked' AND NEW.state <> 'locked'"),
    (
        "replaced_for_good",
        "appraisals_appraisal",
        "UPDATE OF replaced_at, locked_at",
        "OLD.state IN ('signed', 'locked') AND (OLD.replaced_at IS NOT NULL OR OLD.locked_at IS NOT NULL)"
        " AND (COALESCE(OLD.replaced_at, NEW.replaced_at) <> NEW.replaced_at"
        " OR COALESCE(OLD.locked_at, NEW.locked_at) <> NEW.locked_at"
        " OR (OLD.replaced_at IS NOT NULL AND NEW.replaced_at IS NULL)"
        " OR (OLD.locked_at IS NOT NULL AND NEW.locked_at IS NULL))",
    ),
    ("signed_there", "appraisals_appraisal", "DELETE", "OLD.state IN ('signed', 'locked')"),
    ("chain_fixed", "appraisals_signature", "UPDATE", None),
    ("chain_there", "appraisals_signature", "DELETE", None),
    ("score_fixed", "appraisals_score", "UPDATE", "OLD.frozen"),
    ("score_there", "appraisals_score", "DELETE", "OLD.frozen"),
    ("section_score_fixed", "appraisals_sectionscore", "UPDATE", "OLD.frozen"),
    ("section_score_there", "appraisals_sectionscore", "DELETE", "OLD.frozen"),
    *(
        (f"{table[11:]}_{deed.lower()}", table, deed, SIGNED.format(row="NEW" if deed == "INSERT" else "OLD"))
        for table in OF_A_SIGNED_ONE
        for deed in ("INSERT", "UPDATE", "DELETE")
    ),
]
FUNCTION = """CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  {when}RAISE EXCEPTION 'what is signed stays as it was' USING ERRCODE = 'integrity_constraint_violation';{end}
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$"""


def put(apps, schema_editor):
    for short, table, deed, when in KEPT:
        name = f"appraisals_{short}"
        if schema_editor.connection.vendor == "postgresql":
            inside = when if when and "SELECT" in when else None
            guard = f" WHEN ({when})" if when and not inside else ""
            function = FUNCTION.format(
                name=name, when=f"IF {inside} THEN " if inside else "", end=" END IF;" if inside else ""
            )
            schema_editor.execute(function, params=None)
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW{guard} EXECUTE FUNCTION {name}()",
                params=None,
            )
        else:
            guard = f" WHEN {when}" if when else ""
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW{guard}"
                " BEGIN SELECT RAISE(ABORT, 'what is signed stays as it was'); END",
                params=None,
            )


def take(apps, schema_editor):
    for short, table, _deed, _when in KEPT:
        name = f"appraisals_{short}"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("appraisals", "0001_appraisals")]
    operations = [migrations.RunPython(put, take)]
