"""What the channels of a koppel hear when its people change (`§4`: pass on changes of staff in time).

Only what somebody who calls them has to know: who, which number, when they are there, and who stands in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.contacts.hours_words import hours_in_words
from bot.messages import Line, Reply
from bot.say import MONTHS, joined, named_day, standing_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.words import Words
    from knowledge.network import Koppel, Network, Period, Person

SOON = timedelta(days=21)
"""An absence that begins later is told by the digest when its time has come."""


def contact_changes(old: Network, new: Network, words: Words, today: date) -> Iterable[tuple[str, Reply]]:
    """For each koppel that is new, or whose contacts changed: its place, and what is to be said there. `today` is the local day."""
    before = {koppel.id: koppel for koppel in old.koppels}
    told = _Told(old, new, words, today)
    for koppel in new.koppels:
        known = before.get(koppel.id)
        lines = told.changes(known, koppel) if known else told.begins(koppel)
        if lines:
            key = "netwerk.contact-gewijzigd" if known else "netwerk.nieuw-koppel"
            reply = announced(words.say(key), lines)
            if known:
                there = replace(told, school=new.organisation_by_id[koppel.school].name).changes(known, koppel)
                elsewhere = {line: other for line, other in zip(lines, there, strict=True) if line != other}
                reply = replace(reply, data={**reply.data, "away": told.away(known, koppel), "elsewhere": elsewhere})
            yield koppel.id, reply


def announced(heading: str, lines: Iterable[str]) -> Reply:
    """What a place hears about the contact list.

    In its data, for whoever tells it in the place of the network: that it is about the list; `away`, per person, the lines that
    only say that they are away for a while; `elsewhere`, how a line is said where the koppel is not known.
    """
    data: dict[str, object] = {"contact_list": True, "away": {}, "elsewhere": {}}
    return Reply("announcement", (Line(heading, "headline"), *map(Line, lines)), data=data)


@dataclass(frozen=True)
class _Told:
    old: Network
    new: Network
    words: Words
    today: date
    school: str = ""
    """Named in what only makes sense with it, for whoever reads it elsewhere."""

    def _new_contact(self, person: Person) -> str:
        key = "netwerk.nieuw-contact-bij" if self.school else "netwerk.nieuw-contact"
        return self._with_number(key, person, school=self.school)

    def _no_contact(self, name: str) -> str:
        key = "netwerk.geen-contact-meer-bij" if self.school else "netwerk.geen-contact-meer"
        return self.words.say(key, naam=name, school=self.school)

    def begins(self, koppel: Koppel) -> list[str]:
        """A new koppel introduces itself."""
        school, police = (self.new.organisation_by_id[one].name for one in (koppel.school, koppel.police))
        contacts = [self.new.person_by_id[one] for one in koppel.contacts]
        place = self.words.say("wijzigen.nieuwe-plek", school=school, politie=police)
        return [place, *(self._with_number("wijzigen.contacten", one) for one in contacts)]

    def changes(self, before: Koppel, after: Koppel) -> list[str]:
        lines = []
        for person in (self.new.person_by_id[one] for one in after.contacts):
            known = self.old.person_by_id.get(person.id)
            if person.id not in before.contacts or known is None:
                lines.append(self._new_contact(person))
            else:
                lines += self._about(known, person)
        for gone in (one for one in before.contacts if one not in after.contacts):
            name = (self.new.person_by_id.get(gone) or self.old.person_by_id[gone]).name
            lines.append(self._no_contact(name))
        return lines

    def away(self, before: Koppel, after: Koppel) -> dict[str, list[str]]:
        """The lines about who is away for a while, by person: the digest has its own line for who is away today."""
        known = self.old.person_by_id
        stay = [self.new.person_by_id[one] for one in after.contacts if one in before.contacts and one in known]
        found = {one.id: list(self._absent(known[one.id], one)) for one in stay}
        return {who: lines for who, lines in found.items() if lines}

    def _about(self, known: Person, person: Person) -> Iterable[str]:
        """What changed in the entry of somebody who stays a contact. A new name is a new person in the same place."""
        say = self.words.say
        if known.name != person.name:
            yield self._no_contact(known.name)
            yield self._new_contact(person)
            return
        if known.phone != person.phone:
            key = "netwerk.nieuw-nummer" if person.phone else "netwerk.geen-nummer-meer"
            yield say(key, naam=person.name, nummer=person.phone)
        if known.email != person.email and person.email:
            yield say("netwerk.nieuw-adres", naam=person.name, adres=person.email)
        if known.until != person.until and not (person.until and person.until < self.today):  # that, `LeaversDuty` says
            key = "netwerk.stopt" if person.until else "netwerk.blijft"
            yield say(key, naam=person.name, dag=_day(person.until) if person.until else "")
        yield from self._there(known, person)

    def _there(self, known: Person, person: Person) -> Iterable[str]:
        """When somebody is there, and who stands in."""
        say = self.words.say
        absent = list(self._absent(known, person))
        yield from absent
        if not absent and known.absence_on(self.today) and not person.absence_on(self.today):
            yield say("wijzigen.terug-kanaal", naam=person.name)
        deputy = self.new.person_by_id.get(person.deputy or "")
        if known.deputy != person.deputy:
            key = "wijzigen.nieuwe-vervanger" if deputy else "wijzigen.geen-vervanger"
            yield self._with_number(key, deputy, naam=person.name) if deputy else say(key, naam=person.name)
        if known.hours != person.hours:
            hours = hours_in_words(person.hours, self.words) if person.hours else say("wijzigen.gewone-uren")
            yield say("wijzigen.nieuwe-uren", naam=person.name, uren=hours)

    def _absent(self, known: Person, person: Person) -> Iterable[str]:
        """That somebody is away, and whom to call instead: the first in the chain who is there when it begins."""
        away = [one for one in person.absences if one not in known.absences and self._matters(one)]
        if not away:
            return
        yield self.words.say("wijzigen.afwezig-kanaal", naam=person.name, dagen=joined([self._span(one) for one in away]))
        there = self._stand_in(person, max(away[0].first, self.today))
        if there and (there.id != person.deputy or known.deputy == person.deputy):
            yield self._with_number("wijzigen.afwezig-kanaal-vervanger", there)

    def _stand_in(self, person: Person, day: date) -> Person | None:
        seen, current = {person.id}, self.new.person_by_id.get(person.deputy or "")
        while current and current.id not in seen:
            if current.serves_on(day) and not current.absence_on(day):
                return current
            seen.add(current.id)
            current = self.new.person_by_id.get(current.deputy or "")
        return None

    def _matters(self, absence: Period) -> bool:
        return absence.last >= self.today and absence.first <= self.today + SOON

    def _span(self, absence: Period) -> str:
        first, last = max(absence.first, self.today), absence.last
        if first == last:
            return standing_day(first, self.today)
        return self.words.say(
            "wijzigen.van-tot", eerste=named_day(first, self.today), laatste=named_day(last, self.today)
        )

    def _with_number(self, key: str, person: Person, **values: str) -> str:
        return self.words.say(key, wie=", ".join(filter(None, (person.name, person.phone or person.email))), **values)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
