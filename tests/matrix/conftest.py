"""One Synapse for the whole run, shared by all workers: the first that needs it starts it, and stops it when the last is done."""

import json
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
