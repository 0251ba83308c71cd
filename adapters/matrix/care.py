"""The rooms of the network and the state of the account, for `verbinder rooms` and `verbinder doctor`."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack, asynccontextmanager
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from adapters.caretaking import Finding, Step, StepFault
from adapters.matrix.rooms import RoomFault, rooms_of
from adapters.matrix.session import NotNow, make_client, request
from adapters.matrix.signing import is_signed
from adapters.matrix.start import access_of
from adapters.port import ShutOut
from bot.retention import term_of
from knowledge.network_diff import enumerated
from knowledge.network_gaps import MOST_NAMES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import date, datetime

    from nio import AsyncClient

    from adapters.matrix.access import Access
    from adapters.matrix.room_plan import Step as RoomStep
    from adapters.matrix.room_plan import Wanted
    from adapters.matrix.rooms import Rooms
    from bot.app import App
    from bot.settings import Settings
    from bot.words import Words

FAST_CLOCK = 60
"""Seconds that the clock may differ from that of the homeserver."""
OLDEST = (1, 7)
"""The version since which people can be called without a word of it in the text."""
DAY = 86_400_000
"""Milliseconds."""


@asynccontextmanager
async def open_rooms(app: App, settings: Settings, today: date) -> AsyncIterator[list[Step]]:
    """The steps that would bring the rooms in step with the network; taken in this order. Raises `ShutOut`, `SettingsFault`."""
    access, words = access_of(app, settings), app.words
    async with AsyncExitStack() as stack:
        try:
            rooms = await stack.enter_async_context(rooms_of(app, access, today))
            plan = await rooms.plan()
        except NotNow:
            silent = words.say("kamer.dr-server-weg", server=access.section.server)
            raise ShutOut(f"{silent} {words.say('kamer.dr-server-raad')}") from None
        steps = [Step(step.said, None if step.what == "ask" else partial(_taken, rooms, step, words)) for step in plan]
        missing = [
            Step(words.say("kamer.geen-account", naam=wanted.name, wie=enumerated(wanted.without_account, MOST_NAMES)))
            for wanted in rooms.wanted()
            if wanted.without_account
        ]
        yield [*steps, *missing]


async def _taken(rooms: Rooms, step: RoomStep, words: Words) -> None:
    """Takes a step. Raises `StepFault` when the homeserver does not do it: the others can still be taken."""
    try:
        await rooms.do(step)
    except RoomFault as fault:
        raise StepFault(words.say("kamer.stap-mislukt", fault=fault)) from None
    except NotNow as fault:
        raise StepFault(words.say("kamer.stap-niet-nu", fault=fault)) from None


async def examine(app: App, settings: Settings, now: datetime) -> list[Finding]:
    """What was found. Raises `NoEntry`, `SettingsFault`."""
    access, words = access_of(app, settings), app.words
    server = await _server(access, words, now)
    if not server[0].sound:
        return server
    try:
        return [*server, *await _inside(app, access, now)]
    except NotNow:  # it answers, but not to us
        return [*server, _bad(words, "dr-server-weg", "dr-server-raad", server=access.section.server)]


async def _inside(app: App, access: Access, now: datetime) -> list[Finding]:
    """What is seen after logging in. Raises `NoEntry`, `NotNow`."""
    words = app.words
    async with rooms_of(app, access, now.date()) as rooms:
        client = rooms.client
        account = _good(words, "dr-account", account=client.user_id, apparaat=client.device_id)
        signed = await is_signed(client)
        signing = _good(words, "dr-ondertekend") if signed else _bad(words, "dr-niet-ondertekend", "dr-ondertekend-raad")
        weakened = [_bad(words, "dr-verzwakt", "dr-verzwakt-raad")] if access.section.open_rooms else []
        return [account, signing, await _limits(client, words), *weakened, *await _rooms(rooms, promised(app, now.date()), words)]


def _good(words: Words, key: str, **values: object) -> Finding:
    return Finding(sound=True, text=words.say(f"kamer.{key}", **values))


def _bad(words: Words, key: str, advice: str, **values: object) -> Finding:
    return Finding(sound=False, text=words.say(f"kamer.{key}", **values), advice=words.say(f"kamer.{advice}", **values))


async def _server(access: Access, words: Words, now: datetime) -> list[Finding]:
    """Whether the homeserver answers, what it speaks, and what time it has."""
    import aiohttp  # noqa: PLC0415 - heavy, and only needed where Matrix is

    client = make_client(access, encrypted=False)
    try:
        answer = await client.send("GET", "/_matrix/client/versions", timeout=20)
        found: dict[str, Any] = await answer.json(content_type=None)
        off = (now - parsedate_to_datetime(answer.headers["Date"])).total_seconds() if "Date" in answer.headers else 0.0
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return [_bad(words, "dr-server-weg", "dr-server-raad", server=access.section.server)]
    finally:
        await client.close()
    newest = max((_version(one) for one in found.get("versions", [])), default=(0, 0))
    told = {"server": access.section.server, "versie": f"v{newest[0]}.{newest[1]}"}
    speaks = _good(words, "dr-server", **told) if newest >= OLDEST else _bad(words, "dr-server-oud", "dr-server-oud-raad", **told)
    in_time = abs(off) <= FAST_CLOCK
    return [speaks, _good(words, "dr-klok") if in_time else _bad(words, "dr-klok-scheef", "dr-klok-raad", seconden=round(off))]


def _version(text: str) -> tuple[int, int]:
    """Of a name like "v1.11"; the names of before ("r0.6.1") are older than all."""
    found = re.fullmatch(r"v(\d+)\.(\d+)", text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


async def _limits(client: AsyncClient, words: Words) -> Finding:
    """Whether the homeserver slows us down; only its own administrators may see that."""
    found = await request(client, "GET", f"/_synapse/admin/v1/users/{client.user_id}/override_ratelimit")
    if "status" in found:
        return _good(words, "dr-rem-onbekend")
    free = found.get("messages_per_second") == 0
    return _good(words, "dr-vrij") if free else _bad(words, "dr-rem", "dr-rem-raad", account=client.user_id)


def promised(app: App, today: date) -> int:
    """How many days the convenant lets things stand."""
    until: date = today + term_of(app.assistant.world.network)
    return (until - today).days


async def _rooms(rooms: Rooms, term: int, words: Words) -> list[Finding]:
    """For each room whether it is as the network file says, and who has not come in yet."""
    found = []
    for wanted in rooms.wanted():
        try:
            open_steps, waiting = await rooms.state(wanted)
        except (RoomFault, NotNow) as fault:
            found.append(_bad(words, "dr-plek-mist", "dr-plek-raad", naam=f"{wanted.name} ({fault})"))
            continue
        if any(step.what == "follow" for step in open_steps):
            told = {"naam": wanted.name, "nieuw": open_steps[-1].content["new"], "account": rooms.client.user_id}
            found.append(_bad(words, "dr-vervangen", "dr-vervangen-raad", **told))
        elif open_steps:
            found.append(_bad(words, "dr-plek-mist", "dr-plek-raad", naam=wanted.name))
        elif waiting:
            who = enumerated(waiting, MOST_NAMES)
            found.append(_bad(words, "dr-niet-binnen", "dr-niet-binnen-raad", naam=wanted.name, wie=who))
        else:
            found.append(_good(words, "dr-plek", naam=wanted.name))
        found += _gone_along(rooms, wanted, words)
        found += [_kept(wanted.name, one.state, term, words) for one in await rooms.look_at(wanted)]
    return found


def _gone_along(rooms: Rooms, wanted: Wanted, words: Words) -> list[Finding]:
    """That a room was replaced and we went along; whether that still has to be written in the network file."""
    known = rooms.replaced(wanted.place)
    if known is None:
        return []
    advice = words.say("kamer.dr-meegegaan-raad", nieuw=known.new) if known.in_file else ""
    return [Finding(sound=True, text=words.say("kamer.dr-meegegaan", naam=wanted.name, nieuw=known.new), advice=advice)]


def _kept(name: str, state: Mapping[str, Mapping[str, Any]], promised: int, words: Words) -> Finding:
    """How long the homeserver keeps what is said in a room, beside what the convenant promises (both in days)."""
    longest = state.get("m.room.retention", {}).get("max_lifetime")
    if not isinstance(longest, int):
        return _good(words, "dr-bewaart-niet-gezegd", naam=name, termijn=promised)
    days = max(1, longest // DAY)
    if days > promised:
        return _bad(words, "dr-bewaart-langer", "dr-bewaart-raad", naam=name, dagen=days, termijn=promised)
    return _good(words, "dr-bewaart", naam=name, dagen=days, termijn=promised)
