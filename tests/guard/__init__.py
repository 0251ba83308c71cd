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


def of_background(told, amount, seed):
    """For every background so many sentences, as they are typed: by rule, without capitals, or with a cry at the end."""
    chance = random.Random(seed)
    for background, people in told["mensen"].items():
        texts = []
        for _ in range(amount):
            first, second = (chance.choice(people["voor"]) for _ in range(2))
            last, other = (chance.choice(people["achter"]) for _ in range(2))
            said = {"v": first, "w": second, "a": last, "n": f"{first} {last}", "m": f"{second} {other}", "i": f"{first[0]}."}
            text = chance.choice(told["naam"]).format(**said)
            texts.append(chance.choice((text, text.lower(), f"{text.rstrip('?.').lower()} pff", text[0].upper() + text[1:])))
        yield background, texts
