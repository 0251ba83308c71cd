"""`make matrix`: a homeserver on this machine with the people and rooms of the example network, and the assistant among them."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import urllib.error
from dataclasses import replace

from adapters.matrix.rooms import rooms_of
from adapters.matrix.start import access_of
from bot.app import EXAMPLE, open_app
from bot.clock import now
from bot.settings import read_settings
from knowledge.network_files import read_network
from tests.synapse.server import ROOT, Synapse, free_port

FOLDER = ROOT / ".matrix"
PORT = 8008
BOT, PASSWORD = "verbinder", "welkom"


def network():
    """The example, with an account here for everybody."""
    found = read_network(EXAMPLE)
    people = tuple(replace(person, slack=None, matrix=f"@{person.id}:localhost") for person in found.people)
    koppels = tuple(replace(koppel, channels=replace(koppel.channels, slack=None, matrix=None)) for koppel in found.koppels)
    return replace(found, people=people, koppels=koppels, channels=replace(found.channels, slack=None, matrix=None))


def settle_in(server):
    """Accounts for all, once; their tokens."""
    path = FOLDER / "tokens.json"
    tokens = json.loads(path.read_text()) if path.exists() else {}
    for name in (BOT, *(person.id for person in network().people)):
        if name not in tokens:
            tokens[name] = server.register(name, PASSWORD)["access_token"]
            path.write_text(json.dumps(tokens))
    return tokens


async def make_rooms(server, settings, tokens):
    """The rooms as `verbinder rooms` makes them; everybody goes in."""
    app = open_app(FOLDER / "verbinder.db", settings, ("matrix",))
    try:
        app.assistant.take_network(network())
        async with rooms_of(app, access_of(app, settings), now().date()) as rooms:
            for step in await rooms.plan():
                await rooms.do(step)
            for wanted in rooms.wanted():
                for account in wanted.people:
                    name = account.partition(":")[0].removeprefix("@")
                    try:
                        await asyncio.to_thread(
                            server.call, "POST", f"/_matrix/client/v3/join/{rooms.room_of(wanted.place)}", {}, tokens[name]
                        )
                    except urllib.error.HTTPError as refused:
                        print(f"{name} kon niet naar binnen: {refused}", file=sys.stderr)
    finally:
        app.close()


def port():
    """The usual one; another when somebody has it already, as another homeserver."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", PORT))
        except OSError:
            return free_port()
    return PORT


def taken(port):
    """Whether something already listens there: it would be talked to in the place of ours."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def main():
    if taken(PORT):
        sys.exit(f"Op poort {PORT} van deze computer luistert al iets, misschien een eerdere make matrix. Stop dat eerst (Ctrl+C).")
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    here = port()
    (FOLDER / "verbinder.yaml").write_text(
        f"platforms:\n  matrix:\n    server: http://127.0.0.1:{here}\n    account: '@{BOT}:localhost'\n", encoding="utf-8"
    )
    os.environ |= {"VERBINDER_SETTINGS": str(FOLDER / "verbinder.yaml"), "VERBINDER_MATRIX_PASSWORD": PASSWORD}
    server = Synapse(FOLDER / "synapse", port=here, secret="demo").start()
    try:
        asyncio.run(make_rooms(server, read_settings(), settle_in(server)))
        names = "\n".join(f"  {person.id:<16} {person.name}" for person in network().people)
        print(f"Homeserver: {server.url}   wachtwoord van iedereen: {PASSWORD}\nNamen om mee in te loggen:\n{names}")
        print(f"Vraag Verbinder iets: begin een chat met @{BOT}:localhost. Alles staat in {FOLDER.name}/; Ctrl+C stopt.", flush=True)
        subprocess.run([sys.executable, "-m", "bot.cli", "run", "--database", FOLDER / "verbinder.db"], cwd=ROOT, check=False)
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()


if __name__ == "__main__":
    main()
