"""`python -m tests.bench.matrix [--quick]`: a question on a real homeserver, beside the smallest echo bot on the same, alternating."""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from nio import SyncResponse

from bot.app import EXAMPLE, open_app
from knowledge.network_files import read_network
from tests.bench.measure import ROOT
from tests.bench.report import Aim, Found, machine, show, together
from tests.synapse.people import Human, text_of
from tests.synapse.server import Synapse

QUESTION = "wie is onze wijkagent"
SENDERS = 8
ROUND_AIM, RATE_AIM = 1.15, 0.9
"""How many times as long as the echo an answer may take, and how many of its messages per second we must manage."""
KINDS = {"open": False, "versleuteld": True}


class Asker:
    """Somebody with a direct chat with one bot, who waits for each answer."""

    def __init__(self, human, bot):
        self.human, self.bot, self.rooms = human, bot, {}

    async def open(self, kinds):
        for kind in kinds:
            self.rooms[kind] = await self.human.open_chat(self.bot, encrypted=KINDS[kind])
            await self.ask(kind)  # keys are made and shared at the first

    async def ask(self, kind):
        """One question; the seconds until its answer is read."""
        room = self.rooms[kind]
        seen = len(self.human.heard)
        started = perf_counter()
        await self.human.say(room, QUESTION)
        while not any(where == room and event.sender == self.bot and text_of(event) for where, event in self.human.heard[seen:]):
            await self.listen()
        return perf_counter() - started

    async def listen(self):
        client = self.human.client
        answer = await client.sync(timeout=10_000)
        if isinstance(answer, SyncResponse):
            for room, info in answer.rooms.join.items():
                self.human.heard += [(room, event) for event in info.timeline.events if event.sender != client.user_id]
        await self.human.keep_keys()


@contextmanager
def running(which, folder, section, manners, password):
    with (folder / f"{which}-{manners}.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.matrix_bots", which, str(folder / which), json.dumps(section), manners, password],
            cwd=ROOT, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


def prepare(server, folder, name, askers):
    """An account for one bot; ours gets a database in which all askers are the same mentor's colleagues."""
    server.register(name)
    place = folder / "ours"
    place.mkdir(parents=True, exist_ok=True)
    if name.startswith("ours") and not (place / "verbinder.db").exists():
        network = read_network(EXAMPLE)
        mentor = next(person for person in network.people if person.id == "y-amrani")
        more = [replace(mentor, id=f"vrager-{number}", matrix=account) for number, account in enumerate(askers)]
        app = open_app(place / "verbinder.db", platforms=("matrix",))
        app.assistant.take_network(replace(network, people=(*network.people, *more)))
        app.close()
    return {"server": server.url, "account": f"@{name}:localhost"}


async def measure(server, folder, runs, questions, say):
    """Round trips by (manners, kind, bot), a list of runs each; messages per second by bot."""
    names = [f"vrager-{number}" for number in range(SENDERS)]
    humans = [await Human.arrive(server, name) for name in names]
    found, rates = {}, {}
    try:
        for manners in ("courtesies", "bare"):
            place = folder / manners
            place.mkdir()
            with ExitStack() as stack:
                bots = {}
                for which in ("ours", "echo"):
                    account = f"{which}-{manners}"
                    section = prepare(server, place, account, [human.id for human in humans])
                    stack.enter_context(running(which, place, section, manners, f"wachtwoord-{account}"))
                    bots[which] = [Asker(human, section["account"]) for human in humans]
                    await bots[which][0].open(KINDS)
                for run in range(runs):
                    for kind in KINDS:
                        for which in sorted(bots, reverse=run % 2 == 0):  # a machine that grows slower or faster favours neither
                            say(f"{manners}, {kind}, {which}: ronde {run + 1}")
                            times = [await bots[which][0].ask(kind) for _ in range(questions)]
                            found.setdefault((manners, kind, which), []).append(times)
                if manners == "courtesies":
                    rates = await throughput(bots, runs, questions, say)
    finally:
        for human in humans:
            await human.leave()
    return found, rates


async def throughput(bots, runs, questions, say):
    for which in bots:
        for asker in bots[which][1:]:
            await asker.open(["open"])
    rates = {}
    for run in range(runs):
        for which, askers in bots.items():
            say(f"{SENDERS} tegelijk, {which}: ronde {run + 1}")
            started = perf_counter()

            async def one(asker):
                for _ in range(questions):
                    await asker.ask("open")

            await asyncio.gather(*(one(asker) for asker in askers))
            rates.setdefault(which, []).append(SENDERS * questions / (perf_counter() - started))
    return rates


HEADER = ("kamer", "manieren", "Verbinder (ms)", "echo (ms)", "verhouding", "p95 Verbinder", "p95 echo")


def report_of(found, rates):
    """Medians of medians beside the echo, and what we aim for."""
    rows, aims = [], []
    for manners, words in (("courtesies", "met gelezen en typt"), ("bare", "zonder gelezen en typt")):
        for kind in KINDS:
            ours, echo = (middle(found[manners, kind, which]) for which in ("ours", "echo"))
            late = [p95(found[manners, kind, which]) for which in ("ours", "echo")]
            rows.append((kind, words, *(f"{1000 * one:.0f}" for one in (ours, echo)), f"{ours / echo:.2f}", *(f"{1000 * one:.0f}" for one in late)))
            text = f"Matrix, {kind}, {words}: ≤ {ROUND_AIM} keer de echo"
            aims.append(Aim(text, f"{1000 * ours:.0f} ms", ours / echo <= ROUND_AIM, f"kleinste echo op nio: {1000 * echo:.0f} ms", ours / echo))
    ours, echo = statistics.median(rates["ours"]), statistics.median(rates["echo"])
    text = f"Matrix, {SENDERS} vragers tegelijk: ≥ {RATE_AIM} keer zoveel per seconde als de echo"
    aims.append(Aim(text, f"{ours:.1f} per seconde", ours / echo >= RATE_AIM, f"kleinste echo op nio: {echo:.1f} per seconde", ours / echo))
    return Found([("Heen en weer in Matrix, op een echte Synapse, om en om; van elke ronde de mediaan", HEADER, rows)], aims)


def middle(runs):
    return statistics.median(statistics.median(times) for times in runs)


def p95(runs):
    ranked = sorted(time for times in runs for time in times)
    return ranked[min(len(ranked) - 1, int(0.95 * len(ranked)))]


def on_matrix(say, runs=9, questions=20):
    """Measures it all, on a homeserver of its own."""
    with tempfile.TemporaryDirectory() as folder:
        server = Synapse(Path(folder) / "synapse").start()
        try:
            return report_of(*asyncio.run(measure(server, Path(folder), runs, questions, say)))
        finally:
            server.stop()


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench.matrix", description="Meet alleen Matrix naast een echobot, en schrijft niets op.")
    parser.add_argument("--quick", action="store_true", help="kort: twee rondes van vijf vragen")
    runs, questions = (2, 5) if parser.parse_args().quick else (9, 20)
    found = on_matrix(lambda text: print(text, file=sys.stderr), runs, questions)
    show(together([found]), machine("nu"))


if __name__ == "__main__":
    main()
