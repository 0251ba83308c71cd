"""Who and where: people and places of the core on one side, accounts and rooms of Matrix on the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.matrix import PLATFORM
from bot.messages import NETWORK_PLACE, direct
from bot.routes import bind, bound_to, place_bound_to, successor

if TYPE_CHECKING:
    from nio import AsyncClient, MatrixRoom

    from bot.app import App
    from knowledge.network import Network

DIRECT = "dm:"


@dataclass(frozen=True)
class Directory:
    """Reads the network, what was linked and bound since, and who is in which room."""

    app: App
    client: AsyncClient

    @property
    def network(self) -> Network:
        return self.app.assistant.world.network

    def person(self, account: str) -> str:
        """The person with this account; the account itself for somebody whom the network does not know."""
        row = self.app.store.connection.execute(
            "SELECT person FROM account WHERE platform = ? AND account = ?", (PLATFORM, account)
        ).fetchone()
        if row:
            return str(row[0])
        return next((person.id for person in self.network.people if person.matrix == account), account)

    def account(self, person: str) -> str | None:
        """The account of somebody; whoever is not in the network is called by it."""
        if person.startswith("@"):
            return person
        return self.app.routes.account(PLATFORM, person, self.network)

    def has_outsiders(self, room: MatrixRoom) -> bool:
        """Whether somebody is there, or asked in, who is no member of the network."""
        return any(not self.is_member(account) for account in room.users if account != room.own_user_id)

    def is_member(self, account: str) -> bool:
        return self.person(account) in self.network.person_by_id

    def place(self, room_id: str) -> str | None:
        """The place that a room is: that of a koppel or the network, or somebody's direct chat. None for any other room."""
        room = self.client.rooms.get(room_id)
        bound = place_bound_to(self.app.store.connection, PLATFORM, room_id)
        if bound and not bound.startswith(DIRECT):
            return bound
        if self.network.channels.matrix == room_id:
            return NETWORK_PLACE
        koppel = next((koppel.id for koppel in self.network.koppels if koppel.channels.matrix == room_id), None)
        if koppel:
            return koppel
        if (newer := successor(self.app.store.connection, PLATFORM, room_id)) != room_id:
            return place_bound_to(self.app.store.connection, PLATFORM, newer)
        other = only_other(room) if room else None
        return direct(self.person(other)) if other else None

    def room(self, place: str, *, locked: bool = False) -> str | None:
        """The room of a place. A direct chat in which others have come to sit is none any more; `locked`: nor one in the open."""
        bound = bound_to(self.app.store.connection, PLATFORM, place)
        if not place.startswith(DIRECT):
            return bound or self._room_in_file(place)
        room = self.client.rooms.get(bound) if bound else None
        if room and self._is_chat_of(room, place) and (room.encrypted or not locked):
            return bound
        chats = (room for room in self.client.rooms.values() if self._is_chat_of(room, place))
        known = [room for room in chats if room.encrypted or not locked]
        return next((str(room.room_id) for room in sorted(known, key=lambda room: not room.encrypted)), None)

    def _is_chat_of(self, room: MatrixRoom, place: str) -> bool:
        other = only_other(room)
        connection = self.app.store.connection
        bound = place_bound_to(connection, PLATFORM, room.room_id)
        if successor(connection, PLATFORM, room.room_id) != room.room_id:  # nothing more is said there
            return False
        return other is not None and direct(self.person(other)) == place and (bound is None or bound == place)

    def _room_in_file(self, place: str) -> str | None:
        if place == NETWORK_PLACE:
            return self.network.channels.matrix
        koppel = self.network.koppel_by_id.get(place)
        return koppel.channels.matrix if koppel else None

    def bind(self, place: str, room_id: str) -> None:
        """From now on the place is this room. Inside a transaction."""
        if bound_to(self.app.store.connection, PLATFORM, place) != room_id:
            bind(self.app.store.connection, PLATFORM, place, room_id)


def only_other(room: MatrixRoom) -> str | None:
    """Who else is in a room, or invited into it, if that is one person."""
    others = (set(room.users) | set(room.invited_users)) - {room.own_user_id}
    return next(iter(others)) if len(others) == 1 else None
