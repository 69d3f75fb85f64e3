"""Every app that has something to tell, and every kind of notice there is."""

from types import ModuleType

from appraisals import due as appraisals
from conversations import due as conversations
from goals import due as goals
from jobs import due as jobs
from outbox.kinds import Kind
from people import due as people

MODULES: list[ModuleType] = [people, jobs, goals, conversations, appraisals]  # every due.py: tests/test_house.py
KINDS: dict[str, Kind] = {kind.name: kind for module in MODULES for kind in module.KINDS}
