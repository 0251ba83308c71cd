"""The two that are measured on one homeserver, each in a process of its own: the assistant, and the smallest echo bot that nio allows.

python -m tests.bench.matrix_bots ours|echo FOLDER SECTION courtesies|bare
"""

import asyncio
import json
import sys
from contextlib import closing
from pathlib import Path

from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, RoomMessageText

from adapters.matrix.access import Access, Section
from adapters.matrix.run import connected
from bot.app import open_app
from bot.clock import now
from bot.service import Service


async def ours(folder, section, courtesies, password):
    told = Section.model_validate({**section, "leesbevestigingen": courtesies})
    with closing(open_app(folder / "verbinder.db", platforms=("matrix",))) as app:
        async with connected(app, Access(told, folder / "sleutels", password), now) as matrix:
            await Service(app, [matrix], now).run()


async def echo(folder, section, courtesies, password):
    """Says what it hears; every message in a task of its own, so that none waits for another."""
    client = AsyncClient(section["server"], section["account"], store_path=str(folder), config=AsyncClientConfig(encryption_enabled=True))
    await client.login(password)
    tasks = set()

    async def answer(room, event):
        await client.room_send(
            room.room_id, "m.room.message", {"msgtype": "m.text", "body": event.body}, ignore_unverified_devices=True
        )

    async def be_polite(room, event):
        await client.room_typing(room.room_id, timeout=4_000)
        await client.update_receipt_marker(room.room_id, event.event_id)

    def aside(what):
        task = asyncio.create_task(what)
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    async def heard(room, event):
        if event.sender != client.user_id:
            if courtesies:
                aside(be_polite(room, event))
            aside(answer(room, event))

    async def invited(room, event):
        if event.state_key == client.user_id and event.membership == "invite":
            await client.join(room.room_id)

    client.add_event_callback(heard, RoomMessageText)
    client.add_event_callback(invited, InviteMemberEvent)
    await client.sync_forever(timeout=30_000, full_state=True)


def main():
    which, folder, section, manners, password = sys.argv[1:]
    Path(folder).mkdir(parents=True, exist_ok=True)
    run = {"ours": ours, "echo": echo}[which]
    asyncio.run(run(Path(folder), json.loads(section), manners == "courtesies", password))


if __name__ == "__main__":
    main()
