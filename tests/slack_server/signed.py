"""Events and interactivity as signed HTTP requests, tried again as Slack does when there is no 200 in three seconds."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer
    from tests.slack_server.workspace import Json


class SignedRequests:
    """The other way than Socket Mode: the app has an address of its own."""

    def __init__(self, server: SlackServer, address: str, secret: str) -> None:
        self.server, self.address, self.secret = server, address, secret
        self.statuses: list[int] = []

    def deliver(self, kind: str, payload: Json) -> asyncio.Future[Json | None]:
        done: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self.server.background(self._until_accepted(kind, payload, done))
        return done

    async def _until_accepted(self, kind: str, payload: Json, done: asyncio.Future[Json | None]) -> None:
        delays = self.server.retry_delays if kind == "events_api" else ()
        for attempt, delay in enumerate((0.0, *delays)):
            if delay:
                await asyncio.sleep(delay)
            status, body = await self.request(kind, payload, attempt)
            if status == 200:
                done.set_result(json.loads(body) if body.startswith("{") else None)
                return
        done.set_exception(TimeoutError("not accepted"))
        done.exception()

    async def request(self, kind: str, payload: Json, attempt: int = 0, *, age: int = 0, secret: str | None = None) -> tuple[int, str]:
        """One signed request; `age` seconds old, or signed with another secret, for who wants to see it refused."""
        if kind == "events_api":
            body, content = json.dumps(payload), "application/json"
        elif kind == "slash_commands":
            body, content = urlencode(payload), "application/x-www-form-urlencoded"
        else:
            body, content = urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded"
        moment = str(int(time.time()) - age)
        digest = hmac.new((secret or self.secret).encode(), f"v0:{moment}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": content, "X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}",
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }  # fmt: skip
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        try:
            limit = aiohttp.ClientTimeout(total=self.server.ack_seconds)
            async with aiohttp.ClientSession(timeout=limit) as session, session.post(self.address, data=body, headers=headers) as answer:
                found = answer.status, await answer.text()
        except (TimeoutError, aiohttp.ClientError):
            found = 0, ""
        self.statuses.append(found[0])
        await self.server.notify()
        return found
