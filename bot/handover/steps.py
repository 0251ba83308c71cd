"""The short questions about a handover (who instead, until when, why), and the refusal of whoever it is not for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import chain
from bot.handover import acts, life, onward, quiet
from bot.handover.card import Look, controls
from bot.handover.rights import may_do
from bot.messages import Line, Reply, direct
from bot.say import joined

if TYPE_CHECKING:
    from bot.context import Context
    from bot.handover.acts import Matter
    from bot.handover.rights import Deed
    from bot.handover.rows import Handover


def stepped(matter: Matter, step: str, option: str) -> list[Reply]:
    """The next step after a choice."""
    if step in {onward.ELSE, onward.NEXT}:
        return _named(matter, option)
    if step == onward.SURE:
        return _sure(matter, option)
    if refused := refused_for(matter.context, matter.handover, "pauzeren"):
        return refused
    until, _, reason = option.partition("|")
    return quiet.be_quiet(matter, until, reason) if reason else quiet.ask_why(matter, until)


def _sure(matter: Matter, option: str) -> list[Reply]:
    """The answer to what was read back."""
    said, _, who = option.partition("|")
    if said != onward.YES:
        return acts.unchanged(matter)
    deed: Deed = "doorgeven" if matter.handover.state == "declined" else "omzetten"
    return refused_for(matter.context, matter.handover, deed) or onward.pass_on(matter, who)


def _named(matter: Matter, option: str) -> list[Reply]:
    """Somebody else was named: by the giver, by whoever declined, or by the coordinator."""
    one = matter.handover
    mine = matter.me == one.addressee and matter.me in onward.declined_by(matter) and one.state == "declined"
    deed: Deed = "doorgeven" if one.state == "declined" else "omzetten"
    if not mine and (refused := refused_for(matter.context, one, deed)):
        return refused
    if option == onward.GIVER_CHOOSES:
        return [Reply("confirmation", (Line(matter.look.say("gever-kiest-goed")),))]
    return onward.pass_on(matter, option)


def closes_for(context: Context, one: Handover) -> bool:
    """Whether the coordinator may close: the giver is gone, or has been silent for five working days."""
    giver = context.network.person_by_id.get(one.giver)
    gone = giver is None or not giver.serves_on(context.today)
    return (gone or life.is_silent(one, context.world, context.now)) and may_do(context, one, "sluiten-namens")


def refused_for(context: Context, one: Handover, deed: Deed) -> list[Reply] | None:
    """The refusal, when this is not for them; it tells no more about the handover than they may see."""
    if may_do(context, one, deed) or (deed == "sluiten" and closes_for(context, one)):
        return None
    table = context.world.library.rights[f"overdracht-{deed}"]
    if not may_do(context, one, "zien"):
        key = "mag-niet"
    elif deed == "factoren" or "overkant" in table:
        key = "mag-niet-factoren" if deed == "factoren" else "mag-niet-overnemen"
    else:
        key = "mag-niet-omzetten" if deed == "omzetten" and one.giver == context.sender and one.state == "offered" else ""
        key = key or next((f"mag-niet-{who}" for who in ("gever", "houder", "coordinator") if who in table), "mag-niet")
    look, keeper = Look(one, context.world, context.now), chain.coordinator(context.world, context.today)
    lines = [Line(look.say(key, coordinator=keeper.name if keeper else ""))]
    if key != "mag-niet" and (deeds := _deeds(look, context)):
        lines.append(Line(look.say("jij-kunt", daden=joined(deeds, "of")), "note"))
    return [Reply("refusal", tuple(lines), data={"reason": "rights"}, to=context.place)]


def _deeds(look: Look, context: Context) -> list[str]:
    """What whoever speaks may do with it, as it is typed."""
    offered = (option.id.partition(":")[0] for option in controls(look, direct(context.sender or "")))
    named = dict.fromkeys("neem" if one.startswith("neem-") else one for one in offered if not one.startswith("belofte-"))
    return [look.say(f"typ-{one}") for one in named]


def refused_to_move(context: Context) -> list[Reply]:
    """The refusal of whoever would move a handover that is not theirs, when it is not sure which one is meant."""
    keeper = chain.coordinator(context.world, context.today)
    text = context.world.words.say("overdracht.mag-niet-verzetten", coordinator=keeper.name if keeper else "")
    return [Reply("refusal", (Line(text),), data={"reason": "rights"}, to=context.place)]
