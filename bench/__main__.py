"""Figures against their targets.

    python -m bench                    every job
    python -m bench pages              one job
    python -m bench import 100000      one job at a size of your own

DATABASE_URL chooses the database server; a database of the bench's own is made there and dropped afterwards. Ends
with 1 if a figure misses its target.
"""

import argparse
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

import django


def main() -> None:
    django.setup()
    from bench.database import database_of_its_own  # noqa: PLC0415 django.setup() comes first
    from bench.jobs import BY_NAME_ONLY, JOBS  # noqa: PLC0415
    from bench.report import Report  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("job", nargs="?", choices=sorted(JOBS))
    parser.add_argument("size", nargs="?", type=int, help="people, rows: what the job counts in")
    options = parser.parse_args()
    report = Report()
    for name in [options.job] if options.job else [name for name in JOBS if name not in BY_NAME_ONLY]:
        with database_of_its_own():
            JOBS[name].run(report, options.size)
    print(f"{len(report.lines)} figures, {report.short} short of their target.")
    sys.exit(1 if report.short else 0)


if __name__ == "__main__":
    main()
