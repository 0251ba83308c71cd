"""The ways of searching that are put side by side. Each is loaded with a network and then gives one person for a question.

All others search the same text, one document a person, and are spared the words that only ask.
"""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from knowledge.network import Network
from knowledge.text import split
from tests.bench.made_networks import TODAY
from tests.bench.questions import Asked

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))

ASKING = frozenset(
    split(
        "wie wi is de het bel ik bij hoe heet nummer nr van v telefoonnummer tel bereik wat met kan overleggen over gaat wil spreken in"
    )
)

Answer = tuple[str | None, str | None]
"""The id of the person who comes first, and of the one for whom they stand in."""
Way = Callable[[Asked], Answer]


@lru_cache(maxsize=1)
def role_names() -> dict[str, str]:
    """What each role is called; read beforehand, so that it weighs nothing for any way."""
    from knowledge.library import load_library

    return {role.id: role.name for role in load_library().roles.values()}


def documents(network: Network) -> list[str]:
    """One text a person: name, roles, organisation, its other names, wijk, town, and whom they serve."""
    found = []
    for person in network.people:
        office = network.organisation_of(person)
        parts = [person.name, *(role_names()[role] for role in person.roles), office.name, *office.also_known_as]
        parts += [place for place in (office.wijk, office.municipality, *person.serves) if place]
        found.append(" ".join(split(" ".join(dict.fromkeys(parts)))))
    return found


def telling(text: str) -> list[str]:
    return [word for word in split(text) if word not in ASKING] or split(text)


def scan(network: Network) -> Way:
    """rapidfuzz over everything, one by one."""
    from rapidfuzz import fuzz, process

    texts = documents(network)

    def find(asked: Asked) -> Answer:
        _, _, place = process.extractOne(" ".join(telling(asked.text)), texts, scorer=fuzz.WRatio)
        return network.people[place].id, None

    return find


def trigrams(network: Network) -> Way:
    """SQLite's full-text search over trigrams: any three letters in a row that were typed, the rarest weigh most."""
    return _full_text(network, lambda word: [word[at : at + 3] for at in range(len(word) - 2)])


def words(network: Network) -> Way:
    """SQLite's trigram index asked for whole words: what a query of the words as they were typed finds."""
    return _full_text(network, lambda word: [word] if len(word) >= 3 else [])


def _full_text(network: Network, parts_of: Callable[[str], list[str]]) -> Way:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE people USING fts5(text, tokenize='trigram', content='', columnsize=1)")
    database.executemany("INSERT INTO people (rowid, text) VALUES (?, ?)", enumerate(documents(network)))

    def find(asked: Asked) -> Answer:
        parts = dict.fromkeys(part for word in telling(asked.text) for part in parts_of(word))
        if not parts:
            return None, None
        query = " OR ".join(f'"{part}"' for part in parts)
        row = database.execute("SELECT rowid FROM people WHERE people MATCH ? ORDER BY bm25(people) LIMIT 1", (query,)).fetchone()
        return (network.people[row[0]].id, None) if row else (None, None)

    return find


def _tantivy(network: Network, *, fuzzy: bool) -> Way:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False)
    builder.add_integer_field("person", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for place, text in enumerate(documents(network)):
        writer.add_document(tantivy.Document(text=text, person=place))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    either = tantivy.Occur.Should

    def find(asked: Asked) -> Answer:
        parts = []
        for word in dict.fromkeys(telling(asked.text)):
            parts.append((either, tantivy.Query.term_query(schema, "text", word)))
            if fuzzy and len(word) >= 4:
                near = tantivy.Query.fuzzy_term_query(schema, "text", word, distance=1 if len(word) < 8 else 2)
                parts.append((either, tantivy.Query.boost_query(near, 4.0)))
        hits = searcher.search(tantivy.Query.boolean_query(parts), limit=1).hits
        return (network.people[searcher.doc(hits[0][1])["person"][0]].id, None) if hits else (None, None)

    return find


def tantivy_words(network: Network) -> Way:
    """tantivy with words as typed."""
    return _tantivy(network, fuzzy=False)


def tantivy_fuzzy(network: Network) -> Way:
    """tantivy with words as typed, and those one or two letters away."""
    return _tantivy(network, fuzzy=True)


def verbinder(network: Network) -> Way:
    """The whole answer of the assistant, sentences included."""
    from bot.answer import answer
    from bot.context import Context, make_world
    from bot.understand import Understanding
    from bot.words import Words
    from knowledge.library import load_library

    library = load_library()
    world = make_world(network, library, Understanding(library), Words())

    def find(asked: Asked) -> Answer:
        reply = answer(asked.text, Context(world, asked.asker, f"dm:{asked.asker}", NOW))
        contacts = reply.data.get("contacts") or [{"person": None, "deputy_for": None}]
        return contacts[0]["person"], contacts[0]["deputy_for"]

    return find


WAYS: dict[str, Callable[[Network], Way]] = {
    "Verbinder": verbinder,
    "rapidfuzz WRatio": scan,
    "SQLite FTS5 trigram, woorden": words,
    "SQLite FTS5 trigram, drieletterstukken": trigrams,
    "tantivy": tantivy_words,
    "tantivy, fuzzy": tantivy_fuzzy,
}
OURS, SCAN = "Verbinder", "rapidfuzz WRatio"
