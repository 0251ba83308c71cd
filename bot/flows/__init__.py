"""The guided conversations there are, by the word that starts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.belverzoek import BELVERZOEK
from bot.flows.checklist import LISTS
from bot.flows.herstelgesprek import HERSTELGESPREK
from bot.flows.overdracht import OVERDRACHT
from bot.flows.quickscan import QUICKSCAN
from bot.flows.signaal import SIGNAAL
from bot.flows.toets import AUDITS
from bot.flows.verzuim import VERZUIM

if TYPE_CHECKING:
    from bot.talk.flow import Flow

_ALL = (QUICKSCAN, VERZUIM, SIGNAAL, OVERDRACHT, BELVERZOEK, HERSTELGESPREK, *AUDITS, *LISTS)
FLOWS: dict[str, Flow] = {flow.id: flow for flow in _ALL}
