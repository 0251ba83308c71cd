"""A line between a client and a homeserver that can go deaf: it takes everything, and answers nothing. Or slow: `delay` is in seconds."""

import asyncio
from contextlib import asynccontextmanager


class Line:
    """What goes through it, and how often somebody came anew."""

    def __init__(self, port):
        self.target, self.dead, self.all_dead, self.came = port, set(), False, 0
        self.tasks, self.writers = set(), set()
        self.delay = 0.0
        self.deaf_at, self.fell = b"", asyncio.Event()
        self.again = asyncio.Condition()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def go_deaf(self, *, for_all=False):
        """The connections that there are hear nothing more; with `for_all` those that come neither."""
        self.dead |= self.writers
        self.all_dead = for_all

    def hear_again(self):
        """For who comes anew: what has gone deaf stays so."""
        self.all_dead = False

    async def tries(self, times):
        """Returns when somebody has come anew so many times."""
        until = self.came + times
        async with self.again:
            await self.again.wait_for(lambda: self.came >= until)

    async def take(self, reader, writer):
        self.came += 1
        async with self.again:
            self.again.notify_all()
        self.writers.add(writer)
        if self.all_dead:
            self.dead.add(writer)
        self.tasks.add(asyncio.current_task())
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        self.tasks.add(pipe := asyncio.create_task(self.carry(there, writer, writer)))
        await self.carry(reader, back, writer)
        pipe.cancel()
        back.close()
        writer.close()

    async def carry(self, source, sink, line):
        while data := await source.read(65536):
            if self.deaf_at and self.deaf_at in data:
                self.deaf_at = b""
                self.go_deaf()
                self.fell.set()
            if sink is line and self.delay:
                await asyncio.sleep(self.delay)
            if line not in self.dead:
                sink.write(data)
                await sink.drain()


@asynccontextmanager
async def line_to(port):
    line = Line(port)
    server = await asyncio.start_server(line.take, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        for task in line.tasks:
            task.cancel()
        await asyncio.gather(*line.tasks, return_exceptions=True)
