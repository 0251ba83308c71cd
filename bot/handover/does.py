"""Does with one handover what somebody wants in words; rights are looked at here, at the moment of the act (rules: rights)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.handovers import factors_reply, history_reply
from bot.handover import acts, onward, quiet
from bot.handover.acts import Matter
from bot.handover.possible import deed_of
from bot.handover.steps import refused_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from bot.context import Context
    from bot.handover.heard import Heard, Wish
    from bot.handover.rows import Handover
    from bot.messages import Reply

SIMPLE: dict[str, Callable[[Matter], list[Reply]]] = {
    "toch-niet": acts.take_back, "vraag-terug": acts.ask_back, "terugkoppelen": acts.report, "sluit": acts.close,
    "heropen": acts.reopen, "trek-in": acts.withdraw, "gebeld": acts.called, "niet-bereikt": acts.not_reached,
    "pauzeer": quiet.ask_until, "hervat": quiet.resume, "vraag-nu": onward.ask_next,
}  # fmt: skip
"""What is done without anything more being known."""


def done_with(connection: sqlite3.Connection, context: Context, one: Handover, heard: Heard, wish: Wish) -> list[Reply] | None:
    """What becomes of it; None when it is not for this handover after all."""
    if wish in {"stand", "open"}:
        return [history_reply(connection, context, one)]
    matter = Matter(connection, context, one, typed=True)
    if refused := refused_for(context, one, deed_of(wish, one)):
        return refused
    match wish:
        case "neem":
            return acts.take(matter, *heard.promise)
        case "belooft":
            return _promised(matter, heard)
        case "kan-niet":
            others = [who for who in heard.who if who not in {one.giver, context.sender}]
            return onward.decline(matter, others[0] if len(others) == 1 and not heard.unsure else None)
        case "zet-over":
            return _passed_on(matter, heard)
        case "pauzeer" | "trager":
            return _quiet(matter, heard, quiet.SLOWER if wish == "trager" else heard.until.isoformat() if heard.until else None)
        case "factoren":
            return [factors_reply(connection, context, one)]
        case "vraag-terug":
            bare = heard.wish == wish and not heard.rest  # "vraag terug", as the control says: the question comes next
            return acts.ask_back(matter, "" if bare else heard.note)
        case _:
            return SIMPLE[wish](matter)


def others_than(one: Handover, heard: Heard) -> list[str]:
    """Who is named beside those whose it is now: to them it may go."""
    return [who for who in heard.who if who not in {one.giver, one.addressee, one.holder}]


def _promised(matter: Matter, heard: Heard) -> list[Reply] | None:
    """What the holder will do, or on which other day; whoever is asked and says so takes it over with it."""
    promise, day = heard.promise
    if matter.handover.state == "offered":
        return acts.take(matter, promise, day) if promise else None
    if promise is None and heard.day:
        promise, day = matter.handover.promise or "bel", heard.day
    return acts.promise_to(matter, promise, day) if promise else matter.cannot()


def _passed_on(matter: Matter, heard: Heard) -> list[Reply]:
    """To whom it goes when that is clear; with a reference at once, else read back first."""
    others = others_than(matter.handover, heard)
    if len(others) != 1 or heard.unsure:
        note = matter.look.say("niet-herkend") if heard.unsure else ""
        return [onward.question(matter, onward.NEXT, matter.context.place, note=note)]
    sure = heard.reference and heard.manners.get("zet-over", "plain") == "plain"
    return onward.pass_on(matter, others[0]) if sure else [onward.read_back(matter, others[0])]


def _quiet(matter: Matter, heard: Heard, until: str | None) -> list[Reply]:
    if until is None:
        return quiet.ask_until(matter, heard.reason)
    return quiet.be_quiet(matter, until, heard.reason) if heard.reason else quiet.ask_why(matter, until)
