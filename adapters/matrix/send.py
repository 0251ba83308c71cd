"""Brings a message to Matrix, once: posts it, or changes the one it replaces. Trying again does no harm."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from adapters.matrix.erase import Eraser
from adapters.matrix.media import Media
from adapters.matrix.read import asked_in, caused_by
from adapters.matrix.render import POLL, Part, edited, related, render, same_question, text_content
from adapters.matrix.standing import marked, standing, transaction_of
from adapters.port import TryLater
from bot.deliver import Refused
from bot.messages import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from nio import AsyncClient, MatrixRoom

    from adapters.matrix.access import Access
    from adapters.matrix.directory import Directory
    from adapters.matrix.memory import Memory
    from adapters.matrix.pace import Pace
    from bot.app import App
    from bot.messages import Envelope, Reply

CASES = frozenset({"handover", "reminder", "escalation"})
"""Kinds that are about a case: never in the open."""
GONE = "gone:"
"""Begins the kind of an event in whose place another has come: the rest is that other's id."""
NEVER = frozenset({"M_FORBIDDEN", "M_TOO_LARGE", "M_NOT_FOUND", "M_BAD_JSON", "M_INVALID_PARAM", "M_UNSUPPORTED_ROOM_VERSION"})
SOON, ROOM_PATIENCE = timedelta(seconds=5), 30.0


class NoPlace(Refused):
    """The place has no room here, or the person no account."""


class Unsure(Exception):
    """Nobody knows whether it arrived: sending it again is harmless."""


class Sender:
    """Everything that goes out."""

    def __init__(  # noqa: PLR0917 - each of them once, where everything meets
        self, app: App, client: AsyncClient, access: Access, directory: Directory, memory: Memory, pace: Pace
    ) -> None:
        self._app, self._client, self._access = app, client, access
        self._directory, self._memory, self._pace = directory, memory, pace
        self._making: dict[str, asyncio.Lock] = {}

    async def send(self, envelope: Envelope) -> str:
        """Returns the id of the event that stands for the message. Raises `TryLater`, `Refused`, `Unsure`."""
        async with self._pace.turn(envelope.reply):
            return await self._bring(envelope)

    async def _bring(self, envelope: Envelope) -> str:
        locked = envelope.reply.kind in CASES and not self._access.section.open_rooms
        room = await self._where(envelope, locked=locked)
        reply = envelope.reply if room.encrypted or not locked else self._not_here(envelope.reply)
        alone = envelope.place.startswith("dm:")
        if envelope.remote and reply.data.get("erased"):
            return await self._erase(envelope)
        if envelope.remote:
            return await self._change(room, envelope, reply, alone=alone)
        polls = self._access.section.polls and not self._stands(reply, room, envelope.message)
        parts = render(reply, alone=alone, polls=polls, mentions=self._called(envelope))
        media = Media(self._client, room, self._access.patience.request)
        before = await media.parts(reply, self._app.assistant.world.library)
        return await self._post(room, envelope, [*before, *parts], alone=alone)

    async def _erase(self, envelope: Envelope) -> str:
        import aiohttp  # noqa: PLC0415

        eraser = Eraser(self._client, self._app.store, self._memory, lambda answer: _told_apart(answer, self._pace))
        try:
            await eraser.erase(envelope.message, envelope.reply.text)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unsure(type(error).__name__) from None
        return str(envelope.remote)

    def _not_here(self, reply: Reply) -> Reply:
        """Nothing about a case goes into a room that is not encrypted: what stands there when the core did not know."""
        line = Line(self._app.words.say("kamer.niet-versleuteld"))
        return replace(reply, kind="refusal", lines=(line,), options=(), picture=None, file=None)

    def _stands(self, reply: Reply, room: MatrixRoom, message: int) -> bool:
        """Whether the last poll there asks the same: votes in it still count. Said again it is text, also for who sees no polls."""
        earlier = self._memory.newest(POLL, room.room_id, message) if reply.options else None
        known = self._app.store.outbox.message(earlier) if earlier is not None else None
        return known is not None and same_question(known[0].reply, reply)

    # Where, and who is called

    async def _where(self, envelope: Envelope, *, locked: bool) -> MatrixRoom:
        """The room of its place; of a change that in which the original stands, also when people have moved to another since."""
        stands = self._memory.room_of(envelope.remote) if envelope.remote else None
        return self._client.rooms[stands] if stands in self._client.rooms else await self._room(envelope.place, locked=locked)

    async def _room(self, place: str, *, locked: bool) -> MatrixRoom:
        """`locked`: of direct chats only one that is encrypted will do."""
        find = partial(self._directory.room, place, locked=locked)
        found = find()
        if found is None and place.startswith("dm:"):
            async with self._making.setdefault(place, asyncio.Lock()):
                found = find() or await self._open_chat(place)
                await self._until(lambda: find() == found)  # who was asked in is known: they get the key
        if found is None:
            raise NoPlace(place)
        return await self._known(found)

    async def _known(self, room_id: str) -> MatrixRoom:
        """A room as we know it; one that was just made is known after the next sync."""
        await self._until(lambda: room_id in self._client.rooms)
        return self._client.rooms[room_id]

    async def _until(self, known: Callable[[], bool]) -> None:
        """Waits for a sync that brings it. Raises `TryLater`."""
        until = asyncio.get_running_loop().time() + ROOM_PATIENCE
        while not known():
            if asyncio.get_running_loop().time() > until:
                raise TryLater(SOON)
            await asyncio.sleep(0.05)

    async def _open_chat(self, place: str) -> str:
        """Opens a direct chat, encrypted, with somebody who has not begun one."""
        from nio import RoomCreateError, RoomPreset  # noqa: PLC0415 - heavy, and only needed where Matrix is

        account = self._directory.account(place.removeprefix("dm:"))
        if account is None:
            raise NoPlace(place)
        state = [
            {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}},
            {"type": "m.room.guest_access", "state_key": "", "content": {"guest_access": "forbidden"}},
            # What is said before they come in must be there when they do.
            {"type": "m.room.history_visibility", "state_key": "", "content": {"history_visibility": "invited"}},
        ]
        made = await self._client.room_create(is_direct=True, invite=[account], preset=RoomPreset.private_chat, initial_state=state)
        if isinstance(made, RoomCreateError):
            raise _told_apart(made, self._pace)
        with self._app.store.transaction():
            self._directory.bind(place, made.room_id)
        return str(made.room_id)

    def _called(self, envelope: Envelope) -> list[str]:
        """The accounts to call: whom it is for, else who asked."""
        reply, people = envelope.reply, list(envelope.reply.data.get("mentions") or ())
        if envelope.place.startswith("dm:"):
            people = [envelope.place.removeprefix("dm:")]
        elif not people and reply.kind in CASES and reply.card is None and reply.data.get("holder"):
            people = [str(reply.data["holder"])]
        elif not people and (asker := self._asker(envelope)):
            people = [asker]
        return [account for account in map(self._directory.account, people) if account]

    def _asker(self, envelope: Envelope) -> str | None:
        asked = asked_in(envelope.key)
        if asked is None:
            return None
        row = self._app.store.connection.execute(
            "SELECT sender FROM inbox WHERE id = ?", (envelope.key.rpartition("/")[0],)
        ).fetchone()
        return str(row[0]) if row and row[0] else None

    # Sending

    async def _post(self, room: MatrixRoom, envelope: Envelope, parts: list[Part], *, alone: bool) -> str:
        caused = caused_by(envelope.key)
        here = caused[1] if caused and caused[0] == room.room_id else None
        thread = self._memory.thread_of(here) if here else None
        here = here if asked_in(envelope.key) else None
        stands = await standing(self._client, room.room_id, envelope.at) if envelope.unsure else {}
        event = ""
        for number, part in enumerate(parts):
            quoted, key = here if number == 0 and not alone else None, f"{envelope.key}#{number}"
            content = marked(related(part.content, thread=thread, to=quoted), key)
            event = stands.get(transaction_of(key)) or await self._put(room, part.type, content, key)
            self._remember(room, event, envelope.message, part.type)
        await self._seed(room, event, envelope.message, parts[-1].seeds)
        return event

    async def _change(self, room: MatrixRoom, envelope: Envelope, reply: Reply, *, alone: bool) -> str:
        """Changes the event that stands there. A poll cannot become a text: then the text comes in its place."""
        assert envelope.remote is not None
        kind = self._memory.kind_of(envelope.remote) or "m.room.message"
        event = kind.removeprefix(GONE) if kind.startswith(GONE) else envelope.remote
        parts = render(reply, alone=alone, polls=False)
        seeds = parts[-1].seeds
        if kind != "m.room.message" and not kind.startswith(GONE):
            await self._client.room_redact(room.room_id, event)
            new = await self._post(room, envelope, parts, alone=alone)
            with self._app.store.transaction():
                self._memory.replaced(event, f"{GONE}{new}")
            return envelope.remote
        content = parts[0].content
        if len(parts) > 1:  # an edit is one event: all of it in one, as far as that goes
            content = text_content(reply.lines)
        await self._put(room, "m.room.message", edited(content, event), f"{envelope.key}#0")
        await self._unseed(room, event, seeds)
        await self._seed(room, event, envelope.message, seeds)
        return envelope.remote

    def _remember(self, room: MatrixRoom, event: str, message: int, kind: str) -> None:
        with self._app.store.light():  # should it be lost, the message is sent again, and is the same event
            self._memory.posted(event, message, kind, room.room_id)

    async def _seed(self, room: MatrixRoom, event: str, message: int, seeds: tuple[str, ...]) -> None:
        """The reactions that can be tapped, after the message. It is no matter when one does not come: numbers can be typed.

        A homeserver that slows us down counts each as a message: then there are none.
        """
        if self._pace.slow:
            return
        standing = self._memory.seeds(event)
        for seed in seeds:
            if seed in standing:
                continue
            content = {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": seed}}
            try:
                placed = await self._put(room, "m.reaction", content, f"{event}#{seed}#{message}")
            except (TryLater, Refused, Unsure):
                return
            self._remember(room, placed, message, f"seed/{event}/{seed}")

    async def _unseed(self, room: MatrixRoom, event: str, seeds: tuple[str, ...]) -> None:
        for seed, placed in self._memory.seeds(event).items():
            if seed not in seeds:
                await self._client.room_redact(room.room_id, placed)
                with self._app.store.transaction():
                    self._memory.replaced(placed, "redacted")

    async def _put(self, room: MatrixRoom, kind: str, content: dict[str, Any], key: str) -> str:
        """One event. Raises `TryLater`, `Refused`, `Unsure`."""
        import aiohttp  # noqa: PLC0415
        from nio import RoomSendResponse  # noqa: PLC0415

        try:
            answer = await self._client.room_send(
                room.room_id, kind, content, tx_id=transaction_of(key), ignore_unverified_devices=True
            )
        except aiohttp.ClientConnectorError:  # nobody there: then nothing was done either
            raise TryLater(SOON) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unsure(type(error).__name__) from None
        if isinstance(answer, RoomSendResponse):
            return str(answer.event_id)
        raise _told_apart(answer, self._pace)


def _told_apart(answer: Any, pace: Pace) -> Exception:
    """What a refusal means: wait, never, or nobody knows."""
    code = getattr(answer, "status_code", None)
    if code == "M_LIMIT_EXCEEDED":
        return TryLater(pace.told_to_wait(getattr(answer, "retry_after_ms", None)))
    if code in NEVER:
        return Refused(str(code))
    if code in {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"}:  # who listens notices it too, and stops
        return TryLater(timedelta(minutes=1))
    return Unsure(re.sub(r"\W", "", str(code)) or "unknown")
