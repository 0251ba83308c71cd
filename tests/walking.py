"""Walks guided conversations without a database: page after page, each with an answer that somebody could give."""

from bot.flows import FLOWS
from bot.talk.flow import DOUBT, NOT_SURE, SKIPPED, Done, replay
from tests.asking import context, example

LONGEST = 60


def at(flow, answers, sender="s-devries", of=None, when="2026-11-24T10:00"):
    """Where somebody is with these answers."""
    return replay(FLOWS[flow], answers, context(of or example(), sender, at=when), "BLAUWE-OTTER")


def walk(flow, answer, sender="s-devries", of=None, when="2026-11-24T10:00"):
    """Every page with what was answered, and the end. `answer` gets the page and gives the values."""
    answers, pages = {}, []
    for _ in range(LONGEST):
        position = at(flow, answers, sender, of, when)
        if isinstance(position.at, Done):
            return pages, position.at
        page = position.at
        answers[page.step] = tuple(answer(page))
        pages.append(page)
    raise AssertionError(f"{flow} does not end: {[page.step for page in pages]}")


def possible(page):
    """All answers that make a difference: each option, none, several, doubt, not known, skipped."""
    ids = [option.id for option in page.options]
    found = [(), tuple(ids), *((one,) for one in ids)] if page.multiple else [(one,) for one in ids]
    if page.multiple and ids:
        found.append((f"{DOUBT}{ids[0]}",))
    found += [(NOT_SURE,)] if page.may_doubt else []
    found += [(SKIPPED,)] if page.may_skip else []
    return list(dict.fromkeys(found))
