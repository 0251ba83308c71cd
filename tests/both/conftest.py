"""The homeserver that all tests share."""

from tests.matrix.conftest import synapse  # noqa: F401 - a fixture, found by its name
