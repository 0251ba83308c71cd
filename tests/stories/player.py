"""Reads a story and plays it with a driver."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.store import deliveries

FOLDER = Path(__file__).parent
STORIES = sorted(FOLDER.glob("*.txt"))
UNITS = {"minuten": "minutes", "uur": "hours", "dagen": "days"}
ONLY = re.compile(r"\[(niet )?([a-z ]+)\] (.*)")
SPEAKS = re.compile(r"-- (\S+) in (\S+)(?: op (\S+))?")


def at_rest(connection, now, platform):
    """Whether nothing is on its way to a platform, and nothing can be brought there at this moment."""
    busy = connection.execute("SELECT 1 FROM delivery WHERE platform = ? AND state = 'sending' LIMIT 1", (platform,)).fetchone()
    return busy is None and not deliveries.heads(connection, now, platform, most=1)


class Driver(Protocol):
    """One platform, with the people of the example network on it. A place is "dm", a koppel, or "elders"."""

    name: str

    async def begin(self, at: datetime, people: dict[str, set[str]]) -> None:
        """The story begins at this moment; `people` says who is in which places (everybody has a direct chat)."""

    async def say(self, person: str, place: str, text: str, *, thread: bool = False) -> None:
        """Somebody says something to the assistant; by name where others are, or in a thread under what was said there last."""

    async def murmur(self, person: str, place: str, text: str, *, thread: bool = False) -> None:
        """Somebody says something there without calling the assistant."""

    async def correct(self, person: str, place: str, text: str) -> None:
        """Somebody changes what they said last in this place."""

    async def tap(self, person: str, place: str, labels: list[str]) -> None:
        """Somebody uses the control with this label, or chooses several and submits them."""

    async def react(self, person: str, place: str, label: str) -> None:
        """Somebody puts the reaction under a message that stands for this label."""

    async def unreact(self, person: str, place: str, label: str) -> None:
        """Somebody takes that reaction away."""

    async def fill_in(self, person: str, place: str, labels: list[str]) -> None:
        """Somebody fills in the form before them and submits it."""

    async def hears(self, person: str, place: str, line: str, *, thread: bool = False) -> None:
        """Waits until this line has been heard there since the last act; raises AssertionError when it does not come."""

    async def heard(self, person: str, place: str) -> str:
        """All that this person has heard there since the last act."""

    async def wait(self, time: timedelta) -> None:
        """Time passes, and what falls due happens."""

    async def restart(self) -> None:
        """The assistant stops and starts."""

    async def server(self, *, up: bool) -> None:
        """The server of the platform is killed, or started again; in a story for two with `of`: of which."""

    async def token(self, *, good: bool, of: str) -> None:
        """Of two platforms one shuts the assistant out, or would let it in again."""

    async def times(self, person: str, place: str, line: str) -> int:
        """In how many messages this line stands there now."""


def places_of(script):
    """Who speaks or listens in which place; for stories of two platforms by (person, platform)."""
    found = {}
    for line in script.splitlines():
        if match := SPEAKS.fullmatch(line):
            person, place, platform = match.groups()
            found.setdefault((person, platform) if platform else person, set()).update({place} - {"dm"})
    return found


def lines_for(script, platform):
    """The lines that are played on this platform, each with its number."""
    for number, line in enumerate(script.splitlines(), start=1):
        match = ONLY.fullmatch(line)
        if match is None:
            yield number, line
        elif (platform in match[2].split()) != bool(match[1]):
            yield number, match[3]


async def play(script, driver):
    """Plays a story; what does not happen is said with the number of its line."""
    begins = re.search(r"^# op: (\S+)", script, re.MULTILINE)
    await driver.begin(datetime.fromisoformat(begins[1]), places_of(script))
    who = where = None
    for number, line in lines_for(script, driver.name):
        try:
            if match := SPEAKS.fullmatch(line):
                who, where = (match[1], match[3]) if match[3] else match[1], match[2]
            else:
                await _act(line, driver, who, where)
        except AssertionError as fault:
            raise AssertionError(f"regel {number}: {line}\n{fault}") from None


async def _act(line, driver, who, where):
    sign, _, rest = line.partition(" ")
    match sign:
        case ">" | ">>":
            await driver.say(who, where, rest, thread=sign == ">>")
        case "|" | "||":
            await driver.murmur(who, where, rest, thread=sign == "||")
        case "=":
            await driver.correct(who, where, rest)
        case "*":
            await driver.tap(who, where, rest.split(" + "))
        case "+":
            await driver.react(who, where, rest)
        case "-":
            await driver.unreact(who, where, rest)
        case "?":
            await driver.fill_in(who, where, rest.split(", "))
        case "<" | "<<":
            await driver.hears(who, where, rest, thread=sign == "<<")
        case "<!":
            assert rest not in await driver.heard(who, where), rest
        case "<0" | "<1":
            found = await driver.times(who, where, rest)
            assert found == int(sign[1]), f"{found} keer"
        case "..":
            amount, unit = rest.split()
            await driver.wait(timedelta(**{UNITS[unit]: int(amount)}))
        case "%":
            await _stage(rest, driver)
        case _:
            assert not line or sign == "#", "zo'n regel is er niet"


async def _stage(rest, driver):
    """What happens to the assistant or to the platform."""
    match rest.split():
        case ["herstart"]:
            await driver.restart()
        case ["server", "weg" | "terug" as what]:
            await driver.server(up=what == "terug")
        case [platform, "weg" | "terug" as what]:
            await driver.server(up=what == "terug", of=platform)
        case [platform, "token", "ingetrokken" | "vernieuwd" as what]:
            await driver.token(good=what == "vernieuwd", of=platform)
        case _:
            raise AssertionError("zoiets gebeurt er niet")
