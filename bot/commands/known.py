"""The network that a command is about, to look at only: of a file, of a database, else the example."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.options import a_database, stop

if TYPE_CHECKING:
    from knowledge.network import Network

OWN_DATABASE = Path("verbinder.db")


def known_network(file: Path | None, database: Path | None) -> Network:
    """The network. Whoever has one of their own and names none hears that this is the example."""
    from bot.app import find_network  # heavy, and `--help` must be there at once

    if file is None and database is not None:
        a_database(database)
    if file is None and database is None and OWN_DATABASE.is_file():
        typer.echo(f"Dit is het voorbeeldnetwerk. Je eigen netwerk: zet erbij --database {OWN_DATABASE}", err=True)
    network = find_network(file, database)
    if network is None:
        how = f"verbinder import BESTAND --database {database}"
        raise stop(f'In "{database}" staat nog geen netwerk. Zet het erin: {how}')
    return network
