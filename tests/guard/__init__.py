"""Sentences to hold the guard to: templates and made-up people, of which the parts called `apart` were written after it was tuned."""

import random
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent


def read(name):
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def with_names(templates, people, amount, seed):
    """So many sentences with a name in each, one in three without capitals as they come out of a thumb."""
    chance = random.Random(seed)
    for number in range(amount):
        first, last = chance.choice(people)
        text = templates[number % len(templates)].format(n=f"{first} {last}", v=first, a=last)
        yield (text.lower() if chance.random() < 0.33 else text), (first, last)
