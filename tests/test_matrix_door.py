"""Who may ask the assistant into a room on Matrix: members, from the homeservers that are allowed."""

from dataclasses import replace
from pathlib import Path

from adapters.matrix.access import Access, Section
from adapters.matrix.directory import Directory
from adapters.matrix.door import Door
from bot.app import EXAMPLE, open_app
from knowledge.network_files import read_network


def door(tmp_path, *servers):
    network = read_network(EXAMPLE)
    accounts = {"w-mulder": "@wendy:politie.voorbeeld", "s-devries": "@sanne:school.voorbeeld"}
    people = tuple(replace(one, matrix=accounts.get(one.id)) for one in network.people)
    app = open_app(tmp_path / "verbinder.db", platforms=("matrix",))
    app.assistant.take_network(replace(network, people=people))
    told = {"server": "https://m.school.voorbeeld", "account": "@verbinder:school.voorbeeld", "toegestane-servers": list(servers)}
    return Door(None, Access(Section.model_validate(told), Path("sleutels"), None), Directory(app, None), lambda _room: False)


def test_a_member_of_our_own_homeserver_may_and_of_another_only_when_that_is_allowed(tmp_path):
    assert door(tmp_path).is_welcome("@sanne:school.voorbeeld")
    assert not door(tmp_path).is_welcome("@wendy:politie.voorbeeld")
    assert door(tmp_path, "politie.voorbeeld").is_welcome("@wendy:politie.voorbeeld")


def test_who_is_no_member_may_not_wherever_they_come_from(tmp_path):
    found = door(tmp_path, "politie.voorbeeld")

    for account in ("@gast:school.voorbeeld", "@gast:politie.voorbeeld", "@wendy:politie.voorbeeld.elders", "@wendy:school.voorbeeld"):
        assert not found.is_welcome(account), account
