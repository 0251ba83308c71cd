"""Hears that somebody wants to hand over or be called, and by whom: "kan Wendy dit overnemen", "laat Wendy mij bellen"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.handover.cues import cues_of, groups_of
from bot.handover.manner import manners_of
from bot.handover.parts import fit

if TYPE_CHECKING:
    from bot.context import Context

BEGUN = ("belverzoek", "overdracht")
SPOKEN_OF = (*BEGUN, "quickscan")
"""What is also talked about without wanting to begin it."""

MOST = 2
"""With more words left over it is about something else: "kan de politie dit overnemen van een school in een ander dorp"."""


def is_only_about(text: str, context: Context) -> bool:
    """Whether a handover is only spoken of, and none begun: it is asked about, not wanted, or there is one that is meant."""
    words = context.world.words
    about, there_is, at_all, asks = (
        frozenset(words.list(f"overdracht-begin.{name}")) for name in ("waarover", "is-er-al", "in-het-algemeen", "vraagt")
    )
    before, the = (frozenset(words.list(f"overdracht-{name}")) for name in ("daden.bij-vraag", "begin.welke"))
    named = context.world.understanding.read(text, context.world.names)
    names = {named.words[place].typed for spot in named.people for place in spot.places}
    me, polite = (frozenset(words.list(f"overdracht-begin.{name}")) for name in ("zelf", "graag"))
    for clause in manners_of(words).clauses(text, names):
        typed = set(clause.typed)
        if about.isdisjoint(typed):
            continue
        turned = clause.typed[0] in before and clause.typed[1:2] and clause.typed[1] in asks
        this = any(one in the and other in about for one, other in pairwise(clause.typed))
        theirs = clause.anothers and me.isdisjoint(typed)
        if theirs or (clause.manner == "loose" and polite.isdisjoint(typed)):
            return True
        if clause.typed[0] in asks or turned or this or not there_is.isdisjoint(typed) or clause.manner == "denied":
            return True
        return clause.typed[1:2] in {("je",), ("ik",), ("jij",)} and not at_all.isdisjoint(typed)
    return False


def begun_in_words(text: str, context: Context) -> str | None:
    """The conversation that is begun; None when something is asked, or said about something else."""
    words = context.world.words
    ears = cues_of(words)
    groups = {flow: groups_of(words, f"overdracht-begin.{flow}") for flow in BEGUN}
    if not any(ears.may_hold(text, context, found) for found in groups.values()):
        return None
    for part in ears.parts(text, context):
        if part.asks or part.explains or "je" in part.typed[2:] or not (part.people or part.others):
            continue
        for flow in BEGUN:
            for tokens in groups[flow]:
                places = fit(tokens, part, frozenset(), roles=True)
                if places is not None and ears.left(part, places, roles=True) <= MOST:
                    return flow
    return None
