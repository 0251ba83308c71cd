"""The login: by password once, after that by the device that was made then. What it needs stands in one folder, for us alone.

    sessie.json   account, device and token
    sleutel       with which the keys in the store are locked
    *.db          the keys of the encryption (nio's store)

The folder is the only copy of the keys: without it what was said in encrypted rooms cannot be read back. It belongs in the backup.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

from adapters.port import ShutOut
from adapters.secret_file import where_to_put
from bot.private_file import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from nio import AsyncClient, ErrorResponse

    from adapters.matrix.access import Access

DEVICE_NAME = "Verbinder"
SESSION = "sessie.json"


class NoEntry(ShutOut):
    """The homeserver does not let us in; the message says why, and what to do."""


class NotNow(Exception):
    """The homeserver is away or busy: nothing is wrong with the login."""


class Deaf(NotNow):
    """There was a connection, and no answer."""


def away(error: Exception) -> NotNow:
    """What it means when a request does not come through."""
    return Deaf(type(error).__name__) if isinstance(error, TimeoutError) else NotNow(type(error).__name__)


def make_folder(folder: Path) -> None:
    """Makes the folder, and that of all keys around it, for us alone."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # `parents` below would leave it to everybody
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def keep_private(folder: Path) -> None:
    """Takes from others what the library left readable for them."""
    for path in folder.iterdir():
        if path.is_file():
            path.chmod(0o600)


def make_client(access: Access, *, encrypted: bool = True) -> AsyncClient:
    """A client that never waits by itself: what the homeserver cannot take now goes back into the queue."""
    from nio import AsyncClientConfig  # noqa: PLC0415 - heavy, and only needed where Matrix is

    from adapters.matrix.client import Client  # noqa: PLC0415 - idem

    config = AsyncClientConfig(
        encryption_enabled=encrypted, store_sync_tokens=False, max_limit_exceeded=0, max_timeouts=0,
        request_timeout=access.patience.request, pickle_key=_pickle_key(access.folder) if encrypted else "",
    )  # fmt: skip
    store = str(access.folder) if encrypted else ""
    return Client(access.section.server.rstrip("/"), access.section.account, store_path=store, config=config)


def _pickle_key(folder: Path) -> str:
    path = folder / "sleutel"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="utf-8")


async def enter(access: Access, *, encrypted: bool = True) -> AsyncClient:
    """A client that is logged in: as the device of before, or as a new one. Raises `NoEntry`, `NotNow`.

    Without `encrypted` it is for commands that run beside the assistant: it leaves the keys alone.
    """
    make_folder(access.folder)
    client = make_client(access, encrypted=encrypted)
    try:
        kept = _kept(access)
        if kept:
            client.restore_login(kept["user_id"], kept["device_id"], kept["access_token"])
            await _check(client, access)
        else:
            await _log_in(client, access)
    except BaseException:
        await client.close()
        raise
    keep_private(access.folder)
    return client


def _kept(access: Access) -> dict[str, str] | None:
    """The session of before. Without its keys the device would not be believed: then a new one is made."""
    path = access.folder / SESSION
    if not path.exists():
        return None
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    store = access.folder / f"{found['user_id']}_{found['device_id']}.db"
    return found if store.exists() and found["user_id"] == access.section.account else None


async def _check(client: AsyncClient, access: Access) -> None:
    import aiohttp  # noqa: PLC0415
    from nio import WhoamiError  # noqa: PLC0415

    used = client.access_token
    try:
        answer = await client.whoami()
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise NotNow(type(error).__name__) from None
    if isinstance(answer, WhoamiError) and not await renewed(client, access, answer, used):
        raise refusal(answer.status_code, access, ran_out=answer.soft_logout)


def token_of(client: AsyncClient, access: Access) -> str:
    """The token to ask with. nio throws one away that ran out, also when there is a newer one by then."""
    if not client.access_token and (kept := _kept(access)):
        client.access_token = kept["access_token"]
    return str(client.access_token)


async def renewed(client: AsyncClient, access: Access, refused: ErrorResponse, used: str) -> bool:
    """Whether there is another token than the one that was used, for the same device with the same keys: one that another command
    got, or a new one where the homeserver says that ours only ran out. Raises `NotNow`.
    """
    if refused.status_code != "M_UNKNOWN_TOKEN":
        return False
    kept = _kept(access)
    if kept and kept["device_id"] == client.device_id and kept["access_token"] != used:
        client.access_token = kept["access_token"]
        return True
    if not refused.soft_logout or access.password is None:
        return False
    who = {"type": "m.id.user", "user": client.user_id}
    body = {"type": "m.login.password", "identifier": who, "password": access.password, "device_id": client.device_id}
    answer = await request(client, "POST", "login", body)
    if answer.get("errcode") == "M_LIMIT_EXCEEDED":
        raise NotNow(str(answer["errcode"]))
    if "access_token" not in answer:
        return False
    client.access_token = answer["access_token"]
    _keep(client, access)
    return True


def refusal(code: str | None, access: Access, *, ran_out: bool = False) -> Exception:
    """What an error on our own login means. `ran_out`: the homeserver still knows the device, only its token ran out."""
    if ran_out and code == "M_UNKNOWN_TOKEN":
        return NoEntry(
            f"De aanmelding van {access.section.account} op de homeserver is verlopen. Start opnieuw met het wachtwoord in "
            "VERBINDER_MATRIX_PASSWORD of in het bestand met geheimen: het blijft hetzelfde apparaat, met zijn sleutels. "
            "Staat het wachtwoord daar altijd, dan gaat dit voortaan vanzelf."
        )
    if code in {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED", "M_FORBIDDEN", "M_USER_LOCKED", "M_USER_SUSPENDED"}:
        return NoEntry(
            f"De homeserver laat {access.section.account} niet meer binnen ({code}): het token is ingetrokken, "
            "of het account is dicht. "
            f"Klopt het account nog? Haal dan {access.folder / SESSION} weg en start opnieuw met VERBINDER_MATRIX_PASSWORD; "
            "Verbinder meldt zich dan aan als nieuw apparaat."
        )
    return NotNow(code or "?")


async def _log_in(client: AsyncClient, access: Access) -> None:
    import aiohttp  # noqa: PLC0415
    from nio import LoginError  # noqa: PLC0415

    if access.password is None:
        raise NoEntry(
            "Voor de eerste keer aanmelden is een wachtwoord nodig; daarna niet meer. "
            + where_to_put(access.secrets, ("VERBINDER_MATRIX_PASSWORD",), "matrix")
        )
    try:
        answer = await client.login(access.password, device_name=DEVICE_NAME)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise NotNow(type(error).__name__) from None
    if isinstance(answer, LoginError):
        if answer.status_code == "M_LIMIT_EXCEEDED" or not str(answer.status_code).startswith("M_"):
            raise NotNow(answer.status_code or "no homeserver")  # whatever stands in between speaks otherwise
        raise NoEntry(f"Aanmelden als {access.section.account} lukt niet ({answer.status_code}). Kloppen account en wachtwoord?")
    _keep(client, access)


def _keep(client: AsyncClient, access: Access) -> None:
    kept = {"user_id": client.user_id, "device_id": client.device_id, "access_token": client.access_token}
    write_private(access.folder / SESSION, json.dumps(kept))


async def request(client: AsyncClient, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """One call for which nio has no method; the answer, with its `status` when it was refused. Raises `NotNow`."""
    import aiohttp  # noqa: PLC0415 - heavy, and only needed where Matrix is

    where = path if path.startswith("/") else f"/_matrix/client/v3/{path}"
    headers = {"Authorization": f"Bearer {client.access_token}", "Content-Type": "application/json"}
    try:
        answer = await client.send(method, where, json.dumps(body) if body is not None else None, headers)
        found: dict[str, Any] = await answer.json(content_type=None) or {}
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise NotNow(type(error).__name__) from None
    return found if answer.status < 400 else {**found, "status": answer.status}
