"""Cross-signing: says that our device is ours, so that clients that refuse unsigned devices talk to it. nio has nothing for it.

Three Ed25519 keys: the master key vouches for the self-signing key, and that one for the device. Their seeds stand in a file beside
the store; whoever has it can make devices that are believed to be ours.
"""

from __future__ import annotations

import base64
import json
import secrets
from typing import TYPE_CHECKING, Any

from adapters.matrix.session import request
from bot.private_file import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from nio import AsyncClient

USAGES = ("master", "self_signing", "user_signing")
FILE = "ondertekening.json"


class NotSigned(Exception):
    """The device could not be signed; the message says what the homeserver said."""


async def sign_device(client: AsyncClient, folder: Path, password: str | None) -> bool:
    """Makes sure that our device is signed by its owner; whether anything had to be done. Raises `NotSigned`, `NotNow`.

    Keys of our own that the homeserver holds already, and of which we have no seeds, are replaced: that asks for the password.
    """
    known = await query(client)
    keys = {usage: _Key(client.user_id, usage, seed) for usage, seed in _seeds(folder).items()}
    done = False
    if _public(known, "master") != keys["master"].public or _public(known, "self_signing") != keys["self_signing"].public:
        await _upload(client, keys, password)
        done = True
    device = known["device_keys"].get(client.user_id, {}).get(client.device_id)
    if device is None:
        raise NotSigned("de sleutels van dit apparaat staan nog niet op de homeserver")
    if done or f"ed25519:{keys['self_signing'].public}" not in device.get("signatures", {}).get(client.user_id, {}):
        await _vouch(client, keys, device)
        done = True
    return done


async def is_signed(client: AsyncClient) -> bool:
    """Whether the homeserver shows others that our device is signed by its owner."""
    known = await query(client)
    own = _public(known, "self_signing")
    device = known["device_keys"].get(client.user_id, {}).get(client.device_id, {})
    return bool(own) and f"ed25519:{own}" in device.get("signatures", {}).get(client.user_id, {})


async def query(client: AsyncClient) -> dict[str, Any]:
    """What the homeserver knows of our keys."""
    found = await request(client, "POST", "keys/query", {"device_keys": {client.user_id: []}})
    return {"device_keys": {}, **found}


class _Key:
    """One signing key, from its seed."""

    def __init__(self, user: str, usage: str, seed: bytes) -> None:
        from Crypto.PublicKey import ECC  # noqa: PLC0415 - comes with nio
        from Crypto.Signature import eddsa  # noqa: PLC0415

        key = ECC.construct(curve="Ed25519", seed=seed)
        self._sign = eddsa.new(key, "rfc8032").sign
        self.user, self.usage = user, usage
        self.public = _base64(key.public_key().export_key(format="raw"))

    @property
    def described(self) -> dict[str, Any]:
        return {"user_id": self.user, "usage": [self.usage], "keys": {f"ed25519:{self.public}": self.public}}

    def signed(self, what: dict[str, Any]) -> dict[str, Any]:
        """The same with this key's signature added."""
        bare = {name: value for name, value in what.items() if name not in {"signatures", "unsigned"}}
        own = {f"ed25519:{self.public}": _base64(self._sign(canonical(bare)))}
        earlier = what.get("signatures", {})
        return {**what, "signatures": {**earlier, self.user: {**earlier.get(self.user, {}), **own}}}


async def _upload(client: AsyncClient, keys: dict[str, _Key], password: str | None) -> None:
    body: dict[str, Any] = {"master_key": keys["master"].described}
    for usage in USAGES[1:]:
        body[f"{usage}_key"] = keys["master"].signed(keys[usage].described)
    answer = await request(client, "POST", "keys/device_signing/upload", body)
    if answer.get("status") == 401 and password:  # the homeserver wants to know that it is really us
        who = {"type": "m.id.user", "user": client.user_id}
        proof = {"type": "m.login.password", "identifier": who, "password": password, "session": answer.get("session")}
        answer = await request(client, "POST", "keys/device_signing/upload", {**body, "auth": proof})
    if "status" in answer:
        why = "daarvoor is het wachtwoord nodig" if answer["status"] == 401 else answer.get("errcode", answer["status"])
        raise NotSigned(f"de sleutels voor ondertekening zijn niet aangenomen: {why}")


async def _vouch(client: AsyncClient, keys: dict[str, _Key], device: dict[str, Any]) -> None:
    """The owner signs the device, and the device the owner's master key."""
    assert client.olm is not None
    bare = {name: value for name, value in device.items() if name not in {"signatures", "unsigned"}}
    master = keys["master"].described
    ours = {f"ed25519:{client.device_id}": client.olm.sign_json(master)}
    body = {
        client.user_id: {
            client.device_id: keys["self_signing"].signed(bare),
            keys["master"].public: {**master, "signatures": {client.user_id: ours}},
        }
    }
    answer = await request(client, "POST", "keys/signatures/upload", body)
    if "status" in answer or answer.get("failures"):
        raise NotSigned(f"de handtekening is niet aangenomen: {answer.get('failures') or answer.get('errcode')}")


def _seeds(folder: Path) -> dict[str, bytes]:
    path = folder / FILE
    if not path.exists():
        write_private(path, json.dumps({usage: base64.b64encode(secrets.token_bytes(32)).decode() for usage in USAGES}))
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {usage: base64.b64decode(kept[usage]) for usage in USAGES}


def _public(known: dict[str, Any], usage: str) -> str | None:
    """The key of ours that the homeserver shows for a usage."""
    for user in known.get(f"{usage}_keys", {}).values():
        return next(iter(user["keys"].values()), None)
    return None


def canonical(what: dict[str, Any]) -> bytes:
    """The bytes that are signed: keys in order, no spaces, UTF-8."""
    return json.dumps(what, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")
