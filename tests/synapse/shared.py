"""One Synapse for the whole run, shared by all workers: the first that needs it starts it, and stops it when the last is done."""

import json
import re
import time

import pytest
from filelock import FileLock

from tests.synapse.server import Synapse

PATIENCE = 900
"""Seconds that the worker that started it waits for the others."""


@pytest.fixture(scope="session")
def synapse(tmp_path_factory, worker_id):
    if worker_id == "master":
        server = Synapse(tmp_path_factory.mktemp("synapse")).start()
        yield server
        server.stop()
        return
    folder = tmp_path_factory.getbasetemp().parent
    lock, state = FileLock(folder / "synapse.lock"), folder / "synapse.json"
    with lock:
        known = json.loads(state.read_text()) if state.exists() else None
        server = Synapse.known(known["port"], known["secret"]) if known else Synapse(folder / f"synapse-{worker_id}").start()
        state.write_text(json.dumps({"port": server.port, "secret": server.secret, "users": (known["users"] if known else 0) + 1}))
    yield server
    with lock:
        known = json.loads(state.read_text())
        state.write_text(json.dumps(known | {"users": known["users"] - 1}))
    until = time.monotonic() + PATIENCE
    while server.process:
        with lock:  # nobody may come in between looking and stopping
            if not json.loads(state.read_text())["users"] or time.monotonic() > until:
                state.unlink()
                server.stop()
        time.sleep(0.2)


@pytest.fixture
def homeserver(request, path, tmp_path):
    """For the story in this file: the one that all share; one of its own for a story that kills it."""
    if not re.search(r"% (server|matrix) weg", path.read_text(encoding="utf-8")):
        yield request.getfixturevalue("synapse")
        return
    own = Synapse(tmp_path / "synapse").start()
    yield own
    own.stop()
