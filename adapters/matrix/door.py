"""Who may ask us in, and from when on we listen: members of the network, from homeservers that are allowed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from nio import AsyncClient, Event, MatrixRoom, SyncResponse

    from adapters.matrix.access import Access
    from adapters.matrix.directory import Directory

log = logging.getLogger(__name__)


class Door:
    """Accepts and declines invitations. What fails is tried at every sync."""

    def __init__(self, client: AsyncClient, access: Access, directory: Directory, expects: Callable[[str], bool]) -> None:
        """`expects`: whether a room comes in the place of one of ours, whoever asks us in."""
        self._client, self._access, self._directory, self._expects = client, access, directory, expects
        self._asked: dict[str, str] = {}

    async def look(self, answer: SyncResponse) -> None:
        """Deals with the invitations of a sync."""
        import aiohttp  # noqa: PLC0415 - heavy, and only needed where Matrix is
        from nio import InviteMemberEvent  # noqa: PLC0415

        for room_id, info in answer.rooms.invite.items():
            for event in info.invite_state:
                if (
                    isinstance(event, InviteMemberEvent)
                    and event.state_key == self._client.user_id
                    and event.membership == "invite"
                ):
                    self._asked[room_id] = event.sender
        for room_id, sender in list(self._asked.items()):
            welcome = self.is_welcome(sender) or self._expects(room_id)
            try:
                done = await (self._client.join(room_id) if welcome else self._client.room_leave(room_id))
            except (aiohttp.ClientError, TimeoutError, OSError):
                continue
            code = getattr(done, "status_code", None)
            if code in {None, "M_FORBIDDEN", "M_NOT_FOUND", "M_UNKNOWN"}:  # done, or taken back meanwhile
                del self._asked[room_id]
                if not welcome:  # what a stranger calls a room need not be known any longer
                    self._client.invited_rooms.pop(room_id, None)
            if not welcome:
                log.info("an invitation was declined: %s is no member of the network", sender)

    def is_welcome(self, sender: str) -> bool:
        """Whether somebody may ask us into a room."""
        return self._access.allows(sender.partition(":")[2]) and self._directory.is_member(sender)

    def since_we_came(self, room: MatrixRoom, events: list[Event]) -> list[Event]:
        """What was said since we came in; in a direct chat since we were asked in: whoever opens one often speaks at once."""
        begins = self.is_our_invitation if room.member_count <= 2 else self.is_our_coming
        found = [number for number, event in enumerate(events) if begins(event)]
        came = [number for number, event in enumerate(events) if self.is_our_coming(event)]
        start = found or came
        return events[start[-1] + 1 :] if start and came else events

    def is_our_coming(self, event: Event) -> bool:
        """Our own joining, not a later change of our name."""
        return (
            self._is_ours(event) and getattr(event, "membership", "") == "join" and getattr(event, "prev_membership", "") != "join"
        )

    def is_our_invitation(self, event: Event) -> bool:
        return self._is_ours(event) and getattr(event, "membership", "") == "invite"

    def _is_ours(self, event: Event) -> bool:
        from nio import RoomMemberEvent  # noqa: PLC0415

        return isinstance(event, RoomMemberEvent) and event.state_key == self._client.user_id
