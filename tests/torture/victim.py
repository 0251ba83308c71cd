"""The assistant as a process of its own, over a real file, that is killed where it is told to be. It is forked: loading costs nothing."""

import asyncio
import json
import os
import signal
import socket
from pathlib import Path

from bot.app import open_app
from bot.deliver import deliver
from bot.messages import Said


class Adapter:
    """The port of the victim: everything goes over a socket to the far end, and comes back as the platform's own id."""

    name = ""

    def __init__(self, far, keyed):
        self._far, self._keyed = far, keyed

    async def send(self, envelope):
        if envelope.unsure and not self._keyed:
            found = self._ask({"find": envelope.key})["remote"]
            if found:
                return found
        text = "\n".join(line.text for line in envelope.reply.lines)
        return self._ask({"key": envelope.key, "place": envelope.place, "text": text, "edits": envelope.remote})["remote"]

    def _ask(self, message):
        self._far.write(json.dumps(message) + "\n")
        self._far.flush()
        return json.loads(self._far.readline())


def _doomed(connection, statements):
    """Dies at this statement, counted from here. The hook is called before the statement runs."""
    left = [statements]

    def count(_statement):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    connection.set_trace_callback(count)


def _play(database, events, far, keyed, dies_at):
    app = open_app(Path(database))
    counted = [0]
    if dies_at:
        _doomed(app.store.connection, dies_at)
    else:
        app.store.connection.set_trace_callback(lambda _: counted.__setitem__(0, counted[0] + 1))
    adapter = Adapter(far, keyed)

    def handled(event):
        far.write(json.dumps({"handled": event.id}) + "\n")  # only now the platform hears that it is safe
        far.flush()

    _tell(app, events, lambda at: asyncio.run(deliver(app.store, adapter, lambda: at)), handled)
    far.write(json.dumps({"end": counted[0]}) + "\n")
    far.flush()


class _Nobody:
    """A platform that takes everything and tells nobody."""

    name = ""

    async def send(self, envelope):
        return f"r{envelope.message}"


def rehearse(database, events):
    """The story in this process, before any life: all that is loaded and worked out on the way is there for whoever is forked later."""
    app = open_app(Path(database))
    _tell(app, events, lambda at: asyncio.run(deliver(app.store, _Nobody(), lambda: at)), lambda _event: None)
    app.close()


def _tell(app, events, bring, handled):
    for event in events:
        while (due := app.assistant.next_due()) is not None and due <= event.at:
            app.assistant.due(due)
            bring(due)
        bring(event.at)
        if event.text:
            app.assistant.handle(Said(event.id, event.at, event.sender, event.place, event.text), event.at)
        handled(event)
        bring(event.at)


def live(database, events, far_end, keyed, dies_at=None, after=None, at_post=None):
    """One life. Returns how many events were handled, and how many statements were counted (None: it died).

    `dies_at`: at this statement; `after`: after so many seconds; `at_post`: when the far end has just taken its so many-th post,
    and before the assistant hears of it.
    """
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        ours.close()
        code = 1
        try:
            _play(database, events, theirs.makefile("rw", encoding="utf-8"), keyed, dies_at)
            code = 0
        finally:
            os._exit(code)
    theirs.close()
    if after is not None:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, after)
    handled, statements = 0, None
    with ours, ours.makefile("r", encoding="utf-8") as lines:
        for line in _until_dead(lines):
            said = json.loads(line)
            if "handled" in said:
                handled += 1
            elif "end" in said:
                statements = said["end"]
            else:
                answer = far_end.answer(line)
                if at_post is not None and len(far_end.posts) == at_post:
                    os.kill(child, signal.SIGKILL)
                try:
                    ours.sendall(f"{json.dumps(answer)}\n".encode())  # with nothing left in a buffer, to be written at the close
                except (BrokenPipeError, ConnectionResetError):
                    break
    signal.setitimer(signal.ITIMER_REAL, 0)
    os.waitpid(child, 0)
    return handled, statements


def _until_dead(lines):
    """Whole lines, until the other end is gone; a line that was cut off is none."""
    while True:
        try:
            line = lines.readline()
        except ConnectionResetError:
            return
        if not line.endswith("\n"):
            return
        yield line
