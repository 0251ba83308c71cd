"""Understands a message that goes on from an answer with people in it: "en haar vervanger?", "en op vrijdag?", "wie nog meer".

Of what was said before only the answer is known: its people, their roles, the subject and the place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answer import answer
from bot.answers.contact import answer_target, found_schools
from bot.answers.contact_lines import MOST_CONTACTS, contact_reply
from bot.answers.empty import reachable
from bot.answers.knowledge import topic_reply
from bot.answers.on_day import answer_on_days
from bot.answers.people import about_person
from bot.answers.target import KIND_OF_WORD, Target, find_place, roles_for
from bot.messages import Line, Reply
from bot.talk.choose import answer_choice
from knowledge.day_words import is_day_word
from knowledge.dutch_days import find_days
from knowledge.reach import NOWHERE, Contact, Place

if TYPE_CHECKING:
    from bot.context import Context
    from bot.understand import Question
    from knowledge.days import Days
    from knowledge.network import Person

RANKS = {"rang-1": 0, "rang-2": 1, "rang-3": 2, "rang-laatste": -1}

MAIL = frozenset({"mail", "mailen", "email", "mailadres", "emailadres"})

FEW_WORDS = 9
"""A message with more words tells enough to stand on its own."""


def follow_person(question: Question, meaning: str | None, last: Reply, context: Context) -> Reply | None:
    """The answer to a message that goes on from a contact or a choice; None when it does not."""
    going_on = _GoingOn(question, last, context)
    if len(question.words) > FEW_WORDS or not context.may("contact-vragen"):
        return None
    if last.kind == "choice":
        return going_on.chosen(meaning)
    return going_on.asked(meaning) or going_on.on_days() or going_on.elsewhere(meaning) or going_on.there()


def place_of(last: Reply, context: Context) -> Place:
    """What an answer with people was about: the place in its data, else the school of the person named first."""
    network = context.network
    contacts = last.data.get("contacts") or [{}]
    about = last.data.get("about") or contacts[0].get("organisation")
    school = network.organisation_by_id.get(str(about))
    if school:
        return Place(school=school) if school.is_school else NOWHERE
    if about in {one.municipality for one in network.organisations}:
        return Place(municipality=str(about))
    return Place(wijk=str(about)) if about else NOWHERE


@dataclass(frozen=True)
class _GoingOn:
    question: Question
    last: Reply
    context: Context

    @property
    def _contacts(self) -> list[dict[str, str]]:
        return self.last.data.get("contacts") or []

    @property
    def _first(self) -> Person | None:
        return self.context.network.person_by_id.get(self._contacts[0]["person"]) if self._contacts else None

    @property
    def _role(self) -> str:
        """The role that was asked for: of a deputy that of whom they stand in for."""
        first = self._contacts[0]
        replaced = self.context.network.person_by_id.get(first.get("deputy_for") or "")
        return self.context.world.reach.role_of(replaced, first["role"]) if replaced else first["role"]

    @property
    def _topic(self) -> str:
        return str(self.last.data.get("topic"))

    # What is asked about who was named

    def asked(self, meaning: str | None) -> Reply | None:
        """The answer to a fixed expression."""
        person = self._first
        if person is None:
            return None
        if meaning == "vervanger" or self._says_away():
            return self._deputy(person)
        match meaning:
            case "ander":
                return self._others()
            case "gegevens":
                return self._details(person)
            case "wanneer":
                return self._when(person)
            case "taak" | "mag":
                return self._task("doet" if meaning == "taak" else "mag")
            case "waarom":
                lines = tuple(line for line in self.last.lines if line.style == "reason")
                return Reply("contact", lines, data=self.last.data) if lines else None
            case "doen":
                return self._to_do(person)
            case "wie":
                return self._role_here()
        return None

    def _says_away(self) -> bool:
        """Whether somebody of the last answer is said not to be there: "en als Henk er ook niet is"."""
        named = {spot.target for spot in self.question.people} & {one["person"] for one in self._contacts}
        typed = {word.typed for word in self.question.words}
        return bool(named) and ("weg" in self.question.wishes or "niet" in typed) and not self.question.organisations

    def _deputy(self, person: Person) -> Reply | None:
        """The next one down the chain who can be reached, else the next; nobody: who else there is for the role."""
        context, reach = self.context, self.context.world.reach
        named = {one["person"] for one in self._contacts[:1]}
        chain = [one for one in reach.deputies(person, context.today) if one.id not in named and one.id != context.sender]
        found = []
        for deputy in chain:
            availability = context.world.calendar.availability(deputy, context.now)
            found.append(Contact(deputy, reach.role_of(deputy, self._role), availability, person, self._contacts[0]["role"]))
        if found:
            best = next((one for one in found if one.availability.open), found[0])
            return contact_reply(context, [best], [], topic=self._topic, place=place_of(self.last, context))
        note = Line(context.world.words.say("vervolg.geen-vervanger", naam=person.name), "note")
        other = self._others()
        return replace(other, lines=(note, *other.lines)) if other else None

    def _others(self) -> Reply | None:
        """Who else can be called for the same: the next roles of the situation, or those that come next to the role."""
        context, library = self.context, self.context.world.library
        situation = library.situations.get(self._topic)
        role = library.roles.get(self._role)
        roles = (*(roles_for(situation, context) if situation else ()), self._role, *(role.instead if role else ()))
        named = {str(one.get(key)) for one in self._contacts for key in ("person", "deputy_for")}
        place = place_of(self.last, context)
        place = place if place != NOWHERE else context.own_place()
        found: dict[str, Contact] = {}
        for one in dict.fromkeys(roles):
            fit = (
                [other for other in reachable(one, place, context) if other.person.id not in named] if one in library.roles else []
            )
            for contact in fit if place != NOWHERE else fit[:1]:
                found.setdefault(contact.person.id, contact)
        if found:
            ranked = sorted(found.values(), key=lambda one: not one.availability.open)[:MOST_CONTACTS]
            return contact_reply(context, ranked, [], topic=self._topic, place=place)
        rest = [one for one in reachable("coordinator", NOWHERE, context) if one.person.id not in named]
        note = Line(context.world.words.say("vervolg.niemand-meer"), "note")
        return contact_reply(context, rest[:1], [note], topic="coordinator") if rest else None

    def _details(self, person: Person) -> Reply:
        """The number, and the address when that is what is asked for."""
        context = self.context
        contact = Contact(person, self._contacts[0]["role"], context.world.calendar.availability(person, context.now))
        reply = contact_reply(context, [contact], [], topic=self._topic, place=place_of(self.last, context))
        if MAIL.isdisjoint(word.typed for word in self.question.words):
            return reply
        say = context.world.words.say
        mail = Line(say("vervolg.mail", mail=person.email) if person.email else say("vervolg.geen-mail"), "number")
        at = next((place for place, line in enumerate(reply.lines, start=1) if line.style == "number"), 1)
        return replace(reply, lines=(*reply.lines[:at], mail, *reply.lines[at:]))

    def _when(self, person: Person) -> Reply:
        """Until when somebody is there or when again; of a deputy also of the one they stand in for."""
        context, reach = self.context, self.context.world.reach
        replaced = context.network.person_by_id.get(self._contacts[0].get("deputy_for") or "")
        asked = replaced or person
        contacts = reach.contacts(asked, reach.role_of(asked, self._role), context.now, but_not=context.sender)
        return contact_reply(context, contacts, [], topic=self._topic, place=place_of(self.last, context))

    def _task(self, verb: str) -> Reply | None:
        """What the role of who was named does or may: asked once more with its name."""
        role = self.context.world.library.roles.get(self._role)
        reply = answer(f"wat {verb} {role.name}", self.context) if role else None
        return reply if reply and reply.kind == "knowledge" else None

    def _to_do(self, person: Person) -> Reply:
        """What the asker does besides calling: the topic of the situation, else how to call well."""
        library = self.context.world.library
        topic = library.topics.get(library.to_do.get(self._topic, ""))
        if topic:
            return topic_reply(self.context, topic)
        lines = tuple(Line(one.format(naam=person.name)) for one in self.context.world.words.list("vervolg.doen"))
        return Reply("help", lines)

    def _role_here(self) -> Reply | None:
        """The same role for the asker's own place."""
        place, roles = self.context.own_place(), self.context.world.library.roles
        return answer_target(Target((self._role,), place, explicit=True), self.context) if self._role in roles else None

    # Another day, place or person

    def on_days(self) -> Reply | None:
        """The same person on the days that are named, when hardly anything else is said."""
        question, context, person = self.question, self.context, self._first
        typed = [word.typed for word in question.words]
        found = find_days(typed, context.today, context.world.calendar)
        if person is None or len(found) != 1 or question.roles or question.organisations or question.wijken:
            return None
        if not self._only_days(found[0]) or any(spot.target != person.id for spot in question.people if spot.share > 0.4):
            return None
        replaced = context.network.person_by_id.get(self._contacts[0].get("deputy_for") or "")
        asked = replaced or person
        return answer_on_days(asked, context.world.reach.role_of(asked, self._role), found[0], context)

    def _only_days(self, days: Days) -> bool:
        finder = self.context.world.understanding.finder
        named = {place for spot in self.question.people for place in spot.places}
        rest = (word for place, word in enumerate(self.question.words) if not days.start <= place < days.end and place not in named)
        return not any(finder.telling(word) and not is_day_word(word.typed) and word.typed != "bereikbaar" for word in rest)

    def elsewhere(self, meaning: str | None) -> Reply | None:
        """The same for another place, or another role or person at the same place."""
        question, context = self.question, self.context
        if not self._says_only_where() or (meaning not in {"begin", "plek"} and not self._only_a_name()):
            return None
        if found := self._same_role():
            return found
        place, candidates = find_place(question, context)
        if question.roles:
            named = question.organisations or question.wijken or question.towns
            target = Target((question.roles[0].meaning,), place if named else self._here(), explicit=True, candidates=candidates)
            return found_schools(target, context) if candidates else answer_target(target, context)
        if question.people:
            person = context.network.person_by_id[question.people[0].target]
            return about_person(person, question, context) if person.id != context.sender else None
        return None

    def _says_only_where(self) -> bool:
        """Whether nothing is said beside names, roles and kinds of school."""
        words = self.question.words
        names = {
            text for spot in self.question.people for place in spot.places for text in (words[place].typed, words[place].lemma)
        }
        return all(one in KIND_OF_WORD or one in names for one in self.question.rest)

    def _only_a_name(self) -> bool:
        """Whether somebody is named and nothing else: "en Marieke zelf"."""
        return bool(self.question.people) and not self.question.wishes

    def _here(self) -> Place:
        """The place of the last answer, for who asks from outside a school; else their own."""
        return self.context.own_place() if self.context.own_place() != NOWHERE else place_of(self.last, self.context)

    def _same_role(self) -> Reply | None:
        """The role of the last answer for the place that is named now."""
        question, context = self.question, self.context
        if question.roles or not self._contacts:
            return None
        situation = context.world.library.situations.get(self._topic)
        roles = roles_for(situation, context) if situation else (self._role,)
        if not all(one in context.world.library.roles for one in roles):
            return None
        kinds = {KIND_OF_WORD[word.typed] for word in question.words if word.typed in KIND_OF_WORD}
        if kinds and not question.organisations:
            places = [Place(school=one) for one in context.network.organisations if one.is_school and one.kind in kinds]
            target = Target(
                roles, places[0] if places else NOWHERE, situation, explicit=situation is None, candidates=tuple(places)
            )
            return found_schools(target, context) if places else None
        if not (question.organisations or question.wijken or question.towns):
            return None
        place, candidates = find_place(question, context)
        target = Target(roles, place, situation, explicit=situation is None, candidates=candidates)
        return found_schools(target, context) if candidates else answer_target(target, context)

    def there(self) -> Reply | None:
        """A question about the place of the last answer: "wie doet daar het verzuim"."""
        place = place_of(self.last, self.context)
        if "daar" not in self.question.wishes or place == NOWHERE:
            return None
        return answer(self.question.text, replace(self.context, before=place))

    # Which of those that were offered

    def chosen(self, meaning: str | None) -> Reply | None:
        """Which one is meant, by its place in the list, or by the school or wijk it is for."""
        options = self.last.options
        if meaning in RANKS and -1 <= RANKS[meaning] < len(options):
            return answer_choice(self.last, options[RANKS[meaning]].id, self.context)
        if meaning == "doen" and self._topic in self.context.world.library.to_do and self._first:
            return self._to_do(self._first)
        if not self._says_only_where():
            return None
        return self._same_role() if meaning in {"begin", "plek", None} else None
