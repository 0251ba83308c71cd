"""The assistant in a process of its own that ends, as by a kill, at one moment: see `test_staying`.

before: heard, nothing written · inside: written, not committed · after: committed, not sent · sent: sent, not noted.
"""

import asyncio
import json
import os
import sys
from contextlib import closing
from pathlib import Path

from adapters.matrix.access import Access, Section
from adapters.matrix.run import connected
from bot.app import open_app
from bot.clock import now
from bot.service import Service

DEAD = 9


class Dying(Service):
    """Ends in the middle of a message."""

    moment = ""

    async def receive(self, inbound, along=None):
        if self.moment == "before":
            os._exit(DEAD)
        await super().receive(inbound, (lambda: os._exit(DEAD)) if self.moment == "inside" else along)
        if self.moment == "after":
            os._exit(DEAD)


class Sends:
    """The adapter, that ends when a message has just gone."""

    def __init__(self, adapter):
        self.adapter, self.name, self.listen = adapter, adapter.name, adapter.listen

    async def send(self, envelope):
        await self.adapter.send(envelope)
        os._exit(DEAD)


async def die(moment, database, keys, section):
    with closing(open_app(Path(database), platforms=("matrix",))) as app:
        async with connected(app, Access(Section.model_validate(json.loads(section)), Path(keys), None), now) as matrix:
            service = Dying(app, [Sends(matrix) if moment == "sent" else matrix], now)
            service.moment = moment
            await service.run()


if __name__ == "__main__":
    asyncio.run(die(*sys.argv[1:]))
