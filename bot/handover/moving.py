"""Somebody would have a handover go to another person, and that is not theirs to say."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.handover.does import done_with, others_than
from bot.handover.heard import NAMES
from bot.handover.possible import possible
from bot.handover.spoken import spoken_of
from bot.handover.steps import refused_for, refused_to_move
from bot.handover.which import near

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.handover.heard import Heard
    from bot.messages import Reply


_IT = frozenset({"hem", "m"})
"""What is said of the handover that was spoken of last."""


def not_theirs_to_move(connection: sqlite3.Connection, context: Context, heard: Heard) -> list[Reply] | None:
    """The refusal, when the handover that there is should go to somebody else and that is not theirs to say.

    Whoever was asked says with it that they cannot, and who can. Who names no handover that there is may begin a new one.
    """
    typed, words = [word.typed for word in heard.words], context.world.words
    the = set(words.list("overdracht-daden.bepaald"))
    named = any(name in NAMES and before in the for before, name in pairwise(typed))
    if not named and (_IT.isdisjoint(typed) or not spoken_of(connection, context)):
        return None
    around, here = near(connection, context, "zet-over"), context.place in context.network.koppel_by_id
    moves = not set(words.list("overdracht-daden.verzet")).isdisjoint(typed)
    waiting = {one.reference for one in around if one.giver == context.sender and one.state == "offered"}
    found = [one for one in around if others_than(one, heard) and (here or moves or one.reference in waiting)]
    if found and (asked := [one for one in found if possible("kan-niet", one, context)]):
        return done_with(connection, context, asked[0], heard, "kan-niet") if len(asked) == 1 else None
    if found:
        return refused_for(context, found[0], "omzetten") if len(found) == 1 else refused_to_move(context)
    return refused_to_move(context) if moves and not around else None
