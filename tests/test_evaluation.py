"""The yearly evaluation: numbers per pair for the coordinator, and nothing that rests on fewer than five handovers."""

from datetime import date

import pytest

from bot.evaluation.bars import bars_of, picture_name
from bot.evaluation.count import Case, Evaluation, Row, cases, evaluate, year_before
from bot.evaluation.text import bars, evaluation_reply, table
from bot.handover import rows as handovers
from bot.handover.rows import Event
from bot.picture.named import picture_png
from tests.asking import koppel, library, moment, network, person, world
from tests.command import verbinder
from tests.passing import Days
from tests.talking import Talk

TOWN = network(
    person("vera", "linde", "veiligheidscoordinator"), person("pol", "politie", "wijkagent"), person("elf", "eik", "directie"),
    person("coen", "halt", "coordinator"), koppels=(koppel("linde", "vera", "pol"), koppel("eik", "elf", "pol")),
)  # fmt: skip
YEAR = date(2025, 8, 1), date(2026, 7, 31)


def some(pair, count, taken=2, closed=6):
    return [Case(pair, taken, closed, escalated=False, withdrawn=False)] * count


def evaluated(*found):
    return evaluate([case for part in found for case in part], world(TOWN), *YEAR)


def test_a_pair_with_five_is_shown_and_one_with_four_is_not():
    found = evaluated(some("linde-politie", 5), some("eik-politie", 4))

    assert [(row.name, row.offered, row.days_to_taken, row.days_to_closed) for row in found.rows] == [
        ("Lindecollege", 5, 2.0, 6.0), ("Eikschool", None, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(("few", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_total_that_would_give_away_a_small_number_is_left_out(few, shown):
    assert (evaluated(some("linde-politie", 9), some("eik-politie", few)).total is not None) is shown


def test_a_lead_time_of_fewer_than_five_is_left_out_too():
    row = evaluated(some("linde-politie", 4, closed=3), some("linde-politie", 4, closed=None)).rows[0]

    assert (row.offered, row.days_to_taken, row.days_to_closed) == (8, 2.0, None)


@pytest.mark.parametrize(("day", "first"), [("2026-07-31", 2024), ("2026-08-01", 2025), ("2026-12-31", 2025)])
def test_the_last_whole_school_year_is_evaluated(day, first):
    assert year_before(date.fromisoformat(day)) == (date(first, 8, 1), date(first + 1, 7, 31))


def test_lead_times_are_counted_in_working_days_from_what_happened():
    days = Days(TOWN, "2025-12-23T11:00")
    days.offer("ROZE-VOS", "vera", "pol")
    with days.store.transaction():
        handovers.note(days.connection, "ROZE-VOS", Event("overgenomen", moment("2025-12-29T10:00"), "pol"))
        handovers.note(days.connection, "ROZE-VOS", Event("gesloten", moment("2026-01-05T10:00"), "vera"))
    days.change("ROZE-VOS", state="closed", next_at=None)

    assert cases(days.connection, days.assistant.world, *YEAR) == [Case("linde-politie", 2, 6, escalated=False, withdrawn=False)]
    assert cases(days.connection, days.assistant.world, date(2026, 1, 1), YEAR[1]) == []


def test_it_reads_as_a_few_lines_and_as_a_table():
    found = evaluated(some("linde-politie", 6), some("eik-politie", 2))

    assert evaluation_reply(found, world(TOWN)).text.splitlines() == [
        "Jaarevaluatie van 1 augustus 2025 tot en met 31 juli 2026",
        "Overdrachten per koppel. De dagen zijn werkdagen: de helft ging sneller, de helft langzamer.",
        "Lindecollege: 6 aangeboden, 6 overgenomen, minder dan 5 opgeschaald. Tot overgenomen: 2 dagen. Tot gesloten: 6 dagen.",
        "Bij 1 koppel waren het er minder dan vijf. Daarvan laat ik niets zien.",
        "Een totaal laat ik weg: dan was te zien wat er bij een koppel speelde.",
    ]
    assert table(found, world(TOWN).words).splitlines()[1:] == [
        "Lindecollege;6;6;minder dan 5;minder dan 5;2;6", "Eikschool" + ";minder dan 5" * 6,
    ]  # fmt: skip


def test_no_cell_of_the_table_is_run_as_a_formula():
    row = Row("linde-politie", '=HYPERLINK("http://x")', None)

    assert table(Evaluation(*YEAR, (row,), None), world(TOWN).words).splitlines()[1].startswith("\"'=HYPERLINK")


def test_all_that_the_picture_shows_stands_in_its_name():
    shown = bars(evaluated(some("linde-politie", 6)), world(TOWN))
    name = picture_name(shown)

    assert bars_of(name) == shown
    assert picture_png(name, library()).startswith(b"\x89PNG")
    with pytest.raises(KeyError):
        picture_png(name[:-9], library())


@pytest.mark.parametrize(("who", "kind"), [("coen", "knowledge"), ("mia", "refusal"), ("niemand", "refusal")])
def test_only_the_coordinator_gets_it_and_in_their_own_chat(tmp_path, who, kind):
    talk = Talk(tmp_path / "db")
    said = talk.say("jaarevaluatie", who, "linde-politie" if who == "coen" else None)

    assert (said.reply.kind, said.place) == (kind, f"dm:{who}")


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        ("jaarevaluatie", "1 augustus 2025 tot en met 31 juli 2026"), ("Jaarevaluatie 2024-2025", "1 augustus 2024 tot en met 31 juli 2025"),
        ("jaarevaluatie dit jaar", "1 augustus tot en met 24 november 2026"), ("jaarevaluatie 2026", "1 augustus tot en met 24 november 2026"),
    ],
)  # fmt: skip
def test_another_year_or_this_one_so_far_can_be_asked_for_with_its_table(tmp_path, asked, period):
    reply = Talk(tmp_path / "db").say(asked, "coen").reply

    assert reply.text.splitlines()[0] == f"Jaarevaluatie van {period}"
    assert reply.file.text.startswith("\ufeffkoppel;aangeboden;")


def test_the_command_writes_a_table_and_a_picture(tmp_path):
    days = Days(TOWN, "2026-01-05T11:00", tmp_path / "db")
    for number in range(6):
        days.offer(f"ROZE-VOS{number}", "vera", "pol")
    days.store.close()
    done = verbinder("evaluation", "--database", tmp_path / "db", "--year", "2025", "-o", tmp_path / "uit")

    assert done.code == 0, done.err
    assert "Lindecollege: 6 aangeboden" in done.out
    assert (tmp_path / "uit/jaarevaluatie.csv").read_text("utf-8-sig").startswith("koppel;aangeboden;")
    assert (tmp_path / "uit/jaarevaluatie.png").read_bytes()[:4] == b"\x89PNG"
    assert verbinder("evaluation").code == 1
