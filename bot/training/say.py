"""What is said about a case to train with: the case with its votes to cast, and once it is closed the worked example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.knowledge import fill
from bot.messages import NETWORK_PLACE, Line, Option, Reply
from bot.say import day_in_words
from bot.training.rows import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.context import World
    from bot.training.rows import Subject, Training
    from knowledge.training import TrainingCase

FLOW, CLOSE = "casus", "sluiten"


def card_of(training: Training) -> str:
    """The live message that shows a case where it was put."""
    return f"{training.reference}/casus"


def asked(training: Training, case: TrainingCase, world: World, voters: int, today: date) -> Reply:
    """The case, what can be voted, and how many did: never what."""
    say = world.words.say
    options = (*vote_options(case, world), Option(CLOSE, say("casus.sluiten")))
    until = training.closes.astimezone(world.network.zone).date()
    lines = [
        Line(say("casus.kop", titel=case.title), "headline"), Line(say("casus.verzonnen"), "note"),
        *(Line(fill(one, world.library)) for one in case.story), Line(say("casus.vraag"), "person"),
        *(Line(f"{number}. {option.label}", "list") for number, option in enumerate(options, start=1)),
        Line(say("casus.hoe", kenmerk=training.reference), "note"),
        Line(say("casus.gestemd", aantal=voters) if voters else say("casus.nog-niemand"), "note"),
        Line(say("casus.sluit-op", dag=day_in_words(until, today)), "note"),
    ]  # fmt: skip
    data = {**_data(training, case), "state": "open", "voters": voters}
    return Reply("announcement", tuple(lines), options, data=data, to=training.place, card=card_of(training))


def vote_options(case: TrainingCase, world: World) -> tuple[Option, ...]:
    """The phases and the people: each option says what it is a vote on. Alphabetical, so that the order gives nothing away."""
    say, card, roles = world.words.say, world.library.phase_card, world.library.roles
    phases = [Option(f"fase:{one}", say("casus.fase", fase=one, woord=card.phases[one].word)) for one in card.cells]
    calls = sorted(case.call, key=lambda role: roles[role].name)
    return (*phases, *(Option(f"bellen:{role}", say("casus.bellen", rol=roles[role].name)[:40]) for role in calls))


def worked(training: Training, case: TrainingCase, world: World) -> Reply:
    """The worked example and how the votes were spread, without anybody's name."""
    say, card, roles = world.words.say, world.library.phase_card, world.library.roles
    weighed = case.weighed(card)
    phase = card.phase(weighed.phase)
    head = say("quickscan.fase-kop", teken=phase.sign, woord=phase.word, fase=weighed.phase)
    lines = [
        Line(say("casus.uitwerking-kop", titel=case.title), "headline"), Line(say("casus.volgens-kaart", fase=head), "person"),
        Line(say(f"quickscan.want-{weighed.grounds}", fase=weighed.held_back_from or weighed.phase), "reason"),
        *(Line(f"- {card.threatening_by_id[one].label}", "list") for one in weighed.reasons),
    ]  # fmt: skip
    if weighed.held_back_from:
        lines.append(Line(say("quickscan.tegengehouden", van=weighed.held_back_from, naar=weighed.phase), "reason"))
        lines += [Line(f"- {card.protective_by_id[one].label}", "list") for one in weighed.protects]
    lines += [Line(fill(one, world.library)) for one in case.worked]
    lines.append(Line(say("casus.bel-eerst", rol=roles[case.call[0]].name, waarom=fill(case.why, world.library))))
    lines += [*_spread(training, case, world), Line(say("casus.praat"), "note")]
    lines.append(Line(say("casus.bron", bron=", ".join(case.sources)), "reason"))
    data = {
        **_data(training, case), "state": "closed", "phase": weighed.phase, "colour": phase.colour,
        "reasons": list(weighed.reasons), "call": case.call[0], "spread": training.spread,
    }  # fmt: skip
    return Reply("announcement", tuple(lines), data=data, to=training.place, card=card_of(training), anew=True)


def _spread(training: Training, case: TrainingCase, world: World) -> Iterable[Line]:
    say = world.words.say
    labels = {option.id: option.label for option in vote_options(case, world)}
    if not any(training.spread.values()):
        yield Line(say("casus.geen-stemmen"), "reason")
    for subject in SUBJECTS:
        votes = training.spread.get(subject, {})
        if votes:
            yield Line(say(f"casus.zo-{subject}", aantal=sum(votes.values())), "reason")
        for label in (one for one in labels if one.removeprefix(f"{subject}:") in votes and one.startswith(f"{subject}:")):
            number = votes[label.removeprefix(f"{subject}:")]
            yield Line(say("casus.regel", wat=labels[label], aantal=number), "list")


def noted(training: Training, subject: Subject, choice: str, world: World, other: Subject | None) -> Reply:
    """To the voter alone: what was noted, and what can still be voted on."""
    say, library = world.words.say, world.library
    if subject == "fase":
        text = say("casus.stem-fase", kenmerk=training.reference, fase=choice, woord=library.phase_card.phases[choice].word)
    else:
        text = say("casus.stem-bellen", kenmerk=training.reference, rol=library.roles[choice].name)
    more = say(f"casus.nog-{other}") if other else say("casus.nog-wisselen")
    return Reply("confirmation", (Line(text), Line(more, "note")), data={"flow": FLOW, "casus": training.reference})


def place_name(place: str, world: World) -> str:
    """A place in words: "het kanaal van Lindecollege"."""
    if place == NETWORK_PLACE:
        return world.words.say("casus.plek-netwerk")
    school = world.network.organisation_by_id[world.network.koppel_by_id[place].school]
    return world.words.say("casus.plek-koppel", school=school.name)


def _data(training: Training, case: TrainingCase) -> dict[str, object]:
    return {"flow": FLOW, "casus": training.reference, "case": case.id, "sources": list(case.sources)}
