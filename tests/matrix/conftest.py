"""One Synapse for the whole run; all tests that use it go to one worker, so that there is one."""

import pytest

from tests.synapse.server import Synapse


@pytest.fixture(scope="session")
def synapse(tmp_path_factory):
    server = Synapse(tmp_path_factory.mktemp("synapse")).start()
    yield server
    server.stop()


def pytest_collection_modifyitems(items):
    for item in items:
        if "synapse" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("synapse"))
