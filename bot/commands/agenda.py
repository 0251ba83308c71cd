"""`verbinder agenda`: the agreements of a network as a file for any calendar."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from bot.options import NetworkFile, OldDatabase  # noqa: TC001 - typer reads them

Calendar = Annotated[
    Optional[Path],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Option("--output", "-o", metavar="BESTAND", help="Waarheen, zoals agenda.ics. Zonder: op het scherm."),
]


def agenda(network: NetworkFile = None, database: OldDatabase = None, output: Calendar = None) -> None:
    """Schrijf de afspraken van het komende jaar uit.

    Als agendabestand (.ics), voor elke agenda. Wat in een vakantie of weekend valt, staat er op de dag waarnaar het verzet is.
    """
    from bot.agenda.file import agenda_file  # heavy, and `--help` must be there at once
    from bot.app import open_aside
    from bot.clock import now
    from bot.commands.known import known_network

    known = known_network(network, database)
    file, count = agenda_file(open_aside(known).assistant.world, now())
    if output is None:
        typer.echo(file.text, nl=False)
        return
    output.write_text(file.text, encoding="utf-8", newline="")
    typer.echo(f"Geschreven: {output} ({count} keer)")
