"""`verbinder rooms` and `verbinder doctor` for Slack, against a server that speaks its protocol; and what the manifest asks for."""

import ast
import asyncio
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from adapters.slack import events, scopes
from bot.app import open_app, take_network
from knowledge.network_files import read_network
from tests.command import verbinder
from tests.slack_server import SlackServer
from tests.slack_server.methods import SCOPES
from tests.slack_talk import APP_TOKEN, BOT_TOKEN, EXAMPLE, MANIFEST, furnish

ROOT = Path(__file__).parent.parent


@contextmanager
def slack(network, manifest=MANIFEST):
    """A server in a thread of its own, for commands that run a loop themselves."""
    loop, server = asyncio.new_event_loop(), SlackServer(pace=0.0)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(server.start(), loop).result(30)
    furnish(server, network, manifest)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()


@pytest.fixture
def network():
    return read_network(EXAMPLE)


@pytest.fixture
def database(tmp_path):
    return tmp_path / "verbinder.db"


def command(server, network, database, monkeypatch, *arguments):
    """A command, over a database with this network, in the workspace of this server."""
    if not database.exists():
        app = open_app(database, platforms=("slack",))
        app.assistant.take_network(network)
        app.close()
    monkeypatch.setenv("VERBINDER_SLACK_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("VERBINDER_SLACK_APP_TOKEN", APP_TOKEN)
    monkeypatch.setenv("VERBINDER_SLACK_API", server.api_url)
    return verbinder(*arguments, "--database", str(database))


def without_channel(network, koppel="lindecollege-politie"):
    changed = tuple(replace(one, channels=replace(one.channels, slack=None)) if one.id == koppel else one for one in network.koppels)
    return replace(network, koppels=changed)


# rooms


def test_what_rooms_would_do_is_shown_first_and_nothing_is_done(network, database, monkeypatch):
    with slack(without_channel(network)) as server:
        done = command(server, without_channel(network), database, monkeypatch, "rooms")
        made = [one for one in server.space.channels.values() if one.name == "lindecollege-politie"]

    assert "Lindecollege: maak het besloten kanaal lindecollege-politie, met Sanne de Vries, Wendy Mulder" in done.out
    assert (done.code, made) == (3, [])


def test_rooms_makes_the_private_channel_of_a_pair_invites_them_and_binds_it(network, database, monkeypatch):
    with slack(without_channel(network)) as server:
        command(server, without_channel(network), database, monkeypatch, "rooms", "--yes")
        (made,) = [one for one in server.space.channels.values() if one.name == "lindecollege-politie"]
        again = command(server, without_channel(network), database, monkeypatch, "rooms")

    assert {"U0SANNE", "U0WENDY", "U0TIM", "U0AHMED", "U0JASPER"} <= made.members
    assert made.is_private
    assert "leerlingen" in made.topic
    assert "maak het besloten kanaal" not in again.out


def test_rooms_invites_who_came_and_takes_out_who_left(network, database, monkeypatch):
    left = replace(network.person_by_id["s-devries"], until=network.person_by_id["s-devries"].since)
    changed = replace(network, people=tuple(left if one.id == left.id else one for one in network.people))
    with slack(network) as server:
        done = command(server, changed, database, monkeypatch, "rooms", "--yes")

        assert "Lindecollege: haal Sanne de Vries eruit, want die is weg uit het netwerk" in done.out
        assert "U0SANNE" not in server.space.channels["C0LINDECOLLEGE"].members
        assert "U0AHMED" in server.space.channels["C0LINDECOLLEGE"].members


def test_rooms_takes_out_a_contact_who_is_none_any_more_and_who_went_from_the_list_but_no_lead_and_no_guest(
    network, database, monkeypatch
):
    pair = network.koppel_by_id["lindecollege-politie"]
    koppels = tuple(replace(one, contacts=("s-devries", "c-willemse")) if one == pair else one for one in network.koppels)
    people = tuple(one for one in network.people if one.id != "f-kok")
    with slack(network) as server:
        channel = server.space.channels["C0LINDECOLLEGE"]
        server.space.add_user("U0GAST", "Gast", team="T0ELDERS")
        channel.members |= {"U0ELS", "U0FEMKE", "U0AHMED", "U0GAST"}  # Els leads Sanne; Wendy stands in for Carla
        command(server, network, database, monkeypatch, "rooms")
        take(database, replace(network, people=people, koppels=koppels))
        shown = command(server, network, database, monkeypatch, "rooms")
        looked = command(server, network, database, monkeypatch, "doctor")
        before = set(channel.members)
        command(server, network, database, monkeypatch, "rooms", "--yes")
        after = set(channel.members)
        done = command(server, network, database, monkeypatch, "doctor")

    moved = "Lindecollege: haal Ahmed van Leeuwen eruit, want die hoort niet bij dit koppel. Moet dat wel? Zet"
    assert "lindecollege-politie: er zit nog iemand" not in done.out
    assert "✗ lindecollege-politie: er zit nog iemand die daar volgens de lijst niet hoort." in looked.out
    assert moved in " ".join(shown.out.split())
    assert "Lindecollege: haal f-kok (U0FEMKE) eruit, want die is weg uit het netwerk" in " ".join(shown.out.split())
    assert before - after == {"U0AHMED", "U0FEMKE"}
    assert {"U0WENDY", "U0ELS", "U0GAST", "U0CARLA"} <= after


def test_rooms_knows_people_by_an_account_that_was_linked_later_of_another_workspace_too(network, database, monkeypatch):
    with slack(network) as server:
        server.space.add_user("U0OUD", "Sanne", team="T0ELDERS")
        server.space.add_user("U0BART", "Bart", team="T0ELDERS")
        server.space.channels["C0LINDECOLLEGE"].members |= {"U0OUD", "U0BART"}
        command(server, network, database, monkeypatch, "rooms")
        app = open_app(database, platforms=("slack",))
        with app.store.transaction():
            app.store.connection.executemany(
                "INSERT INTO account (platform, account, person, at) VALUES ('slack', ?, ?, '2026-11-01T10:00:00+01:00')",
                [("T0ELDERS/U0OUD", "s-devries"), ("T0ELDERS/U0BART", "b-smit")],
            )
        app.close()
        shown = command(server, network, database, monkeypatch, "rooms").out

    assert [line for line in shown.splitlines() if "eruit" in line] == [
        "  - Lindecollege: haal Bart Smit eruit, want die hoort niet bij dit koppel. Moet dat wel? Zet Bart Smit daar bij contacten."
    ]


def take(database, network):
    """This network in the place of the one there was, as an import does."""
    app = open_app(database, platforms=("slack",))
    take_network(app, app.store.load_network(), network, datetime.fromisoformat("2026-11-24T10:00:00+01:00"))
    app.close()


def test_rooms_says_what_only_somebody_in_the_channel_can_do(network, database, monkeypatch):
    with slack(network) as server:
        server.space.channels["C0DEBRUG"].members.discard(server.space.installed.bot_user)
        done = command(server, network, database, monkeypatch, "rooms", "--yes")

        again = command(server, network, database, monkeypatch, "rooms")

    assert "ROC De Brug: Verbinder zit niet in C0DEBRUG. Typ daar zelf: /invite @Verbinder" in done.out
    assert done.out.rstrip().endswith("Gedaan: 3 stappen.")
    assert again.out.rstrip().endswith("Wat hierboven staat, doe je zelf. De rest klopt.")


def test_rooms_binds_the_channel_of_that_name_in_which_the_app_already_is(network, database, monkeypatch):
    with slack(without_channel(network)) as server:
        inside = {"U0SANNE", "U0WENDY", server.space.installed.bot_user}
        known = server.space.add_channel("C0ALEERDER", "lindecollege-politie", inside, is_private=True)
        done = command(server, without_channel(network), database, monkeypatch, "rooms", "--yes")
        made = [one for one in server.space.channels.values() if one.name == "lindecollege-politie"]

    assert "Lindecollege: gebruik het kanaal lindecollege-politie dat er al is" in done.out
    assert "U0JASPER" in known.members
    assert made == [known]


def test_rooms_says_what_slack_did_not_do_and_does_the_rest(network, database, monkeypatch):
    with slack(without_channel(network)) as server:
        server.space.add_channel("C0ANDER", "lindecollege-politie", {"U0TIM"}, is_private=True)
        server.space.users["U0DION"].deleted = True
        server.space.channels["C0DEBRUG"].members -= {"U0DION", "U0JASPER"}
        done = command(server, without_channel(network), database, monkeypatch, "rooms", "--yes")
        there = server.space.channels["C0DEBRUG"].members

    assert "✗ Er is al een kanaal met die naam (lindecollege-politie) waar Verbinder niet in zit" in done.out
    assert "✗ Slack doet dit niet (conversations.invite: user_not_found)" in done.out
    assert "U0JASPER" in there
    assert done.code == 1


def test_rooms_waits_when_slack_says_that_it_goes_too_fast(network, database, monkeypatch):
    with slack(without_channel(network)) as server:
        server.fail("conversations.invite", times=2, status=429, retry_after=1)
        done = command(server, without_channel(network), database, monkeypatch, "rooms", "--yes")
        (made,) = [one for one in server.space.channels.values() if one.name == "lindecollege-politie"]

    assert {"U0SANNE", "U0WENDY", "U0TIM", "U0AHMED", "U0JASPER"} <= made.members
    assert done.code == 0


@pytest.mark.parametrize("wrong", ["token", "scope"])
def test_rooms_that_slack_does_not_let_in_says_so_in_a_sentence(network, database, monkeypatch, wrong):
    with slack(network) as server:
        server.space.tokens[BOT_TOKEN].revoked = wrong == "token"
        server.space.installed.scopes.discard("groups:read")
        done = command(server, network, database, monkeypatch, "rooms")

    assert "verbinder doctor" in done.err
    assert done.code == 4


# doctor


def test_doctor_finds_nothing_when_all_is_well(network, database, monkeypatch):
    with slack(network) as server:
        done = command(server, network, database, monkeypatch, "doctor")

    assert done.code == 0
    assert "✓ Alle 14 rechten zijn er." in done.out
    assert "✓ lindecollege-politie: de app zit in C0LINDECOLLEGE." in done.out
    assert "mag de app niet zien" in done.out
    assert "Berichten bewaren en verwijderen" in done.out


def test_doctor_names_a_scope_that_was_not_granted_and_what_to_do(network, database, monkeypatch):
    with slack(network) as server:
        server.space.installed.scopes.discard("groups:write")
        done = command(server, network, database, monkeypatch, "doctor")

    assert "✗ Deze rechten ontbreken: groups:write." in done.out
    assert "installeer hem opnieuw" in done.out
    assert done.code == 1


def test_doctor_says_where_the_app_is_not_who_reads_along_and_whom_slack_no_longer_knows(network, database, monkeypatch):
    with slack(network) as server:
        server.space.channels["C0DEBRUG"].members.discard(server.space.installed.bot_user)
        server.space.add_user("U0GAST", "Gast", team="T0ELDERS")
        server.space.channels["C0LINDECOLLEGE"].members.add("U0GAST")
        server.space.channels["C0LINDECOLLEGE"].shared_with.add("T0ELDERS")
        server.space.users["U0TIM"].deleted = True
        done = command(server, network, database, monkeypatch, "doctor")

    assert "✗ roc-de-brug-politie: de app zit niet in C0DEBRUG." in done.out
    assert "lindecollege-politie: dit kanaal is gedeeld met een andere organisatie" in done.out
    assert "✗ Deze accounts kent Slack niet meer: Tim Bos (U0TIM)." in done.out


def test_doctor_says_that_a_token_was_revoked_and_shows_no_token(network, database, monkeypatch):
    with slack(network) as server:
        server.space.tokens[BOT_TOKEN].revoked = True
        done = command(server, network, database, monkeypatch, "doctor")

    assert "token_revoked" in done.out
    assert BOT_TOKEN not in done.out
    assert done.code == 1


# The manifest: exactly what the code uses

CODE = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "adapters" / "slack").glob("*.py")]
TEXTS = {node.value for tree in CODE for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_the_manifest_grants_the_scopes_that_the_code_needs_and_no_other():
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == set(scopes.NEEDED)
    assert "user" not in MANIFEST["oauth_config"]["scopes"]


def test_every_method_that_the_code_calls_stands_with_what_it_needs():
    families = ("chat.", "conversations.", "users.", "views.", "files.", "apps.", "auth.", "reactions.", "team.")
    called = {text for text in TEXTS if text.startswith(families) and text.replace(".", "").isalpha()} - {*families, "conversations.set"}

    assert called == set(scopes.METHODS)
    assert [method for method, scope in SCOPES.items() if method in called and scope not in scopes.METHODS[method]] == []


def test_the_manifest_subscribes_to_the_events_that_the_code_listens_to():
    heard = {"message" if event.startswith("message.") else event for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]}

    assert heard == set(events.EVENTS)
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == set(scopes.EVENTS)


def test_the_manifest_has_the_commands_and_shortcuts_that_the_code_answers():
    assert {one["command"] for one in MANIFEST["features"]["slash_commands"]} == set(events.COMMANDS)
    assert {one["callback_id"] for one in MANIFEST["features"]["shortcuts"]} == set(events.SHORTCUTS)
    assert MANIFEST["features"]["app_home"] == {
        "home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False,
    }  # fmt: skip
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]
    assert MANIFEST["settings"]["socket_mode_enabled"]


def test_the_manifest_keeps_within_what_slack_takes():
    assert len(MANIFEST["display_information"]["description"]) <= 140
    assert all(len(one["description"]) <= 2000 and len(one["command"]) <= 32 for one in MANIFEST["features"]["slash_commands"])
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in MANIFEST["features"]["shortcuts"])


def test_slack_that_cannot_be_reached_is_not_a_token_that_is_no_good(network, database, monkeypatch):
    with slack(network) as server:
        server.fail("auth.test", times=2, status=503)
        doctor, rooms = (command(server, network, database, monkeypatch, name) for name in ("doctor", "rooms"))

    assert "✗ Slack antwoordt niet.\n    → Heeft deze computer internet?" in doctor.out
    assert (rooms.code, rooms.err.startswith("Slack antwoordt niet. Heeft deze computer internet?")) == (4, True)
