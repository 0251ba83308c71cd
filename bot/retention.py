"""How long what is kept: what an installation may set, and the term of the network's convenant (rules: what is kept)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from knowledge.network import Network

REFUSALS = timedelta(minutes=30)
"""How long a refused message can be sent without what was refused."""

LIVING = timedelta(days=60)
"""How long a message that lives on, and is not about a handover, can be answered by its controls: over the longest holiday."""

LOG = timedelta(days=365)
"""How long it is known who did what and saw whose details."""

INBOX = timedelta(days=30)
"""How long the ids of messages are kept; no platform brings one again after so long."""

WITHOUT_CONVENANT = relativedelta(years=1)
"""The term after closing when the network file names none."""

_TERM = re.compile(r"\s*(\d{1,3})\s*(dag|dagen|week|weken|maand|maanden|jaar|jaren)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Retention:
    """What may be set: how long sent messages can still be chosen from, and results of conversations looked at."""

    messages: timedelta = timedelta(days=7)
    results: timedelta = timedelta(days=30)


def term_of(network: Network) -> relativedelta:
    """The term of keeping of the network's convenant ("1 jaar"), which counts from the closing of a handover."""
    told = network.convenant.retention if network.convenant else None
    found = _TERM.fullmatch(told) if told else None
    if found is None:
        return WITHOUT_CONVENANT
    number, unit = int(found[1]), found[2].lower()
    if unit.startswith("da"):
        return relativedelta(days=number)
    if unit.startswith("w"):
        return relativedelta(weeks=number)
    return relativedelta(months=number) if unit.startswith("m") else relativedelta(years=number)
