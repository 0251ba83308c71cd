"""Socket Mode: hello, envelopes, acknowledgements, deliveries again, disconnect warnings, sockets that are cut or deaf."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.slack_server import limits

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer
    from tests.slack_server.workspace import Json


class Sockets:
    """The open connections of the app."""

    def __init__(self, server: SlackServer) -> None:
        self.server = server
        self.open: list[web.WebSocketResponse] = []
        self.deaf: set[web.WebSocketResponse] = set()
        """Connections that live, answer pings, and hear nothing any more."""
        self.opened = 0
        self.sent: list[Json] = []
        """Every envelope that went out, repeated ones too."""
        self.acked: list[str] = []
        self.ignore_acks = 0
        """So many acknowledgements get lost on the way."""
        self.copies = 1
        """How many times each envelope is sent at once."""
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}
        self._next = 0

    def new_url(self) -> str:
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return f"{self.server.url.replace('http', 'ws')}/link/?ticket={ticket}&app_id={self.server.space.installed.id}"

    async def connect(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        if len(self.open) >= limits.SOCKETS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self.open.append(socket)
        self.opened += 1
        await socket.send_json({
            "type": "hello", "num_connections": len(self.open),
            "debug_info": {"host": "applink-canary-77d7bc6cd6-8bqkf", "build_number": 115, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self.server.space.installed.id},
        })  # fmt: skip
        await self.server.notify()
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    await self._acknowledged(json.loads(message.data))
        finally:
            if socket in self.open:
                self.open.remove(socket)
            self.deaf.discard(socket)
            await self.server.notify()
        return socket

    async def _acknowledged(self, answer: Json) -> None:
        if self.ignore_acks > 0:
            self.ignore_acks -= 1
            return
        self.acked.append(answer["envelope_id"])
        waiting = self._waiting.get(answer["envelope_id"])
        if waiting and not waiting.done():
            waiting.set_result(answer.get("payload"))
        await self.server.notify()

    def deliver(self, kind: str, payload: Json) -> asyncio.Future[Json | None]:
        done: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        # What is sent now goes out in the order in which it happened; only what is repeated waits its own time.
        self.server.background(self._until_acknowledged(kind, payload, done))
        return done

    async def _until_acknowledged(self, kind: str, payload: Json, done: asyncio.Future[Json | None]) -> None:
        """Events are tried again; what somebody pressed is not: they see that it did not work."""
        delays = self.server.retry_delays if kind == "events_api" else ()
        for attempt, delay in enumerate((0.0, *delays)):
            if delay:
                await asyncio.sleep(delay)
            answer = await self._once(kind, payload, attempt)
            if answer is not None:
                if not done.done():
                    done.set_result(answer[0])
                return
        if not done.done():
            done.set_exception(TimeoutError("no acknowledgement"))
            done.exception()  # nobody need ask

    async def _once(self, kind: str, payload: Json, attempt: int) -> tuple[Json | None] | None:
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()), "payload": payload, "type": kind, "accepts_response_payload": kind != "events_api",
        }  # fmt: skip
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        if not self.open:
            await asyncio.sleep(self.server.ack_seconds / 10)
            if not self.open:
                return None
        waiting: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = waiting
        for _ in range(self.copies):
            self._next += 1
            socket = self.open[self._next % len(self.open)]
            self.sent.append(envelope)
            if socket not in self.deaf:
                try:
                    await socket.send_json(envelope)
                except ConnectionError:
                    continue
        try:
            return (await asyncio.wait_for(waiting, self.server.ack_seconds),)
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    # What can go wrong with connections

    async def warn(self, reason: str = "warning") -> None:
        """Slack is about to close the connections: whoever hears it opens another."""
        for socket in list(self.open):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-canary-77d7bc6cd6-8bqkf"}})

    def cut(self) -> None:
        """The connections are gone without a word."""
        for socket in list(self.open):
            transport: Any = socket._req.transport if socket._req else None
            if transport:
                transport.abort()

    def deafen(self) -> None:
        self.deaf |= set(self.open)

    async def close(self) -> None:
        for socket in list(self.open):
            await socket.close()
