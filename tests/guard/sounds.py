"""Makes the table of how names sound, of the first names that the guard knows and the dictionary: `python -m tests.guard.sounds`."""

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from knowledge.guard.lexicon import lexicon
from knowledge.guard.sounds import TABLE, compared
from knowledge.text import fold


def made():
    """The text of the table as it should be now."""
    known = lexicon().first | lexicon().double
    names = {name for name in known if name.isalpha() and name.isascii() and len(name) > 2}
    dictionary = (fold(word) for word in DefaultDictionaryFactory().get_dictionary("nl") if word.islower())
    words = {word for word in dictionary if word.isalpha() and word.isascii() and 3 < len(word) <= 12}
    return compared(sorted(names), sorted(words - names))


if __name__ == "__main__":
    TABLE.write_text(made(), encoding="utf-8")
