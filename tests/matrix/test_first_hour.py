"""A machine on which nothing stands yet: `init`, a password in a file, `doctor`, `run`, and somebody with a real client gets an answer."""

import asyncio
import os
import secrets
import signal
import subprocess
import sys

from tests.synapse.people import Human

LIST = """naam;organisatie;soort;rollen;telefoon;voor;matrix
Noor de Wit;De Iep;vo;zorgcoördinator;06-12345678;;@{noor}:localhost
Piet Vos;Politie Veenrade;politie;wijkagent;06-12345679;De Iep;@{piet}:localhost
"""


class Machine:
    """A folder, and the command in it."""

    def __init__(self, folder):
        self.folder = folder
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("VERBINDER_")}

    def command(self, *arguments):
        return [sys.executable, "-m", "bot.cli", *arguments]

    def __call__(self, *arguments):
        done = subprocess.run(self.command(*arguments), cwd=self.folder, env=self.env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


def test_from_nothing_to_an_answer_on_a_homeserver(synapse, tmp_path):
    machine, suffix = Machine(tmp_path), secrets.token_hex(4)
    bot, noor = f"verbinder-{suffix}", f"noor-{suffix}"
    account = synapse.register(bot)["user_id"]
    (tmp_path / "mensen.csv").write_text(LIST.format(noor=noor, piet=f"piet-{suffix}"), encoding="utf-8")

    code, said = machine(
        "init", "--town", "Veenrade", "--region", "zuid", "--people", "mensen.csv",
        "--platform", "matrix", "--homeserver", synapse.url, "--account", account, "--yes",
    )  # fmt: skip
    assert (code, "✗" in said) == (0, False), said
    assert "Nog niet na te kijken zonder VERBINDER_MATRIX_PASSWORD." in said
    code, said = machine("run")
    assert (code, "Voor de eerste keer aanmelden is een wachtwoord nodig" in said) == (4, True), said
    code, said = machine("doctor")
    assert (code, "✗ Voor de eerste keer aanmelden is een wachtwoord nodig" in said) == (1, True), said

    secret = tmp_path / "matrix.geheim"
    secret.write_text(secret.read_text(encoding="utf-8").replace("PASSWORD=", f"PASSWORD=wachtwoord-{bot}"), encoding="utf-8")
    process = subprocess.Popen(
        machine.command("run", "--monitor", "uit"), cwd=tmp_path, env=machine.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout.readline().startswith("Verbinder draait voor School & Veiligheid Veenrade, op matrix.")
        asyncio.run(asks(synapse, noor, account))
        assert machine("rooms", "--yes")[0] == 0
        code, said = machine("doctor")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()

    assert process.returncode == 0
    faults = [line.strip() for line in said.splitlines() if "✗" in line]
    assert faults == ["✗ School & Veiligheid Veenrade: nog niet binnen: Noor de Wit en Piet Vos."], said


async def asks(server, name, account):
    human = await Human.arrive(server, name)
    try:
        room = await human.open_chat(account)
        await human.say(room, "wie is onze wijkagent")
        await human.hears("Bel Piet Vos, wijkagent", "06-12345679", room=room)
    finally:
        await human.leave()
