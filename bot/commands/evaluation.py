"""`verbinder evaluation`: the yearly evaluation as text, as a table and as a picture."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated, Optional

import typer

from bot.options import OldDatabase, stop

Year = Annotated[
    Optional[int],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Option("--year", metavar="JAAR", min=2000, max=2199, help="Schooljaar dat in dat jaar begint. Zonder: het laatste hele."),
]
Folder = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="MAP", help="Schrijf hier ook jaarevaluatie.csv en jaarevaluatie.png."),
]


def evaluation(database: OldDatabase = None, year: Year = None, output: Folder = None) -> None:
    """De jaarevaluatie van het netwerk.

    Aantallen en doorlooptijden per koppel, nooit iets dat op minder dan vijf overdrachten rust. Voor de coördinator.
    """
    from datetime import date

    from bot.clock import now
    from bot.commands.beside import open_beside
    from bot.evaluation.count import cases, evaluate, year_before
    from bot.evaluation.picture import evaluation_png
    from bot.evaluation.text import bars, evaluation_reply, table

    if database is None or not database.exists():
        raise stop("Noem de database met de overdrachten: verbinder evaluation --database verbinder.db")
    with closing(open_beside(database)) as opened:
        world = opened.assistant.world
        first, last = year_before(date(year + 1, 8, 1) if year else now().astimezone(world.network.zone).date())
        found = evaluate(cases(opened.store.connection, world, first, last), world, first, last)
    typer.echo(evaluation_reply(found, world).text)
    if output is None:
        return
    output.mkdir(parents=True, exist_ok=True)
    file, picture = output / "jaarevaluatie.csv", output / "jaarevaluatie.png"
    file.write_text("\ufeff" + table(found, world.words), encoding="utf-8", newline="")  # or Excel takes the accents apart
    picture.write_bytes(evaluation_png(bars(found, world)))
    typer.echo(world.words.say("evaluatie.geschreven", bestand=f"{file}, {picture}"))
