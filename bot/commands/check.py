"""`verbinder check`: what does not hold in the content, and where the list of a network has gaps."""

from __future__ import annotations

import typer

from bot.layout import laid_out
from bot.options import Coverage, Each, NetworkFile, OldDatabase, stop


def check(network: NetworkFile = None, database: OldDatabase = None, *, table: Coverage = False, each: Each = False) -> None:
    """Kijk de inhoud en een netwerk na.

    Wat klopt niet, en waar zitten gaten? Wat bij veel scholen hetzelfde is, staat in één regel.
    """
    from bot.check import check_content, check_network, known_in  # heavy, and `--help` must be there at once
    from bot.clock import now
    from bot.commands.known import known_network
    from bot.settings import read_settings
    from knowledge.network_faults import NetworkFault

    faults, lines = check_content(own=read_settings().own_content, table=table)
    try:
        lines += check_network(known_network(network, database), now(), known_in(None if network else database), each=each)
    except NetworkFault as fault:
        faults += [str(one) for one in fault.faults]
    typer.echo(laid_out("\n".join(lines)))
    if faults:
        raise stop("\n".join(faults))
