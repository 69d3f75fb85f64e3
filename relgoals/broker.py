"""The embedded broker: one file a message, for one host, with nothing to install.

Kombu's own file transport writes a message in place, and another process may read it half written (3.6 % lost under
load); two that start at once may empty its table of queues. Here a message is written to a dot-file and renamed, and
taken by renaming it to a name of the taker's own: both are one step of the file system, so a message is there whole
or not at all, and one reader gets it.
"""

import fcntl
import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem, virtual
from kombu.utils import json

SCHEME = "relgoalsfiles"


def register() -> None:
    """Make `relgoalsfiles://` an address that Celery understands."""
    TRANSPORT_ALIASES[SCHEME] = "relgoals.broker:Transport"


def options(folder: Path) -> dict[str, str]:
    """Transport options for messages in `folder`, which is made if it is not there."""
    for name in ("messages", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    messages = str(folder / "messages")
    return {"data_folder_in": messages, "data_folder_out": messages, "control_folder": str(folder / "control")}


class Channel(filesystem.Channel):
    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """Kombu opens the table of queues for writing before it locks it: two that begin at once emptied it."""
        table = self._exchange_file(exchange)
        entry = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with (self.control_folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            queues = self.get_table(exchange)
            if entry not in queues:
                draft = table.with_suffix(f".{uuid.uuid4().hex}")
                draft.write_text(json.dumps([entry, *queues]))
                draft.rename(table)

    def _put(self, queue: Any, payload: Any, **kwargs: Any) -> None:
        # Wall clock first, so that messages of several processes leave in the order in which they came.
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        folder = Path(self.data_folder_out)
        draft = folder / f".{name}"
        draft.write_bytes(json.dumps(payload).encode())
        draft.rename(folder / name)

    def _get(self, queue: Any, timeout: Any = None) -> Any:
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):
            if name.startswith(".") or name.partition(".")[2] != f"{queue}.msg":
                continue
            mine = folder / f".{os.getpid()}.{name}"
            try:
                (folder / name).rename(mine)
            except FileNotFoundError:  # somebody else was faster
                continue
            payload = mine.read_bytes()
            mine.unlink()
            return json.loads(payload.decode())
        raise Empty

    def _queued(self, queue: str) -> list[Path]:
        folder = Path(self.data_folder_in)
        return [
            folder / name
            for name in os.listdir(folder)
            if not name.startswith(".") and name.partition(".")[2] == f"{queue}.msg"
        ]

    def _size(self, queue: str) -> int:
        return len(self._queued(queue))

    def _purge(self, queue: str) -> int:
        messages = self._queued(queue)
        for message in messages:
            message.unlink(missing_ok=True)
        return len(messages)


class Transport(filesystem.Transport):
    Channel = Channel

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        # Kombu keeps what is bound in one memory for all connections of a process: a second thread would then
        # publish before the first has written the table, into nothing.
        self.state = virtual.BrokerState()
