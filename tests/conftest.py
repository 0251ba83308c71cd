"""Options of the test suite, and how far Hypothesis looks: `--hypothesis-profile=long` looks further."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.synapse.shared import homeserver, synapse

__all__ = ["homeserver", "synapse"]

for name, examples in (("quick", 60), ("long", 2000)):
    settings.register_profile(name, max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")


def pytest_addoption(parser):
    parser.addoption(
        "--update-dialogs",
        action="store_true",
        help="write what the assistant says now into tests/dialogs; read it before you commit",
    )


def pytest_configure(config):
    if config.getoption("--update-dialogs") and os.environ.get("CI"):
        raise pytest.UsageError("--update-dialogs is for people, who read what they commit; not for CI")
