"""What holds for every message and every moment: an answer always comes, and it never names somebody who is not there."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import example as case
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import answer
from bot.context import Context
from bot.messages import Option, Reply
from bot.talk.choose import answer_choice, choice_in_words
from knowledge.guard.finding import without
from knowledge.guard.look import look
from knowledge.text import clean, read
from tests.asking import ALWAYS, away, example, koppel, library, network, person, world

QUESTIONS = sorted({text for one in (*library().situations.values(), *library().topics.values()) for text in one.examples})
CALLS = [f"wie is de {role.name}" for role in library().roles.values()] + sorted(
    {text for one in library().situations.values() for text in one.examples}
)
ODD = "\u0000\u200b\u200d\u202e\u2066\ufeff\U000e0041🧑‍🏫🚨ﷺḾşıİßœ٣፩²①\ud800\n\t\r`*_<@#>{}[]%\\\"'"
WHEN = st.integers(0, 7 * 365 * 24 * 60).map(lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))

anything = st.text(st.characters(exclude_categories=[]), max_size=300)
mixed = st.lists(st.sampled_from(QUESTIONS) | st.text(ODD, max_size=8) | st.text(max_size=8), max_size=6).map(" ".join)


@st.composite
def spoiled(draw):
    """A question with letters lost, doubled, swapped or replaced."""
    text = list(draw(st.sampled_from(QUESTIONS)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(len(text) - 1, 0)))
        text[place : place + draw(st.integers(0, 3))] = draw(st.text(ODD + "aeinrst ", max_size=3))
    return "".join(text)


def somebody(network_of):
    return st.sampled_from([None, "onbekend-1", *(one.id for one in network_of.people)])


# Every message


@settings(max_examples=250)
@given(
    anything | mixed | spoiled(),
    somebody(example().network),
    st.sampled_from(["dm:x", "netwerk", "lindecollege-politie", ""]),
    WHEN,
)
@case("9" * 100_000, None, "netwerk", datetime(2026, 11, 23, 10, tzinfo=UTC))
@case("wie belt " * 20_000, "s-devries", "netwerk", datetime(2026, 11, 23, 10, tzinfo=UTC))
@case("aa11" + "x" * 1900, "s-devries", "netwerk", datetime(2026, 11, 23, 10, tzinfo=UTC))
@case("a@" + "b." * 900, "s-devries", "netwerk", datetime(2026, 11, 23, 10, tzinfo=UTC))
def test_every_message_gets_an_answer_of_one_kind_with_words_in_it(text, sender, place, at):
    reply = answer(text, Context(example(), sender, place, at))

    assert reply.lines
    assert reply.text.strip()
    assert all(len(option.label) <= 40 for option in reply.options)
    assert all(line.text.isprintable() for line in reply.lines)
    assert reply.kind != "contact" or reply.data["contacts"]


@settings(max_examples=250)
@given(anything | mixed | spoiled())
def test_cleaning_leaves_nothing_that_cannot_be_seen_and_reading_only_folded_words(text):
    cleaned = clean(text)

    assert cleaned.isprintable()
    assert len(cleaned) <= 2000
    assert all(word.typed.isascii() and word.typed.isalnum() for word in read(text))


@given(st.integers(1, 5000), st.sampled_from(["a", "ab1", "leerplichtambtenaar"]))
def test_no_word_is_longer_than_any_dutch_word(length, letters):
    assert max(len(word.typed) for word in read(letters * length)) <= 60


@settings(max_examples=250)
@given(anything | mixed | spoiled())
def test_what_is_found_lies_in_the_text_in_order_and_apart(text):
    seen = look(text, example().name_ear, 2026)
    findings = seen.found

    assert all(0 <= one.start < one.end <= len(seen.text) for one in findings)
    assert all(one.end <= other.start for one, other in pairwise(findings))
    kinds = {one.kind: "§" for one in findings}
    assert without(seen.text, findings, kinds).count("§") == seen.text.count("§") + len(findings)


@given(anything, st.lists(st.text(min_size=1, max_size=40), max_size=9))
def test_whatever_is_typed_chooses_something_offered_or_nothing(typed, labels):
    offered = Reply("choice", (), tuple(Option(f"o{number}", label) for number, label in enumerate(labels)))

    assert choice_in_words(typed, offered) in {None, *(option.id for option in offered.options)}
    assert answer_choice(offered, typed, Context(example(), None, "netwerk", datetime(2026, 11, 23, tzinfo=UTC))).lines


# Every moment


def changing():
    """A network in which people come, go, are away, replace each other, and form circles."""
    day = lambda text: datetime.fromisoformat(text).date()  # noqa: E731
    office = "Mo-Th 08:30-17:00; PH off; SH off"
    return network(
        person("lin", "linde", "directie", hours=office, deputy="jo"),
        person("jo", "linde", "afdelingsleider", "mentor", hours="Tu,Fr 09:00-12:00", deputy="lin", absences=away("2025-01-01", "2025-12-31")),
        person("oud", "linde", "veiligheidscoordinator", until=day("2025-06-30"), deputy="jo", hours=office),
        person("nieuw", "linde", "veiligheidscoordinator", since=day("2025-09-01"), deputy="oud", hours=office),
        person("zorg", "linde", "zorgcoordinator", hours="off", deputy="oud", since=day("2024-08-01")),
        person("eik1", "eik", "directie", "veiligheidscoordinator", until=day("2028-07-31"), deputy="eik2"),
        person("eik2", "eik", "zorgcoordinator", "mentor", hours=office, deputy="eik1"),
        person("wim", "politie", "wijkagent", serves=("Noord", "Zuid"), hours="We-Fr 10:00-18:00", deputy="wes", until=day("2027-12-31")),
        person("wes", "politie", "wijkagent", serves=("Oost",), deputy="wim", since=day("2024-03-01"), hours=office),
        person("sjors", "politie", "schoolcontactpersoon", "jeugdteam", hours=office, deputy="wim"),
        person("plicht", "leerplicht", "leerplichtambtenaar", "rmc", serves=("linde",), hours=office, until=day("2026-01-31")),
        person("coen", "halt", "coordinator", "halt", hours=ALWAYS, since=day("2025-01-01")),
        koppels=(koppel("linde", "oud", "nieuw", "wim"), koppel("eik", "eik1", "wim")),
    )  # fmt: skip


CHANGING = world(changing())


@settings(max_examples=300)
@given(
    st.sampled_from(CALLS) | st.sampled_from(QUESTIONS),
    somebody(CHANGING.network),
    st.sampled_from(["dm:x", "linde-politie", "eik-politie"]),
    WHEN,
)
def test_whoever_is_named_serves_that_day_and_holds_the_role_or_stands_in_for_who_does(text, sender, place, at):
    context = Context(CHANGING, sender, place, at)
    reply = answer(text, context)

    people = CHANGING.network.person_by_id
    for contact in reply.data.get("contacts", []):
        who, replaced = people[contact["person"]], people.get(contact["deputy_for"])
        assert who.serves_on(context.today)
        assert contact["role"] in who.roles
        assert contact["person"] != sender
        assert contact["available"] is CHANGING.calendar.availability(who, at).open
        assert replaced is None or (replaced.serves_on(context.today) and who in CHANGING.reach.deputies(replaced, context.today))


@settings(max_examples=150)
@given(st.sampled_from(CALLS), somebody(CHANGING.network), WHEN)
def test_who_is_called_first_can_be_reached_when_anybody_for_the_role_can(text, sender, at):
    context = Context(CHANGING, sender, f"dm:{sender}", at)
    reply = answer(text, context)
    contacts = reply.data.get("contacts", [])

    if reply.kind == "contact" and not contacts[0]["available"]:
        first = CHANGING.network.person_by_id[contacts[0]["person"]]
        deputies = [one for one in CHANGING.reach.deputies(first, context.today) if one.id != sender]
        assert not any(CHANGING.calendar.availability(one, at).open for one in deputies)


@settings(max_examples=150)
@given(st.sampled_from([one.name for one in CHANGING.network.people]), somebody(CHANGING.network), WHEN)
def test_nobody_who_left_or_has_not_begun_is_given_even_when_asked_for_by_name(name, sender, at):
    context = Context(CHANGING, sender, "netwerk", at)

    for contact in answer(f"wat is het nummer van {name}", context).data.get("contacts", []):
        assert CHANGING.network.person_by_id[contact["person"]].serves_on(context.today)
        assert contact["person"] != sender
