"""Reads a story and plays it with a driver."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

FOLDER = Path(__file__).parent
STORIES = sorted(FOLDER.glob("*.txt"))
UNITS = {"minuten": "minutes", "uur": "hours", "dagen": "days"}


class Driver(Protocol):
    """One platform, with the people of the example network on it."""

    async def begin(self, at: datetime, people: dict[str, set[str]]) -> None:
        """The story begins at this moment; `people` says who is in which places (koppel ids; everybody has a direct chat)."""

    async def say(self, person: str, place: str, text: str) -> None:
        """Somebody says something; in a direct chat ("dm") or to the assistant by name in a place."""

    async def tap(self, person: str, place: str, label: str) -> None:
        """Somebody uses the control with this label, under the newest message there that has it."""

    async def hears(self, person: str, place: str, line: str) -> None:
        """Waits until this line has been heard there since the last act; raises AssertionError when it does not come."""

    async def heard(self, person: str, place: str) -> str:
        """All that this person has heard there since the last act."""

    async def wait(self, time: timedelta) -> None:
        """Time passes, and what falls due happens."""

    async def restart(self) -> None:
        """The assistant stops and starts."""


def places_of(script):
    """Who speaks or listens in which koppel."""
    found = {}
    for line in script.splitlines():
        if match := re.fullmatch(r"-- (\S+) in (\S+)", line):
            found.setdefault(match[1], set()).update({match[2]} - {"dm"})
    return found


async def play(script, driver):
    """Plays a story; what does not happen is said with the number of its line."""
    begins = re.search(r"^# op: (\S+)", script, re.MULTILINE)
    await driver.begin(datetime.fromisoformat(begins[1]), places_of(script))
    who = where = None
    for number, line in enumerate(script.splitlines(), start=1):
        sign, _, rest = line.partition(" ")
        try:
            match sign:
                case "--":
                    who, _, where = rest.partition(" in ")
                case ">":
                    await driver.say(who, where, rest)
                case "*":
                    await driver.tap(who, where, rest)
                case "<":
                    await driver.hears(who, where, rest)
                case "<!":
                    assert rest not in await driver.heard(who, where), rest
                case "..":
                    amount, unit = rest.split()
                    await driver.wait(timedelta(**{UNITS[unit]: int(amount)}))
                case "%":
                    await driver.restart()
        except AssertionError as fault:
            raise AssertionError(f"regel {number}: {line}\n{fault}") from None
