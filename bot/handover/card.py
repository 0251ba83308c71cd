"""The card of a handover: reference, phase, what is asked, by when, who has it now, and what can be done with it.

Nothing else is posted, and no word about a pupil (rules: handovers). The card lives on: it is changed in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal

from bot import worktime
from bot.handover.life import is_silent, latest_promise, may_reopen, may_take_back
from bot.handover.rights import allowed
from bot.messages import Line, Option, Reply
from bot.routes import DIRECT
from bot.say import DAYS, date_in_words, joined, standing_day, standing_moment
from knowledge.handover_lists import sentence_of

if TYPE_CHECKING:
    from bot.context import World
    from bot.handover.rights import Deed
    from bot.handover.rows import Handover

MORNING = time(9)
"""Nobody promises to call before this hour."""

Control = Literal[
    "neem-vandaag", "neem-later", "neem-langs", "belofte-vandaag", "belofte-later", "belofte-langs", "kan-niet", "vraag-terug",
    "vraag-nu", "trek-in", "terugkoppelen", "toch-niet", "pauzeer", "sluit", "heropen", "gebeld", "niet-bereikt",
]  # fmt: skip

LATER: frozenset[Control] = frozenset({"neem-later", "belofte-later"})
"""The controls that bear a day."""

DEEDS: dict[str, Deed] = {
    "neem-vandaag": "overnemen", "neem-later": "overnemen", "neem-langs": "overnemen", "belofte-vandaag": "terugkoppelen",
    "belofte-later": "terugkoppelen", "belofte-langs": "terugkoppelen", "kan-niet": "afwijzen", "vraag-terug": "terugvragen",
    "vraag-nu": "doorgeven",
    "trek-in": "intrekken", "terugkoppelen": "terugkoppelen", "toch-niet": "toch-niet", "pauzeer": "pauzeren", "sluit": "sluiten",
    "heropen": "heropenen", "gebeld": "gebeld", "niet-bereikt": "gebeld",
}  # fmt: skip
"""What each control does, as the table of rights calls it."""


@dataclass(frozen=True)
class Look:
    """One handover as it is seen at a moment."""

    handover: Handover
    world: World
    now: datetime

    @property
    def today(self) -> date:
        return worktime.local_day(self.world.calendar, self.now)

    def say(self, key: str, **values: object) -> str:
        """A sentence about this handover; its people are known by their names."""
        one = self.handover
        known = {
            "kenmerk": one.reference,
            "gever": self.name(one.giver),
            "ontvanger": self.name(one.addressee),
            "houder": self.name(one.holder),
        }
        return self.world.words.say(f"overdracht.{key}", **{**known, **values})

    def name(self, person: str) -> str:
        found = self.world.network.person_by_id.get(person)
        return found.name if found else self.world.words.say("overdracht.weg-naam")

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.world.network.zone)

    def promise(self, *, short: bool = False) -> str | None:
        """What the holder promised, in words: "Stef Hermans belt vandaag"."""
        one, end = self.handover, "-kort" if short else ""
        if one.promise == "langs" and one.promised is None:
            return self.say(f"belofte-langs{end}", wie=self.name(one.holder))
        if one.promise and one.promised:
            what = "belofte-langs-dag" if one.promise == "langs" else "belofte-bel"
            end = "-voorbij" if short and one.promised < self.today else end
            return self.say(f"{what}{end}", wie=self.name(one.holder), wanneer=standing_day(one.promised, self.today))
        return None


def card(look: Look, place: str, *, anew: bool = False, mentions: tuple[str, ...] = ()) -> Reply:
    """The card as it stands now in this place."""
    options = controls(look, place)
    lines = [*card_lines(look), *([Line(look.say("hoe"), "note")] if options else [])]
    data = {**handover_data(look), "mentions": list(mentions)}
    return Reply(
        "handover", tuple(lines), options, data=data, to=place, card=card_name(look.handover), anew=anew,
        urgent=anew and look.handover.phase == 3,
    )  # fmt: skip


def card_name(handover: Handover) -> str:
    """The name of the message that lives on in each place of a handover."""
    return f"{handover.reference}/stand"


def gone_card(look: Look, place: str) -> Reply:
    """What stays where a handover is no longer at home: one line, nothing to do."""
    data = {**handover_data(look), "mentions": []}
    return Reply("handover", (Line(look.say("elders")),), data=data, to=place, card=card_name(look.handover))


def handover_data(look: Look) -> dict[str, Any]:
    """A handover as the scenario format gives it."""
    one, card = look.handover, look.world.library.phase_card
    colour = card.phase(one.phase).colour if one.phase is not None else None
    return {
        "handover": one.reference, "state": one.seen_as, "due": look.local(one.due).isoformat() if one.due else None,
        "level": one.level, "holder": one.holder, "phase": one.phase, "colour": colour, "asked": one.asked, "giver": one.giver,
        "addressee": one.addressee,
    }  # fmt: skip


def card_lines(look: Look, *, full: bool = False) -> list[Line]:
    """What is posted: in full as long as somebody is asked, afterwards who has it and what they were asked; all of it if `full`."""
    one = look.handover
    lines = [Line(head(look), "headline")]
    if one.state in {"offered", "declined"}:
        lines += _asked(look)
    lines.append(Line(state_line(look)))
    if one.state in {"accepted", "reported"} and one.sort != "bel":
        asked = sentence_of(look.world.library.handover.asked, one.asked)
        lines += [Line(look.say("gevraagd", vraag=asked)), *(_background(look) if full else ())]
    if one.paused_until and one.paused_until > look.today:
        reason = sentence_of(look.world.library.handover.pauses, one.pause_reason or "")
        lines.append(Line(look.say("stil-tot", dag=standing_day(one.paused_until, look.today), reden=reason), "note"))
    elif one.slow:
        reason = sentence_of(look.world.library.handover.pauses, one.pause_reason or "")
        lines.append(Line(look.say("trager", reden=reason), "note"))
    return lines


def head(look: Look) -> str:
    """Reference, phase and colour; a colour is never alone (rules: for everybody)."""
    one = look.handover
    if one.sort == "bel":
        return look.say("kop-bel")
    if not one.phase:
        return look.say("kop-geen-fase")
    phase = look.world.library.phase_card.phase(one.phase)
    return look.say("kop", teken=phase.sign, woord=phase.word, fase=one.phase)


def _asked(look: Look) -> list[Line]:
    one, lists = look.handover, look.world.library.handover
    if one.sort == "bel":
        giver = look.world.network.person_by_id.get(one.giver)
        number = giver.phone if giver else None
        lines = [Line(look.say("vraag-bel"))] + ([Line(number, "number")] if number else [])
    else:
        lines = [Line(look.say("vraag", vraag=sentence_of(lists.asked, one.asked))), *_background(look)]
    if one.due:
        lines.append(Line(look.say("uiterlijk", wanneer=_by_when(look, one.due))))
    return lines


def _background(look: Look) -> list[Line]:
    """What was done so far, and what parents know: the point from which another goes on (`§2.4` step 2 and 7)."""
    one, lists = look.handover, look.world.library.handover
    done = [sentence_of(lists.done, item) for item in one.done]
    lines = [Line(look.say("gedaan", wat=joined(done)) if done else look.say("gedaan-niets"))]
    return [*lines, Line(look.say("ouders", wat=sentence_of(lists.parents, one.parents)))] if one.parents else lines


def _by_when(look: Look, due: datetime) -> str:
    local = look.local(due)
    return standing_moment(local, look.today) if look.handover.phase == 3 else standing_day(local.date(), look.today)


def state_line(look: Look) -> str:
    """Who has it now."""
    one = look.handover
    if one.state == "accepted" and (promise := look.promise(short=True)):
        return look.say("bij-accepted-belofte", belofte=promise)
    if one.unmanned:
        return look.say("bij-niemand")
    if one.sort == "bel" and one.state in {"offered", "closed"}:
        return look.say(f"bij-{one.state}-bel")
    return look.say(f"bij-{one.state}")


def controls(look: Look, place: str) -> tuple[Option, ...]:
    """What can be done with it here: in a direct chat only what that person may do."""
    found = []
    for control in _in_state(look):
        deed = DEEDS[control]
        if control in LATER and _is_too_late(look, control, place):
            continue
        if control == "kan-niet" and look.handover.state == "offered" and place == f"{DIRECT}{look.handover.giver}":
            continue  # a giver who has it still is asked nothing
        if not place.startswith(DIRECT) or _may(look, place.removeprefix(DIRECT), deed):
            found.append(Option(*_option(look, control, place)))
    return tuple(found)


def _may(look: Look, who: str, deed: Deed) -> bool:
    """Whether this person may do it; what the giver leaves lying the coordinator may close."""
    deeds: list[Deed] = [deed]
    if deed == "sluiten" and is_silent(look.handover, look.world, look.now):
        deeds.append("sluiten-namens")
    return any(allowed(look.world, look.handover, who, one, look.today) for one in deeds)


def _in_state(look: Look) -> list[Control]:
    one = look.handover
    match one.state:
        case "offered" if one.sort == "bel":
            return ["gebeld", "niet-bereikt", "kan-niet", "trek-in"]
        case "offered":
            return ["neem-vandaag", "neem-later", "neem-langs", "kan-niet", "vraag-terug", "trek-in"]
        case "declined":
            return ["vraag-nu", "trek-in"]
        case "accepted":
            promises: list[Control] = [] if one.promise else ["belofte-vandaag", "belofte-later", "belofte-langs"]
            again: list[Control] = ["toch-niet"] if may_take_back(one, look.now) else ["kan-niet"]
            return [*promises, "terugkoppelen", *again, "pauzeer"]
        case "reported":
            return ["sluit", "heropen"]
        case "closed":
            return ["heropen"] if may_reopen(one, look.world, look.now) else []
        case "withdrawn":
            return []


def _option(look: Look, control: Control, place: str) -> tuple[str, str]:
    """The id and the label of a control. An id with a day in it means that day, whenever it is pressed.

    In somebody's own chat it is a day on which they work.
    """
    if control not in LATER:
        return control, look.say(f"knop-{control}")
    moment = _called_later(look, control, place)
    return f"{control}:{moment:%Y-%m-%dT%H:%M}", look.say(f"knop-{control}", wanneer=call_in_words(moment, look.today))


def _called_later(look: Look, control: Control, place: str) -> datetime:
    holder = look.handover.addressee if control == "neem-later" else look.handover.holder
    return next_call(look, place.removeprefix(DIRECT) if place.startswith(DIRECT) else holder)


def _is_too_late(look: Look, control: Control, place: str) -> bool:
    """Whether the next day on which this person works is too far off for what is red."""
    latest = latest_promise(look.handover, look.world, look.now)
    return latest is not None and _called_later(look, control, place).date() > latest


def next_call(look: Look, who: str) -> datetime:
    """The next moment after today at which this person works, not before nine."""
    calendar, person = look.world.calendar, look.world.network.person_by_id.get(who)
    tomorrow = look.today + timedelta(days=1)
    start = worktime.at_wall(look.world.network.zone, tomorrow, MORNING)
    found = worktime.working_moment(calendar, person, start) if person else None
    if person is None or found is None:
        return worktime.at_wall(look.world.network.zone, worktime.office_moment(calendar, start).date(), MORNING)
    if found.time() < MORNING:
        later = worktime.working_moment(calendar, person, worktime.at_wall(look.world.network.zone, found.date(), MORNING))
        found = later if later and later.date() == found.date() else found
    return found


def call_in_words(moment: datetime, today: date) -> str:
    """In words: "maandag 09:00", further away "ma 22 februari 09:00"."""
    ahead = (moment.date() - today).days
    day = DAYS[moment.weekday()] if 0 < ahead < 7 else f"{DAYS[moment.weekday()][:2]} {date_in_words(moment.date(), today)}"
    return f"{day} {moment:%H:%M}"
