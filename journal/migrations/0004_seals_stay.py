"""A seal can no more be changed or removed than an entry."""

from django.db import migrations

POSTGRESQL = [
    "CREATE TRIGGER journal_seal_keeps BEFORE UPDATE OR DELETE ON journal_seal"
    " FOR EACH ROW EXECUTE FUNCTION journal_refuse()",
    "CREATE TRIGGER journal_seal_stays BEFORE TRUNCATE ON journal_seal"
    " FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()",
]
POSTGRESQL_BACK = ["DROP TRIGGER journal_seal_stays ON journal_seal", "DROP TRIGGER journal_seal_keeps ON journal_seal"]
SQLITE = [
    "CREATE TRIGGER journal_seal_no_update BEFORE UPDATE ON journal_seal"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER journal_seal_no_delete BEFORE DELETE ON journal_seal"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
]
SQLITE_BACK = ["DROP TRIGGER journal_seal_no_update", "DROP TRIGGER journal_seal_no_delete"]


def run(postgresql, sqlite):
    def apply(apps, schema_editor):
        statements = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
        for statement in statements:
            schema_editor.execute(statement)

    return apply


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_seals_and_newest_first")]
    operations = [migrations.RunPython(run(POSTGRESQL, SQLITE), run(POSTGRESQL_BACK, SQLITE_BACK))]
