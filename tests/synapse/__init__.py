"""A real homeserver, and real people on it, for tests, the bench and `make matrix`."""
