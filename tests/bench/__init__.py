"""Measures how well and how fast the right person is found, beside other ways of searching. `python -m tests.bench`."""
