"""One message in, one reply out, by the order of importance: danger, a change of the list, personal data, then what is asked.

A pure function of the message and its surroundings; it stores nothing and reads no clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.agenda import answer_agenda
from bot.answers.away import answer_away
from bot.answers.change import answer_change, explain_change
from bot.answers.contact import answer_contact, answer_target
from bot.answers.general import (
    answer_about_itself,
    answer_greeting,
    answer_help,
    answer_not_found,
    answer_settled,
    answer_thanks,
    answer_what_is_kept,
    ask_about_what,
    refuse_personal_data,
    refuse_stranger,
)  # fmt: skip
from bot.answers.knowledge import answer_knowledge
from bot.answers.lead import answer_lead
from bot.answers.message import answer_message
from bot.answers.target import concern, find_place, names_kind
from bot.answers.urgent import answer_urgent
from bot.asked_part import STORY, asking_part
from bot.flows import FLOWS
from bot.handover.begun import SPOKEN_OF, begun_in_words, is_only_about
from bot.messages import Line, Reply
from bot.privacy import Findings, cleared_here
from bot.talk.flow import Case, Page, page_reply
from bot.talk.starts import conversation_begun
from bot.understand import ASKS_FIRST
from bot.wish import asks_what_to_do, wants_person
from knowledge.staying_away import PUPILS

if TYPE_CHECKING:
    from bot.context import Context
    from bot.understand import Question
    from knowledge.tally import Hit


GOES_ON = frozenset({"vervanger", "ander", "gegevens", "wanneer", "mag", "taak", "doen"})
"""Continuations that ask something about what was said before: where nothing was, it is asked about whom or what."""

ALL_TOLD = 0.9
"""From this share explained a topic may answer a question that asks for an answer, though few words tell it."""

WELL_TOLD = 0.6
"""From this share explained a topic helps more than "which of them do you mean", unless somebody is asked for."""

MUCH_LIKE = 0.62
"""From this likeness a question is much like a known one."""

HARDLY = 0.45
"""Below this share explained a topic answers a long story by chance."""

CHILDREN = frozenset({"zoon", "dochter", "zoontje", "dochtertje"})
"""Of whom something is told by their parents."""

BARE = 2
"""So few words ask nothing: they are only named."""


def answer(text: str, context: Context) -> Reply:
    """What the assistant says to one message that stands alone."""
    question = context.world.understanding.read(text, context.world.names)
    if question.danger:
        return answer_urgent(question, context)
    if changed := answer_change(text, context):
        return changed
    personal = cleared_here(text, context)
    if isinstance(personal, Findings):
        colleague = "naam" in personal.kinds and question.asks_for_somebody and not _is_about_work(question)
        return refuse_personal_data(context, personal, colleague=colleague and context.may("contact-vragen"))
    if told := answer_agenda(text, context) or answer_away(text, context):
        return told
    if explained := answer_about_itself(question, context):
        return explained
    wishes = question.wishes
    if ("wijzigen" in wishes and not wishes & {"weten"}) or (context.may("netwerk-wijzigen") and question.newcomer):
        return explain_change(context)
    started = conversation_begun(question, context.world.library.language) or begun_in_words(text, context)
    if started and not (started in SPOKEN_OF and is_only_about(text, context)):
        return start(started, context) if context.may("gesprek-beginnen") else refuse_stranger(context)
    led = answer_message(question, context) or answer_lead(question, context)
    return _small_talk(question, context) or led or _ordinary(question, context)


def start(conversation: str, context: Context) -> Reply:
    """The first page of a conversation; whoever keeps conversations begins it. An old control may name one that is no more."""
    flow = FLOWS.get(conversation)
    first = flow.next(Case({}, context, "")) if flow else None
    if flow and isinstance(first, Page):
        return page_reply(first, flow, "", context)
    return Reply("help", (Line(context.world.words.say("algemeen.keuze-verlopen")),))


def _small_talk(question: Question, context: Context) -> Reply | None:
    """Greetings and questions about the assistant itself: only when nothing else is said."""
    bare = "bewaren-kaal" in question.wishes and len(question.words) == 1  # "privacy"
    if bare or ("bewaren" in question.wishes and len(question.rest) < 2):
        return answer_what_is_kept(context) if context.may("gegevens-zien") else refuse_stranger(context)
    if "lid" in question.wishes and context.standing == "vreemde":
        return refuse_stranger(context)
    if question.words and all(word.typed.isdigit() for word in question.words):
        return answer_greeting(context)  # a number chooses something; here there is nothing to choose
    if question.rest or question.roles or question.people or question.organisations:
        return None
    if "hulp" in question.wishes:
        return answer_help(context)
    if "opgelost" in question.wishes:
        return answer_settled(context)
    if "dank" in question.wishes and "groet" not in question.wishes:
        return answer_thanks(context)
    return answer_greeting(context) if "groet" in question.wishes or not question.words else None


def _hangs_in_the_air(question: Question, context: Context) -> bool:
    """Whether a message goes on from something that was not said: "en haar vervanger?" with nothing before it."""
    if question.roles or question.people or question.organisations or question.around or context.standing == "vreemde":
        return False
    here = question.wishes & {"hier", "ons", "daar", "weg", "nu-iemand"} or not context.place.startswith("dm")
    if not question.rest and question.wishes & {"bellen", "nummer"} and not here and not question.sure("situation"):
        return True  # "wie moet ik bellen"
    return context.world.understanding.continuation(question) in GOES_ON and len(question.rest) < BARE


def _ordinary(question: Question, context: Context) -> Reply:
    if _hangs_in_the_air(question, context):
        return ask_about_what(context)
    question = asking_part(question, context) or question
    only_example = _is_only_an_example(question, context)
    topic = None if only_example else question.sure("topic")
    if (topic is None or topic.explained < HARDLY) and (worry := _worry(question, context)):
        return worry
    person_wanted = wants_person(question) and not _is_bare_term(question, context)
    if not context.may("contact-vragen"):
        if person_wanted and (
            question.roles or question.people or question.organisations or question.wishes & {"bellen", "nummer", "wie"}
        ):
            return refuse_stranger(context)
        if topic:
            return answer_knowledge(question, context, topic)
        return refuse_stranger(context) if person_wanted else answer_not_found(context, question)
    if person_wanted and (reply := answer_contact(question, context)) and _to_the_point(question, reply, context):
        return answer_knowledge(question, context, topic) if topic and _tells_more(topic, reply, question) else reply
    if topic:
        return answer_knowledge(question, context, topic)
    if situation := question.sure("situation"):
        if not (person_wanted or only_example) and (near := _all_about_it(question)):
            return answer_knowledge(question, context, near)
        by_chance = not person_wanted and _asks_beside(question) and not (situation.solid > 0 and situation.core > WELL_TOLD)
        if not by_chance and (reply := answer_contact(question, context)):
            return reply
    if near := _only_about_it(question):
        return answer_knowledge(question, context, near)
    return _about_the_role(question, context) or answer_not_found(context, question)


def _worry(question: Question, context: Context) -> Reply | None:
    """Whom to call with a story about a pupil that fits nothing, for somebody who asks what to do: it is a worry all the same."""
    told = {word.lemma for word in question.words} | {word.typed for word in question.words}
    story = len(question.words) >= STORY and not told.isdisjoint(PUPILS | CHILDREN) and not question.outside and not question.roles
    if not story or not asks_what_to_do(question) or question.sure("situation") or not context.may("contact-vragen"):
        return None
    return answer_target(concern(find_place(question, context)[0], context), context)


def _is_only_an_example(question: Question, context: Context) -> bool:
    """Whether only an example of the source fits what somebody asks to do themselves: "hij spijbelt en is brutaal, wat moet ik"."""
    topic = question.sure("topic")
    example = topic is not None and context.world.library.topics[topic.id].kind == "voorbeeld"
    return example and asks_what_to_do(question) and question.sure("situation") is not None


def _all_about_it(question: Question) -> Hit | None:
    """The topic for somebody who asks for an answer, when all they say is about it though the words are few."""
    near = question.best("topic")
    wanted = "weten" in question.wishes and not question.roles
    return near if wanted and near and min(near.explained, near.core) > ALL_TOLD else None


def _tells_more(topic: Hit, reply: Reply, question: Question) -> bool:
    """Whether a topic helps more than "which of them do you mean", where nobody is asked for."""
    asks = len(question.words) > 2 * BARE and not question.roles and not question.asks_for_somebody
    return reply.kind == "choice" and asks and bool(question.rest) and topic.explained > WELL_TOLD


def _asks_beside(question: Question) -> bool:
    """Whether something is asked in a few words, for nobody and of no place: "hoeveel pauzes heeft een leerling"."""
    named = question.organisations or question.people or question.strange or question.asks_for_somebody
    return not named and len(question.words) <= STORY and question.words[0].typed in ASKS_FIRST


def _only_about_it(question: Question) -> Hit | None:
    """The topic for somebody who asks something with one word that tells, when a known question is much like it: "rood, en dan"."""
    near = _all_about_it(question)
    return near if near and near.likeness > MUCH_LIKE and not question.outside and not question.strange else None


def _is_about_work(question: Question) -> bool:
    """Whether a word of a situation is said: then the name is somebody's whom it is about, not that of a colleague."""
    hit = question.best("situation")
    return hit is not None and hit.solid > 0


def _is_bare_term(question: Question, context: Context) -> bool:
    """Whether only a term is said, which stands for no role: "mdo?" asks what that is."""
    topic = question.sure("topic")
    if topic and len(question.words) == 1 and question.words[0].typed in context.world.library.language["alleen-begrip"]:
        return True
    few = len(question.words) <= BARE and not (
        question.roles or question.people or question.organisations or question.asks_for_somebody
    )
    return few and topic is not None and topic.solid > 0 and context.world.library.topics[topic.id].kind == "begrip"


def _about_the_role(question: Question, context: Context) -> Reply | None:
    """Who asks what somebody does and names only the role gets the topic of that role: "vt, wat doen die"."""
    if "weten" not in question.wishes or not question.roles or question.rest:
        return None
    understanding, roles = context.world.understanding, context.world.library.roles
    asked = understanding.read(f"wat doet {roles[question.roles[0].meaning].name}", context.world.names)
    topic = asked.sure("topic")
    return answer_knowledge(asked, context, topic) if topic else None


def _to_the_point(question: Question, reply: Reply, context: Context) -> bool:
    """A contact that nothing in the question points to is no answer: "wie is de koning van Spanje"."""
    named = question.roles or question.people or question.around or question.organisations or names_kind(question, context)
    if question.sure("situation") or question.tells_of_pupil or (named and not question.outside):
        return True
    if question.organisations and context.side == "politie":
        return True  # the police names a school: it wants somebody there
    bare = len(question.rest) < 2 and not question.outside
    return (bare and (question.asks_for_somebody or not question.rest)) or reply.kind == "notfound"
