"""Time that passes over a database without anybody saying anything: all that comes by itself, each at its own moment."""

from dataclasses import replace

from bot.assistant import Assistant
from bot.handover import ladder
from bot.handover import rows as handovers
from bot.handover.rows import Handover
from bot.store import deliveries
from bot.store.file import Store
from tests.asking import library, moment, understanding, words


class Days:
    """A network in a database of its own that was born at `begin`."""

    def __init__(self, of, begin, path=None):
        self.store = Store(path)
        self.assistant = Assistant(self.store, library(), understanding(), words())
        self.assistant.take_network(of)
        self.connection = self.store.connection
        self.now = moment(begin)
        self.assistant.due(self.now)

    def offer(self, reference, by, to, phase=1, pair="linde-politie", **more):
        """Somebody offered something at this moment, in the records only."""
        new = Handover(reference, "overdracht", by, to, by, pair, phase, "gesprek", self.now, self.now, **more)
        with self.store.transaction():
            handovers.add(self.connection, ladder.planned(new, self.assistant.world))

    def change(self, reference, **more):
        with self.store.transaction():
            known = handovers.by_reference(self.connection, reference)
            handovers.save(self.connection, replace(known, **more))

    def until(self, at):
        """All that is sent up to and including this moment."""
        sent, end = [], moment(at)
        while (due := self.assistant.next_due()) is not None and due <= end:
            self.now = max(due, self.now)  # what did not arrive was due before it was known
            self.assistant.due(self.now)
            sent += self._sent()
        self.now = end
        return sent

    def away_until(self, at):
        """The assistant is not there until this moment; what it sends when it is back."""
        begin, self.now = self.now, moment(at)
        self.assistant.beat(self.now, begin)
        self.assistant.due(self.now)
        return self._sent()

    def _sent(self):
        found = []
        while waiting := deliveries.waiting(self.connection, self.now):
            for envelope in waiting:
                deliveries.mark_sending(self.connection, envelope.message)
                deliveries.mark_sent(self.connection, envelope.message, f"m{envelope.message}", self.now)
            found += waiting
        return found


def when(sent, place=None, kind=None):
    """Local times of what was sent, in one place or of one kind."""
    return [
        f"{one.at:%a %d-%m %H:%M}" for one in sent
        if (place is None or one.place == place) and (kind is None or one.reply.kind == kind) and not one.replaces
    ]  # fmt: skip
