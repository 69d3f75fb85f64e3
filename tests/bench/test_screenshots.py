"""The pictures of README's tour: made by `make screenshots`, each of them shown."""

import re
from pathlib import Path

from bench.screenshots import TOUR, TOUR_FOLDER

ROOT = Path(__file__).parent.parent.parent


def test_readme_shows_what_make_screenshots_makes():
    shown = set(re.findall(r"\((docs/[^)]+\.png)\)", (ROOT / "README.md").read_text()))

    assert shown == {f"{TOUR_FOLDER.relative_to(ROOT)}/{name}.png" for name in TOUR.values()}
    assert all((ROOT / picture).is_file() for picture in shown)
