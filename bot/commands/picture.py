"""`verbinder picture`: writes a picture of the fasekaart to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from bot.options import stop

Name = Annotated[str, typer.Argument(metavar="NAAM", help="fasekaart, of een vak: fasekaart-2-school.")]
Output = Annotated[
    Optional[Path],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Option("--output", "-o", metavar="BESTAND", help="Waarheen. Zonder: de naam met .png erachter."),
]


def picture(name: Name = "fasekaart", output: Output = None) -> None:
    """Schrijf het plaatje van de fasekaart als PNG.

    Met een vak gemarkeerd als je dat noemt. De beschrijving in woorden staat op het scherm.
    """
    from bot.compiled import understanding  # heavy, and `--help` must be there at once
    from bot.picture.named import picture_alt, picture_names, picture_png
    from bot.settings import read_settings

    library = understanding(read_settings().own_content).library
    if name not in picture_names(library):
        raise stop(f'Het plaatje "{name}" is er niet. Wel: {", ".join(picture_names(library))}.')
    file = output or Path(f"{name}.png")
    file.write_bytes(picture_png(name, library))
    typer.echo(f"Geschreven: {file}\n{picture_alt(name, library)}")
