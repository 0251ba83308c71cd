"""Shares a result in the channel of a koppel: for a purpose, and no more than phase, colour and what is asked (doelbinding)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.flows.quickscan_result import phase_in_words
from bot.messages import Line, Option, Reply
from bot.talk.flow import Done, Page
from bot.unsealed import is_unsealed

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.flows.quickscan_result import Scan
    from bot.talk.flow import Case
    from knowledge.network import Koppel
    from knowledge.phase_card import Purpose

MOST_KOPPELS = 10
"""More cannot be chosen from on one page."""


def share_places(context: Context) -> list[Koppel]:
    """The koppels in whose channel this person may share: this channel's, those they are a contact of, or of their own school."""
    asker = context.asker
    if asker is None:
        return []
    here = context.network.koppel_by_id.get(context.origin)
    if here and (asker.id in here.contacts or asker.organisation == here.school):
        return [here]
    own = [one for one in context.network.koppels if asker.id in one.contacts]
    return own or [one for one in context.network.koppels if one.school == asker.organisation]


def share(case: Case, scan: Scan, after: Page | None) -> Page | Done:
    """Asks for what, and where if there are several; then says it there."""
    card = case.context.world.library.phase_card
    purpose = next((one for one in card.purposes if one.id == case.one("doel")), None)
    if purpose is None:
        return _purposes(case, card.purposes)
    koppels = share_places(case.context)
    chosen = koppels[0] if len(koppels) == 1 else next((one for one in koppels if one.id == case.one("koppel")), None)
    if chosen is None:
        return _koppels(case, koppels)
    then = partial(_shared, case=case, scan=scan, purpose=purpose, koppel=chosen)
    return Done((), after, forget=("uitkomst", "doel", "koppel"), then=then)


def _purposes(case: Case, purposes: list[Purpose]) -> Page:
    say = case.context.world.words.say
    lines = (Line(say("quickscan.doel"), "headline"), Line(say("quickscan.doel-uitleg"), "note"))
    return Page("doel", say("quickscan.naam-doel"), lines, tuple(Option(one.id, one.label) for one in purposes))


def _koppels(case: Case, koppels: list[Koppel]) -> Page:
    say, by_id = case.context.world.words.say, case.context.network.organisation_by_id
    options = tuple(Option(one.id, by_id[one.school].name[:40]) for one in koppels)
    return Page("koppel", say("quickscan.naam-koppel"), (Line(say("quickscan.koppel"), "headline"),), options)


def _shared(
    connection: sqlite3.Connection, context: Context, *, case: Case, scan: Scan, purpose: Purpose, koppel: Koppel
) -> list[Reply]:  # fmt: skip
    """What the channel reads, and the word to the one who shares."""
    card, say = context.world.library.phase_card, context.world.words.say
    school = context.network.organisation_by_id[koppel.school].name
    if is_unsealed(connection, koppel.id):
        return [Reply("refusal", (Line(say("onversleuteld.niet-gedeeld", school=school)),))]
    weighed = scan.weighed(card)
    phase = weighed.phase if scan.own_phase is None else scan.own_phase
    words = phase_in_words(case, phase)
    head = words if scan.own_phase is None else say("quickscan.eigen-kop", fase=words)
    name = context.asker.name if context.asker else ""
    lines = (
        Line(say("quickscan.gedeeld-kop", kenmerk=case.reference, fase=head), "headline"),
        Line(say("quickscan.gedeeld-doel", doel=purpose.label)),
        Line(say("quickscan.gedeeld-vraag", vraag=purpose.asks)),
        Line(say("quickscan.gedeeld-door", naam=name), "note"),
    )
    data = {
        "flow": "quickscan", "reference": case.reference, "phase": phase, "colour": card.phase(phase).colour,
        "purpose": purpose.id, "sources": [purpose.source],
    }  # fmt: skip
    there = Reply("announcement", lines, data=data, to=koppel.id)
    return [there, Reply("confirmation", (Line(say("quickscan.gedeeld", school=school)),))]
