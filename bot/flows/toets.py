"""Goes through what a safety plan (`bijlage 2`) or a convenant (`bijlage 5`) must hold; ends in what is missing, and with whom.

The inspectorate checks three points, of which two will do (`bijlage 2`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.answers.contact_lines import contact_data
from bot.flows.calling import place_of, school_page, short_lines, to_call
from bot.flows.outcome import outcome
from bot.flows.ticks import tick_pages, ticked
from bot.messages import Line
from bot.say import date_in_words
from bot.talk.flow import Case, Done, Flow, Page
from knowledge.absence import limit_of
from knowledge.reach import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.audits import Audit, AuditPage, Element
    from knowledge.reach import Contact


def toets(audit_id: str, case: Case) -> Page | Done:
    """The next page of a list, or what is missing."""
    audit = case.context.world.library.audits[audit_id]
    for page in _pages(case, audit):
        if page.step not in case.answers:
            return page
    return outcome(case, _result_lines(case, audit), _result_data(case, audit))


AUDITS = tuple(Flow(one, partial(toets, one), name=f"toets.naam-{one}") for one in ("veiligheidsplan", "convenant"))


def _pages(case: Case, audit: Audit) -> Iterator[Page]:
    say, total = case.context.world.words.say, len(audit.pages)
    school = school_page(case, 1, total)
    if school:
        yield school
    for number, page in enumerate(audit.pages, start=1):
        lines = (Line(page.title, "headline"), Line(say("toets.uitleg"), "note"))
        shell = Page(page.id, page.name, lines, (), may_skip=True, number=number, total=total)
        yield from tick_pages(case, shell, page.elements)


def _by_state(case: Case, audit: Audit, state: str) -> list[Element]:
    return [element for page in audit.pages for element in page.elements if ticked(case, page.id, element.id) == state]


def _skipped(case: Case, audit: Audit) -> list[AuditPage]:
    return [page for page in audit.pages if ticked(case, page.id, page.elements[0].id) == "onbekend"]


def _result_lines(case: Case, audit: Audit) -> list[Line]:
    """How much is in place, what the inspectorate would say, what is missing with whom, and what was not looked at."""
    say, (there, missing, unsure) = case.context.world.words.say, (_by_state(case, audit, one) for one in ("ja", "nee", "twijfel"))
    total = len(there) + len(missing) + len(unsure)
    lines = [Line(say("toets.kop", titel=audit.title, er=len(there), totaal=total), "headline")]
    lines += [Line(_verdict(case, page)) for page in audit.pages if page.enough and page not in _skipped(case, audit)]
    if total and not missing and not unsure:
        lines.append(Line(say("toets.alles")))
    if missing or unsure:
        lines.append(Line(say("toets.ontbreekt"), "reason"))
        lines += _with_whom(case, missing, unsure)
    if skipped := _skipped(case, audit):
        lines.append(Line(say("toets.niet-bekeken", wat=", ".join(page.name for page in skipped)), "note"))
    if audit.id == "convenant" and (until := _runs_until(case)):
        lines.append(Line(say("toets.looptijd", dag=until), "note"))
    return [*lines, Line(say("toets.bron", bron=", ".join(audit.sources)), "reason")]


def _runs_until(case: Case) -> str | None:
    """The last day of the network's own convenant, if its file tells."""
    convenant = case.context.network.convenant
    return date_in_words(convenant.last, case.context.today) if convenant and convenant.last else None


def _counted(case: Case, page: AuditPage) -> tuple[int, int, int]:
    """How many are in place, how many may be, and how many will do."""
    states = [ticked(case, page.id, element.id) for element in page.elements]
    return states.count("ja"), states.count("twijfel"), limit_of(case.context.world.library.figures, page.enough or "")


def _verdict(case: Case, page: AuditPage) -> str:
    there, perhaps, enough = _counted(case, page)
    key = "toets.genoeg" if there >= enough else "toets.misschien-genoeg" if there + perhaps >= enough else "toets.niet-genoeg"
    needed = str(case.context.world.library.figures[page.enough or ""]).capitalize()
    return case.context.world.words.say(key, er=there, totaal=len(page.elements), nodig=needed)


def _with_whom(case: Case, missing: list[Element], unsure: list[Element]) -> list[Line]:
    """What is to be arranged, by the person to arrange it with."""
    say = case.context.world.words.say
    groups: dict[str, list[Line]] = {}
    heads: dict[str, list[Line]] = {}
    for element in [*missing, *unsure]:
        contact, own = _arranges(case, element)
        key = contact.person.id if contact else "zelf" if own else ""
        asks = say("wie.hangt-af") if place_of(case) == NOWHERE else say("toets.vraag-wie")
        heads.setdefault(key, short_lines(case, [contact]) if contact else [Line(say("toets.zelf") if own else asks, "person")])
        source = ", ".join(element.sources)
        text = say("toets.regel", regel=element.arrange.rstrip("."), bron=source)
        if element in unsure:
            text = say("toets.niet-zeker", label=element.label, bron=source)
        groups.setdefault(key, []).append(Line(text, "list"))
    return [line for key, group in groups.items() for line in (*heads[key], *group)]


def _arranges(case: Case, element: Element) -> tuple[Contact | None, bool]:
    """With whom an element is arranged: the first role that somebody has; True: it is the asker's own."""
    own = case.context.asker.roles if case.context.asker else ()
    for role in element.call:
        if role in own:
            return None, True
        if found := to_call(case, [role], 1):
            return found[0], False
    return None, False


def _result_data(case: Case, audit: Audit) -> dict[str, object]:
    missing, unsure = _by_state(case, audit, "nee"), _by_state(case, audit, "twijfel")
    contacts = [contact for element in [*missing, *unsure] if (contact := _arranges(case, element)[0])]
    checked = [page for page in audit.pages if page.enough and page not in _skipped(case, audit)]
    verdicts = [{"in_place": there, "enough": there >= enough} for there, _, enough in (_counted(case, page) for page in checked)]
    return {
        "flow": audit.id, "missing": [one.id for one in missing], "unsure": [one.id for one in unsure],
        "skipped": [page.id for page in _skipped(case, audit)], "inspection": verdicts[0] if verdicts else None,
        "contacts": [contact_data(one) for one in {contact.person.id: contact for contact in contacts}.values()],
        "sources": list(audit.sources),
    }  # fmt: skip
