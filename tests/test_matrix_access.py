"""How Matrix is entered: the settings, and secrets from the environment or from a file that nobody else can read."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from adapters.matrix.access import read_access
from adapters.matrix.session import NoEntry, NotNow, _log_in, enter
from bot.settings import SettingsFault

SECTION = {"server": "https://m.voorbeeld.nl", "account": "@verbinder:voorbeeld.nl"}


def access(tmp_path, environment=None, **more):
    return read_access({**SECTION, **more}, tmp_path, Path("sleutels"), environment or {})


def secrets_in(tmp_path, rights=0o600):
    path = tmp_path / "matrix.geheim"
    path.write_text('# eenmalig\nVERBINDER_MATRIX_PASSWORD="geheim woord"\n', encoding="utf-8")
    path.chmod(rights)
    return path


def test_the_password_comes_from_the_environment_or_a_file_and_the_environment_goes_first(tmp_path):
    secrets_in(tmp_path)

    assert access(tmp_path).password is None
    assert access(tmp_path, geheimen="matrix.geheim").password == "geheim woord"
    assert access(tmp_path, {"VERBINDER_MATRIX_SECRETS": str(tmp_path / "matrix.geheim")}).password == "geheim woord"
    assert access(tmp_path, {"VERBINDER_MATRIX_PASSWORD": "ander"}, geheimen="matrix.geheim").password == "ander"


def test_a_file_that_others_can_read_or_that_is_no_text_is_refused_without_showing_what_is_in_it(tmp_path):
    secrets_in(tmp_path, rights=0o644)
    with pytest.raises(SettingsFault, match="chmod 600") as fault:
        access(tmp_path, geheimen="matrix.geheim")
    assert "geheim woord" not in str(fault.value)
    (tmp_path / "foto.geheim").write_bytes(b"\xff\xd8")
    with pytest.raises(SettingsFault, match="Het moet een tekstbestand zijn"):
        access(tmp_path, geheimen="foto.geheim")


def test_without_the_file_the_environment_does_and_who_has_neither_hears_where_it_goes(tmp_path):
    """After the first login the password may go, and the file with it."""
    assert access(tmp_path, {"VERBINDER_MATRIX_PASSWORD": "ander"}, geheimen="weg.geheim").password == "ander"
    found = access(tmp_path, geheimen="weg.geheim")
    with pytest.raises(NoEntry, match=r'weg.geheim" is er niet. Maak het met verbinder init --platform matrix, of zet VERBINDER_MATRIX_PASSWORD'):
        asyncio.run(_log_in(None, found))


@pytest.mark.parametrize(("key", "value"), [("server", "m.voorbeeld.nl"), ("account", "verbinder"), ("wachtwoord", "x"), ("peilingen", "soms")])
def test_a_setting_that_is_not_right_is_named(tmp_path, key, value):
    with pytest.raises(SettingsFault, match=f"platforms.matrix.{key}"):
        access(tmp_path, **{key: value})


@pytest.mark.parametrize(("status", "body"), [(404, "Niet hier"), (502, "<html>Bad Gateway</html>"), (200, "welkom"), (404, '{"error": "x"}')])
def test_whatever_answers_in_the_place_of_a_homeserver_is_waited_for_and_does_not_end_it(tmp_path, status, body):
    """Shut out is only who the homeserver itself refuses: a gateway that is on its own for a moment must not end the service for good."""

    async def tried():
        async def answer(_request):
            return web.Response(status=status, text=body, content_type="application/json" if body.startswith("{") else "text/html")

        app = web.Application()
        app.router.add_route("*", "/{where:.*}", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        found = read_access({**SECTION, "server": f"http://127.0.0.1:{runner.addresses[0][1]}"}, tmp_path, tmp_path, {"VERBINDER_MATRIX_PASSWORD": "x"})
        try:
            with pytest.raises(NotNow):
                await enter(found)
        finally:
            await runner.cleanup()

    asyncio.run(tried())
