"""Answers who is away on a day, and whom to call instead: of the organisation that is named, else of one's own.

The coordinator asks about the whole network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.contact_lines import contact_data, contact_reply
from bot.contacts.tell_change import full_day
from bot.messages import Line, Reply
from bot.rights import is_coordinator
from bot.say import day_in_words
from knowledge.dutch_days import find_days
from knowledge.reach import Contact
from knowledge.text import clean, split

if TYPE_CHECKING:
    from datetime import date

    from bot.context import Context
    from knowledge.network import Organisation, Person

MOST = 10
_ASKS = ({"wie", "is"}, {"wie", "zijn"}, {"wie", "ontbreekt"}, {"wie", "ontbreken"}, {"wie", "heeft", "vrij"}, {"wie", "mist"},
         {"is", "iemand"}, {"zijn", "mensen"}, {"welke", "collega"}, {"welke", "collegas"}, {"zijn", "collegas"})
_AWAY = frozenset({"mist", "missen", "weg", "afwezig", "vrij", "ziek", "absent", "ontbreekt", "ontbreken"})
_LONG = frozenset({"vakantie", "verlof", "cursus"})
_STANDS_IN = frozenset({"waar", "vervangt", "vervanger", "vervangen", "waarnemer"})
_MINE = frozenset("ik ga gaat met ben heb mij mijn dan me".split())
_FILLER = frozenset(
    """wie is zijn er van ons onze school en de het bij op hier allemaal vandaag nu niet vervangt vervangen wie hen neemt waar heeft
    collega collegas s iemand mensen welke met team mist al wel dan vervanger vervangers ze in netwerk""".split()
)


def answer_away(text: str, context: Context) -> Reply | None:
    """The colleagues who are away on the day that is asked for; None when something else is asked."""
    words = split(clean(text))
    own = context.own_organisation
    if own is None or not context.may("contact-vragen"):
        return None
    if found := _my_deputy(words, context):
        return found
    if not any(asked <= set(words) for asked in _ASKS):
        return None
    days = find_days(words, context.today, context.world.calendar)
    named = {place for one in days for place in range(one.start, one.end)}
    about, called = _organisation(text, context)
    rest = [word for place, word in enumerate(words) if place not in named and word not in called]
    if len(days) > 1 or not ((_AWAY | _LONG) & set(rest) or _says_not_there(rest)) or set(rest) - _FILLER - _AWAY - _LONG:
        return None
    return _away_on(days[0].first if days else context.today, context, about)


def _organisation(text: str, context: Context) -> tuple[Organisation | None, set[str]]:
    """The organisation that is named, and the words that name it."""
    question = context.world.understanding.read(text, context.world.names)
    found = {one.target for one in question.organisations}
    if len(found) != 1:
        return None, set()
    called = {question.words[place].typed for one in question.organisations for place in one.places}
    return context.network.organisation_by_id.get(found.pop()), called


def _my_deputy(words: list[str], context: Context) -> Reply | None:
    """Who stands in for the asker on the days that they will be away: "ik ga vrijdag met vakantie, wie neemt waar"."""
    person = context.asker
    if person is None or not {"ik", "wie"} <= set(words) or not (_STANDS_IN & set(words)):
        return None
    days = find_days(words, context.today, context.world.calendar)
    named = {place for one in days for place in range(one.start, one.end)}
    rest = {word for place, word in enumerate(words) if place not in named}
    if len(days) > 1 or not (_AWAY | _LONG) & rest or rest - _FILLER - _AWAY - _LONG - _STANDS_IN - _MINE:
        return None
    deputy = _deputy(person, days[0].first if days else context.today, context)
    if deputy is None:
        example = context.world.words.say("wijzigen.voorbeeld-vervanger")
        line = Line(context.world.words.say("wijzigen.afwezig-geen-vervanger", voorbeeld=example))
        return Reply("knowledge", (line,), data={"topic": "afwezig", "sources": [], "confidence": 1.0, "contacts": []})
    role = context.world.reach.role_of(person, "")
    availability = context.world.calendar.availability(deputy, context.now)
    found = Contact(deputy, context.world.reach.role_of(deputy, role), availability, person, role)
    return contact_reply(context, [found], [], topic=role)


def _says_not_there(words: list[str]) -> bool:
    return {"er", "niet"} <= set(words)


def _away_on(day: date, context: Context, about: Organisation | None) -> Reply:
    say, own = context.world.words.say, about or context.own_organisation
    assert own is not None
    all_of_it = about is None and context.asker is not None and is_coordinator(context.asker)
    around = [one for one in context.network.people if all_of_it or one.organisation == own.id]
    people = [one for one in around if one.serves_on(day) and one.absence_on(day)]
    where = context.network.name if all_of_it else own.name
    told = full_day(day, context.today, context.world.words)
    if not people:
        line = Line(say("afwezig.niemand", organisatie=where, dag=told))
        return Reply("knowledge", (line,), data={"topic": "afwezig", "sources": [], "confidence": 1.0, "contacts": []})
    lines = [Line(say("afwezig.kop", organisatie=where, dag=told), "headline")]
    contacts = []
    for person in people[:MOST]:
        period = person.absence_on(day)
        assert period is not None
        lines.append(Line(say("afwezig.wie", naam=person.name, dag=day_in_words(period.last, context.today))))
        deputy = _deputy(person, day, context)
        if deputy:
            lines.append(Line(say("afwezig.vervanger", naam=deputy.name, nummer=deputy.phone or deputy.email or ""), "note"))
            role = context.world.reach.role_of(person, "")
            availability = context.world.calendar.availability(deputy, context.now)
            contacts.append(contact_data(Contact(deputy, role, availability, person, role)))
        else:
            lines.append(Line(say("afwezig.geen-vervanger"), "note"))
    if len(people) > MOST:
        lines.append(Line(say("agenda.en-nog", aantal=len(people) - MOST), "note"))
    data = {"topic": "afwezig", "sources": [], "confidence": 1.0, "contacts": contacts, "absent": [one.id for one in people]}
    return Reply("knowledge", tuple(lines), data=data)


def _deputy(person: Person, day: date, context: Context) -> Person | None:
    """The first down the chain who is not away that day too."""
    return next((one for one in context.world.reach.deputies(person, day) if one.absence_on(day) is None), None)
