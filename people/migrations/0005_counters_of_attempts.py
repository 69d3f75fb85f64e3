"""The table of the cache: there stand the counters of failed attempts, so signing in needs it from the first day."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", "cache", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE cache")


class Migration(migrations.Migration):
    dependencies = [("people", "0004_invitations_and_links")]
    operations = [migrations.RunPython(create, drop)]
