"""The server itself: HTTP for the Web API, WebSockets for Socket Mode, and the faults a test asks for."""

from __future__ import annotations

import asyncio
import copy
import json
import math
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.slack_server.blocks import check_view
from tests.slack_server.methods import Methods, Refused
from tests.slack_server.payloads import Payloads
from tests.slack_server.sockets import Sockets
from tests.slack_server.workspace import Channel, Json, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.slack_server.signed import SignedRequests


class Limited(Exception):
    """429, with the seconds to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(str(seconds))
        self.seconds = max(1, math.ceil(seconds))


@dataclass
class Fault:
    """What goes wrong with the next calls of a method. `after`: Slack did do it, only the answer is lost."""

    method: str
    times: int
    status: int = 500
    retry_after: int = 1
    after: bool = False
    cut: bool = False
    hold: asyncio.Event | None = None
    garbage: str | None = None
    only: Callable[[Json], bool] = field(default=lambda args: True)


class SlackServer:
    """One Slack. `pace` is how many seconds apart messages in one channel must be (real: 1)."""

    def __init__(self, *, pace: float = 1.0, ack_seconds: float = 3.0, trigger_seconds: float = 3.0, retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)) -> None:
        self.space = Workspace()
        self.seconds_apart, self.ack_seconds, self.trigger_seconds, self.retry_delays = pace, ack_seconds, trigger_seconds, retry_delays
        self.calls: list[tuple[str, Json]] = []
        """Every call that came in, refused ones too."""
        self.refused: Counter[tuple[str, str]] = Counter()
        self.faults: list[Fault] = []
        self.slow_files = 0
        """So many times a picture is not ready yet when it is posted: Slack looks it over after it was uploaded."""
        self.payloads = Payloads(self.space)
        self.sockets = Sockets(self)
        self.signed: SignedRequests | None = None
        self._posted: dict[str, float] = {}
        self._changed = asyncio.Condition()
        self._background: set[asyncio.Task[Any]] = set()
        self._forms: dict[str, list[Json]] = {}
        self._runner: web.AppRunner | None = None
        self.url = ""

    # Life

    async def start(self, port: int = 0) -> None:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link/", self.sockets.connect)
        app.router.add_post("/upload/v1/{file}", self._upload)
        app.router.add_post("/response/{key}", self._response_url)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"

    async def stop(self) -> None:
        for task in list(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self.sockets.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def background(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def until(self, condition: Callable[[], Any], seconds: float = 30.0) -> Any:
        """Waits until something holds, and returns it."""
        async with self._changed:
            end = time.monotonic() + seconds
            while not (found := condition()):
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError("it did not happen in time")
                try:
                    await asyncio.wait_for(self._changed.wait(), min(left, 0.2))
                except TimeoutError:
                    continue
            return found

    # Faults

    def fail(self, method: str, times: int = 1, **how: Any) -> Fault:
        """The next calls of this method fail: by status, with `after` once it was done, with `cut` without any answer, with `garbage` in these words."""
        fault = Fault(method, times, **how)
        self.faults.append(fault)
        return fault

    def _fault(self, method: str, args: Json) -> Fault | None:
        for fault in self.faults:
            if fault.method in {method, "*"} and fault.times > 0 and fault.only(args):
                fault.times -= 1
                return fault
        return None

    def pace(self, channel: str) -> None:
        """One message a second a channel; what comes sooner is refused."""
        now = time.monotonic()
        ready = self._posted.get(channel, -math.inf) + self.seconds_apart
        if now < ready:
            raise Limited(ready - now)
        self._posted[channel] = now

    # HTTP

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args, token = await _read(request)
        self.calls.append((method, args))
        fault = self._fault(method, args)
        try:
            if fault and not fault.after:
                if fault.hold is not None:
                    await fault.hold.wait()
                return self._failed(fault, request)
            answer = Methods(self, token, args).call(method)
        except Refused as refused:
            answer = refused.answer
            self.refused[method, str(answer["error"])] += 1
        except Limited as limited:
            self.refused[method, "ratelimited"] += 1
            return _limited(limited.seconds)
        finally:
            await self.notify()
        if fault and fault.after:
            if fault.hold is not None:
                await fault.hold.wait()
            else:
                return self._failed(fault, request)
        known = self.space.tokens.get(token)
        headers = {"x-oauth-scopes": ",".join(sorted(known.scopes))} if known and not known.revoked else {}
        return web.json_response(answer, headers=headers)

    def _failed(self, fault: Fault, request: web.Request) -> web.StreamResponse:
        if fault.cut:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault.garbage is not None:
            return web.Response(text=fault.garbage, content_type="application/json")
        if fault.status == 429:
            self.refused[fault.method, "ratelimited"] += 1
            return _limited(fault.retry_after)
        return web.Response(status=fault.status, text="upstream connect error or disconnect/reset before headers")

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.space.files[request.match_info["file"]]
        if request.content_type.startswith("multipart/"):
            part = await (await request.multipart()).next()
            assert part is not None
            assert hasattr(part, "read")
            file["content"] = await part.read()
        else:
            file["content"] = await request.read()
        return web.Response(text=f"OK - {len(file['content'])}")

    async def _response_url(self, request: web.Request) -> web.Response:
        found = self.space.response_urls.get(request.match_info["key"])
        if found is None:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        found["answers"].append(await request.json())
        await self.notify()
        return web.Response(text="ok")

    # What happens in channels

    def post(self, channel: Channel, user: str, content: Json, *, thread: str | None = None, by_app: bool = False, client_msg_id: str | None = None) -> Json:
        """Puts a message in a channel, and tells the app."""
        message: Json = {"type": "message", "user": user, "ts": self.space.next_ts(), "team": self.space.users[user].team, **content}
        if by_app:
            app = self.space.installed
            message |= {"bot_id": app.bot_id, "app_id": app.id, "bot_profile": {
                "id": app.bot_id, "deleted": False, "name": app.name, "updated": 1764000000, "app_id": app.id,
                "user_id": app.bot_user, "icons": {}, "team_id": self.space.team}}  # fmt: skip
        else:
            message["client_msg_id"] = client_msg_id or self.payloads.uuid()
            message.setdefault("blocks", self.payloads.typed(content["text"]))
        if thread:
            message |= {"thread_ts": thread, "parent_user_id": (channel.message(thread) or message)["user"]}
        channel.messages.append(message)
        self.event(channel, self.payloads.message(channel, message))
        if not by_app and not channel.is_im and f"<@{self.space.installed.bot_user}>" in content["text"]:
            self.event(channel, self.payloads.mention(channel, message))
        return message

    def changed(self, channel: Channel, message: Json, before: Json) -> None:
        self.event(channel, self.payloads.message_changed(channel, message, before))

    def deleted(self, channel: Channel, message: Json) -> None:
        self.event(channel, self.payloads.message_deleted(channel, message))

    def react(self, channel: Channel, message: Json, name: str, user: str) -> bool:
        users = message.setdefault("_reactions", {}).setdefault(name, [])
        if user in users:
            return False
        users.append(user)
        self.event(channel, self.payloads.reaction(channel, message, name, user, added=True))
        return True

    def unreact(self, channel: Channel, message: Json, name: str, user: str) -> bool:
        users = message.get("_reactions", {}).get(name, [])
        if user not in users:
            return False
        users.remove(user)
        self.event(channel, self.payloads.reaction(channel, message, name, user, added=False))
        return True

    def event(self, channel: Channel | None, event: Json) -> None:
        """Tells the app, if it is there, has asked for this in its manifest, and may read it."""
        app = self.space.installed
        if channel is not None and app.bot_user not in channel.members:
            return
        if _subscription(channel, event) not in app.events or not _may_read(channel, event, app.scopes):
            return
        self.deliver("events_api", self.payloads.event_callback(event))

    def deliver(self, kind: str, payload: Json) -> asyncio.Future[Json | None]:
        """Brings something to the app, over its socket or as a signed request; the result is what the acknowledgement bore."""
        way = self.signed or self.sockets
        return way.deliver(kind, payload)

    def opened(self, view: Json) -> None:
        self._forms.setdefault(view["opened_by"], []).append(view)

    def form_of(self, user: str) -> Json | None:
        """The form that somebody has before them."""
        found = self._forms.get(user)
        return self.space.views[found[-1]["id"]] if found else None

    def change_form(self, old: Json, view: Json) -> None:
        """The form that came back with an acknowledgement takes the place of the one that was submitted."""
        check_view(view)
        changed = {**old, **copy.deepcopy(view), "hash": f"{self.space.next_ts()}.{next(self.space.counter):06x}"}
        self.space.views[old["id"]] = changed

    def close_form(self, user: str) -> None:
        self._forms[user].pop()


def _subscription(channel: Channel | None, event: Json) -> str:
    if event["type"] == "message":
        return {"im": "message.im", "group": "message.groups", "channel": "message.channels"}[event["channel_type"]]
    return str(event["type"])


def _may_read(channel: Channel | None, event: Json, scopes: set[str]) -> bool:
    match event["type"]:
        case "message":
            return channel is None or f"{channel.kind}:history" in scopes
        case "app_mention":
            return "app_mentions:read" in scopes
        case "reaction_added" | "reaction_removed":
            return "reactions:read" in scopes
        case _:
            return True


def _limited(seconds: int) -> web.Response:
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(seconds)})


async def _read(request: web.Request) -> tuple[Json, str]:
    """The arguments, however they were sent, and the token."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json()
    elif request.method == "POST":
        args |= dict(await request.post())
    token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.pop("token", ""))
    return json.loads(json.dumps(args, default=str)), token
