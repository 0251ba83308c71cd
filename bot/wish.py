"""Tells a question for a person ("wie bel ik") from a question for an answer ("hoe lang bewaar je"), by the words that ask.

Where the asking words leave it open, what fits better decides: a situation in which somebody is called, or a topic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.known_question import OWN, asks_about_case, is_known_question, is_subject, is_told_as_known
from knowledge.text import is_dutch, lemma, pieces, split

if TYPE_CHECKING:
    from bot.understand import Question
    from knowledge.phrases import Found
    from knowledge.text import Word

HERE = frozenset({"hier", "deze", "ons", "onze", "dit"})
"""With these "wie" asks for somebody there is: "wie houdt hier de absenties bij"."""

SUBJECT = frozenset("""de het elke iedere deze die dat hij zij ze je men ouders school politie halt leerplicht justitie""".split())
"""What stands behind the verb of a question; a message that leaves its subject out goes on otherwise."""

EACH = frozenset(("elke", "elk", "iedere", "ieder", "alle"))

WITH_HAVE = frozenset({"je", "jij", "jullie", "ik", "u"})
"""Behind "heb" they ask; "heb een leerling op het bureau" tells."""

THAT = frozenset({"dat", "dit"})
"""Behind the verb they ask what something is: "adoptie, is dat ook de Raad"."""

IN_GENERAL = frozenset({"je", "men", "u"})

IS_IT = frozenset({"is", "zijn", "heb", "hebben", "hebt", "heeft"})
"""With a role or a name behind it these ask for somebody: "is er een wijkteam", "is hij er vandaag"."""

VERB_FIRST = IS_IT | frozenset(
    """moet moeten moete kan kun kunnen zit staat werkt krijgt krijgen krijge krijg komt komen zitten hoort horen telt tellen
    geldt gelden doet gaat gaan bestaat valt vallen wordt worden blijft blijven hoeft hoeven helpt verschilt klopt leg noem
    vertel sinds hoor""".split()
)
"""A sentence that begins with one of these asks whether something is so; further on the same words only tell."""

WHAT_FIRST = frozenset(
    """wat hoe hoelang hoeveel waarom wanneer waarvoor waarmee waaruit waaraan waarover waarop vanaf mag mogen betekent""".split()
)
BEFORE_WHICH = frozenset("""op in van bij aan uit met voor tot binnen na vanaf onder volgens over per tegen door""".split())
WHICH = frozenset({"welk", "welke"})

WE_WANT = [["wij", "willen"], ["we", "willen"], ["ik", "wil"], ["school", "wil"]]
"""Whoever tells what they want to do is helped by somebody more than by a topic: "wij willen aangifte doen"."""

NOW_WHAT = frozenset({"wat nu", "en nu", "hoe nu", "wat dan"})
"""Behind something that is told they ask for whatever helps: an answer or somebody to call, by what fits better."""

WHAT_I, WHO_I = frozenset({"moet", "doe", "kan", "mot"}), frozenset({"ik", "we", "wij"})

IN_GENERAL_HOW = frozenset({"meestal", "gewoonlijk", "doorgaans", "standaard", "altijd", "normaal"})
"""Who asks how it usually goes wants no number: "met wie spreekt de jeugdreclassering meestal"."""

BEHIND_WHERE = frozenset({"voor", "over", "om", "aan", "mee", "uit", "van"})
"""With "waar" before them they ask what something is: "waar dient het adviesteam voor"."""

US = frozenset({"ik", "we", "wij", "mij", "ons", "onze"})

MOST_PRESENT = 7
THERE = frozenset({"er", "terug", "aanwezig", "bereikbaar", "vandaag", "morgen", "nu", "vrij", "weer"})
"""Words of a short question whether somebody is there."""

TASK = frozenset(
    """mandaat profiel rol taak taken takenpakket bevoegdheid bevoegdheden werkzaamheden
    verantwoordelijkheden""".split()
)

HAVE = frozenset({"heeft", "hebben", "is", "zijn"})

SPEAK = frozenset({"spreken", "doorverbinden", "bereiken", "te bereiken", "bellen"})
"""What somebody wants to do with the role that they name: "moet de wijkagent spreken", "kun je me doorverbinden met Halt"."""

FEW = 4
"""Whoever says so little and names an organisation wants somebody of it."""

PERSON = -0.3
"""The balance from which somebody wants a person: in doubt a person, who knows the situation, is the better answer."""


def wants_person(question: Question) -> bool:
    """Whether somebody wants a person to call (True) or an answer (False)."""
    if question.words and (question.words[0].typed == "waarom" or asks_about_case(question)):
        return False
    if question.people and asks_presence(question):
        return True
    return _asked(question) + _named(question) + _fits(question) >= PERSON


def asks_presence(question: Question) -> bool:
    """Whether it is asked if, where or when somebody is there: "is Ineke er vandaag", "wanneer is Marieke weer terug"."""
    typed = [word.typed for word in question.words]
    return 1 < len(typed) <= MOST_PRESENT and typed[0] in {"is", "werkt", "waar", "wanneer", "tot"} and not THERE.isdisjoint(typed)


def _asked(question: Question) -> float:
    """What the asking words say."""
    wishes = question.wishes
    wants_to_know = _wants_to_know(question)
    calls = [cue for cue in question.cues if cue.meaning == "bellen" and not (wants_to_know and _is_anybody(cue, question))]
    balance = 2.5 * ("nummer" in wishes) - (1.0 if "nummer" in wishes or _asks_whom_last(calls, question) else 2.5) * wants_to_know
    if not wants_to_know and question.sure("situation") and [word.typed for word in question.words[:2]] in WE_WANT:
        balance += 0.5
    if question.tells_of_pupil and not wants_to_know and not is_told_as_known(question):
        balance += 0.8
    if not wants_to_know and question.around and wishes & {"ons", "hier"} and question.words[0].typed in HAVE:
        return balance + 2.5  # "heeft onze school een vaste agent"
    if "weg" in wishes or any(_is_own(cue, question) for cue in calls) or _which_role(question):
        balance += 2.0
    elif calls:
        balance += 0.4 if any(_in_general(cue, question) for cue in calls) else 1.2
    elif len(question.words) > FEW and question.words[-1].typed == "wie":
        balance += 2.0  # "brugwachter klaagt over stenen, wie"
    elif "wie" in wishes:
        here = not HERE.isdisjoint(word.typed for word in question.words)
        balance += 1.4 if question.organisations or here else 0.35
    elif "nummer" not in wishes and not wants_to_know and (_verb_first(question) or _weighs_two(question)):
        balance -= 1.5
    if is_known_question(question):
        balance -= 2.0 + 2.5 * ("nummer" in wishes)
    if "nummer" not in wishes and not IN_GENERAL_HOW.isdisjoint(word.typed for word in question.words):
        balance -= 2.0
    return balance


def _weighs_two(question: Question) -> bool:
    """Whether one thing to do is weighed against another: "pv schrijven of eerst de Raad bellen"."""
    typed = [word.typed for word in question.words]
    place = typed.index("of") if "of" in typed else 0
    return place > 0 and _is_infinitive(question.words[place - 1]) and any(map(_is_infinitive, question.words[place + 1 :]))


def _is_infinitive(word: Word) -> bool:
    return word.typed.endswith("en") and word.known and word.lemma == word.typed


def _asks_where_about(question: Question) -> bool:
    """Whether a "waar" with its loose part asks what something is or is about, or where it ends up; not "waar moet ik zijn"."""
    typed = [word.typed for word in question.words]
    if not typed or typed[0] != "waar" or not US.isdisjoint(typed):
        return False
    if {"komt", "komen"} & set(typed[1:2]) and typed[-1] == "terecht":
        return True
    parts = (place for place, word in enumerate(typed) if place > 1 and word in BEHIND_WHERE)
    behind = (question.words[place + 1 : place + 2] for place in parts)
    return any(not next_one or next_one[0].typed in BEFORE_WHICH | {"als"} or _is_infinitive(next_one[0]) for next_one in behind)


def _asks_whom_last(calls: list[Found], question: Question) -> bool:
    """Whether somebody asks for a person for themselves behind another question: "mag dat, en met wie regel ik dat"."""
    last = max((cue.start for cue in question.cues if cue.meaning == "weten"), default=-1)
    return any(cue.start > last and "wie" in _typed(cue, question, 0) and _is_own(cue, question) for cue in calls)


def _typed(cue: Found, question: Question, after: int) -> list[str]:
    return [word.typed for word in question.words[cue.start : cue.end + after]]


def _is_own(cue: Found, question: Question) -> bool:
    """Whether the asker is in it ("met wie overleg ik", "mag ik dat, en bij wie"), or no "wie" that could be meant in general."""
    typed = _typed(cue, question, 3)
    last = cue.end == len(question.words) and not US.isdisjoint(word.typed for word in question.words)
    return last or "wie" not in typed or not OWN.isdisjoint(typed)


def _is_anybody(cue: Found, question: Question) -> bool:
    """Whether it is said of anybody of a kind: "wat doet het rmc met iemand van 22"."""
    return question.words[cue.start].typed == "iemand" and question.words[0].typed in WHAT_FIRST


def _in_general(cue: Found, question: Question) -> bool:
    return not IN_GENERAL.isdisjoint(_typed(cue, question, 3))


def _wants_to_know(question: Question) -> bool:
    """Whether a question word asks for an answer, or a sentence begins as such a question."""
    verb_first = _verb_first(question)
    if _asks_the_task(question) or _asks_where_about(question):
        return True
    if verb_first and _wants_to_speak(question):
        return False
    if _asks_what_it_is(question):
        return True
    for cue in question.cues:
        if cue.meaning == "weten" and " ".join(word.typed for word in question.words[cue.start : cue.end]) in NOW_WHAT:
            continue
        if cue.meaning == "weten" and (verb_first or question.words[cue.start].typed not in VERB_FIRST):
            return True
    if question.wishes & {"bellen", "nummer", "wie"} or _which_role(question):
        return False
    if any(word.typed in WHICH for word in question.words):
        return True
    for first, second in _beginnings(question):
        if f"{first} {second}" in NOW_WHAT:
            continue
        if first in WHAT_FIRST or first in WHICH or (first in BEFORE_WHICH and second in WHICH | {"wat"}):
            return True
    return False


def _asks_the_task(question: Question) -> bool:
    """Whether the task of a role is asked for in a few words: "rol ggd convenant", "taken van de wijkagent"."""
    named = question.roles or question.around
    return bool(named) and not question.asks_for_somebody and any(word.typed in TASK for word in question.words)


def _asks_what_it_is(question: Question) -> bool:
    """Whether it is asked if one thing is another: "is een haltstraf een strafblad", "is leerplicht ook preventief"."""
    typed = [word.typed for word in question.words]
    also = "ook" in typed and THERE.isdisjoint(typed) and not question.people
    return typed[0] in {"is", "zijn"} and "er" not in typed[1:2] and ("een" in typed[1:] or also) and "wie" not in typed


def _wants_to_speak(question: Question) -> bool:
    """Whether a sentence without a question word says that a role is to be spoken to."""
    typed = [word.typed for word in question.words]
    asked = not WHAT_FIRST.isdisjoint(typed) or "wie" in typed or "je" in typed[2:] or "mag" in typed
    return bool(question.roles or question.people) and not SPEAK.isdisjoint(typed) and not asked


def _which_role(question: Question) -> bool:
    """Whether "welke agent", "welke leerplichtambtenaar" is asked: the role follows on the question word."""
    starts = {found.start for found in (*question.roles, *question.around)}
    return any(word.typed in WHICH and {place + 1, place + 2} & starts for place, word in enumerate(question.words))


def _verb_first(question: Question) -> bool:
    """Whether a sentence begins with its verb, and does not ask whether somebody is there."""
    somebody = bool(question.roles or question.people or question.around)
    found = [(first, second) for first, second in _beginnings(question) if first != "heb" or second in WITH_HAVE]
    if len(question.words) >= FEW and any(_is_finite(first, second) for first, second in found):
        return True
    return any(first in VERB_FIRST and not (somebody and first in IS_IT and second not in THAT) for first, second in found)


def _is_finite(first: str, second: str) -> bool:
    """Whether a sentence begins with any verb and its subject: "schuift de wijkagent vaak aan", not "spijbelt al weken"."""
    if second not in SUBJECT or first in IS_IT:
        return second in EACH and first in IS_IT
    return first.endswith(("t", "en", "de", "te")) and is_dutch(first) and lemma(first).endswith("en")


def _beginnings(question: Question) -> list[tuple[str, str]]:
    """The first two words of each sentence; of the first as they were understood, typing errors put right."""
    parts = (split(part) for part, _ in pieces(question.text))
    found = [(part[0], part[1] if len(part) > 1 else "") for part in parts if part]
    first = [word.typed for word in question.words[:2]]
    return [(first[0], first[1] if found[0][1] else ""), *found[1:]] if len(first) == 2 and found else found


def _named(question: Question) -> float:
    """A role, a name or a school without a question word is asked for; within one it is only the subject."""
    somebody = question.roles or question.people or question.around
    if _wants_to_know(question):
        taken = frozenset[int]().union(*(found.places for found in (*question.roles, *question.around)))
        known_place = any(not spot.places <= taken for spot in question.organisations) and len(question.rest) <= 1
        return 2.5 if somebody and known_place else 1.5 if question.people else 0.0
    balance = 0.0
    if somebody:
        asks = bool(question.wishes & {"bellen", "nummer", "weg", "wie"})
        balance += (
            1.0 if asks else 2.0 if len(question.rest) <= 2 and not _verb_first(question) and not is_subject(question) else 0.3
        )
    if question.organisations and not question.rest:
        balance += 2.0 if len(question.words) <= FEW else 1.0
    return balance


def _fits(question: Question) -> float:
    """Between -1.5 (a topic fits, no situation does) and 1.5 (the other way around)."""
    situation, topic = question.best("situation"), question.best("topic")
    told, known = situation.score if situation else 0.0, topic.score if topic else 0.0
    if not told and question.organisations and question.roles and not question.sure("topic"):
        return 0.0  # a role at a school, and no topic that is sure
    return 1.5 * (told - known) / max(told, known) if told or known else 0.0


def asks_what_to_do(question: Question) -> bool:
    """Whether somebody tells something and asks what to do about it themselves: "wat moet ik", "wat nu"."""
    typed = [word.typed for word in question.words]
    return " ".join(typed[-2:]) in NOW_WHAT or any(
        first == "wat" and verb in WHAT_I and who in WHO_I for first, verb, who in zip(typed, typed[1:], typed[2:], strict=False)
    )
