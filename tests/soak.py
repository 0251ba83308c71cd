"""`python -m tests.soak --minutes 60`: the real `verbinder run` under a steady load; its memory and its files minute by minute."""

import argparse
import asyncio
import os
import random
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.command import ROOT
from tests.slack_server import SlackServer
from tests.slack_talk import furnish
from tests.torture.on_slack import ASKERS, Workspace, account
from tests.torture.real import askers_of, furnished, questions

MEGA = 2**20


class Soak:
    """One long life: who asks, what they were told, and what was measured."""

    def __init__(self, world, network, every):
        self.world, self.askers, self.every = world, askers_of(network, ASKERS), every
        self.questions = [one for one in questions(network) if not any(network.person_by_id[asker].name in one[0] for asker in self.askers)]
        self.asked, self.rows, self.chance = Counter(), [], random.Random(7)

    async def run(self, minutes, show):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", "--database", str(self.world.database), "--monitor", "0",
            cwd=ROOT, env=os.environ | self.world.env, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        await self.world.until(lambda: self.world.server.sockets.open, 60)
        talking = [asyncio.ensure_future(self._talks(person)) for person in self.askers]
        for minute in range(minutes + 1):
            self._measure(process.pid, minute)
            show(minute)
            await asyncio.sleep(60 if minute < minutes else 0)
        for one in talking:
            one.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        with suppress(AssertionError):
            await self.world.until(lambda: self.answers() >= self.asked.total(), 60)
        process.terminate()
        return await process.wait()

    async def _talks(self, person):
        while True:
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * self.every)
            text, line = self.chance.choice(self.questions)
            self.asked[person, line] += 1
            await self.world.says(person, text)

    def heard(self):
        return Counter((person, line) for person in self.askers for line in self.world.heard(person))

    def answers(self):
        return self.heard().total()

    def answered(self):
        """How many answers came in, whatever they are."""
        return sum(self.world.answers(person) for person in self.askers)

    def _measure(self, pid, minute):
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        files = sum(one.stat().st_size for one in self.world.database.parent.glob(f"{self.world.database.name}*"))
        self.rows.append((minute, self.asked.total(), self.answered(), _cpu(pid), pages * os.sysconf("SC_PAGE_SIZE") / MEGA, files / MEGA))


def _cpu(pid):
    """Seconds that a process has worked."""
    used = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


async def soak(folder, minutes, every, show):
    """The soak, and the exit code of what was soaked."""
    database, network = furnished(folder, "slack", account)
    server = SlackServer(pace=0.0)
    await server.start()
    try:
        furnish(server, network)
        found = Soak(Workspace(server, database, network), network, every)
        return found, await found.run(minutes, show)
    finally:
        await server.stop()


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Laat Verbinder lang draaien, en meet geheugen en bestanden.")
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--every", type=float, default=1.5, help="seconden tussen twee vragen van één persoon")
    asked, console = parser.parse_args(), Console()
    with tempfile.TemporaryDirectory() as folder, Console(stderr=True).status("klaarzetten") as status:
        found, code = asyncio.run(soak(folder, asked.minutes, asked.every, lambda minute: status.update(f"{minute} van {asked.minutes}")))
    table = Table("minuut", "gevraagd", "beantwoord", "rekentijd (s)", "geheugen (MB)", "bestanden (MB)", title="Verbinder onder een gelijke last")
    for minute, number, answered, cpu, memory, files in found.rows:
        table.add_row(str(minute), str(number), str(answered), f"{cpu:.0f}", f"{memory:.1f}", f"{files:.2f}")
    console.print(table)
    heard = found.heard()
    lost, double = (found.asked - heard).total(), (heard - found.asked).total()
    console.print(f"{found.asked.total()} gevraagd, {lost} zonder antwoord, {double} te veel, afsluitcode {code}")
    sys.exit(0 if not lost and not double and code == 0 else 1)


if __name__ == "__main__":
    main()
