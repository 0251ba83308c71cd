"""The table of faults: each in a world of its own, on our Slack server or on a real homeserver, counted one after the other or side by side."""

import asyncio
import logging
import subprocess
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from tests.slack_server import SlackServer
from tests.slack_talk import furnish
from tests.torture import faults, on_matrix, on_slack
from tests.torture.faults import Row, Sick
from tests.torture.real import GIVER, askers_of, furnished

ASKERS = 4
SMALL = 16
"""Megabytes of the disk that becomes full."""


@dataclass(frozen=True)
class Kind:
    """One kind of fault. `costly`: every time takes seconds, so it comes less often; `own_disk`: on a disk that can be filled;
    `quick`: in the short form as well.
    """

    name: str
    inflict: object
    costly: bool = False
    hands_over: bool = True
    own_disk: bool = False
    matrix: bool = False
    quick: bool = False


KINDS = (
    Kind("Slack geeft alleen storing", faults.away),
    Kind("Slack vijf uur weg", faults.away_for_hours, hands_over=False, quick=True),
    Kind("bezorgd, maar het antwoord van Slack komt niet", faults.answer_lost),
    Kind("Slack antwoordt onzin", faults.garbage, quick=True),
    Kind("Slack antwoordt traag", faults.slow),
    Kind("Slack zegt: te veel, wacht", faults.too_many),
    Kind("de verbinding breekt", faults.cut),
    Kind("de homeserver stopt", faults.stopped, costly=True, matrix=True),
    Kind("de homeserver gaat dood, vijf uur weg", faults.stopped_for_hours, costly=True, hands_over=False, matrix=True),
    Kind("de klok springt en komt terug", faults.jump, hands_over=False, quick=True),
    Kind("een ander programma houdt de database vast", faults.held, quick=True),
    Kind("een tweede Verbinder op dezelfde database", faults.second),
    Kind("schrijven in een bestand mislukt", faults.no_writing),
    Kind("de schijf is vol", faults.full, own_disk=True),
    Kind("de schijf is alleen te lezen", faults.read_only, own_disk=True),
    Kind("het bestand is beschadigd", faults.damaged),
    Kind("er is bijna geen geheugen", faults.no_memory),
)


def suffer(kind, folder, times, status):
    """This kind of fault so often; its row. A disk of its own cannot be made by everybody: then it is left out, nought times."""
    own = folder / kind.inflict.__name__
    own.mkdir()
    with _disk(own) if kind.own_disk else _folder(own) as there:
        if there is None:
            return Row(f"{kind.name} (overgeslagen: dat kan alleen als root)")
        return asyncio.run(_suffer(kind, there, max(1, times // 5) if kind.costly else times, status))


async def _suffer(kind, folder, times, status):
    async with (_matrix if kind.matrix else _slack)(folder) as (world, network, askers):
        return await Sick(world, network, askers).suffer(kind.name, kind.inflict, times, status, hands_over=kind.hands_over)


@asynccontextmanager
async def _slack(folder):
    database, network = furnished(folder, "slack", on_slack.account)
    server = SlackServer(pace=0.0, ack_seconds=1.0, retry_delays=(0.3,) * 2000)
    await server.start()
    try:
        furnish(server, network)
        yield on_slack.Workspace(server, database, network), network, askers_of(network, ASKERS)
    finally:
        await server.stop()


@asynccontextmanager
async def _matrix(folder):
    logging.getLogger("nio").setLevel(logging.CRITICAL)
    database, network = furnished(folder, "matrix", lambda person: f"@{person}:localhost")
    async with on_matrix.homeserver(folder / "synapse") as server:
        world, askers = on_matrix.Homeserver(server, database), askers_of(network, ASKERS)
        try:
            await world.gather([*askers, GIVER])
            yield world, network, askers
        finally:
            await world.leave()


@contextmanager
def _folder(folder):
    yield folder


@contextmanager
def _disk(folder):
    """A small disk of its own; None where one may not make one."""
    inside = folder / "schijf"
    inside.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}m", "tmpfs", inside], capture_output=True, check=False)
    try:
        yield None if made.returncode else inside
    finally:
        if not made.returncode:
            subprocess.run(["umount", "-l", inside], check=True)
