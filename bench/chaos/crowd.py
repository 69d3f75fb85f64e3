"""People at their browsers: each opens the form, saves a step, signs in now and then, and presses Save again where no
answer came. What they were told is kept, to be held against the database."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from bench.chaos.browser import NO_ANSWER, Browser, filled_in

PAUSE = 0.3  # seconds between two deeds of one person, and between two attempts at one
PATIENCE = 150.0  # seconds after which one gives up on a deed: it is lost then
ATTEMPTS = 5  # to sign in
SIGN_IN, DESK, SEND = "/account/login/", "/notices/desk/", "/notices/desk/send/"


@dataclass
class Told:
    """What all of them were told. saved: the steps that somebody saw as saved; given_up: that nobody would take;
    waits: seconds to each answer; statuses: how often each, NO_ANSWER for a connection that broke."""

    saved: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    refused: Counter[tuple[str, int]] = field(default_factory=Counter)  # (address, status) of what nobody would take
    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    signed_in: int = 0
    rung: int = 0

    @property
    def broken(self) -> int:
        return self.statuses[NO_ANSWER]

    @property
    def server_errors(self) -> int:
        return sum(times for status, times in self.statuses.items() if status >= 500)


class Somebody(threading.Thread):
    """One person. marker: tells this crowd's steps from those of other crowds; rings: presses HR's "send now"."""

    def __init__(self, site: str, person: dict[str, str], password: str, told: Told, marker: str, rings: bool) -> None:
        super().__init__(daemon=True)
        self.person, self.password, self.told = person, password, told
        self.marker, self.rings, self.leaving = marker, rings, threading.Event()
        self.browser = Browser(site, person["cookie"], PATIENCE)
        self.browser.waits = told.waits

    def run(self) -> None:
        for turn in count():
            if self.leaving.is_set():
                return
            self._log_a_step(f"{self.marker}: {self.person['email']} {turn}")
            if turn % 3 == 1:
                self._sign_in()
            if self.rings:
                self._ring()
            time.sleep(PAUSE)

    def _log_a_step(self, what: str) -> None:
        address = f"/goals/log/{self.person['goal']}/"
        colleague = f"Colleague <{self.person['colleague']}>"
        status = self._until_answered(address, self._form(address) | {"what": what, "met-who": colleague})
        if status == 302:
            self.told.saved.append(what)
        else:
            self.told.given_up.append(what)
            self.told.refused["a step", status] += 1

    def _sign_in(self) -> None:
        """Once more where the right password is refused: everything after it would be in vain. It is told, though."""
        self.browser.cookies.clear()
        for _attempt in range(ATTEMPTS):
            fields = self._form(SIGN_IN) | {"login": self.person["email"], "password": self.password}
            status = self._until_answered(SIGN_IN, fields)
            if status == 302:
                self.told.signed_in += 1
                return
            self.told.refused[SIGN_IN, status] += 1
            time.sleep(1)

    def _ring(self) -> None:
        self.told.rung += self._until_answered(SEND, self._form(DESK)) == 302

    def _form(self, address: str) -> dict[str, str]:
        """What is filled in already in the form at `address`, asked for until it comes."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status, page = self.browser.get(address)
            self.told.statuses[status] += 1
            if status == 200:
                return filled_in(page)
            time.sleep(PAUSE)
        return {}

    def _until_answered(self, address: str, fields: dict[str, str]) -> int:
        """Press the button until an answer comes that is no fault of the server. Returns its status."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status, _page = self.browser.post(address, fields)
            self.told.statuses[status] += 1
            if NO_ANSWER < status < 500:
                return status
            time.sleep(PAUSE)
        return NO_ANSWER


class Crowd:
    """Everybody at once, for as long as the block lasts; `told` is complete once it has ended."""

    def __init__(self, site: str, people: list[dict[str, str]], password: str, marker: str) -> None:
        self.told = Told()
        self.people = [
            Somebody(site, person, password, self.told, marker, rings=number == 0)
            for number, person in enumerate(people)
        ]

    def __enter__(self) -> "Crowd":
        for somebody in self.people:
            somebody.start()
        return self

    def __exit__(self, *trouble: object) -> None:
        for somebody in self.people:
            somebody.leaving.set()
        for somebody in self.people:
            somebody.join(1 if trouble[0] else PATIENCE)
