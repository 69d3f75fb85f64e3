"""Which mails this process has handed over and not marked yet: a file of its own, so that whoever comes after a kill -9
does not send them again. One line costs a write() into the system's memory; a mark in the database costs a commit."""

import fcntl
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Ledger:
    """Locked while its process lives; the lock ends with it, whatever ends it. Good for the workers of one host."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file: int | None = None
        self.path = folder / "none yet"

    def note(self, pks: Iterable[int]) -> None:
        """The mails of these notices are the mail server's now."""
        if self.file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = self.folder / f".{uuid.uuid4().hex}"
            self.file = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
            fcntl.flock(self.file, fcntl.LOCK_EX)  # before anybody may look whether it lives
            self.path = draft.rename(self.folder / f"{draft.name[1:]}.sent")
        os.write(self.file, "".join(f"{pk}\n" for pk in pks).encode())

    @contextmanager
    def settled(self) -> Iterator[None]:
        """In the block the database is told. If it cannot be, the lines stay, for whoever asks dead() next."""
        try:
            yield
            if self.file is not None:
                self.path.unlink()
        finally:
            if self.file is not None:
                os.close(self.file)
                self.file = None


def dead(folder: Path) -> Iterator[set[int]]:
    """What processes that are no more had handed over. A file goes once its turn in the loop has ended well."""
    for path in folder.glob("*.sent") if folder.is_dir() else ():
        with suppress(FileNotFoundError, BlockingIOError), path.open() as file:  # gone meanwhile, or its owner lives
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The last line may have been cut off in the middle: it was not noted, and its mail goes out again.
            yield {int(line) for line in file.read().splitlines(keepends=True) if line.endswith("\n")}
            path.unlink()
