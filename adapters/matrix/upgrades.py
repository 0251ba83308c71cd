"""Rooms that a homeserver has put another in the place of ("upgraded"): we go along, and so does what lives there.

The old room names its successor in a tombstone. That state may only be set by who has the right to, which the homeserver guards;
so it is asked for as state, never believed because somebody sent something that looks like it. The new room in turn must name the
old one as its predecessor: else anybody with that right could have us talk in a room of others.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from adapters.matrix import PLATFORM
from adapters.matrix.room_plan import TOMBSTONE
from adapters.matrix.session import NotNow, request
from bot.routes import move, successor
from bot.store.deliveries import bring_anew

if TYPE_CHECKING:
    from nio import AsyncClient, SyncResponse

    from adapters.matrix.directory import Directory
    from bot.store.file import Store

CREATION = "m.room.create"
NOT_NOW = frozenset({"M_LIMIT_EXCEEDED", "M_UNKNOWN"})
log = logging.getLogger(__name__)


class NotAlong(Exception):
    """We cannot go along to the new room; `strange`: it does not say that it came in the place of the old one."""

    def __init__(self, code: str, *, strange: bool = False) -> None:
        self.strange = strange
        super().__init__(code)


@dataclass
class Upgrades:
    """Follows what a sync tells of rooms that were replaced. What fails is tried again when there is more to go by."""

    client: AsyncClient
    store: Store
    directory: Directory
    _told: dict[str, str] = field(default_factory=dict)
    """Rooms of which we were told that another has come in their place, and on which homeserver whoever said so is."""
    _shut: dict[str, str] = field(default_factory=dict)
    """The successors into which we may not come yet, by the room that they follow."""

    async def look(self, answer: SyncResponse) -> None:
        """Deals with the upgrades of a sync, and those that still wait. Never raises for want of a homeserver."""
        from nio import RoomUpgradeEvent  # noqa: PLC0415 - heavy, and only needed where Matrix is

        for room, info in answer.rooms.join.items():
            for event in (*info.state, *info.timeline.events):
                if isinstance(event, RoomUpgradeEvent) and successor(self.store.connection, PLATFORM, room) == room:
                    self._told[room] = event.sender.partition(":")[2]
                    self._shut.pop(room, None)
        for old, server in list(self._told.items()):
            if old in self._shut and self._shut[old] not in self.client.rooms:
                continue  # until we are asked in
            try:
                await self._follow(old, server)
            except NotNow:
                continue
            self._told = {room: via for room, via in self._told.items() if room != old or room in self._shut}

    def expects(self, room: str) -> bool:
        """Whether this room is to come in the place of one of ours: then whoever asks us in has no need to be a member."""
        return room in self._shut.values()

    async def _follow(self, old: str, server: str) -> None:
        place, new = self.directory.place(old), await successor_of(self.client, old)
        self._shut.pop(old, None)
        if place is None or new is None:
            return
        try:
            await go_along(self.client, old, new, server)
        except NotAlong as fault:
            log.warning("the room of %s was replaced, and we cannot go along: %s", place, fault)
            if not fault.strange:
                self._shut[old] = new
            return
        count = move_to(self.store, place, old, new)
        log.info("the room of %s was replaced, %s cards go along", place, count)


async def successor_of(client: AsyncClient, room: str) -> str | None:
    """The room that has come in the place of this one; None when none has. Raises `NotNow`."""
    found = await _state(client, room, TOMBSTONE)
    new = found.get("replacement_room")
    return new if isinstance(new, str) and new.startswith("!") and new != room else None


async def go_along(client: AsyncClient, old: str, new: str, server: str) -> None:
    """Goes into the new room, if it says that it came in the place of the old one. Raises `NotAlong`, `NotNow`."""
    created, joined = await _state(client, new, CREATION), False
    if "status" in created:
        answer = await request(client, "POST", f"join/{quote(new)}?server_name={quote(server)}&via={quote(server)}", {})
        if "status" in answer:
            raise NotAlong(_code(answer))
        created, joined = await _state(client, new, CREATION), True
    predecessor = created.get("predecessor")
    if not isinstance(predecessor, dict) or predecessor.get("room_id") != old:
        if joined:
            await request(client, "POST", f"rooms/{quote(new)}/leave", {})
        raise NotAlong(_code(created), strange=True)


def move_to(store: Store, place: str, old: str, new: str) -> int:
    """The place is the new room from now on, and its cards are posted there; how many. One transaction."""
    with store.transaction():
        move(store.connection, PLATFORM, place, old, new)
        return bring_anew(store.connection, PLATFORM, place)


async def _state(client: AsyncClient, room: str, kind: str) -> dict[str, Any]:
    found = await request(client, "GET", f"rooms/{quote(room)}/state/{kind}")
    if found.get("status") and found.get("errcode") in NOT_NOW:
        raise NotNow(_code(found))
    return found


def _code(answer: dict[str, Any]) -> str:
    """What a homeserver calls it; raises `NotNow` when it may be otherwise in a moment."""
    code = str(answer.get("errcode", "no predecessor"))
    if code == "M_LIMIT_EXCEEDED":
        raise NotNow(code)
    return code
