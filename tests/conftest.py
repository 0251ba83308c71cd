"""Options of the test suite."""

import os

import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--update-dialogs", action="store_true", help="write what the assistant says now into tests/dialogs; read it before you commit"
    )


def pytest_configure(config):
    if config.getoption("--update-dialogs") and os.environ.get("CI"):
        raise pytest.UsageError("--update-dialogs is for people, who read what they commit; not for CI")
