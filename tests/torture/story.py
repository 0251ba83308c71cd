"""The story that is told while the assistant is killed: every kind of message, and time that passes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

START = datetime.fromisoformat("2026-11-24T09:00:00+01:00")


@dataclass(frozen=True)
class Event:
    """Something said, or only time that passes."""

    id: str
    at: datetime
    sender: str = ""
    place: str = ""
    text: str = ""


GIVER, TAKER, OTHER, ASKER, PAIR = "s-devries", "w-mulder", "a-vanleeuwen", "y-amrani", "lindecollege-politie"


def _direct(person, *texts):
    return tuple((person, f"dm:{person}", text) for text in texts)


_OFFER = ("draag dit over aan Wendy Mulder", "2", "1", "1", "1", "1", "ja")
_SAID = (
    *_direct(ASKER, "wie is onze wijkagent", "leerlingen dealen bij het hek, wie bel ik"),
    *_direct(ASKER, "quickscan", "nee", "1", "1", "terug", "2", "geen", "geen", "geen", "geen", "1", "geen", "geen"),
    *_direct(GIVER, "verzuim", "stop", *_OFFER),
    *_direct("onbekend-1", "wie is de wijkagent"),
    (TAKER, PAIR, "ik neem het over, ik bel vandaag"),
    (OTHER, PAIR, "ik neem het over"),
    (TAKER, PAIR, "toch niet"),
    (TAKER, PAIR, "ik neem het over, ik bel vandaag"),
    (GIVER, PAIR, "wat staat er open"),
    (TAKER, PAIR, "terugkoppeling"),
    (GIVER, PAIR, "sluit de overdracht"),
    (GIVER, PAIR, "heropen de overdracht"),
    (GIVER, PAIR, "sluit de overdracht"),
    *_direct(GIVER, *_OFFER),
    (TAKER, PAIR, "kan niet, vraag Ahmed"),
    *_direct(OTHER, "vraag terug", "ik neem het over, ik kom langs", "pauzeer tot donderdag", "wacht op ouders"),
    *_direct(GIVER, *_OFFER, "trek de overdracht in", "2"),
    *_direct(GIVER, *_OFFER),
    *_direct(ASKER, "mijn nummer is nu 06-55500199", "ja", "ik ben morgen vrij", "ja"),
    (GIVER, PAIR, "casus van de week"),
    *_direct(OTHER, "ik ben ziek", "3"),
    *_direct(ASKER, "er is nu een vechtpartij met een mes"),
)
"""One handover goes round, one is declined, taken by another and paused, one is withdrawn, and one is left lying: it is what time
reminds of, and what goes up. The list of people changes, and whoever holds one falls ill."""


def story(rounds: int = 1) -> list[Event]:
    """The story, so often after one another; between two lines a minute passes, after each round a week."""
    events: list[Event] = []
    at = START
    for number in range(rounds):
        for line, (sender, place, text) in enumerate(_SAID):
            at += timedelta(minutes=1)
            events.append(Event(f"e{number}/{line}", at, sender, place, text))
        for days in (1, 3):
            at += timedelta(days=days)
            events.append(Event(f"t{number}/{days}", at))
    return events
