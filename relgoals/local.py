"""The two keys of a local installation: made once, kept in the folder `var/`, readable by its owner alone."""

import base64
import os
import secrets
from pathlib import Path


def local_environment(folder: Path) -> dict[str, str]:
    """SECRET_KEY and TEXT_KEY from `folder`/local.env, written there the first time.

    Raises OSError where the folder cannot be written.
    """
    path = folder / "local.env"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        text_key = base64.urlsafe_b64encode(os.urandom(32)).decode()
        # Written aside and linked: two processes that start at once end up with the same keys.
        draft = folder / f".local.env.{os.getpid()}.{secrets.token_hex(4)}"
        with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(f"SECRET_KEY={secrets.token_urlsafe(50)}\nTEXT_KEY={text_key}\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)
