"""Plays the stories in tests/scenarios: who says, taps or offers what at which moment, and what must have been said by then.

NN-name.jsonl holds the events, one a line, in order of time:

    {"at": …, "from": "w-mulder", "in": "lindecollege-politie", "text": "ik neem het over"}
    {"at": …, "from": "w-mulder", "in": "lindecollege-politie", "tap": "Neem over"}      the newest control there that begins so
    {"at": …, "from": "s-devries", "offer": "w-mulder", "phase": 2}                      all pages of a handover, in the own chat
    {"at": …, "from": "s-devries", "offer": "w-mulder", "call": true}                    the same of a call
    {"at": …, "from": …, "in": …, "tap": "Neem over", "old": true}                       the same on a message that was replaced
    {"at": …, "network": {"w-mulder": {"tot": "2027-01-20"}}, "pairs": {"…": {…}}}       an import that changes people, and pairs
    {"at": …, "advance": true}                                                           time passes
    {"at": …, "down": true}                                                              from here to the next it is not there

NN-name.yaml holds what is expected of it (`Checks`). References are called A, B, C in the order in which they were offered.
"""

import asyncio
import io
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from adapters.jsonlines import place_of
from adapters.simulate import Event, play
from bot.app import open_app, take_network
from bot.messages import Chose, Said
from knowledge.network_files import read_network
from knowledge.roles import ROLES

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "scenarios"
EXAMPLE = ROOT / "config" / "netwerk-voorbeeld.yaml"


def moment(text):
    return datetime.fromisoformat(str(text))


class Story:
    """One story as far as it has been played."""

    def __init__(self):
        self.app = open_app()
        self.tree = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
        self.network = None
        self.heard = []
        self.count = 0
        self.last_there = None
        self.imported = None

    def play(self, events):
        for event in events:
            self.at = moment(event["at"])
            if self.network is None:
                self.take({})
            self.do(event)
        return self.heard

    def do(self, event):
        match event:
            case {"network": changes}:
                self.pass_time()
                self.take(changes, event.get("pairs", {}))
                self.pass_time()
            case {"down": True}:
                self.pass_time()
                self.last_there = self.at
            case {"advance": True}:
                self.pass_time()
            case {"offer": to}:
                self.offer(event, to)
            case {"tap": label}:
                self.tap(event, label)
            case {"text": text}:
                self.say(event, text)

    def take(self, changes, pairs=None):
        """The network with some people and pairs changed; a person of nothing is gone."""
        for koppel in self.tree["koppels"]:
            koppel.update((pairs or {}).get(koppel["id"], {}))
        for who, more in changes.items():
            people = self.tree["personen"]
            known = next((one for one in people if one["id"] == who), None)
            if more is None:
                people.remove(known)
            elif known:
                known |= more
            else:
                people.append({"id": who, **more})
        known = {one["id"] for one in self.tree["personen"]}
        for agreement in self.tree["afspraken"]:
            agreement["wie"] = [one for one in agreement["wie"] if one in known or one in ROLES]
        with TemporaryDirectory() as folder:
            path = Path(folder) / "netwerk.yaml"
            path.write_text(yaml.safe_dump(self.tree, allow_unicode=True), encoding="utf-8")
            new = read_network(path)
        take_network(self.app, self.network, new, self.at)
        self.imported = self.at
        self.network = new

    def pass_time(self, inbound=None):
        out = io.StringIO()
        before = [Event(self.last_there, None, down=True)] if self.last_there else []
        self.last_there = None
        asyncio.run(play(self.app, [*before, Event(self.at, inbound)], out, self.imported))
        new = [json.loads(line) for line in out.getvalue().splitlines()]
        self.heard += new
        return new

    def say(self, event, text):
        return self.pass_time(Said(self._key(), self.at, event["from"], self._place(event), self._named(text)))

    def tap(self, event, label):
        """The newest live message there with such a control; in the own chat when it is nowhere else."""
        places = (self._place(event), f"dm:{event['from']}")
        replaced = {one["replaces"] for one in self.heard}
        for message in reversed(self.heard):
            if message["to"] in places and (event.get("old") or message["message"] not in replaced):
                for option in message["options"]:
                    if option["label"].startswith(label):
                        return self.choose(event, message, option["id"])
        raise AssertionError(f"{event['at']}: nothing to tap that begins with {label!r}")

    def choose(self, event, message, *options):
        return self.pass_time(Chose(self._key(), self.at, event["from"], message["to"], int(message["message"][1:]), options))

    def offer(self, event, to):
        """Answers every page of the conversation, with the first answer that begins with yes where it does not matter."""
        new = self.say(event, "belverzoek" if event.get("call") else "overdracht")
        wanted = [to, str(event.get("phase", 1)), "overslaan", event.get("place", "geen"), "ja"]
        for _ in range(10):
            page = next((one for one in new if one["kind"] == "question"), None)
            if page is None:
                return
            ids = [option["id"] for option in page["options"]]
            yes = next((option["id"] for option in page["options"] if option["label"].startswith("Ja")), None)
            chosen = next((one for one in wanted if one in ids), yes)
            if page["multiple"]:
                new = self.choose(event, page)
            elif page["data"]["step"] == "aan" and to not in ids:
                new = self.say(event, self.network.person_by_id[to].name)
            else:
                new = self.choose(event, page, chosen or ids[0])

    def _named(self, text):
        """The text with the references in the place of {A}, {B} …"""
        for name, reference in Checks(self.heard).names.items():
            text = text.replace(f"{{{name}}}", reference)
        return text

    def _place(self, event):
        return place_of(event.get("in", "dm"), event["from"], self.network)

    def _key(self):
        self.count += 1
        return f"story/{self.count}"


@dataclass
class Checks:
    """What is expected: `tel` counts messages, `stand` is how a handover stands, `volgorde` is an order, `tijden` the local moments."""

    heard: list
    names: dict = field(default_factory=dict)

    def __post_init__(self):
        references = dict.fromkeys(one["data"]["handover"] for one in self.heard if one["data"].get("handover"))
        self.names = dict(zip("ABCDEFGH", references, strict=False))

    def failing(self, expected):
        """The expectations that do not hold, in words."""
        return [found for one in expected if (found := self._fails(one))]

    def _fails(self, one):
        if "tel" in one:
            found = len([message for message in self.heard if self.fits(message, one["tel"])])
            low, high = one.get("minstens", one.get("precies", 0)), one.get("hoogstens", one.get("precies", 10**6))
            return None if low <= found <= high else f"{one['zegt']} (geteld: {found})"
        if "stand" in one:
            stands = self.stands(one["stand"]["handover"], one["stand"]["op"])
            found = {key: stands.get(key) for key in ("state", "holder", "addressee") if key in one["stand"]}
            wanted = {key: one["stand"][key] for key in found}
            return None if found == wanted else f"{one['zegt']} ({found})"
        if "volgorde" in one:
            places = [
                next((at for at, message in enumerate(self.heard) if self.fits(message, wish)), None) for wish in one["volgorde"]
            ]
            return None if None not in places and places == sorted(places) else f"{one['zegt']} ({places})"
        if "tijden" in one:
            fitting = [message for message in self.heard if self.fits(message, one["tijden"]) and message["replaces"] is None]
            found = [message["at"][:16] for message in fitting]
            return None if found == one["zijn"] else f"{one['zegt']} ({found})"
        raise AssertionError(f"unknown expectation: {one}")

    def stands(self, name, at):
        reference = self.names[name]
        found = [
            one["data"] for one in self.heard
            if one["data"].get("handover") == reference and one["data"].get("state") and moment(one["at"]) <= moment(at)
        ]  # fmt: skip
        return found[-1]

    def fits(self, message, wish):
        """Whether a message is such a one."""
        data = message["data"]
        for key, wanted in wish.items():
            many = wanted if isinstance(wanted, list) else [wanted]
            match key:
                case "kind" | "to":
                    fits = message[key] in many
                case "handover":
                    fits = data.get("handover") == self.names[wanted]
                case "tekst":
                    fits = any(str(one) in message["text"] for one in many)
                case "optie":
                    fits = any(option["label"].startswith(wanted) for option in message["options"])
                case "van":
                    fits = moment(message["at"]) >= moment(wanted)
                case "tot":
                    fits = moment(message["at"]) < moment(wanted)
                case "nieuw":
                    fits = (message["replaces"] is None) == wanted
                case _:
                    fits = data.get(key) in many or wanted == data.get(key)
            if not fits:
                return False
        return True


def live_copies(heard):
    """Places in which two messages of one handover can both be acted on: there may never be any."""
    live = {}
    for message in heard:
        live.pop(message["replaces"], None)
        if message["data"].get("handover") and message["kind"] != "question" and message["options"]:
            live[message["message"]] = (message["to"], message["data"]["handover"])
    seen = list(live.values())
    return [one for one in seen if seen.count(one) > 1]
