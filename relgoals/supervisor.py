"""Several processes as one: started together, stopped in order, and gone when their parent is gone."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

GRACE = 12.0  # seconds that a child has to finish what it does before it is killed
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


def _die_with_parent(parent: int) -> Callable[[], None]:
    """What the child runs before its program: ask the kernel for a SIGTERM when the parent dies.

    A parent that died before the question is answered too: then nobody would ever ask, so the child ends at once.
    """
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def ask() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def start(child: Child, environment: dict[str, str]) -> None:
    """Run the child's program in a process group of its own, so that Ctrl-C reaches the supervisor alone."""
    child.process = subprocess.Popen(  # noqa: S603 our own command lines
        child.command,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent(os.getpid()),
    )


def stop(children: list[Child], grace: float = GRACE) -> None:
    """End the children in the order given, each with its whole group; what does not end in time is killed."""
    for child in children:
        if child.process is None:
            continue
        if child.is_running:
            child.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(grace)
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def watch(children: list[Child], asked_to_stop: Callable[[], bool], pause: float = 0.2) -> Child | None:
    """Wait until somebody asks to stop (returns None) or a child ends by itself (returns it)."""
    while not asked_to_stop():
        for child in children:
            if not child.is_running:
                return child
        time.sleep(pause)
    return None
