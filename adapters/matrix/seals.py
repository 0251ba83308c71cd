"""Which places are not encrypted: there the core says nothing about a case, unless the settings allow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.matrix import PLATFORM
from adapters.matrix.directory import DIRECT
from bot.routes import bound_places
from bot.unsealed import note, noted

if TYPE_CHECKING:
    from nio import AsyncClient, MatrixRoom

    from adapters.matrix.access import Access
    from adapters.matrix.directory import Directory
    from bot.store.file import Store


@dataclass(frozen=True)
class Seals:
    """Looks at the rooms, and tells the core."""

    store: Store
    client: AsyncClient
    access: Access
    directory: Directory

    def look(self) -> None:
        """At every room of a place."""
        self._tell({place for place, room in self._rooms().items() if self._is_open(self.client.rooms.get(room))})

    def spoken_in(self, place: str, room: MatrixRoom) -> None:
        """Of somebody who has more than one direct chat the one in which they speak counts."""
        if place.startswith(DIRECT):
            others = noted(self.store.connection, PLATFORM) - {place}
            self._tell(others | ({place} if self._is_open(room) else set()))

    def _is_open(self, room: MatrixRoom | None) -> bool:
        return room is not None and not room.encrypted and not self.access.section.open_rooms

    def _rooms(self) -> dict[str, str]:
        network = self.directory.network
        in_file = {koppel.id: koppel.channels.matrix for koppel in network.koppels if koppel.channels.matrix}
        return in_file | bound_places(self.store.connection, PLATFORM)

    def _tell(self, places: set[str]) -> None:
        if places != noted(self.store.connection, PLATFORM):
            with self.store.transaction():
                note(self.store.connection, PLATFORM, places)
