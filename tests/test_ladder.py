"""The ladder of reminders: when the next one comes and to whom, for every state and colour."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.handover.ladder import _due, _way, moved, next_step, restarted, step_now
from bot.handover.rows import Handover
from bot.worktime import days_between, is_working, working_moment
from knowledge.network import Period
from tests.asking import AMSTERDAM, away, koppel, moment, network, person, world

SCHOOL, OFFICE = "Mo-Fr 08:30-17:00; PH off; SH off", "Mo-Fr 08:30-17:00; PH off"
PEOPLE = {
    "vera": person("vera", "linde", "veiligheidscoordinator", hours="Mo-Th 08:30-17:00; PH off; SH off", deputy="afra"),
    "afra": person("afra", "linde", "afdelingsleider", hours=SCHOOL),
    "dirk": person("dirk", "linde", "directie", hours=SCHOOL),
    "pol": person("pol", "politie", "wijkagent", hours=OFFICE, deputy="wim"),
    "wim": person("wim", "politie", "wijkagent", hours="Tu-Fr 10:00-18:00; PH off"),
    "scp": person("scp", "politie", "schoolcontactpersoon", hours=OFFICE),
    "coen": person("coen", "halt", "coordinator", hours=OFFICE),
}
KOPPEL = koppel("linde", "vera", "pol")


def town(**changed):
    """The network, with what is different in the entries of some; None takes somebody away."""
    people = {**PEOPLE, **{one: found and replace(PEOPLE[one], **found) for one, found in changed.items()}}
    return world(network(*(one for one in people.values() if one), koppels=(KOPPEL,)))


def offered(at, phase=1, *, to="vera", by="pol", **more):
    return Handover("ROZE-VOS", "overdracht", by, to, by, "linde-politie", phase, "gesprek", moment(at), moment(at), **more)


def steps(waiting, of=None, most=6):
    """The next steps as they follow each other: when, level, to whom."""
    found = []
    for _ in range(most):
        step = next_step(waiting, of or town(), waiting.since)
        found.append((f"{step.moment:%a %d-%m %H:%M}", step.level, [one.person.id for one in step.recipients]))
        if step.back:
            return [*found[:-1], (*found[-1][:2], "terug")]
        waiting = moved(waiting, step)
    return found


def test_a_green_offer_climbs_by_school_days_to_the_coordinator_and_comes_back_for_ever():
    assert steps(offered("2027-02-11T15:10")) == [  # a Thursday; from Saturday on the schools are closed for a week
        ("Mon 22-02 10:00", 1, ["vera"]),
        ("Wed 24-02 10:00", 2, ["afra", "vera"]),
        ("Mon 01-03 10:00", 3, ["dirk", "vera", "afra"]),
        ("Thu 04-03 10:00", 4, ["coen", "vera", "afra", "dirk"]),
        ("Thu 11-03 10:00", 4, ["coen", "vera", "afra", "dirk"]),
        ("Thu 18-03 10:00", 4, ["coen", "vera", "afra", "dirk"]),
    ]


def test_an_orange_offer_is_with_the_coordinator_within_a_week():
    assert steps(offered("2026-11-23T11:00", 2, to="pol", by="vera"), most=5) == [
        ("Tue 24-11 10:00", 1, ["pol"]),
        ("Wed 25-11 10:00", 2, ["wim", "pol"]),
        ("Thu 26-11 10:00", 3, ["scp", "pol", "wim"]),
        ("Mon 30-11 10:00", 4, ["coen", "pol", "scp"]),  # on Mondays Wim is free
        ("Thu 03-12 10:00", 4, ["coen", "pol", "wim", "scp"]),
    ]


def test_a_red_offer_climbs_within_hours_at_night_and_rests_only_when_all_have_been_told():
    assert steps(offered("2026-10-25T01:45", 3, to="pol", by="vera")) == [  # the night with three o'clock twice
        ("Sun 25-10 02:15", 1, ["pol"]),
        ("Sun 25-10 02:45", 2, ["wim", "pol"]),
        ("Sun 25-10 02:45", 3, ["scp", "wim", "pol"]),
        ("Sun 25-10 03:45", 4, ["coen", "scp", "wim", "pol"]),
        ("Sun 25-10 07:45", 4, ["coen", "scp", "wim", "pol"]),
        ("Sun 25-10 11:45", 4, ["coen", "scp", "wim", "pol"]),
    ]


def test_a_red_repeat_waits_for_the_morning():
    waiting = offered("2026-12-31T15:40", 3, to="pol", by="vera")

    assert [at for at, _, _ in steps(waiting)] == [
        "Thu 31-12 16:10", "Thu 31-12 16:40", "Thu 31-12 17:40", "Thu 31-12 18:40", "Fri 01-01 07:00", "Fri 01-01 11:00",
    ]  # fmt: skip


def test_what_is_wanted_sooner_than_its_first_reminder_is_reminded_of_in_time():
    def first(at, term, phase):
        return steps(offered(at, phase, to="pol", by="vera", due=moment(term)), most=2)

    assert [when for when, _, _ in first("2026-11-23T11:00", "2026-11-24T17:00", 1)] == ["Tue 24-11 10:00", "Thu 26-11 10:00"]
    assert [when for when, _, _ in first("2026-11-23T11:00", "2026-11-23T17:00", 2)] == ["Mon 23-11 14:00", "Tue 24-11 10:00"]
    assert first("2026-11-23T16:30", "2026-11-23T17:00", 2)[0] == ("Tue 24-11 08:30", 1, ["pol"])  # in half an hour it is evening
    assert first("2026-11-23T11:00", "2026-12-08T17:00", 2)[0][0] == "Tue 24-11 10:00"


def test_nobody_of_a_school_is_asked_in_the_holidays_so_an_orange_offer_goes_straight_up():
    assert steps(offered("2027-02-12T15:00", 2), most=2) == [
        ("Mon 15-02 10:00", 4, ["coen"]),
        ("Thu 18-02 10:00", 4, ["coen"]),
    ]


def test_somebody_who_is_away_too_long_is_passed_over_for_who_stands_in():
    ill = town(vera={"absences": away("2026-11-24", "2026-12-11")})

    assert steps(offered("2026-11-23T11:00", 2), ill, most=3) == [
        ("Tue 24-11 10:00", 1, ["afra"]),
        ("Wed 25-11 10:00", 2, ["afra"]),
        ("Thu 26-11 10:00", 3, ["dirk", "afra"]),
    ]


def test_without_a_deputy_or_a_lead_the_step_goes_to_who_is_next():
    alone = town(afra=None, dirk=None, vera={"deputy": None})

    assert steps(offered("2026-11-23T11:00", 1), alone, most=3) == [
        ("Wed 25-11 10:00", 1, ["vera"]),
        ("Fri 27-11 10:00", 3, ["coen"]),  # on Fridays Vera is free
        ("Wed 02-12 10:00", 4, ["coen", "vera"]),
    ]


def test_a_named_lead_goes_before_the_directie_and_the_giver_is_never_sent_a_step_against_themselves():
    led = town(vera={"lead": "coen", "deputy": "dirk"})

    assert [who for _, _, who in steps(offered("2026-11-23T11:00", 2, by="dirk"), led, most=2)] == [["vera"], ["coen", "vera"]]


def test_a_network_without_anybody_to_go_to_keeps_the_shared_place_awake():
    empty = town(afra=None, dirk=None, coen=None, vera={"until": date(2026, 11, 1), "deputy": None})

    assert steps(offered("2026-11-23T11:00", 2), empty, most=2) == [("Tue 24-11 10:00", 4, []), ("Fri 27-11 10:00", 4, [])]


# Slower, paused, begun anew


def test_slowed_down_takes_twice_as_long_and_never_stops():
    assert [at for at, _, _ in steps(offered("2026-11-23T11:00", 2, slow=True), most=5)] == [
        "Wed 25-11 10:00", "Fri 27-11 10:00", "Tue 01-12 10:00", "Mon 07-12 10:00", "Tue 15-12 10:00",
    ]  # fmt: skip


def test_paused_is_silent_until_that_day_and_then_goes_on_where_it_was():
    waiting = offered("2026-11-23T11:00", 2, to="pol", by="vera", rung=1, level=1, paused_until=date(2026, 12, 3))

    assert steps(waiting, most=2) == [("Thu 03-12 10:00", 2, ["wim", "pol"]), ("Fri 04-12 10:00", 3, ["scp", "pol", "wim"])]


def test_begun_anew_waits_a_whole_step_again_and_tells_no_fewer_people():
    waiting = restarted(offered("2026-11-23T11:00", 2, to="pol", by="vera", rung=2, level=2), moment("2026-11-25T14:00"))

    assert steps(waiting, most=2) == [("Thu 26-11 10:00", 2, ["wim", "pol"]), ("Fri 27-11 10:00", 3, ["scp", "pol", "wim"])]


# Other states


def test_a_promise_is_asked_for_the_day_after_and_then_the_handover_goes_back():
    taken = replace(offered("2026-11-24T09:00", 2), state="accepted", holder="vera", promised=date(2026, 11, 25))

    assert steps(taken) == [("Thu 26-11 10:00", 1, ["vera"]), ("Mon 30-11 10:00", 1, "terug")]


def test_a_red_promise_is_asked_for_the_same_evening():
    taken = replace(offered("2026-11-24T09:00", 3), state="accepted", holder="vera", promised=date(2026, 11, 24))

    assert steps(taken) == [("Tue 24-11 18:00", 1, ["vera"]), ("Tue 24-11 20:00", 1, "terug")]


def test_the_height_that_was_reached_stays_in_every_state():
    taken = replace(offered("2026-11-24T09:00", 2), state="accepted", holder="vera", promised=date(2026, 11, 25), level=3)
    again = restarted(replace(taken, state="offered", holder="pol"), moment("2026-11-30T10:00"))

    assert [level for _, level, _ in steps(taken, most=1) + steps(again, most=2)] == [3, 3, 4]


def test_taken_over_without_a_date_is_asked_for_in_the_end():
    taken = replace(offered("2026-11-24T09:00", 2), state="accepted", holder="vera")

    assert steps(taken, most=1) == [("Wed 02-12 10:00", 1, ["vera"])]


def test_declined_without_another_name_climbs_from_the_giver():
    declined = replace(offered("2026-11-24T09:00", 2, by="pol"), state="declined")

    assert steps(declined, most=3) == [
        ("Wed 25-11 10:00", 1, ["pol"]),
        ("Thu 26-11 10:00", 2, ["scp", "pol", "wim"]),
        ("Mon 30-11 10:00", 3, ["coen", "pol", "scp"]),
    ]


def test_reported_back_waits_for_the_giver_to_close_and_after_five_days_for_the_coordinator():
    reported = replace(offered("2026-11-24T09:00", 2, by="pol"), state="reported")

    assert steps(reported, most=3) == [
        ("Fri 27-11 10:00", 1, ["pol"]),
        ("Tue 01-12 10:00", 2, ["coen", "pol"]),
        ("Tue 08-12 10:00", 2, ["coen", "pol"]),
    ]


# Being away


def test_several_missed_steps_become_one_and_the_highest_counts():
    waiting = offered("2026-11-23T11:00", 2, to="pol", by="vera")
    step, missed = step_now(waiting, town(), moment("2026-11-26T12:00"))

    assert (f"{step.moment:%a %H:%M}", step.level, [one.person.id for one in step.recipients]) == (
        "Thu 12:00",
        3,
        ["scp", "pol", "wim"],
    )
    assert missed == 2


def test_what_was_missed_is_not_said_at_night_but_when_they_work_again():
    step, missed = step_now(offered("2026-11-23T11:00", 2, to="pol", by="vera"), town(), moment("2026-11-27T23:00"))

    assert (f"{step.moment:%a %d-%m %H:%M}", step.level, missed) == ("Mon 30-11 08:30", 3, 2)


def test_a_step_has_the_same_slot_whenever_it_is_planned():
    waiting = offered("2026-11-23T11:00", 2)

    assert next_step(waiting, town(), waiting.since).slot == next_step(waiting, town(), moment("2026-11-30T23:00")).slot


# Whatever the network and whenever it begins

HOURS = (
    "Mo-Th 08:30-17:00; PH off; SH off", "Tu-Fr 10:00-18:00; PH off", "Mo-Fr 13:00-22:00", "24/7", "We 09:00-12:00",
    "Sa,Su 10:00-16:00", "Mo-Fr 22:00-06:00", OFFICE,
)  # fmt: skip
BEGINS = st.datetimes(moment("2024-01-01T00:00").replace(tzinfo=None), moment("2030-07-01T00:00").replace(tzinfo=None))
ENTRIES = st.tuples(st.sampled_from(HOURS), st.none() | st.integers(0, 40))


@dataclass(frozen=True)
class Begun:
    """A handover that begins at any moment from January 2024 to July 2030, in any region, between people with any hours."""

    begins: datetime
    entries: dict[str, tuple[str, int | None]]
    region: str
    state: str
    phase: int | None
    slow: bool
    promised: int | None

    @property
    def world(self):
        day = self.begins.date()
        changed = {
            one: {"hours": hours, "absences": () if away is None else (Period(day, day + timedelta(days=away)),)}
            for one, (hours, away) in self.entries.items()
        }
        return world(replace(town(**changed).network, region=self.region))

    @property
    def waiting(self):
        promised = self.begins.date() + timedelta(days=self.promised) if self.promised is not None else None
        holder = "vera" if self.state in {"accepted", "reported"} else "pol"
        return replace(
            offered("2026-11-23T11:00", self.phase, slow=self.slow), state=self.state, since=self.begins.replace(tzinfo=AMSTERDAM),
            holder=holder, promised=promised if self.state == "accepted" else None,
        )  # fmt: skip


EVERY_BEGIN = st.builds(
    Begun, BEGINS, st.fixed_dictionaries(dict.fromkeys(["vera", "afra", "dirk", "pol", "wim", "scp"], ENTRIES)),
    st.sampled_from(["noord", "midden", "zuid"]), st.sampled_from(["offered", "declined", "accepted", "reported"]),
    st.sampled_from([None, 0, 1, 2, 3]), st.booleans(), st.none() | st.integers(0, 9),
)  # fmt: skip


def climb(begun, most=7):
    """The steps of a handover with nobody who does anything, each with the handover before it."""
    of, waiting = begun.world, begun.waiting
    for _ in range(most):
        step = next_step(waiting, of, waiting.since)
        yield of, waiting, step
        if step.back:
            return
        waiting = moved(waiting, step)


@given(EVERY_BEGIN)
def test_no_step_but_a_red_one_is_outside_their_hours_or_on_a_holiday_and_none_goes_down(begun):
    for of, waiting, step in climb(begun):
        assert step.moment > waiting.since
        assert step.level >= waiting.level
        assert step.back or step.recipients
        if not step.urgent:
            assert not of.calendar.is_public_holiday(step.moment.date())
            assert all(is_working(of.calendar, one.person, step.moment) for one in step.recipients)
            if waiting.phase in {None, 0, 1}:
                assert not of.calendar.is_school_holiday(step.moment.date())


@given(EVERY_BEGIN)
def test_a_step_comes_on_the_first_working_day_of_who_it_is_for_and_if_that_is_too_late_it_goes_to_another(begun):
    for of, waiting, step in climb(begun):
        if step.urgent or step.back:
            continue
        due = _due(_way(waiting, of))
        patience = of.library.ladders["oranje" if waiting.phase in {2, 3} else "groen"].patience
        days = "werkdagen" if waiting.phase in {2, 3} else "schooldagen"
        assert working_moment(of.calendar, step.recipients[0].person, due, days) == step.moment
        assert days_between(of.calendar, due.date(), step.moment.date(), days) <= patience
