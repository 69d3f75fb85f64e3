"""The jobs of `make bench`, one module each with `run(report, size)`; it finds an empty database."""

from types import ModuleType

from bench.jobs import (
    contacts,
    desk,
    export,
    imports,
    load,
    load_many,
    pages,
    rollup,
    round,
    sending,
    start,
    sweep,
    year,
)

JOBS: dict[str, ModuleType] = {
    "pages": pages,
    "desk": desk,
    "import": imports,
    "sweep": sweep,
    "sending": sending,
    "contacts": contacts,
    "start": start,
    "roll-up": rollup,
    "export": export,
    "round": round,
    "year": year,
    "load": load,
    "load-many": load_many,
}
BY_NAME_ONLY = {"load", "load-many"}  # `make load`: not part of a run of all
