"""One call to Slack, with what went wrong told apart: wait, unknown whether it arrived, or refused.

TryLater    Slack says how long to wait (429), or nobody is there
Unsure      nobody knows whether it was done: look before doing it again
Revoked     the token is no good any more: nothing can be done
No          Slack will not do it: its word for why, and what it needed
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from adapters.port import ShutOut, TryLater
from bot.deliver import Refused, Unsure

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_sdk.errors import SlackApiError
    from slack_sdk.web.async_client import AsyncWebClient

AGAIN = timedelta(seconds=5)
"""After how long an unknown outcome is looked into, or is looked whether Slack is there again."""
LONGEST = timedelta(minutes=10)
PASSING = frozenset({
    "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org",
})  # fmt: skip
"""Errors of a moment, with a status of 200."""
REVOKED = frozenset({"token_revoked", "invalid_auth", "account_inactive", "not_authed", "token_expired"})
"""The token is no good any more: nothing can be done until somebody gives another."""


MENDED = frozenset({
    "missing_scope", "org_login_required", "ekm_access_denied", "team_access_not_granted", "message_limit_exceeded",
})  # fmt: skip
"""Somebody has forgotten something, has closed it for a while, or moves the workspace: nothing is given up meanwhile."""


class Revoked(ShutOut):
    """The token is no good any more: what is to be brought stays, until there is another."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class No(Refused):
    """Slack says no. `error` is its word for why; `needed` the scope that is missing, if that is it."""

    def __init__(self, method: str, error: str, needed: str = "", detail: str = "") -> None:
        super().__init__(" ".join(part for part in (f"{method}: {error}", needed, detail) if part))
        self.method, self.error, self.needed = method, error, needed


async def call(client: AsyncWebClient, method: str, **arguments: Any) -> dict[str, Any]:
    """The answer of one method. Raises `TryLater`, `Unsure`, `Revoked`, `No`."""
    import aiohttp  # noqa: PLC0415 - heavy, and only needed where Slack is
    from slack_sdk.errors import SlackApiError, SlackRequestError  # noqa: PLC0415

    given = {name: value for name, value in arguments.items() if value is not None}
    try:
        answer = await client.api_call(method, json=given) if _takes_json(method) else await client.api_call(method, data=given)
    except SlackApiError as error:
        raise _told_apart(method, error) from None
    except aiohttp.ClientConnectorError:  # nobody there: then nothing was done either
        raise TryLater(AGAIN) from None
    except (aiohttp.ClientError, TimeoutError, OSError, SlackRequestError) as error:
        raise Unsure(AGAIN, type(error).__name__) from None
    return dict(answer.data) if isinstance(answer.data, dict) else {}


async def pages(client: AsyncWebClient, method: str, **arguments: Any) -> AsyncIterator[dict[str, Any]]:
    """A list of Slack page after page. Raises as `call` does."""
    cursor = ""
    while True:
        answer = await call(client, method, **{"limit": "200", **arguments}, cursor=cursor or None)
        yield answer
        cursor = answer.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return


async def granted(client: AsyncWebClient) -> frozenset[str]:
    """The scopes that our token really has: a changed manifest counts only after the app was installed again."""
    from slack_sdk.errors import SlackApiError  # noqa: PLC0415 - heavy

    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        raise _told_apart("auth.test", error) from None
    header = answer.headers.get("x-oauth-scopes") or answer.headers.get("X-OAuth-Scopes") or ""
    return frozenset(one.strip() for one in header.split(",") if one.strip())


def _takes_json(method: str) -> bool:
    """Methods that read, and uploads, take a form at Slack and no JSON; those that write messages, views and channels take both."""
    return method.startswith(("chat.", "views.", "conversations.create", "conversations.open", "conversations.set"))


def _told_apart(method: str, error: SlackApiError) -> Exception:
    response = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    data = getattr(response, "data", None)
    found = data if isinstance(data, dict) else {}
    word = str(found.get("error", ""))
    if status == 429 or word in {"ratelimited", "rate_limited"}:
        wait = timedelta(seconds=float(response.headers.get("Retry-After", 30) or 30))
        return TryLater(min(wait, LONGEST))
    if word in REVOKED:
        return Revoked(word)
    if word in MENDED and method.startswith(("chat.", "conversations.open")):
        return TryLater(LONGEST)
    if word and status < 500 and word not in PASSING:
        detail = "; ".join(found.get("response_metadata", {}).get("messages", []))
        return No(method, word, str(found.get("needed", "")), detail)
    return Unsure(AGAIN, word or f"status {status}")
