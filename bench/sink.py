"""A mail server that takes everything and notes it, in a process of its own so that its work is not counted as ours.

    python -m bench.sink 2525 var/mails.txt [var/letters]

Each mail is one line, "<Message-ID> <address>", written before the sender hears that it was taken: what stands there
has arrived, whatever becomes of the sender afterwards. With a folder named, the mails themselves are kept there too.
"""

import asyncio
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class _Notes:
    def __init__(self, path: Path, letters: Path | None) -> None:
        self.file, self.letters, self.count = path.open("a", buffering=1), letters, 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        name = message_from_bytes(envelope.content)["Message-ID"]
        if self.letters:
            self.count += 1
            (self.letters / f"{self.count:06d}.eml").write_bytes(envelope.content)
        self.file.write("".join(f"{name} {to}\n" for to in envelope.rcpt_tos))
        return "250 taken"


async def _serve(port: int, path: Path, letters: Path | None) -> None:
    loop, notes = asyncio.get_running_loop(), _Notes(path, letters)
    server = await loop.create_server(lambda: SMTP(notes, hostname="sink.example"), "127.0.0.1", port)
    await server.serve_forever()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def sink(path: Path, letters: Path | None = None) -> Iterator[int]:
    """A sink that notes into `path` and keeps each mail in the folder `letters`, which is made; gives its port."""
    port = free_port()
    if letters:
        letters.mkdir(parents=True, exist_ok=True)
    folder = [str(letters)] if letters else []
    process = subprocess.Popen([sys.executable, "-m", "bench.sink", str(port), str(path), *folder])
    try:
        until = time.monotonic() + 20
        while not answers(port) and time.monotonic() < until:
            time.sleep(0.05)
        yield port
    finally:
        process.kill()
        process.wait()


def taken(path: Path) -> Counter[str]:
    """How often each "<Message-ID> <address>" has come."""
    return Counter(path.read_text().splitlines()) if path.exists() else Counter()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None))
