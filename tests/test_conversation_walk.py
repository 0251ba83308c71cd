"""Whatever people type, tap and correct in whatever order: everybody is answered, nothing stumbles, and nobody is in two at once."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.context import Context
from bot.flows import FLOWS
from bot.talk.flow import Done, replay
from tests.asking import words
from tests.talking import Talk

SAYINGS = [
    "quickscan", "verzuim", "signaal", "checklist pers", "casus van de week", "terug", "opnieuw", "stop", "stop en bewaar", "verder",
    "overslaan", "weet ik niet", "geen", "ja", "nee", "1", "2", "1 3 en 7", "1t/m3", "99", "geweld", "wapenbezt", "twijfel: vernieling",
    "toch geen geweld", "ook spijbelen", "verander context", "context: buiten school", "wie is onze wijkagent", "delen", "weggooien",
    "fase verhogen", "laat nog eens zien", "er wordt nu gevochten met messen", "bel 06-12345678", "sluit de stemming", "fase 2", "",
    "overdracht", "draag over", "pol", "ik neem het over", "ik bel vandaag", "mijn overdrachten", "ik ben morgen vrij", "veiligheidsplan",
]  # fmt: skip
acts = st.tuples(
    st.sampled_from(["say", "say", "say", "tap", "tap", "correct"]), st.sampled_from(["vera", "pol", "mia", "onbekend"]),
    st.sampled_from(["own", "linde-politie"]), st.sampled_from(SAYINGS), st.integers(0, 10_000),
)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(acts, min_size=5, max_size=40))
def test_whatever_happens_everybody_is_answered_and_every_stored_answer_leads_somewhere(story):
    with TemporaryDirectory() as folder:
        talk, seen = Talk(Path(folder) / "verbinder.db"), []
        for act, sender, where, text, number in story:
            place = f"dm:{sender}" if where == "own" else where
            offered = [one for one in seen if one.reply.options and (one.place == place or not one.place.startswith("dm:"))]
            if act == "tap" and offered:
                envelope = offered[number % len(offered)]
                options = envelope.reply.options
                some = {options[number % len(options)].id, options[number // 7 % len(options)].id}
                talk.choose(envelope, *(sorted(some) if envelope.reply.multiple else sorted(some)[:1]), sender=sender)
            else:
                edits = f"e{number % (talk.count + 1)}" if act == "correct" else None
                talk.say(text, sender, place, edits=edits)
            assert talk.sent, (act, sender, place, text)
            seen += talk.sent
        assert talk.store.failures() == []
        assert_each_leads_somewhere(talk)
        talk.store.close()


def assert_each_leads_somewhere(talk):
    going_on = [(row[0], row[1]) for row in talk.rows() if row[4] != "done"]
    assert len(going_on) == len(set(going_on))
    for person, place, flow, answers, state, reference in talk.rows():
        context = Context(talk.assistant.world, person, place, talk.at)
        stored = {step: tuple(values) for step, values in json.loads(answers).items()}
        position = replay(FLOWS[flow], stored, context, reference)
        assert position.stale or state != "done" or isinstance(position.at, Done)
        assert position.page is None or all(len(option.label) <= 40 for option in position.page.options)
        assert position.page is None or len(position.page.options) + position.page.multiple <= 10


def test_every_sentence_that_is_a_command_is_one_of_the_eight():
    assert all(words().list(f"gesprek.woorden-{one}") for one in ("terug", "opnieuw", "stop", "bewaar", "verder", "overslaan", "weet-ik-niet", "geen"))
