"""Asks for people of a made-up network in spoiled words. Who is right follows from how the network was made, not from our search."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from knowledge.network import Network, Organisation, Person
from tests.bench.garble import garble, in_short

ROLE_WORDS = {
    "directie": ("directeur", "rector"), "veiligheidscoordinator": ("veiligheidscoördinator", "vc"),
    "zorgcoordinator": ("zorgcoördinator", "zoco"), "schoolmaatschappelijk-werk": ("schoolmaatschappelijk werker", "smw"),
    "verzuimcoordinator": ("verzuimcoördinator",), "vertrouwenspersoon": ("vertrouwenspersoon",), "administratie": ("administratie",),
    "afdelingsleider": ("teamleider", "afdelingsleider"), "mentor": ("mentor",), "wijkagent": ("wijkagent",),
    "schoolcontactpersoon": ("schoolcontactpersoon", "schoolagent"), "leerplichtambtenaar": ("leerplichtambtenaar",),
}  # fmt: skip
SUBJECTS = {
    "spijbelen": ("verzuimcoordinator", "afdelingsleider", "mentor", "zorgcoordinator"),
    "pesten": ("mentor", "zorgcoordinator", "vertrouwenspersoon", "veiligheidscoordinator", "afdelingsleider"),
    "diefstal": ("veiligheidscoordinator", "afdelingsleider", "directie"),
    "een vechtpartij": ("veiligheidscoordinator", "afdelingsleider", "directie"),
    "drugs": ("veiligheidscoordinator", "zorgcoordinator", "afdelingsleider", "directie"),
    "vernieling": ("veiligheidscoordinator", "afdelingsleider", "directie"),
}
"""What a call to a school is about, and who there may well be the one to take it."""


@dataclass(frozen=True)
class Asked:
    """One question: what is typed by whom, and the ids of everybody who would be a right answer."""

    text: str
    asker: str
    right: frozenset[str]
    kind: str


class _Facts:
    """Who is where, straight from the records."""

    def __init__(self, network: Network) -> None:
        self.schools = [one for one in network.organisations if one.is_school]
        self.people = network.people
        self.at_school: dict[str, list[Person]] = defaultdict(list)
        self.serving: dict[tuple[str, str], list[Person]] = defaultdict(list)
        self.named: dict[str, list[Person]] = defaultdict(list)
        for person in network.people:
            self.named[person.name].append(person)
            self.at_school[person.organisation].append(person)
            for place in person.serves:
                self.serving[person.roles[0], place].append(person)
        self.wijken = sorted({one.wijk for one in self.schools if one.wijk})

    def holders(self, role: str, school: Organisation) -> list[Person]:
        own = [one for one in self.at_school[school.id] if role in one.roles]
        return own or self.serving[role, school.wijk or ""] or self.serving[role, school.municipality or ""]


def ask(network: Network, count: int, seed: int = 11) -> Iterator[Asked]:
    """So many questions, of all kinds in turn."""
    random, facts = Random(seed), _Facts(network)
    kinds: list[tuple[str, Callable[[Random, _Facts], tuple[str, list[Person]]]]] = [
        ("rol van school", _role_of_school), ("nummer van persoon", _number_of_person), ("rol en bijnaam", _role_and_nickname),
        ("onderwerp bij school", _subject_at_school), ("persoon van school", _person_of_school), ("wijkagent", _wijkagent),
        ("achternaam van school", _surname_of_school),
    ]  # fmt: skip
    asked = 0
    while asked < count:
        kind, make = kinds[asked % len(kinds)]
        text, right = make(random, facts)
        asker = random.choice(facts.people)
        if not right or asker in right:
            continue
        if random.random() < 0.25:
            text = in_short(text, random)
        asked += 1
        yield Asked(text, asker.id, frozenset(one.id for one in right), kind)


def _role_of_school(random: Random, facts: _Facts) -> tuple[str, list[Person]]:
    role, school = random.choice(list(ROLE_WORDS)), random.choice(facts.schools)
    word = random.choice(ROLE_WORDS[role])
    pattern = random.choice(("wie is de {} van {}?", "Wie is de {} van {}", "hoe heet de {} van {}?", "nummer van de {} van {}"))
    return pattern.format(word, garble(school.name, random)), facts.holders(role, school)


def _number_of_person(random: Random, facts: _Facts) -> tuple[str, list[Person]]:
    person = random.choice(facts.people)
    pattern = random.choice(("nummer van {}", "telefoonnummer {}", "hoe bereik ik {}?", "wat is het nummer van {}?", "{}"))
    return pattern.format(garble(person.name, random)), facts.named[person.name]


def _role_and_nickname(random: Random, facts: _Facts) -> tuple[str, list[Person]]:
    role, school = random.choice(list(ROLE_WORDS)), random.choice(facts.schools)
    text = f"{random.choice(ROLE_WORDS[role])} {garble(school.also_known_as[0], random)}?"
    return text, facts.holders(role, school)


def _subject_at_school(random: Random, facts: _Facts) -> tuple[str, list[Person]]:
    subject, school = random.choice(list(SUBJECTS)), random.choice(facts.schools)
    pattern = random.choice(("wie bel ik bij {} over {}?", "met wie kan ik bij {} overleggen over {}?", "wie bij {} gaat over {}"))
    name = garble(random.choice((school.name, school.also_known_as[0])), random)
    return pattern.format(name, subject), [one for role in SUBJECTS[subject] for one in facts.holders(role, school)]


def _person_of_school(random: Random, facts: _Facts) -> tuple[str, list[Person]]:
    school = random.choice(facts.schools)
    first = random.choice(facts.at_school[school.id]).name.split()[0]
    right = [one for one in facts.at_school[school.id] if one.name.split()[0] == first]
    pattern = random.choice(("nummer van {} van {}", "hoe bereik ik {} van {}?", "{} van {} tel?"))
    return pattern.format(first, garble(school.name, random)), right


def _surname_of_school(random: Random, facts: _Facts) -> tuple[str, list[Person]]:
    school = random.choice(facts.schools)
    last = random.choice(facts.at_school[school.id]).name.split(maxsplit=1)[1]
    right = [one for one in facts.at_school[school.id] if one.name.split(maxsplit=1)[1] == last]
    pattern = random.choice(("nummer van mevrouw {} van {}", "ik wil meneer {} van {} spreken", "hoe bereik ik {} ({})"))
    return pattern.format(garble(last, random), school.also_known_as[0]), right


def _wijkagent(random: Random, facts: _Facts) -> tuple[str, list[Person]]:
    wijk = random.choice(facts.wijken)
    pattern = random.choice(
        (
            "wie is de wijkagent van {}?",
            "wijkagent {}",
            "nummer van de wijkagent in {}",
            "wie is wijkagent in de wijk {}",
        )
    )
    return pattern.format(garble(wijk, random)), facts.serving["wijkagent", wijk]
