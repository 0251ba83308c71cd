"""What would be changed by what somebody said: the changes, what else may have been meant, and the sentence that reads them back.

Pure. Who may say what is checked here, and once more when it is confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from dateutil.relativedelta import relativedelta

from bot.contacts import hours_words
from bot.contacts.changes import Away, Back, Change, Deputy, Email, Hours, Leaves, Phone, Successor
from bot.contacts.tell_change import full_day, told
from bot.say import DAYS, date_in_words, joined

if TYPE_CHECKING:
    from bot.contacts.read_change import Wish
    from bot.context import Context
    from knowledge.days import Days
    from knowledge.network import Person

LONGEST_AWAY = timedelta(days=370)
MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Dated:
    """A change, and the local day on which it is made; None: at once."""

    change: Change
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that may have been meant: what it is called on a control ("" is yes), what is changed, how it reads."""

    changes: tuple[Dated, ...]
    lines: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The ways to understand it, likeliest first. Without a sure one (`open`) one of them has to be chosen."""

    ways: tuple[Way, ...]
    notes: tuple[str, ...] = ()
    open: str = ""


@dataclass(frozen=True, slots=True)
class Impossible:
    """Why it cannot be, as the name of a sentence with its values."""

    sentence: str
    values: tuple[tuple[str, str], ...] = ()


Part: TypeAlias = Proposal | Impossible


def _way(dated: tuple[Dated, ...], context: Context, label: str = "", more: tuple[str, ...] = ()) -> Way:
    lines = (told(one.change, one.day, context.network, context.world, context.today) for one in dated)
    return Way(dated, (*lines, *more), label[:40])


def propose(wish: Wish, person: Person, other: Person | None, context: Context, leaves: date | None = None) -> Part:
    """What one wish comes to for these people. `leaves` is the last day that was named before in the same message."""
    match wish.kind:
        case "afwezig":
            return _away(wish, person, context)
        case "terug":
            return _back(wish, person, context)
        case "telefoon":
            return _number(Phone(person.id, wish.value), wish, person, context)
        case "e-mail":
            return _number(Email(person.id, wish.value), wish, person, context)
        case "stopt":
            return _leaves(wish, person, context)
        case "werkdagen":
            return _workdays(wish, person, context)
        case "vervanger":
            assert other is not None
            return _deputy(wish, person, other, context)
        case "opvolger":
            assert other is not None
            return _successor(wish, person, other, context, leaves)


# Absence


def _away(wish: Wish, person: Person, context: Context) -> Part:
    days, today = wish.days, context.today
    if days is None or not days.ends:
        return _away_until(person, days.first if days else today, context)
    spans = tuple((max(first, today), last) for first, last in days.spans if last >= today)
    if not spans:
        return Impossible("voorbij")
    if spans[-1][1] - spans[0][0] > LONGEST_AWAY:
        return Impossible("te-lang")
    ways = [_away_way(person, spans, context)]
    first, last = spans[-1]
    if days.doubtful and last > first:
        shorter = (*spans[:-1], (first, last - timedelta(days=1)))
        label = context.world.words.say("wijzigen.weer-er-op", dag=DAYS[last.weekday()])
        ways.append(_away_way(person, shorter, context, label))
    if wish.mark == "werk" and wish.weekdays:
        ways += _weekly(wish, person, context)
    notes = (context.world.words.say("wijzigen.afwezig-reden"),) if wish.mark == "ziek" else ()
    return Proposal(tuple(ways), (*_about_deputy(person, spans[0][0], context), *notes))


def _away_until(person: Person, first: date, context: Context) -> Part:
    """Since when is known, until when is not: some usual ends to choose from."""
    words, today = context.world.words, context.today
    first = max(first, today)
    friday = first + timedelta(days=(4 - first.weekday()) % 7)
    ends = [first, first + timedelta(days=1), friday, friday + timedelta(days=7), friday + timedelta(days=14)]
    ends = [day for day in ends if day == first or day.weekday() < 5]
    ways = []
    for last in dict.fromkeys(ends):
        key = "wijzigen.alleen" if last == first else "wijzigen.tot-en-met"
        ways.append(_away_way(person, ((first, last),), context, words.say(key, dag=full_day(last, today, words))))
    question = words.say("wijzigen.afwezig-tot-wanneer", naam=person.name, dag=full_day(first, today, words))
    return Proposal(tuple(ways), _about_deputy(person, first, context), open=question)


def _away_way(person: Person, spans: tuple[tuple[date, date], ...], context: Context, label: str = "") -> Way:
    return _way(tuple(Dated(Away(person.id, first, last)) for first, last in spans), context, label)


def _weekly(wish: Wish, person: Person, context: Context) -> list[Way]:
    """Whoever does not work on Wednesday may mean every Wednesday."""
    every = _workdays(replace(wish, mark="minder", days=None), person, context)
    if not isinstance(every, Proposal):
        return []
    days = joined([DAYS[day] for day in wish.weekdays])
    return [replace(every.ways[0], label=context.world.words.say("wijzigen.elke", dagen=days)[:40])]


def _about_deputy(person: Person, day: date, context: Context) -> tuple[str, ...]:
    """Who is called meanwhile: whoever sends people on wants to know that there is somebody."""
    words = context.world.words
    deputy = next(iter(context.world.reach.deputies(person, day)), None)
    if deputy is None:
        example = words.say("wijzigen.voorbeeld-vervanger")
        return (words.say("wijzigen.afwezig-geen-vervanger", voorbeeld=example),) if person.id == context.sender else ()
    lines = [words.say("wijzigen.afwezig-vervanger", vervanger=deputy.name)]
    if deputy.absence_on(day):
        lines.append(words.say("wijzigen.vervanger-ook-weg", vervanger=deputy.name))
    return tuple(lines)


def _back(wish: Wish, person: Person, context: Context) -> Part:
    today = context.today
    day = max(wish.days.first if wish.days else today, today)
    away = person.absence_on(day) or (person.absence_on(day - timedelta(days=1)) if day > today else None)
    if away is None and day > today:  # "ik ben er maandag weer": until then they are not
        return Proposal((_away_way(person, ((today, day - timedelta(days=1)),), context),))
    if away is None:
        return Impossible("niet-afwezig", (("naam", person.name),))
    return Proposal((_way((Dated(Back(person.id, day)),), context),))


# The entry


def _number(change: Phone | Email, wish: Wish, person: Person, context: Context) -> Part:
    if wish.value == (person.phone if isinstance(change, Phone) else person.email):
        return Impossible("al-zo")
    return _on_day(change, wish.days, context)


def _deputy(wish: Wish, person: Person, other: Person, context: Context) -> Part:
    if person.id == other.id:
        return Impossible("zichzelf")
    if person.deputy == other.id:
        return Impossible("al-zo")
    return _on_day(Deputy(person.id, other.id), wish.days, context)


def _workdays(wish: Wish, person: Person, context: Context) -> Part:
    usual = hours_words.usual_hours(person, context.network)
    hours = hours_words.with_days(usual, wish.weekdays, wish.mark)
    if hours is None:
        return Impossible("geen-dag-over" if wish.mark == "minder" else "eigen-uren")
    if hours == usual:
        return Impossible("al-zo")
    return _on_day(Hours(person.id, hours), wish.days, context)


def _on_day(change: Change, days: Days | None, context: Context) -> Proposal:
    """The change at once, or on the first of the days that were named when that is still to come."""
    later = days is not None and days.how == "from" and days.first > context.today
    return Proposal((_way((Dated(change, days.first if days and later else None),), context),))


# Going


def _leaves(wish: Wish, person: Person, context: Context) -> Part:
    words, today, days = context.world.words, context.today, wish.days
    if days is None:
        return _leaves_when(person, context)
    last = days.first - timedelta(days=1) if days.how == "from" else days.last
    if person.until == last:
        return Impossible("al-zo")
    ways = [_way((Dated(Leaves(person.id, last)),), context)]
    if days.doubtful:
        before = last - timedelta(days=1)
        label = words.say("wijzigen.laatste-dag", dag=full_day(before, today, words))
        ways.append(_way((Dated(Leaves(person.id, before)),), context, label))
    example = words.say("wijzigen.voorbeeld-opvolger", dag=date_in_words(last + timedelta(days=1), today))
    notes = (words.say("wijzigen.stopt-opvolger", voorbeeld=example),) if person.id == context.sender else ()
    return Proposal(tuple(ways), notes)


def _leaves_when(person: Person, context: Context) -> Proposal:
    """That somebody goes or is gone is known, since when is not: some usual last days to choose from."""
    words, today = context.world.words, context.today
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    month = today + relativedelta(day=31)
    ends = dict.fromkeys((today, friday, month, month + relativedelta(months=1, day=31)))
    choices = [(last, words.say("wijzigen.tot-en-met", dag=full_day(last, today, words))) for last in ends]
    choices.insert(0, (today - timedelta(days=1), words.say("wijzigen.gisteren")))
    ways = tuple(_way((Dated(Leaves(person.id, last)),), context, label) for last, label in choices)
    return Proposal(ways, open=words.say("wijzigen.stopt-wanneer", naam=person.name))


def _successor(wish: Wish, person: Person, other: Person, context: Context, leaves: date | None) -> Part:
    if person.id == other.id:
        return Impossible("zichzelf")
    today, ends = context.today, leaves or person.until
    day = wish.days.first if wish.days else ends + timedelta(days=1) if ends else today
    last = day - timedelta(days=1)
    going = () if last in {person.until, leaves} else (Dated(Leaves(person.id, last)),)
    roles = [context.world.library.roles[role].name for role in person.roles if role not in other.roles]
    takes = context.world.words.say("wijzigen.opvolger-krijgt", ander=other.name, rollen=joined(roles))
    succeeds = Dated(Successor(person.id, other.id), day if day > today else None)
    return Proposal((_way((*going, succeeds), context, more=(takes,) if roles else ()),))
