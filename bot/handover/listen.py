"""What somebody wants with a handover, heard in full: by a fixed expression or by single words, with who, until when and why.

Danger and personal data go before it (rules: what `ask` answers): a text that holds them is nothing here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.handover.cues import ASKED, cues_of
from bot.handover.heard import ONES_OWN, Heard, hear, promising, without_reference
from bot.handover.manner import By, manners_of
from bot.named import is_sure, named_people
from bot.privacy import Findings, cleared_here
from knowledge.day_words import is_day_word, parts_of_a_day
from knowledge.handover_lists import reason_in
from knowledge.text import read, split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.context import Context, World
    from bot.handover.cues import Cue, Cues
    from bot.handover.heard import Wish
    from bot.handover.manner import Manner
    from bot.handover.parts import Part


ALONG: tuple[frozenset[Wish], ...] = (
    frozenset({"neem", "belooft"}),
    frozenset({"terugkoppelen", "gebeld", "sluit"}),
    frozenset({"kan-niet", "toch-niet", "zet-over"}),
)
"""What is said along with each other."""

_PARTICIPLE = re.compile(r"ge\w{2,}(?:t|d|en)")


def listen(text: str, context: Context, *, close: bool) -> Heard | None:
    """What is wanted; None when nothing in it could be about a handover. `close`: one was the last that was spoken of."""
    world = context.world
    plain = hear(text, world.words, world.library.phase_card.reference, context.today, world.calendar)
    rest = without_reference(text, plain) if plain else text
    ears = cues_of(world.words)
    if plain is None and not ears.may_hold(rest, context):
        return None
    parts = ears.parts(rest, context)
    cues = ears.heard(parts, close=close, named=bool(plain and plain.reference))
    wishes: dict[Wish, None] = dict.fromkeys(cue.wish for cue in cues)
    if plain and plain.reference is None and plain.wish not in {*ASKED, "vraag-terug"} and any(part.asks for part in parts):
        plain = None
    if plain and plain.reference is None and plain.wish in ONES_OWN and all(ears.cannot(part) for part in parts):
        plain = None
    if plain is None and not wishes:
        return None
    if plain and plain.wish:
        wishes = _with(plain, cues[0].width if cues else 0, wishes, parts)
    heard = plain or promising(Heard(None, None, read(text), ()), world.words, context.today, world.calendar)
    people, unsure = _people(rest, tuple(part for part in parts if not ears.cannot(part)), context)
    reason = reason_in([word.typed for word in heard.words], world.library.handover.pauses)
    day = ears.day_meant(parts, context) or heard.day
    taken = {word.typed for word in plain.words}.difference(plain.rest) if plain else set[str]()
    of_a_thing = bool(plain) and ears.names_a_thing(parts, taken)
    manners = _manners(rest, parts, (plain.wish if plain else None, taken), cues, world)
    return replace(
        heard, day=day, wishes=_in_order(wishes, people), manners=manners, who=people, unsure=unsure, reason=reason,
        strays=ears.strays(parts, taken), asked=any(part.asks for part in parts), may_i=ears.asks_leave(parts),
        of_another=ears.tells_of_somebody(parts), of_a_thing=of_a_thing,
    )  # fmt: skip


def _manners(
    text: str, parts: tuple[Part, ...], plain: tuple[Wish | None, set[str]], cues: tuple[Cue, ...], world: World
) -> dict[Wish, Manner]:  # fmt: skip
    """How each wish is said: by single words, or by a fixed expression (`plain`); said plainly in one of the ways it is plain."""
    ears, hears, (wish, taken) = manners_of(world.words), cues_of(world.words), plain
    names = frozenset(part.typed[place] for part in parts for _, at in part.people for place in at)
    days = {part.typed[place] for part in parts for at in part.days for place in at}
    days |= {word for part in parts for word in part.typed if is_day_word(word) or word.endswith(parts_of_a_day())}
    always = names | days

    def by(one: Wish, heard: frozenset[str], *, denies: bool) -> By:
        """With the words of what goes along with it: "ik bel vanmiddag en neem het over"."""
        along = next((group for group in ALONG if one in group), frozenset({one}))
        told = [cue.words for cue in cues if cue.wish in along] + ([frozenset(taken)] if wish in along else [])
        ours = (ears.adds_nothing | hears.around()).union(*told)
        spelled = {word for part in parts for word, forms in zip(part.typed, part.forms, strict=True) if not forms.isdisjoint(ours)}
        return By(heard, always | (spelled - ears.doubts), denies)

    def reads(clause: str) -> list[str]:
        return [word.typed for word in world.understanding.read(clause, world.names).words]

    clauses = ears.clauses(text, names, reads)
    # that single words do not deny it was looked at where they were heard
    found = {cue.wish: ears.of(clauses, cue.wish, by(cue.wish, cue.words, denies=True)) for cue in cues}
    found |= {cue.wish: "loose" for cue in cues if cue.wish == "kan-niet" and _has_been(cue, hears)}
    if wish and found.get(wish) != "plain":
        found[wish] = ears.of(clauses, wish, by(wish, frozenset(taken), denies=False))
    return found


def _has_been(cue: Cue, hears: Cues) -> bool:
    """Whether it is only said of what has been: "gelukt is het niet" is no "het lukt niet"."""
    return any(_PARTICIPLE.fullmatch(word) and not hears.says(cue.wish, word) for word in cue.words)


def _in_order(wishes: Iterable[Wish], people: tuple[str, ...]) -> tuple[Wish, ...]:
    """The wishes; of "toch niet" and "kan niet" the last when somebody is named who can, else the first, which undoes more."""
    found = list(wishes)
    first, then = ("kan-niet", "toch-niet") if people else ("toch-niet", "kan-niet")
    if first in found and then in found and found.index(first) > found.index(then):
        found.remove(first)
        found.insert(found.index(then), first)
    if people and "kan-niet" in found and found[0] == "vraag-terug":
        found.remove("kan-niet")
        found.insert(0, "kan-niet")
    return tuple(found)


def is_clean(text: str, heard: Heard, context: Context) -> bool:
    """Whether nothing personal is said; beside people of the network who are surely meant any word may stand ("Wendy zetten")."""
    rest = without_reference(text, heard)
    for who in heard.who:
        for word in split(context.network.person_by_id[who].name):
            rest = re.sub(rf"\b{word}\b", " ", rest, flags=re.IGNORECASE)
    return not isinstance(cleared_here(rest, context), Findings)


def spoken(text: str, context: Context) -> str | None:
    """What was said, fit to be passed on; None when it holds danger or personal data."""
    world = context.world
    if world.understanding.read(text, world.names).danger:
        return None
    found = cleared_here(text, context)
    return None if isinstance(found, Findings) else found.text


def _with(plain: Heard, width: int, wishes: dict[Wish, None], parts: tuple[Part, ...]) -> dict[Wish, None]:
    """A fixed expression goes before single words, unless those are more words; "kan Wendy het overnemen" is not for oneself."""
    assert plain.wish is not None
    others = plain.wish == "neem" and any(part.people and "ik" not in part.typed for part in parts)
    taken = len(plain.words) - len(plain.rest)
    if others or width >= taken:
        return {**wishes, plain.wish: None} if not others else {one: None for one in wishes if one != "neem"} | {"neem": None}
    return {plain.wish: None, **wishes}


def _people(text: str, parts: tuple[Part, ...], context: Context) -> tuple[tuple[str, ...], bool]:
    """Who is named, and whether there is doubt: by name, else by what they are ("de wijkagent")."""
    named = [person for part in parts for person, _ in part.people]
    if named:
        sure = tuple(dict.fromkeys(one.who for one in named if one.who))
        return sure, any(one.who is None for one in named)
    found = named_people(text, context, {context.sender or ""})
    return ((found[0].id,), False) if len(found) == 1 and is_sure(text, context) else ((), bool(found))
