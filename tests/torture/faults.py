"""The real `verbinder run` while the world around it goes wrong and is mended again, with people who go on asking; they are asked what they heard."""

import asyncio
import resource
import signal
import sqlite3
import subprocess
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.app import open_aside
from bot.messages import Said, direct
from tests.torture.nursery import Nursery
from tests.torture.real import Trial, handovers
from tests.torture.story import START

GARBAGE = ("<html>502 Bad Gateway</html>", "{}", '{"ok": tr', '{"ok": false, "error": "internal_error"}', "[]", "")
JUMPS = tuple(timedelta(**one) for one in ({"days": 400}, {"days": -400}, {"hours": -1}, {"hours": 1}))
HOURS = timedelta(hours=5)
MORE = 4 << 20
"""Bytes that it may still take when there is too little memory."""


@dataclass
class Row:
    """One kind of fault, added up."""

    name: str
    times: int = 0
    asked: int = 0
    lost: int = 0
    double: int = 0
    unclear: int = 0
    """How often it did not say what was wrong, or ended otherwise than it should."""

    @property
    def sound(self):
        return not (self.lost or self.double or self.unclear)


class Sick(Trial):
    """People who ask while the process lives on, as far as the fault lets it. `disk`: the folder of the database."""

    def __init__(self, world, network, askers):
        super().__init__(world, network, askers)
        self.disk, self.ahead, self.unclear = Path(world.database).parent, timedelta(), 0
        self.log = self.disk.parent / f"{self.disk.name}.log"
        self.clock = self.disk / "klok"
        self.forward()
        at = (START + JUMPS[0], START + JUMPS[1])
        self.questions = [one for one in self.questions if all(_answer(network, askers[0], one[0], when) == one[1] for when in at)]

    def forward(self, by=timedelta()):
        """The clock of the process is so much ahead (or behind) from now on."""
        self.clock.write_text(str((self.ahead + by).total_seconds()), encoding="ascii")

    async def suffer(self, name, fault, times, status, *, hands_over=True):
        """So often this fault; what was counted."""
        row, self.nursery = Row(name), await Nursery.open(self.clock)
        try:
            while row.times < times:
                await self.begin()
                talking = [asyncio.ensure_future(self._asks(person)) for person in self.askers]
                talking += [asyncio.ensure_future(self._hands_over())] if hands_over else []
                while row.times < times and not all(one.done() for one in talking):
                    await self.pause(0.1, 0.6)
                    await fault(self)
                    row.times += 1
                    status(row.times)
                await self.begin()
                await asyncio.wait_for(asyncio.gather(*talking), 600)
                await self._until_quiet()
                await self.stop()
        finally:
            await self.nursery.close()
        found, made = self._counted(), len(handovers(self.world.database))
        row.asked = sum(one.total() for one in self.expected.values()) + self.begun
        row.lost, row.double = found.lost + max(0, self.begun - made), found.double + max(0, made - self.begun)
        row.unclear = self.unclear
        return row

    async def begin(self):
        """It lives, if it does not already, and has said so."""
        if self.nursery.child is None:
            said = self._said()
            await self.nursery.start(*self._how())
            while "started" not in self._said().removeprefix(said) and not self._is_over():  # noqa: ASYNC110 - a file tells it
                await asyncio.sleep(0.05)

    async def stop(self):
        """It is told to stop, and does."""
        self.expect(await self.nursery.end(signal.SIGTERM), 0)

    async def refuses(self, code, *words):
        """It is started, and ends by itself with this code and one of these words."""
        said = self._said()
        await self.nursery.start(*self._how())
        await self._ended(code, said, words)

    @asynccontextmanager
    async def surviving(self, *words):
        """Within, it goes on, or ends by itself with one of these words and is started again after."""
        said = self._said()
        yield
        if self._is_over():
            await self._ended(1, said, words)
            await self.begin()

    async def _ended(self, code, before, words):
        self.expect(await self.nursery.end(0), code)
        said = self._said().removeprefix(before)
        self.expect("Traceback" not in said and any(one in said for one in words), True)

    def _said(self):
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def _is_over(self):
        """Whether it has ended by itself."""
        return Path(f"/proc/{self.nursery.child}/stat").read_text(encoding="ascii").rpartition(") ")[2].startswith("Z")

    def expect(self, found, wanted):
        """Counts what is otherwise."""
        self.unclear += found != wanted

    async def pause(self, least=0.3, most=1.5):
        """Some time goes by."""
        await asyncio.sleep(self.chance.uniform(least, most))

    def _how(self):
        run = ["run", "--database", self.world.database, "--monitor", "uit"]
        return run, self.world.env, self.log


def _answer(network, asker, text, at):
    with closing(open_aside(network)) as app:
        app.assistant.handle(Said("e", at, asker, direct(asker), text), at)
        return app.store.outbox.last_said_to(direct(asker), asker).reply.lines[0].text


# What goes wrong around Slack


async def away(trial):
    """Every call is refused."""
    fault = trial.world.server.fail("*", 100_000, status=503)
    await trial.pause()
    fault.times = 0


async def away_for_hours(trial):
    """Every call is refused and nothing comes in, while hours go by."""
    fault = trial.world.server.fail("*", 100_000, status=503)
    trial.world.server.sockets.cut()
    trial.ahead += HOURS
    await trial.pause()
    trial.forward()
    await trial.pause()
    fault.times = 0


async def answer_lost(trial):
    """What is posted is there, but that is not heard."""
    trial.world.server.fail("chat.postMessage", trial.chance.randint(1, 4), cut=True, after=True)


async def garbage(trial):
    """What is answered to a post makes no sense, whether it was done or not."""
    said, done = trial.chance.choice(GARBAGE), trial.chance.random() < 0.5
    trial.world.server.fail("chat.postMessage", trial.chance.randint(1, 4), garbage=said, after=done)


async def slow(trial):
    """What is posted is only answered after a while."""
    held = trial.world.server.fail("chat.postMessage", trial.chance.randint(1, 4), after=True, hold=asyncio.Event())
    await trial.pause(1, 3)
    held.times = 0
    held.hold.set()


async def too_many(trial):
    """It is told to wait a second, again and again."""
    trial.world.server.fail("*", trial.chance.randint(1, 12), status=429)


async def cut(trial):
    """The connection breaks."""
    trial.world.server.sockets.cut()


# What goes wrong on the machine


async def jump(trial):
    """The clock jumps and comes back."""
    trial.forward(trial.chance.choice(JUMPS))
    await trial.pause()
    trial.forward()


async def held(trial):
    """Another program writes in the database."""
    with closing(sqlite3.connect(trial.world.database, isolation_level=None, timeout=60, check_same_thread=False)) as other:
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        await trial.pause(0.5, 3)
        other.execute("ROLLBACK")


async def no_writing(trial):
    """No file may become longer than the journal is: it says so and ends, or goes on."""
    words = "de schijf geeft geen antwoord", "de schijf is vol"
    async with trial.surviving(*words), _limit(trial, resource.RLIMIT_FSIZE, _journal(trial)):
        await trial.pause()


async def no_memory(trial):
    """Hardly any memory is left: it says so and ends, or it is enough."""
    async with trial.surviving("te weinig geheugen"), _limit(trial, resource.RLIMIT_AS, _memory(trial) + MORE):
        await trial.pause(1, 3)


async def full(trial):
    """The disk is full: it says so and ends, or goes on."""
    ballast = trial.disk / "vol"
    async with trial.surviving("de schijf is vol"):
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        await trial.pause()
        ballast.unlink()


def _journal(trial):
    """How long the journal is, in bytes; no less than a page."""
    journal = Path(f"{trial.world.database}-wal")
    return max(4096, journal.stat().st_size if journal.exists() else 0)


def _memory(trial):
    """How much the process has now, in bytes."""
    pages = Path(f"/proc/{trial.nursery.child}/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()


@asynccontextmanager
async def _limit(trial, what, most):
    """The process may not go beyond this."""
    resource.prlimit(trial.nursery.child, what, (most, resource.RLIM_INFINITY))
    yield
    with suppress(ProcessLookupError):
        resource.prlimit(trial.nursery.child, what, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


async def read_only(trial):
    """It is started where nothing may be written."""
    await trial.stop()
    _remount(trial, "ro")
    await trial.refuses(1, "kan ik niet lezen of schrijven", "ik mag hem niet openen of er niet schrijven")
    _remount(trial, "rw")
    await trial.begin()


def _remount(trial, how):
    subprocess.run(["mount", "-o", f"remount,{how}", trial.disk], check=True)


async def damaged(trial):
    """The file is damaged, and a copy is put back."""
    await trial.stop()
    whole = trial.world.database.read_bytes()
    broken = whole[:4096] + b"\xff" * (len(whole) - 4096)
    trial.world.database.write_bytes(broken)
    await trial.refuses(1, "zet een reservekopie terug")
    trial.expect(trial.world.database.read_bytes() == broken, True)
    trial.world.database.write_bytes(whole)
    await trial.begin()


async def second(trial):
    """Somebody starts a second one."""
    first = trial.nursery.child
    try:
        await trial.refuses(3, "draait al")
    finally:
        trial.nursery.child = first


# What goes wrong around Matrix


async def stopped(trial):
    """The homeserver is stopped and started."""
    await asyncio.to_thread(trial.world.server.stop)
    await trial.pause()
    await asyncio.to_thread(trial.world.server.start)


async def stopped_for_hours(trial):
    """The homeserver dies, and is started after hours."""
    await asyncio.to_thread(trial.world.server.kill)
    trial.ahead += HOURS
    trial.forward()
    await trial.pause()
    await asyncio.to_thread(trial.world.server.start)
