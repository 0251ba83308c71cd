"""Answers what comes and when it is: "welke afspraken komen eraan", "wanneer is de werkgroep", "stuur de agenda"."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from bot.agenda.file import agenda_file
from bot.agenda.say import about, listed, moved_line, when
from bot.messages import Line, Reply
from knowledge.agreements import agreements_of, coming, next_of
from knowledge.spelling import Spelling
from knowledge.text import clean, lemma, split

if TYPE_CHECKING:
    from bot.context import Context
    from knowledge.network import Agreement

AHEAD = timedelta(days=60)

_LIST = re.compile(
    r"(?:welke|wat voor) afspraken (?:komen|zijn|staan|hebben|lopen)\b.*"
    r"|welke afspraken (?:deze|volgende|komende) (?:week|weken|maand)"
    r"|wat (?:staat|komt) er (?:op|in) de agenda.*|(?:komende|volgende|onze|de) afspraken|afspraken|agenda"
    r"|(?:wat|wanneer) (?:is|zijn) (?:de|het|onze|mijn) (?:eerst)?volgende afspraak(?:en)?|(?:eerst)?volgende afspraak"
    r"|afspraken (?:van |voor )?(?:deze|volgende|komende) (?:week|weken|maand)"
    r"|(?:toon|laat) (?:de )?agenda(?: zien)?|wat komt er aan"
)
_FILE = re.compile(
    r"(?:stuur|geef|mail|download|exporteer|mag ik|kan ik)(?: me| mij| ons| even| graag)*(?: de| onze| alle)? (?:agenda|afspraken)"
    r"(?: als (?:ics|bestand|agenda|agendabestand)| van het netwerk| even| graag| door| op| krijgen| hebben)*"
    r"|agenda (?:als )?(?:bestand|ics)|ics"
)
_WHEN = re.compile(
    r"(?:en )?(?:wanneer|welke dag|hoe laat) (?:is|zijn|was|komt|komen|begint|hebben we|valt|staat)"
    r"(?: (?:de|het|dat|die|er|onze|ons|we|volgende|eerstvolgende|weer|nu|komende))*"
    r" (?P<what>.+?)(?: (?:weer|ook alweer|gepland|er|precies|nu))*"
    r"|(?:datum|dag) van (?:de |het )?(?:volgende )?(?P<named>.+)|(?:volgende|eerstvolgende) (?P<next>.+)"
)
_SMALL = frozenset("de het een van voor bij en of op in met onze ons aan".split())


def answer_agenda(text: str, context: Context) -> Reply | None:
    """The answer to a question about the agreements of the network; None when it is about something else."""
    asked = " ".join(split(clean(text)))
    if not context.may("contact-vragen"):
        return None
    if _FILE.fullmatch(asked):
        return _file(context)
    if _LIST.fullmatch(asked):
        return _coming(context)
    found = _WHEN.fullmatch(asked)
    name = next((group for group in found.groups() if group), "") if found else ""
    agreement = _named(name, context) if name else None
    return _next(agreement, context) if agreement else None


def _named(name: str, context: Context) -> Agreement | None:
    """The agreement of which all these words are; the one with the fewest others."""
    said = [word for word in split(name) if word not in _SMALL]
    fitting = [one for one in agreements_of(context.network) if said and all(_in_name(word, one) for word in said)]
    return min(fitting, key=lambda one: len(split(one.name)), default=None)


def _in_name(word: str, agreement: Agreement) -> bool:
    words = _words_of(agreement.name, agreement.id)
    spelled = _near(agreement.name, agreement.id).near(word, 0.8)
    return bool(spelled) or word in words or lemma(word) in {lemma(one) for one in words}


@cache
def _words_of(name: str, identity: str) -> frozenset[str]:
    return frozenset(word for word in (*split(name), *split(identity)) if word not in _SMALL)


@cache
def _near(name: str, identity: str) -> Spelling:
    return Spelling(_words_of(name, identity))


def _next(agreement: Agreement, context: Context) -> Reply:
    say, world = context.world.words.say, context.world
    found = next_of(agreement, world.calendar, context.today)
    data = {"topic": f"agenda:{agreement.id}", "sources": [agreement.source] if agreement.source else [], "confidence": 1.0}
    if found is None:
        return Reply("knowledge", (Line(say("agenda.geen-volgende", naam=agreement.name)),), data={**data, "contacts": []})
    lines = [Line(agreement.name, "headline"), Line(when(agreement, found.at, world, context.today))]
    if found.moved is not None:
        lines.append(Line(moved_line(found.planned.date(), found.moved, world, context.today), "note"))
    lines += [Line(line, "note") for line in about(agreement, world)]
    return Reply("knowledge", tuple(lines), data={**data, "contacts": [], "on": found.at.isoformat()})


def _coming(context: Context) -> Reply:
    say, today = context.world.words.say, context.today
    found = coming(context.world.calendar, today, today + AHEAD)
    lines = [Line(say("agenda.kop"), "headline"), *listed(found, context.world, today), Line(say("agenda.vorm-agenda"), "note")]
    if not found:
        lines = [Line(say("agenda.niets"))]
    data = {
        "topic": "agenda", "sources": [], "confidence": 1.0, "contacts": [],
        "coming": [{"agreement": one.agreement.id, "on": one.at.isoformat()} for one in found],
    }  # fmt: skip
    return Reply("knowledge", tuple(lines), data=data)


def _file(context: Context) -> Reply:
    file, count = agenda_file(context.world, context.now)
    line = Line(context.world.words.say("agenda.bestand", aantal=count))
    return Reply("knowledge", (line,), data={"topic": "agenda", "sources": [], "confidence": 1.0, "contacts": []}, file=file)
