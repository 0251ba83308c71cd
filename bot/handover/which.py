"""Which handover is meant when no reference is named: the only one here with which it can be done, or which of several."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from bot.handover import rows as handovers
from bot.handover.card import Look
from bot.handover.cues import OF_ITSELF, TALKED
from bot.handover.does import others_than
from bot.handover.heard import NAMES, Heard
from bot.handover.possible import possible
from bot.handover.spoken import is_just_taken
from bot.handover.told import FLOW
from bot.messages import Line, Option, Reply
from knowledge.text import split

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from bot.context import Context
    from bot.handover.heard import Wish
    from bot.handover.rows import Handover

WHICH, WHETHER = "welke-overdracht", "bedoeld"
NO = "nee"
STRAYS = 2
"""With so many words about something else it is asked whether a handover is meant, before anything is done."""

DONE_AT_ONCE: frozenset[Wish] = frozenset(
    {"stand", "open", "factoren", "vraag-terug", "zet-over", "pauzeer", "trager", "hervat", "vraag-nu", "antwoord"}
)  # fmt: skip
"""What changes nothing of whose it is, or asks for more by itself."""

MOST, LABEL = 9, 40

CHOOSES: frozenset[Wish] = frozenset({"kan-niet", "zet-over", "vraag-nu"})
"""With what whoever is named is who could do it instead."""

CALLED_TOO: frozenset[Wish] = frozenset({"gebeld", "terugkoppelen"})
"""What may be said in the same words."""

TOLD: frozenset[Wish] = frozenset({"neem", "belooft", "terugkoppelen", "gebeld"})
"""What may be told of somebody else as well."""

OVER_FOR = timedelta(days=14)
"""What was closed longer ago cannot be opened again: five working days are never more days."""

KEPT = ("calls", "comes", "who", "unsure", "reason", "note")
"""What was said besides, and still counts when it is known which one is meant."""


def near(connection: sqlite3.Connection, context: Context, wish: Wish) -> list[Handover]:
    """The handovers this place or this person has to do with."""
    koppel, sender = context.place, context.sender or ""
    over = handovers.over_since(connection, context.now - OVER_FOR) if wish in {"heropen", "stand"} else []
    if koppel in context.network.koppel_by_id:
        return [*handovers.open_in(connection, koppel), *(one for one in over if one.koppel == koppel)]
    if wish == "zet-over" and context.standing == "coordinator":
        return handovers.all_open(connection)
    mine = handovers.open_of(connection, sender)
    pairs = [one.id for one in context.network.koppels if sender in one.contacts]
    around = [one for pair in pairs for one in handovers.open_in(connection, pair)]
    people = [one.id for one in context.network.people if one.deputy == sender]
    stood_in = [one for who in people for one in handovers.open_of(connection, who) if one.addressee == who]
    theirs = [one for one in over if sender in {one.giver, one.holder}]
    return list({one.reference: one for one in (*mine, *around, *stood_in, *theirs)}.values())


def fitting(connection: sqlite3.Connection, context: Context, heard: Heard, wish: Wish, *, close: bool) -> list[Handover]:
    """Those with which this can be done now; of whom somebody is named, only those."""
    fit = [one for one in near(connection, context, wish) if possible(wish, one, context)]
    theirs = [one for one in fit if {one.addressee, one.holder}.intersection(heard.who)]
    said = not NAMES.isdisjoint(word.typed for word in heard.words)
    match wish:
        case "zet-over":
            fit = [one for one in theirs or fit if others_than(one, heard) or heard.unsure]
            return fit if said or theirs or close or context.place in context.network.koppel_by_id else []
        case "stand":
            short = heard.asked and heard.strays == 0 and (close or is_just_taken(context, fit))
            return (theirs or fit) if said or theirs or short else []
        case "factoren":
            return [one for one in fit if one.scan] or fit if said or heard.wish == wish else []
        case _:
            return [one for one in fit if is_with(one, heard, wish, context)] or fit


def is_with(one: Handover, heard: Heard, wish: Wish, context: Context) -> bool:
    """Whether somebody who is named is one of those whose it is, beside whoever speaks; not who could do it instead."""
    return wish not in CHOOSES and not {one.giver, one.addressee, one.holder}.difference({context.sender}).isdisjoint(heard.who)


def calls_too(connection: sqlite3.Connection, context: Context, heard: Heard, wish: Wish, fit: list[Handover]) -> Reply | None:
    """Asks which is meant when "gebeld" may be said of a call and of something that was taken over."""
    if wish not in CALLED_TOO or not fit or not CALLED_TOO.issubset(heard.wishes):
        return None
    other: Wish = "terugkoppelen" if wish == "gebeld" else "gebeld"
    more = [one for one in fitting(connection, context, heard, other, close=False) if one not in fit]
    if not more or (any(is_with(one, heard, wish, context) for one in fit) and not is_with(more[0], heard, other, context)):
        return None
    return which([*fit, *more], heard, wish, context, {one.reference: other for one in more})


def in_order(connection: sqlite3.Connection, context: Context, heard: Heard) -> list[Wish]:
    """What may be wanted, surest first: of what is done with somebody first what those who are named have to do with."""
    def with_them(wish: Wish) -> bool:
        found = near(connection, context, wish) if heard.who and wish in TALKED else ()
        return any(possible(wish, one, context) and is_with(one, heard, wish, context) for one in found)

    return sorted(heard.wishes, key=lambda wish: not with_them(wish)) if any(map(with_them, heard.wishes)) else list(heard.wishes)


def which(fit: list[Handover], heard: Heard, wish: Wish, context: Context, apart: Mapping[str, Wish] | None = None) -> Reply:
    """Several are open: which one? Its answer in words begins with the reference. `apart`: of which it means another thing."""
    say = context.world.words.say
    looks = [Look(one, context.world, context.now) for one in fit[:MOST]]
    lines = [Line(say("overdracht.welke"), "headline")]
    options = []
    for number, look in enumerate(looks, start=1):
        other = look.handover.giver if look.handover.giver != context.sender else look.handover.addressee
        label = look.say("welke-optie", wie=look.name(other))
        more = look.say("welke-optie-meer", optie=label, soort=_sort(look))
        label = more if len(more) <= LABEL else label[:LABEL]
        meant_by_it = (apart or {}).get(look.handover.reference, wish)
        options.append(Option(f"{look.handover.reference}|{meant_by_it}", label))
        lines.append(Line(f"{number}. {label}", "list"))
    return Reply("choice", tuple(lines), tuple(options), data={"flow": FLOW, "step": WHICH, **_kept(heard)})


def _sort(look: Look) -> str:
    """What tells it from another of the same person: its colour, or that somebody is to be called."""
    one, card = look.handover, look.world.library.phase_card
    if one.sort == "bel":
        return look.say("welke-bel")
    return card.phase(one.phase).word.lower() if one.phase else look.say("welke-geen-fase")


def _kept(heard: Heard) -> dict[str, object]:
    kept = {name: value for name, value in asdict(heard).items() if name in KEPT}
    days = {name: day.isoformat() if day else None for name, day in (("day", heard.day), ("until", heard.until))}
    return {**kept, **days}


CALLED = frozenset({"overdracht", "overdrachten", "belverzoek"})
"""What nothing else is called, as a case is."""


def is_doubted(one: Handover, heard: Heard, wish: Wish, context: Context) -> bool:
    """Whether the words may be about something else, so that doing it would be rash."""
    if wish in DONE_AT_ONCE or not CALLED.isdisjoint(word.typed for word in heard.words):
        return False
    if wish == "kan-niet" and heard.who == (one.giver,):
        return True
    if heard.who and wish not in CHOOSES and not is_with(one, heard, wish, context):
        return True
    another = heard.of_another and (wish in TOLD or (wish == "kan-niet" and heard.of_another == "niet"))
    about_another = another or (heard.of_a_thing and wish == heard.wish and wish in OF_ITSELF)
    return heard.strays >= STRAYS or heard.may_i or bool(about_another)


def is_unsaid(heard: Heard, wish: Wish) -> bool:
    """Whether it is denied: "ik heb het nog niet overgenomen"."""
    return wish not in DONE_AT_ONCE - {"zet-over"} and heard.manners.get(wish) == "denied"


def is_rash(one: Handover, heard: Heard, wish: Wish, context: Context, *, meant: bool) -> bool:
    """Whether it is asked, supposed or told, or may be about something else; `meant`: it is surely about this handover."""
    unclear = heard.manners.get(wish, "plain") != "plain" or (wish in CHOOSES and context.sender in heard.who)
    return (wish not in DONE_AT_ONCE and unclear) or (not meant and is_doubted(one, heard, wish, context))


def whether(one: Handover, heard: Heard, wish: Wish, context: Context) -> Reply:
    """Asks whether this is meant for that handover, and what would be done."""
    look = Look(one, context.world, context.now)
    deed = look.say("typ-neem" if wish == "belooft" and one.state == "offered" else f"typ-{wish}")
    options = (Option(f"{one.reference}|{wish}", look.say("bedoeld-ja", daad=deed)[:40]), Option(NO, look.say("bedoeld-nee")))
    lines = [Line(look.say("bedoeld", daad=deed), "headline")]
    lines += [Line(f"{number}. {option.label}", "list") for number, option in enumerate(options, start=1)]
    data = {"flow": FLOW, "step": WHETHER, "handover": one.reference, **_kept(heard)}
    return Reply("question", tuple(lines), options, data=data)


def meant(last: Reply, option: str) -> tuple[str, Wish, Heard]:
    """The reference that was chosen, and what was wanted with it."""
    reference, _, wish = option.partition("|")
    kept = {name: last.data[name] for name in KEPT}
    day, until = (date.fromisoformat(str(last.data[name])) if last.data[name] else None for name in ("day", "until"))
    heard = Heard(reference, cast("Wish", wish), (), (), day=day, until=until, **{**kept, "who": tuple(kept["who"])})
    return reference, cast("Wish", wish), heard


def is_one_of(text: str, references: list[str]) -> str | None:
    """The one of these references of which a word is typed."""
    typed = {word.upper() for word in split(text)}
    found = [one for one in references if not typed.isdisjoint(one.split("-"))]
    return found[0] if len(found) == 1 else None
