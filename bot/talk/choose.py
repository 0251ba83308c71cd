"""What a tap or a typed number on one of our messages means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answer import answer, start
from bot.answers.contact_lines import contact_reply
from bot.answers.general import refuse_stranger
from bot.answers.knowledge import topic_reply
from bot.messages import Line, Reply
from knowledge.text import fold

if TYPE_CHECKING:
    from bot.context import Context

_TOPIC, _FLOW = "topic:", "flow:"
_NUMBER = re.compile(r"(?:(?:nr|no|nummer|optie|keuze|antwoord)[. ]*)?([0-9]{1,3})")
EMERGENCY = "112"


def choice_in_words(text: str, offered: Reply) -> str | None:
    """The option that was typed, by number ("2", "2.", "nr 2"), whole label, or the word with which only that label begins
    ("ja" for "Ja, vergeet mij"); None when the text is something else.
    """
    typed = fold(text).strip(" .!)")
    number = _NUMBER.fullmatch(typed)
    if number and typed != EMERGENCY and 1 <= int(number[1]) <= len(offered.options):
        return offered.options[int(number[1]) - 1].id
    labels = [(option.id, fold(option.label).strip(" .!)")) for option in offered.options]
    whole = next((one for one, label in labels if label.replace(",", "") == typed.replace(",", "")), None)
    begin = [one for one, label in labels if label.startswith(f"{typed}, ")]
    return whole or (begin[0] if len(begin) == 1 else None)


def answer_choice(offered: Reply, option: str, context: Context) -> Reply:
    """The answer to a choice. Rights are those of this moment; an option that is no longer there says so."""
    words, library = context.world.words, context.world.library
    expired = Reply("help", (Line(words.say("algemeen.keuze-verlopen")),))
    if option not in {one.id for one in offered.options}:
        return expired
    if option.startswith(_TOPIC):
        topic = library.topics.get(option.removeprefix(_TOPIC))
        return topic_reply(context, topic) if topic else expired
    if option.startswith(_FLOW):
        allowed = context.may("gesprek-beginnen")
        return start(option.removeprefix(_FLOW), context) if allowed else refuse_stranger(context)
    if offered.kind == "refusal":
        return answer(str(offered.data["suggestion"]), context)
    if not context.may("contact-vragen"):
        return refuse_stranger(context)
    person = context.network.person_by_id.get(option)
    if person is None or not person.serves_on(context.today):
        return expired
    reach = context.world.reach
    role = next((one["role"] for one in offered.data.get("contacts", []) if one["person"] == option), reach.role_of(person, ""))
    # Whoever taps their own name in a channel gets what was asked for: somebody's number, their own.
    contacts = reach.contacts(person, role, context.now, but_not=context.sender) or reach.contacts(person, role, context.now)
    return contact_reply(context, contacts, [], topic=str(offered.data.get("topic", role)))
