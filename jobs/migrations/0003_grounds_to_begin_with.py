"""HR's list of grounds starts with three; HR extends it. jobs.library.GROUNDS holds the same words for translation."""

from django.db import migrations

GROUNDS = ["Too broad", "Only for certain positions", "Not an essential job function"]


def put(apps, schema_editor):
    Ground = apps.get_model("jobs", "Ground")
    for text in GROUNDS:
        Ground.objects.get_or_create(text=text)


def take(apps, schema_editor):
    apps.get_model("jobs", "Ground").objects.filter(text__in=GROUNDS).delete()


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_what_is_settled_stays")]
    operations = [migrations.RunPython(put, take)]
