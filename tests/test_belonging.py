"""Who belongs in the place of a koppel and of the network, by the contact list."""

from dataclasses import replace
from datetime import date, timedelta

from bot.account.left import left_accounts
from bot.app import open_app, take_network
from bot.belonging import belonging
from knowledge.network_files import read_network
from tests.asking import EXAMPLE, moment

DAY = date(2026, 11, 24)
NETWORK = read_network(EXAMPLE)
PAIR = "lindecollege-politie"


def with_person(person, **changed):
    people = tuple(replace(one, **changed) if one.id == person else one for one in NETWORK.people)
    return replace(NETWORK, people=people)


def asked(place, network=NETWORK):
    return [one.id for one in belonging(place, network, DAY).asked]


def test_a_pair_has_its_contacts_who_stands_in_for_them_and_the_coordinator():
    assert asked(PAIR) == ["s-devries", "w-mulder", "t-bos", "a-vanleeuwen", "j-schouten"]


def test_who_leads_a_contact_is_not_asked_but_may_stay():
    assert belonging(PAIR, NETWORK, DAY).welcome - set(asked(PAIR)) == {"e-dekker", "c-willemse"}


def test_who_has_left_is_neither_asked_nor_welcome():
    network = with_person("w-mulder", until=date(2026, 11, 23))

    assert asked(PAIR, network) == ["s-devries", "t-bos", "a-vanleeuwen", "j-schouten"]
    assert "w-mulder" not in belonging(PAIR, network, DAY).welcome
    assert "w-mulder" not in belonging("netwerk", network, DAY).welcome


def test_who_has_yet_to_begin_is_not_asked_yet_and_not_taken_out():
    found = belonging(PAIR, with_person("w-mulder", since=date(2027, 1, 1)), DAY)

    assert "w-mulder" not in {one.id for one in found.asked}
    assert "w-mulder" in found.welcome


def test_the_whole_network_belongs_in_its_own_place():
    assert asked("netwerk") == [one.id for one in NETWORK.people]


def test_the_account_of_who_went_from_the_list_is_known_for_thirty_days_and_no_longer_when_they_are_back():
    gone = replace(NETWORK, people=tuple(one for one in NETWORK.people if one.id != "f-kok"))
    app, monday = open_app(), moment("2026-11-23T09:00")
    app.assistant.take_network(NETWORK)
    take_network(app, NETWORK, gone, monday)
    known = left_accounts(app.store.connection)
    take_network(app, gone, NETWORK, monday)
    back = left_accounts(app.store.connection)
    take_network(app, NETWORK, gone, monday)
    app.assistant.due(monday + timedelta(days=29))
    kept = left_accounts(app.store.connection)
    app.assistant.due(monday + timedelta(days=32))
    forgotten = left_accounts(app.store.connection)
    app.close()

    assert (known, back, kept, forgotten) == ({"U0FEMKE": "f-kok"}, {}, {"U0FEMKE": "f-kok"}, {})
