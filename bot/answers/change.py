"""Reads a change of the contact list back, to be confirmed; or says why it cannot be, or not by this person.

Nothing is changed here. What would be changed stands in the data of the reply, as values of the list only.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.answers.general import refuse_personal_data, refuse_stranger
from bot.contacts.change_pieces import ME
from bot.contacts.changes import Deputy, Leaves
from bot.contacts.half_day import whole_days
from bot.contacts.propose import MOST_CHOICES, Impossible, Proposal, Way, propose
from bot.contacts.read_change import read_change
from bot.messages import Line, Option, Reply
from bot.privacy import Findings, cleared_here
from bot.rights import is_coordinator
from bot.say import in_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.contacts.read_change import Reading, Wish
    from bot.context import Context
    from knowledge.network import Person

FLOW, STEP = "wijziging", "klopt"
YES, NO = "ja", "nee"

_TOLD = frozenset({"afwezig", "terug", "werkdagen", "vervanger", "stopt"})
"""What people tell of each other in passing."""


def answer_change(text: str, context: Context) -> Reply | None:
    """The answer to a message that tells a change; None when it tells none. Comes before the guard, so it repeats slots only."""
    reading, half = _read(text, context)
    if reading is None:
        return None
    if not context.may("eigen-kaart-wijzigen") and not context.may("netwerk-wijzigen"):
        return refuse_stranger(context)
    found = cleared_here(reading.rest, context)
    if isinstance(found, Findings):
        return refuse_personal_data(context, found)
    reply = _Reader(context).reply(reading)
    note = Line(context.world.words.say("wijzigen.hele-dagen"), "note")
    return replace(reply, lines=(note, *reply.lines)) if half and is_proposal(reply) else reply


def _read(text: str, context: Context) -> tuple[Reading | None, bool]:
    """The changes that are told, and whether a part of a day was taken for all of it."""

    def read(said: str) -> Reading | None:
        return read_change(said, context.world.names, context.world.calendar, context.today)

    if reading := read(text):
        return reading, False
    whole = whole_days(text)
    reading = read(whole) if whole else None
    away = reading is not None and all(wish.kind == "afwezig" for wish in reading.wishes)
    return (reading, True) if away else (None, False)


def explain_change(context: Context) -> Reply:
    """How the list is changed, to whoever may; to all others that they may not, and what they can do."""
    words = context.world.words
    if context.may("netwerk-wijzigen"):
        told = (words.say("wijzigen.hoe-nieuw"), *words.list("wijzigen.hoe"), words.say("wijzigen.hoe-coordinator"))
        return Reply("help", in_lines(told))
    if context.standing == "vreemde":
        return refuse_stranger(context)
    if not context.may("eigen-kaart-wijzigen"):
        return Reply("refusal", (Line(words.say("weigering.rechten")),), data={"reason": "rights"})
    return _not_yours(context)


def _not_yours(context: Context, why: str = "alleen-eigen") -> Reply:
    say = context.world.words.say
    lines = [Line(say("weigering.rechten")), Line(say(f"wijzigen.{why}"), "note")]
    people = [one for one in context.network.people if is_coordinator(one) and one.serves_on(context.today)]
    if people:
        lines.append(Line(say("wijzigen.meld-bij", naam=people[0].name), "note"))
    return Reply("refusal", tuple(lines), data={"reason": "rights"})


def is_proposal(reply: Reply) -> bool:
    """Whether a reply reads a change back that has not been kept yet."""
    return reply.data.get("flow") == FLOW and "ways" in reply.data


@dataclass(frozen=True)
class _Reader:
    context: Context

    def reply(self, reading: Reading) -> Reply:
        proposals: list[Proposal] = []
        leaves: dict[str, date] = {}
        followed = {wish.who for wish in reading.wishes if wish.kind == "opvolger"}
        for wish in reading.wishes:
            if wish.kind == "stopt" and wish.days is None and wish.who in followed:
                continue  # the day on which the other begins tells when they end
            people = self._people(wish.who)
            others = self._people(wish.other)
            if refused := self._refused(wish, people, others):
                return refused
            if len(people) * max(len(others), 1) != 1:
                if len(reading.wishes) > 1:
                    return self._cannot("over-wie")
                return self._which(wish, people, others)
            other = others[0] if others else None
            part = propose(wish, people[0], other, self.context, leaves.get(people[0].id))
            if isinstance(part, Impossible) and part.sentence == "al-zo" and len(reading.wishes) > 1:
                continue
            if isinstance(part, Impossible):
                return self._cannot(part.sentence, **dict(part.values))
            if last := _last_day(part):
                leaves[people[0].id] = last
            proposals.append(part)
        if not proposals:
            return self._cannot("al-zo")
        if sum(bool(one.open) for one in proposals) > 1:
            return self._cannot("een-tegelijk")
        return self._read_back(_together(proposals))

    # Who

    def _people(self, ids: Iterable[str]) -> list[Person]:
        """The people who may be meant, those of the speaker's own organisation before all others."""
        context = self.context
        found = [context.asker if one == ME else context.network.person_by_id.get(one) for one in ids]
        people = [one for one in found if one is not None]
        serving = [one for one in people if one.until is None or one.until >= context.today] or people
        own = [one for one in serving if context.asker and one.organisation == context.asker.organisation]
        return own or serving

    def _refused(self, wish: Wish, people: list[Person], others: list[Person]) -> Reply | None:
        """Why this may or can not be said: by this person, or about somebody whom the list does not have."""
        context = self.context
        if not context.may("netwerk-wijzigen"):
            if not people or any(one.id != context.sender for one in people):
                return self._told_of_another() if people and wish.kind in _TOLD else _not_yours(context)
            assert context.asker is not None
            if wish.kind == "opvolger" and any(one.organisation != context.asker.organisation for one in others):
                return _not_yours(context, "eigen-organisatie")
        if wish.unknown:
            return self._cannot("onbekend-naam")
        needs_other = wish.kind in {"vervanger", "opvolger"}
        if not people or (needs_other and not others):
            return self._cannot("over-wie")
        return None

    def _told_of_another(self) -> Reply:
        """To say that a colleague is off is no offence: nothing is changed, and who changes it is named."""
        note = Line(self.context.world.words.say("wijzigen.niet-veranderd"))
        return Reply("help", (note, *_not_yours(self.context).lines[1:]))

    def _cannot(self, sentence: str, **values: str) -> Reply:
        return Reply("help", (Line(self.context.world.words.say(f"wijzigen.{sentence}", **values)),))

    def _which(self, wish: Wish, people: list[Person], others: list[Person]) -> Reply:
        """Several people of that name: each with what it would come to."""
        ways: list[Way] = []
        for person in people:
            for other in others or [None]:  # type: ignore[list-item]  # nobody else is needed
                part = propose(wish, person, other, self.context)
                if isinstance(part, Proposal):
                    named = other if len(others) > 1 and other else person
                    where = self.context.network.organisation_of(named).name
                    ways.append(Way(part.ways[0].changes, part.ways[0].lines, f"{named.name}, {where}"[:40]))
        if not 0 < len(ways) <= MOST_CHOICES:
            return self._cannot("over-wie")
        return self._read_back(Proposal(tuple(ways), open=self.context.world.words.say("wijzigen.wie")))

    # Reading back

    def _read_back(self, proposal: Proposal) -> Reply:
        say = self.context.world.words.say
        lines = [Line(proposal.open or say("wijzigen.kop"), "headline")]
        if not proposal.open:
            lines += [Line(line) for line in proposal.ways[0].lines]
        lines += [Line(note, "note") for note in proposal.notes]
        if not proposal.open:
            lines.append(Line(say("wijzigen.klopt")))
        options = [Option(_id(number, way), way.label or say("wijzigen.ja")) for number, way in enumerate(proposal.ways)]
        options.append(Option(NO, say("wijzigen.nee")))
        lines += [Line(f"{number}. {option.label}", "list") for number, option in enumerate(options, start=1)]
        lines.append(Line(say("wijzigen.kies"), "note"))
        ways = {option.id: _stored(way) for option, way in zip(options, proposal.ways, strict=False)}
        return Reply("question", tuple(lines), tuple(options), data={"flow": FLOW, "step": STEP, "ways": ways})


def _id(number: int, way: Way) -> str:
    return YES if number == 0 and not way.label else f"{YES}-{number}"


def _stored(way: Way) -> dict[str, Any]:
    """What is kept until it is confirmed: the changes with their day, and how each reads."""
    return {"changes": [{"from": dated.day, "change": asdict(dated.change)} for dated in way.changes]}


def _last_day(part: Proposal) -> date | None:
    return next((dated.change.last for dated in part.ways[0].changes if isinstance(dated.change, Leaves)), None)


def _together(proposals: list[Proposal]) -> Proposal:
    """All that was said in one message. Of one part what else may be meant can be chosen, of the others the likeliest is taken."""
    unsure = [number for number, one in enumerate(proposals) if one.open]
    several = [number for number, one in enumerate(proposals) if len(one.ways) > 1]
    varied = (unsure or several or [0])[0]
    fixed = [one.ways[0] for number, one in enumerate(proposals) if number != varied]
    fixed_lines = tuple(line for way in fixed for line in way.lines)
    ways = tuple(
        Way((*way.changes, *(dated for one in fixed for dated in one.changes)), (*way.lines, *fixed_lines), way.label)
        for way in proposals[varied].ways
    )
    deputised = any(isinstance(dated.change, Deputy) for way in fixed for dated in way.changes)
    notes = () if deputised else tuple(dict.fromkeys(note for one in proposals for note in one.notes))
    shown = fixed_lines if proposals[varied].open else ()
    return Proposal(ways, (*shown, *notes), proposals[varied].open)
