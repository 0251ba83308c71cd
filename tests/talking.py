"""A conversation with the assistant over one database file, message by message, without a process."""

from datetime import timedelta

from bot.assistant import Assistant
from bot.messages import Chose, Said, Undid, Withdrew
from bot.routes import Routes
from bot.store import deliveries
from bot.store.file import Store
from bot.store.outbox import HERE
from tests.asking import koppel, library, moment, network, person, understanding, words

START = moment("2026-11-24T11:00")
PEOPLE = (
    person("mia", "linde", "mentor"), person("vera", "linde", "veiligheidscoordinator"), person("afra", "linde", "afdelingsleider"),
    person("dirk", "linde", "directie"), person("pol", "politie", "wijkagent"), person("coen", "halt", "coordinator"),
    person("elf", "eik", "directie"), person("lies", "leerplicht", "leerplichtambtenaar"),
)  # fmt: skip
KOPPELS = (koppel("linde", "vera", "pol"), koppel("eik", "elf", "pol"))


class Talk:
    """One database, anybody who talks. Every message is five seconds after the one before."""

    def __init__(self, path, platforms=HERE):
        """`platforms`: the names of those that are connected; one without a name is the terminal, where people are alone."""
        self.path, self.count, self.at, self.sent, self.platforms = path, 0, START, [], platforms
        self.by = platforms[0]
        self.open()
        self.assistant.take_network(network(*PEOPLE, koppels=KOPPELS))

    def open(self):
        self.store = Store(self.path)
        routes = Routes(self.store.connection, self.platforms)
        self.assistant = Assistant(self.store, library(), understanding(), words(), routes)

    def restart(self):
        self.store.close()
        self.open()

    def wait(self, **time):
        self.at += timedelta(**time)
        self.assistant.due(self.at)

    def say(self, text, sender="mia", place=None, **more):
        """`more`: what else there is to know of the message (`addressed`, `edits`, `outsiders`)."""
        return self._handle(Said(self._key(), self.at, sender, place or f"dm:{sender}", text, platform=self.by, **more))

    def choose(self, envelope, *options, sender="mia", place=None, **more):
        return self._handle(Chose(self._key(), self.at, sender, place or envelope.place, envelope.message, options, self.by, **more))

    def undo(self, envelope, *options, sender="mia"):
        return self._handle(Undid(self._key(), self.at, sender, envelope.place, envelope.message, options, self.by))

    def withdraw(self, message, sender="mia"):
        return self._handle(Withdrew(self._key(), self.at, sender, f"dm:{sender}", message, self.by))

    def answers(self, *texts, sender="mia", place=None):
        """Says one text after another; what is said to the last of them."""
        return [self.say(text, sender, place) for text in texts][-1]

    def _key(self):
        self.count += 1
        self.at += timedelta(seconds=5)
        return f"e{self.count}"

    def _handle(self, inbound):
        """The last of what is said to this message; all of it stands in `sent`."""
        self.assistant.handle(inbound, self.at)
        self.deliver()
        return self.sent[-1] if self.sent else None

    def deliver(self):
        """Brings all that waits; it stands in `sent`."""
        self.sent = deliveries.waiting(self.store.connection, self.at + timedelta(days=1), self.by)
        for envelope in self.sent:
            deliveries.mark_sending(self.store.connection, envelope.message, self.by)
            deliveries.mark_sent(self.store.connection, envelope.message, f"m{envelope.message}", self.at, self.by)

    def rows(self):
        return self.store.connection.execute("SELECT person, place, flow, answers, state, reference FROM conversation").fetchall()


def step(envelope):
    return envelope.reply.data.get("step")


def kinds(talk):
    return [envelope.reply.kind for envelope in talk.sent]
