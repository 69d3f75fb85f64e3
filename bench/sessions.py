"""Sessions of people in the database that DATABASE_URL names, as JSON: {e-mail: {"name": …, "value": …}}.

    python -m bench.sessions leila.benali@northgate.example …

A browser that looks at many pages signs in without a password: a second factor and the brake on attempts are not what
it is about.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relgoals.settings")

import django


def main() -> None:
    django.setup()
    from django.conf import settings  # noqa: PLC0415 django.setup() comes first
    from django.test import Client  # noqa: PLC0415

    from people.models import Employee  # noqa: PLC0415

    found = {}
    for email in sys.argv[1:]:
        client = Client()
        client.force_login(Employee.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
        name = settings.SESSION_COOKIE_NAME
        found[email] = {"name": name, "value": client.cookies[name].value}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
