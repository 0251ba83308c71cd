"""Spoils words the way people do who type on a phone, in a hurry, by ear."""

from random import Random

from knowledge.text import fold

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {key: row[max(0, place - 1) : place] + row[place + 1 : place + 2] for row in KEYS for place, key in enumerate(row)}
BY_EAR = (
    ("ij", "ei"), ("ei", "ij"), ("ou", "au"), ("sch", "sg"), ("ch", "g"), ("ks", "x"), ("z", "s"), ("v", "f"), ("k", "c"), ("c", "k"),
    ("f", "v"), ("s", "z"), ("ie", "i"), ("oe", "u"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("nd", "nt"), ("ld", "lt"), ("g", "ch"),
)  # fmt: skip
SHORT = (
    ("wie is de", "wi is"), ("wie is", "wi is"), ("wie bel ik", "wi bel ik"), ("telefoonnummer", "tel"), ("nummer van", "nr"),
    ("nummer", "nr"), (" van ", " v "), ("voor", "vr"), ("alsjeblieft", "svp"),
)  # fmt: skip
SMALL = {"van", "de", "der", "den", "het", "ter", "ten", "op", "in", "'t", "t", "basisschool", "school"}


def garble(name: str, random: Random) -> str:
    """The name with one or two typing errors in its telling words."""
    words = name.split()
    telling = [place for place, word in enumerate(words) if word.lower() not in SMALL and len(word) >= 4] or [len(words) - 1]
    for _ in range(1 if random.random() < 0.65 else 2):
        place = random.choice(telling)
        words[place] = spoil(words[place], random)
    return " ".join(words)


def spoil(word: str, random: Random) -> str:
    """The word with one error that really changes it."""
    folded = fold(word)
    if folded != word.lower() and random.random() < 0.5:
        return folded
    for _ in range(20):
        spoiled = random.choices((_swap, _drop, _double, _neighbour, _by_ear, _apart), (20, 22, 15, 15, 20, 8))[0](word, random)
        if spoiled != word:
            return spoiled
    return word


def in_short(text: str, random: Random) -> str:
    """As on a phone: abbreviations, no capitals, no signs."""
    for full, short in SHORT:
        if random.random() < 0.6:
            text = text.replace(full, short)
    return text.lower().rstrip("?")


def _place(word: str, random: Random) -> int:
    """Mostly inside the word: people rarely miss its first letter."""
    return random.randrange(0 if random.random() < 0.12 else 1, max(2, len(word)))


def _swap(word: str, random: Random) -> str:
    place = min(_place(word, random), len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _drop(word: str, random: Random) -> str:
    place = _place(word, random)
    return word[:place] + word[place + 1 :]


def _double(word: str, random: Random) -> str:
    place = _place(word, random)
    return word[: place + 1] + word[place:]


def _neighbour(word: str, random: Random) -> str:
    place = _place(word, random)
    near = NEIGHBOURS.get(word[place : place + 1].lower(), "")
    return word[:place] + random.choice(near) + word[place + 1 :] if near else word


def _by_ear(word: str, random: Random) -> str:
    fitting = [pair for pair in BY_EAR if pair[0] in word[1:]]
    if not fitting:
        return word
    spelling, sounds = random.choice(fitting)
    return word[0] + word[1:].replace(spelling, sounds, 1)


def _apart(word: str, random: Random) -> str:
    """A compound in two: "Lindecollege" becomes "Linde college"."""
    for end in ("college", "school", "kwartier", "laan", "veld", "buurt", "berg", "huis", "dijk"):
        if word.endswith(end) and len(word) - len(end) >= 3:
            return f"{word[: -len(end)]} {end}"
    return word
