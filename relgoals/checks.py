"""What production refuses to start without, each in one sentence. Read before settings, and by `check --deploy`."""

import base64
import os

WANTED = {
    "SECRET_KEY": "a long random text that signs sessions and links",
    "TEXT_KEY": "the key that confidential text is sealed with (`python -c 'import os, base64;"
    " print(base64.urlsafe_b64encode(os.urandom(32)).decode())'` makes one)",
    "ALLOWED_HOSTS": "the names under which people reach it, with commas between them",
}


def complaints(environment: dict[str, str] | os._Environ[str]) -> list[str]:
    """What is missing or unsafe in `environment` for production, as sentences; empty if nothing is."""
    found = [f"{name} is not set: {what}." for name, what in WANTED.items() if not environment.get(name)]
    secret = environment.get("SECRET_KEY", "")
    if secret and (len(secret) < 50 or len(set(secret)) < 5 or secret.startswith("django-insecure-")):
        found.append("SECRET_KEY is too short or known: take 50 random characters or more.")
    for key in filter(None, environment.get("TEXT_KEY", "").split(",")):
        if not _is_fernet_key(key):
            found.append(
                "TEXT_KEY is not a key: 32 random bytes in URL-safe base64, newest first if there are several."
            )
    if environment.get("ALLOWED_HOSTS", "").strip() == "*":
        found.append("ALLOWED_HOSTS is *: name the hosts.")
    if environment.get("CLOCK_FILE"):
        found.append("CLOCK_FILE is set: only tests may move the clock.")
    return found


def _is_fernet_key(text: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(text)) == 32
    except ValueError:
        return False
