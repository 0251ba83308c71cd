"""`verbinder rooms`: makes the room of each pair and of the network, and keeps them as the network file says.

Runs beside the assistant, with its login but without its keys: rooms are made and kept by plain requests.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from adapters.matrix import PLATFORM
from adapters.matrix.room_plan import (
    TOMBSTONE,
    Found,
    Step,
    come_in,
    follow,
    move,
    name_the_new,
    out_of_sight,
    steps_to,
    wanted_rooms,
)
from adapters.matrix.session import SESSION, NotNow, enter, make_folder, request
from adapters.matrix.upgrades import NotAlong, go_along, move_to
from bot.messages import NETWORK_PLACE
from bot.routes import bind, bound_to, came_from, successor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date

    from nio import AsyncClient

    from adapters.matrix.access import Access
    from adapters.matrix.room_plan import Wanted
    from bot.app import App


LIMITED = "M_LIMIT_EXCEEDED"
TRIES, LONGEST_WAIT = 10, 120.0
"""How often one thing is asked of a homeserver that says to wait, and the most seconds in between: invitations go slowly."""
ABOVE_LEVELS = 12
"""The version of rooms since which whoever made one needs no level."""


class RoomFault(Exception):
    """A room cannot be made or kept; the message says what the homeserver said, `code` by which name."""

    def __init__(self, message: str, code: str = "") -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class Replaced:
    """A room in the place of which another has come."""

    old: str
    new: str
    in_file: bool
    """Whether the network file still names the old one."""


class Rooms:
    """The rooms of one network on one homeserver."""

    def __init__(self, app: App, client: AsyncClient, today: date) -> None:
        """`today` is the local day on which is looked who belongs where."""
        self._app, self.client, self._today = app, client, today

    async def plan(self) -> list[Step]:
        """All that has to be done. Raises `NotNow`."""
        found = []
        for wanted in self.wanted():
            try:
                found += (await self.state(wanted))[0]
                known = self.replaced(wanted.place)
                if known and known.in_file:
                    found.append(name_the_new(wanted, known.old, known.new, self._app.words))
            except RoomFault as fault:
                found.append(out_of_sight(wanted, str(fault), self._app.words))
        return found

    async def state(self, wanted: Wanted) -> tuple[list[Step], list[str]]:
        """What has to be done with one room, and who were asked in and have not come (names). Raises `RoomFault`, `NotNow`."""
        room, me, words = self.room_of(wanted.place), self.client.user_id, self._app.words
        bound = self._bound(wanted.place)
        moved = [move(wanted, room, words)] if room and bound and room != bound else []
        try:
            found = await self._look(room) if room else None
        except RoomFault as fault:
            if room is None or fault.code != "M_FORBIDDEN":
                raise
            return [*moved, come_in(wanted, room, me, words)], []
        if found and (replaced := follow(wanted, found, me, words)):
            return [*moved, *replaced], []
        asked = found.members if found else {}
        waiting = [name for account, name in wanted.people.items() if asked.get(account) == "invite"]
        return [*moved, *steps_to(wanted, found, me, words)], waiting

    async def look_at(self, wanted: Wanted) -> list[Found]:
        """A room as it is now, if there is one that we may look into. Raises `NotNow`."""
        room = self.room_of(wanted.place)
        try:
            return [await self._look(room)] if room else []
        except RoomFault:
            return []

    def wanted(self) -> list[Wanted]:
        network, routes = self._app.assistant.world.network, self._app.routes
        return wanted_rooms(network, lambda person: routes.accounts(PLATFORM, person, network), self._app.words, self._today)

    def room_of(self, place: str) -> str | None:
        """The room that stands in the network file, or has come in the place of that, else the one that is bound to a place."""
        in_file = self._in_file(place)
        return successor(self._app.store.connection, PLATFORM, in_file) if in_file else self._bound(place)

    def replaced(self, place: str) -> Replaced | None:
        """That a homeserver put another room in the place of the one that there was; None when it did not."""
        room, in_file = self.room_of(place), self._in_file(place)
        before = came_from(self._app.store.connection, PLATFORM, room) if room else None
        if room is None or before is None:
            return None
        stale = in_file is not None and in_file != room
        return Replaced(in_file if stale and in_file else before, room, in_file=stale)

    def _bound(self, place: str) -> str | None:
        return bound_to(self._app.store.connection, PLATFORM, place)

    def _in_file(self, place: str) -> str | None:
        network = self._app.assistant.world.network
        return (network.channels if place == NETWORK_PLACE else network.koppel_by_id[place].channels).matrix

    async def do(self, step: Step) -> None:
        """One step; doing it twice is harmless. Raises `RoomFault`, `NotNow`."""
        if step.what == "create":
            made = await self._ask("POST", "createRoom", dict(step.content))
            self._bind(step.place, made["room_id"])
            return
        room = quote(step.room or self.room_of(step.place) or "")
        match step.what:
            case "bind":
                self._bind(step.place, step.room)
            case "join":
                await self._ask("POST", f"join/{room}", {})
            case "follow":
                await self._follow(step)
            case "state":
                await self._ask("PUT", f"rooms/{room}/state/{step.content['type']}", step.content["content"])
            case "invite":
                await self._ask("POST", f"rooms/{room}/invite", dict(step.content))
            case "remove":
                await self._ask("POST", f"rooms/{room}/kick", dict(step.content))

    async def _follow(self, step: Step) -> None:
        try:
            await go_along(self.client, step.room, step.content["new"], step.content["server"])
        except NotAlong as fault:
            raise RoomFault(self._app.words.say("kamer.geen-opvolger") if fault.strange else str(fault)) from None
        move_to(self._app.store, step.place, step.room, step.content["new"])

    def _bind(self, place: str, room: str) -> None:
        """From now on the place is this room."""
        with self._app.store.transaction():
            bind(self._app.store.connection, PLATFORM, place, room)

    async def _look(self, room: str) -> Found:
        answer = await self._ask("GET", f"rooms/{quote(room)}/state")
        events: list[dict[str, Any]] = answer["events"]
        state = {event["type"]: event["content"] for event in events if event.get("state_key") == ""}
        members = {
            event["state_key"]: event["content"].get("membership", "")
            for event in events
            if event["type"] == "m.room.member" and event["content"].get("membership") in {"join", "invite"}
        }
        return Found(
            room, state.get("m.room.name", {}).get("name", ""), state.get("m.room.topic", {}).get("topic", ""),
            "m.room.encryption" in state, state, members, _creators(events),
            next((event["sender"] for event in events if event["type"] == TOMBSTONE and event.get("state_key") == ""), ""),
        )  # fmt: skip

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        for _ in range(TRIES):
            found: Any = await request(self.client, method, path, body)
            if isinstance(found, list):  # the state of a room comes as a list
                return {"events": found}
            if found.get("errcode") != LIMITED:
                break
            await asyncio.sleep(min(found.get("retry_after_ms", 5_000) / 1000, LONGEST_WAIT))
        else:
            raise NotNow(LIMITED)
        if "status" in found:
            code = str(found.get("errcode", found["status"]))
            raise RoomFault(f"{path.rpartition('/')[2]}: {code} {found.get('error', '')}".strip(), code)
        return dict(found)


def _creators(events: list[dict[str, Any]]) -> frozenset[str]:
    """Who stands above all levels of power; nobody in a room of an older version."""
    made = next((event for event in events if event["type"] == "m.room.create"), None)
    version = str(made["content"].get("room_version", "1")) if made else "1"
    if made is None or not version.isdigit() or int(version) < ABOVE_LEVELS:
        return frozenset()
    return frozenset({made["sender"], *made["content"].get("additional_creators", ())})


@asynccontextmanager
async def rooms_of(app: App, access: Access, today: date) -> AsyncIterator[Rooms]:
    """The rooms, to look at and to keep. Raises `NoEntry`, `NotNow`."""
    make_folder(access.folder)
    first = not (access.folder / SESSION).exists()  # then the keys of the new device are made here
    client = await enter(access, encrypted=first)
    try:
        yield Rooms(app, client, today)
    finally:
        await client.close()
