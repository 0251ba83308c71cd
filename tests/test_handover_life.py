"""Whatever happens to a handover, in whatever order: it has one holder, it is looked at again, and what is closed is silent."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.assistant import Assistant
from bot.handover import rows as handovers
from bot.handover.rows import OVER
from bot.messages import Chose, Said
from bot.store.file import Store
from knowledge.network import Period
from tests.asking import koppel, library, moment, network, person, understanding, words

PLACE = "linde-politie"
EVERYBODY = ("vera", "dirk", "pol", "agnes", "elf", "coen", "vreemd")
PEOPLE = (
    person("vera", "linde", "veiligheidscoordinator", deputy="dirk", hours="Mo-Th 08:30-17:00; PH off; SH off"),
    person("dirk", "linde", "directie"), person("pol", "politie", "wijkagent", deputy="agnes", hours="Tu-Fr 10:00-18:00"),
    person("agnes", "politie", "wijkagent", deputy="pol"), person("elf", "eik", "directie"), person("coen", "halt", "coordinator"),
)  # fmt: skip
SAYINGS = (
    "ik neem het over, ik bel morgen", "toch niet", "ik kan dit niet", "kan niet, vraag Agnes", "vraag terug", "terugkoppeling: gedaan",
    "sluit de overdracht", "heropen", "trek de overdracht in", "pauzeer tot vrijdag", "minder vaak herinneren", "1", "2", "Agnes Zandstra",
)  # fmt: skip
NAMED = ("zet {} over naar Agnes", "zet {} over naar Pol", "heropen {}", "sluit {}", "wat is er met {}", "ik neem {} over")
people = st.sampled_from(EVERYBODY)


class Life(RuleBasedStateMachine):
    """One handover, and everybody who can do or try something with it."""

    def __init__(self):
        super().__init__()
        self.store = Store()
        self.assistant = Assistant(self.store, library(), understanding(), words())
        self.now, self.count, self.read = moment("2026-11-24T11:00"), 0, 0
        self.people = {one.id: one for one in PEOPLE}

    def teardown(self):
        self.store.close()

    @initialize(phase=st.sampled_from(["1", "2", "3"]), to=st.sampled_from(["pol", "agnes", "dirk", "coen"]))
    def offered(self, phase, to):
        self.take()
        self.say("overdracht", "vera", "dm:vera")
        for answer in (f"{to} zandstra", f"fase {phase}", "overslaan", "geen", "ja, ouders weten ervan", "1", "ja"):
            self.say(answer, "vera", "dm:vera")
        (one,) = handovers.all_open(self.store.connection)
        self.reference = one.reference

    def take(self):
        pairs = (koppel("linde", *(one for one in ("vera", "pol") if one in self.people)), koppel("eik", "elf", "pol"))
        self.assistant.take_network(network(*self.people.values(), koppels=pairs))

    def stands(self):
        return handovers.by_reference(self.store.connection, self.reference)

    def say(self, text, sender, place):
        self.count += 1
        self.now += timedelta(seconds=5)
        self.assistant.handle(Said(f"e{self.count}", self.now, sender, place, text), self.now)
        assert self.store.failures() == []

    # What can happen

    @rule(sender=people, text=st.sampled_from(SAYINGS), shared=st.booleans())
    def somebody_says(self, sender, text, shared):
        self.say(text, sender, PLACE if shared else f"dm:{sender}")

    @rule(sender=people, text=st.sampled_from(NAMED))
    def somebody_names_it(self, sender, text):
        self.say(text.format(self.reference), sender, f"dm:{sender}")

    @rule(sender=people, back=st.integers(0, 3), which=st.integers(0, 7))
    def somebody_taps(self, sender, back, which):
        """A control of a recent message, the newest or an older one, in a place where they can be."""
        rows = self.store.connection.execute("SELECT id FROM outbox WHERE body ->> '$.options' != '[]' ORDER BY id DESC LIMIT 4")
        found = [self.store.outbox.message(number)[0] for (number,) in rows.fetchall()]
        message = found[min(back, len(found) - 1)]
        if message.place not in {PLACE, f"dm:{sender}"}:
            return
        option = message.reply.options[which % len(message.reply.options)].id
        self.count += 1
        self.now += timedelta(seconds=5)
        self.assistant.handle(Chose(f"e{self.count}", self.now, sender, message.place, message.message, (option,)), self.now)
        assert self.store.failures() == []

    @rule(minutes=st.sampled_from([5, 30, 600, 1440, 4320, 14400]))
    def time_passes(self, minutes):
        end = self.now + timedelta(minutes=minutes)
        for _ in range(400):
            due = self.assistant.next_due()
            if due is None or due > end:
                break
            self.now = max(self.now, due.astimezone(self.now.tzinfo))
            self.assistant.due(self.now)
        self.now = end
        self.assistant.due(self.now)

    @precondition(lambda self: self.count > 12)
    @rule(who=st.sampled_from(["vera", "pol", "agnes"]), ill=st.booleans())
    def somebody_leaves_or_is_ill(self, who, ill):
        today = self.now.date()
        away = {"absences": (Period(today, today + timedelta(days=3)),)} if ill else {"until": today - timedelta(days=1)}
        self.people[who] = replace(self.people[who], **away)
        self.take()
        self.time_passes(1440)

    @rule(who=st.sampled_from(["vera", "pol", "agnes"]))
    def somebody_is_back(self, who):
        self.people[who] = replace(self.people[who], absences=(), until=None)
        self.take()

    # What always holds

    @invariant()
    def there_is_exactly_one_holder(self):
        if self.count:
            one = self.stands()
            assert one.holder in self.people
            assert one.state not in {"offered", "declined"} or one.holder == one.giver

    @invariant()
    def what_is_open_is_looked_at_again_and_what_is_over_is_not(self):
        if self.count:
            one = self.stands()
            assert (one.next_at is None) == (one.state in OVER)

    @invariant()
    def nothing_is_reminded_of_twice_and_what_is_closed_is_silent(self):
        rows = self.store.connection.execute(
            "SELECT id, key, place, body ->> '$.data.state' FROM outbox WHERE id > ? AND NOT lapsed "
            "AND body ->> '$.kind' IN ('reminder', 'escalation')", (self.read,)
        ).fetchall()  # fmt: skip
        assert len({row[1] for row in rows}) == len(rows)
        assert [row for row in rows if row[3] in OVER] == []
        self.read = max([self.read, *(row[0] for row in rows)])

    @invariant()
    def nobody_can_act_on_two_copies_in_one_place(self):
        rows = self.store.connection.execute(
            "SELECT place, count(*) FROM outbox AS one WHERE card IS NOT NULL AND body ->> '$.options' != '[]' AND NOT lapsed "
            "AND NOT EXISTS (SELECT 1 FROM outbox WHERE replaces = one.id) GROUP BY card, place HAVING count(*) > 1"
        )
        assert rows.fetchall() == []

    @invariant()
    def a_stranger_never_reads_a_name(self):
        rows = self.store.connection.execute("SELECT body FROM outbox WHERE place = 'dm:vreemd'")
        assert not any("Zandstra" in body for (body,) in rows)


Life.TestCase.settings = settings(max_examples=max(8, settings().max_examples // 6), stateful_step_count=25, deadline=None)
TestLife = Life.TestCase
