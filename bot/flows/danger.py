"""The question that comes before a guided conversation about a pupil: is there danger now? Yes, or not knowing, ends it at once."""

from __future__ import annotations

from bot.answers.urgent import answer_urgent
from bot.messages import Line, Option
from bot.talk.flow import NOT_SURE, Case, Done, Page

DANGER = "gevaar"
YES_NO = {"ja": ("j", "jazeker", "yes", "klopt"), "nee": ("n", "neen", "nope", "nee hoor")}


def danger_page(case: Case, total: int) -> Page:
    say = case.context.world.words.say
    options = tuple(Option(one, say(f"quickscan.{one}")) for one in ("ja", "nee"))
    lines = (Line(say("quickscan.gevaar"), "headline"), Line(say("quickscan.gevaar-uitleg")), Line(say("gesprek.uitleg"), "note"))
    return Page(DANGER, say("quickscan.naam-gevaar"), lines, options, may_doubt=True, number=1, total=total, also=YES_NO)


def in_danger(case: Case) -> Done | None:
    """The end of a conversation in which there is danger: what to do now, and nothing else."""
    if case.one(DANGER) not in {"ja", NOT_SURE}:
        return None
    understanding = case.context.world.understanding
    return Done((answer_urgent(understanding.read("", case.context.world.names), case.context),), erase=True)
