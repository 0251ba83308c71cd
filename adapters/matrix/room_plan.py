"""What the rooms of a network should be, and the steps from how they are to that. Pure: nothing here goes to the homeserver."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.belonging import belonging
from bot.messages import NETWORK_PLACE

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping
    from datetime import date

    from bot.words import Words
    from knowledge.network import Network

    AccountsOf = Callable[[str], list[str]]
    """All accounts of somebody; the first is the one by which to ask them in."""

TOMBSTONE = "m.room.tombstone"
ENCRYPTED = {"algorithm": "m.megolm.v1.aes-sha2"}
STATE: dict[str, dict[str, Any]] = {
    "m.room.join_rules": {"join_rule": "invite"},
    "m.room.history_visibility": {"history_visibility": "joined"},
    "m.room.guest_access": {"guest_access": "forbidden"},
}
"""How every room of ours is, besides its name, topic and encryption."""
OWNER, HALF, MEMBER = 100, 50, 0

LEVELS: dict[str, Any] = {
    "users_default": MEMBER, "events_default": MEMBER, "state_default": OWNER, "invite": OWNER, "kick": OWNER, "ban": OWNER,
    "redact": OWNER, "notifications": {"room": OWNER},
}  # fmt: skip
"""Members talk and react; who is in, and what the room is, is kept by the assistant from the network file."""


@dataclass(frozen=True)
class Wanted:
    """One room as it should be."""

    place: str
    name: str
    topic: str
    people: Mapping[str, str]
    """Whom to ask in: names by account."""
    without_account: tuple[str, ...] = ()
    """Who cannot be asked in and would be missed: the contacts, and in the room of the network everybody."""
    welcome: frozenset[str] = frozenset()
    """All accounts that may stay."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Of everybody in the list, by account."""
    left: frozenset[str] = frozenset()
    """Accounts of those whose last day has been."""


@dataclass(frozen=True)
class Found:
    """One room as it is; `members` are the accounts that are in it or asked in."""

    room: str
    name: str = ""
    topic: str = ""
    encrypted: bool = False
    state: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    """join or invite, by account."""
    creators: frozenset[str] = frozenset()
    """Whose room it is, in the versions of rooms (12 and on) in which they may do everything."""
    tombstone_by: str = ""
    """Who put another room in its place, if somebody did."""

    def allows(self, me: str, step: Step) -> bool:
        """Whether we may take this step there."""
        levels = self.state.get("m.room.power_levels", {})
        mine = levels.get("users", {}).get(me, levels.get("users_default", MEMBER))
        match step.what:
            case "state":
                need = levels.get("events", {}).get(step.content["type"], levels.get("state_default", HALF))
            case "invite":
                need = levels.get("invite", MEMBER)
            case _:
                need = levels.get("kick", HALF)
        return me in self.creators or bool(mine >= need)


@dataclass(frozen=True)
class Step:
    """One thing to do, and how it is said beforehand."""

    place: str
    what: str
    """create, bind, join, follow, state, invite, remove; ask: for somebody to do by hand."""
    said: str
    room: str = ""
    """Empty: the one that an earlier step makes."""
    content: Mapping[str, Any] = field(default_factory=dict)


def wanted_rooms(network: Network, accounts_of: AccountsOf, words: Words, today: date) -> list[Wanted]:
    """The room of each koppel and that of the network, with exactly the people who belong there on this local day."""
    rooms = []
    accounts = {person.id: accounts_of(person.id) for person in network.people}
    names = {account: person.name for person in network.people for account in accounts[person.id]}
    gone = [person.id for person in network.people if person.until is not None and person.until < today]
    left = frozenset(account for one in gone for account in accounts[one])

    def wanted(place: str, name: str, topic: str, needed: Container[str]) -> Wanted:
        belongs = belonging(place, network, today)
        people = {accounts[one.id][0]: one.name for one in belongs.asked if accounts[one.id]}
        without = tuple(one.name for one in belongs.asked if one.id in needed and not accounts[one.id])
        welcome = frozenset(account for one in belongs.welcome for account in accounts[one])
        return Wanted(place, name, topic, people, without, welcome, names, left)

    for koppel in network.koppels:
        school = network.organisation_by_id[koppel.school]
        police = network.organisation_by_id[koppel.police]
        name = words.say("kamer.naam-koppel", school=school.name, politie=police.name)
        rooms.append(wanted(koppel.id, name, words.say("kamer.onderwerp-koppel"), koppel.contacts))
    rooms.append(wanted(NETWORK_PLACE, network.name, words.say("kamer.onderwerp-netwerk"), network.person_by_id))
    return rooms


def steps_to(wanted: Wanted, found: Found | None, me: str, words: Words) -> list[Step]:
    """What has to be done; nothing when it is as it should be."""
    if found is None:
        said = words.say("kamer.maak", naam=wanted.name)
        made = Step(wanted.place, "create", said, content=creation(wanted))
        return [made, *_people(wanted, Found(""), me, words)]
    steps = [*_states(wanted, found, words), *_people(wanted, found, me, words)]
    may = [step for step in steps if found.allows(me, step)]
    if len(may) < len(steps):
        may.append(Step(wanted.place, "ask", words.say("kamer.geen-recht", naam=wanted.name, account=me), found.room))
    return may


def come_in(wanted: Wanted, room: str, me: str, words: Words) -> Step:
    """What has to be done with a room that stands in the network file and in which we are not."""
    return Step(wanted.place, "join", words.say("kamer.ga-binnen", naam=wanted.name, kamer=room, account=me), room)


def follow(wanted: Wanted, found: Found, me: str, words: Words) -> list[Step]:
    """What has to be done with a room in the place of which another has come; nothing when that is not so."""
    new = found.state.get(TOMBSTONE, {}).get("replacement_room")
    if not new:
        return []
    content = {"new": new, "server": found.tombstone_by.partition(":")[2]}
    said = words.say("kamer.vervangen", naam=wanted.name, nieuw=new, account=me)
    return [Step(wanted.place, "follow", said, found.room, content)]


def name_the_new(wanted: Wanted, old: str, new: str, words: Words) -> Step:
    """The network file still names the room that was there before."""
    return Step(wanted.place, "ask", words.say("kamer.noem-nieuwe", naam=wanted.name, oud=old, nieuw=new), new)


def out_of_sight(wanted: Wanted, fault: str, words: Words) -> Step:
    """What has to be done by hand with a room into which we cannot look; the others are kept all the same."""
    return Step(wanted.place, "ask", words.say("kamer.niet-te-zien", naam=wanted.name, fault=fault))


def move(wanted: Wanted, room: str, words: Words) -> Step:
    """The network file names another room than the one that there was."""
    return Step(wanted.place, "bind", words.say("kamer.verhuis", naam=wanted.name, kamer=room), room)


def _states(wanted: Wanted, found: Found, words: Words) -> Iterable[Step]:
    if not found.encrypted:
        said = words.say("kamer.versleutel", naam=wanted.name)
        yield Step(wanted.place, "state", said, found.room, {"type": "m.room.encryption", "content": ENCRYPTED})
    if found.name != wanted.name:
        said = words.say("kamer.hernoem", van=found.name, naam=wanted.name)
        yield Step(wanted.place, "state", said, found.room, {"type": "m.room.name", "content": {"name": wanted.name}})
    if found.topic != wanted.topic:
        said = words.say("kamer.onderwerp", naam=wanted.name)
        yield Step(wanted.place, "state", said, found.room, {"type": "m.room.topic", "content": {"topic": wanted.topic}})
    for kind, content in STATE.items():
        if {key: found.state.get(kind, {}).get(key) for key in content} != content:
            said = words.say("kamer.sluit", naam=wanted.name, wat=words.say(f"kamer.{kind.removeprefix('m.room.')}"))
            yield Step(wanted.place, "state", said, found.room, {"type": kind, "content": content})
    levels = found.state.get("m.room.power_levels", {})
    if any(levels.get(what) != level for what, level in LEVELS.items()):
        content = {**levels, **LEVELS}  # who has more power than a member keeps it
        yield Step(
            wanted.place, "state", words.say("kamer.macht", naam=wanted.name), found.room,
            {"type": "m.room.power_levels", "content": content},
        )  # fmt: skip


def _people(wanted: Wanted, found: Found, me: str, words: Words) -> Iterable[Step]:
    for account, name in wanted.people.items():
        if account not in found.members:
            said = words.say("kamer.nodig-uit", naam=wanted.name, wie=name)
            yield Step(wanted.place, "invite", said, found.room, {"user_id": account})
    for account in sorted(found.members):
        if account not in wanted.welcome and account != me:
            known = wanted.names.get(account)
            key = "haal-eruit" if known is None else "is-weg" if account in wanted.left else "hoort-er-niet"
            said = words.say(f"kamer.{key}", naam=wanted.name, wie=known or account)
            yield Step(wanted.place, "remove", said, found.room, {"user_id": account, "reason": words.say("kamer.reden")})


def creation(wanted: Wanted) -> dict[str, Any]:
    """What the homeserver is asked to make: private, encrypted from the first moment, and ours to keep in order."""
    state = [{"type": "m.room.encryption", "state_key": "", "content": ENCRYPTED}]
    state += [{"type": kind, "state_key": "", "content": content} for kind, content in STATE.items()]
    return {
        "name": wanted.name, "topic": wanted.topic, "preset": "private_chat", "visibility": "private", "initial_state": state,
        "power_level_content_override": LEVELS,
    }  # fmt: skip
