"""Makes a network of any number of people: towns, wijken, schools, police and everybody around them, with koppels and deputies."""

from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from knowledge.network import Koppel, Network, Organisation, Period, Person
from tests.bench.made_names import Names

TODAY = date(2026, 11, 24)
"""A Tuesday without holidays; questions are asked at ten."""

PEOPLE_A_SCHOOL, SCHOOLS_A_WIJK, WIJKEN_A_TOWN = 40, 4, 8

SCHOOL_TEAM = (
    "directie", "veiligheidscoordinator", "zorgcoordinator", "zorgcoordinator", "schoolmaatschappelijk-werk", "verzuimcoordinator",
    "vertrouwenspersoon", "vertrouwenspersoon", "administratie", "administratie", "afdelingsleider", "afdelingsleider", "afdelingsleider",
)  # fmt: skip
"""One of each for every school; who is left over is a mentor."""

WIJK_TEAM = (("politie", "wijkagent"), ("politie", "wijkagent"), ("wijkteam", "wijkteam"), ("jeugdhulp", "jeugdhulp"))
TOWN_TEAM = (
    ("politie", "schoolcontactpersoon"), ("politie", "jeugdteam"), ("gemeente", "ambtenaar-openbare-orde"), ("ggd", "ggd"),
    ("leerplicht", "leerplichtambtenaar"), ("leerplicht", "leerplichtambtenaar"), ("leerplicht", "rmc"),
)  # fmt: skip
REGION_TEAM = (
    ("halt", "halt"), ("om", "jeugdofficier"), ("rvdk", "raad-voor-de-kinderbescherming"), ("overig", "slachtofferhulp"),
    ("jeugdreclassering", "jeugdreclassering"), ("reclassering", "reclassering"), ("veiligheidshuis", "veiligheidshuis"),
    ("veilig-thuis", "veilig-thuis"), ("jji", "jji"), ("samenwerkingsverband", "samenwerkingsverband"),
    ("overig", "coordinator"), ("overig", "privacycontact"),
)  # fmt: skip

SCHOOL_NAMES = {
    "po": (("Basisschool De {}", "De {}"), ("OBS {}", "{}"), ("{}school", "{}"), ("IKC 't {}", "'t {}")),
    "vo": (("{}college", "{}"), ("{} Lyceum", "{}"), ("Scholengemeenschap {}", "{}"), ("{} Gymnasium", "{}")),
    "mbo": (("ROC {}", "{}"), ("MBO {}", "{}")),
    "vso": (("VSO De {}", "De {}"), ("{}school", "{}")),
}


@dataclass
class _Draft:
    """A network while it is being made."""

    random: Random
    names: Names
    organisations: list[Organisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    koppels: list[Koppel] = field(default_factory=list)

    def organisation(
        self, name: str, kind: str, nickname: str = "", wijk: str | None = None, town: str | None = None
    ) -> Organisation:
        also = (nickname,) if nickname else ()
        made = Organisation(f"o{len(self.organisations)}", name, kind, also, wijk, town)
        self.organisations.append(made)
        return made

    def person(self, organisation: Organisation, role: str, serves: tuple[str, ...] = ()) -> Person:
        number = len(self.people)
        away = self.random.random() < 0.03
        made = Person(
            f"p{number}", self.names.person(), organisation.id, (role,), serves, f"06-{number + 10_000_000}",
            f"p{number}@netwerk.example", absences=(Period(date(2026, 11, 23), date(2026, 11, 27)),) if away else (), confirmed=TODAY,
        )  # fmt: skip
        self.people.append(made)
        return made

    def deputies(self, team: list[Person]) -> None:
        """Each is replaced by the next, the last by the first."""
        if len(team) < 2:
            return
        for person, following in zip(team, team[1:] + team[:1], strict=True):
            self.people[int(person.id[1:])] = replace(person, deputy=following.id)


def make_network(people: int, seed: int = 7) -> Network:
    """A network of exactly so many people; at least some 60."""
    draft = _Draft(Random(seed), Names(seed, people))
    schools = max(1, round(people / PEOPLE_A_SCHOOL))
    wijken = max(1, round(schools / SCHOOLS_A_WIJK))
    towns = [
        f"{draft.names.stem()}{draft.random.choice(('waard', 'dam', 'stad', 'hoven'))}" for _ in range(-(-wijken // WIJKEN_A_TOWN))
    ]
    region = draft.names.stem()
    for kind, role in REGION_TEAM:
        draft.person(draft.organisation(f"{kind.capitalize()} {region}", kind), role)
    police = {town: _make_town(draft, town) for town in towns}
    made: list[Organisation] = []
    for number in range(wijken):
        town = towns[number // WIJKEN_A_TOWN]
        count = schools // wijken + (number < schools % wijken)
        made += _make_wijk(draft, town, police[town], count)
    while len(draft.people) < people:
        draft.person(made[len(draft.people) % len(made)], "mentor")
    return Network(
        "gemaakt", f"Netwerk {region}", towns[0], "midden", organisations=tuple(draft.organisations),
        people=tuple(draft.people[:people]), koppels=tuple(draft.koppels),
    )  # fmt: skip


def _make_town(draft: _Draft, town: str) -> Organisation:
    offices: dict[str, Organisation] = {}
    for kind, role in TOWN_TEAM:
        if kind not in offices:
            offices[kind] = draft.organisation(f"{kind.upper() if len(kind) == 3 else kind.capitalize()} {town}", kind, town=town)
        draft.person(offices[kind], role, (town,))
    return offices["politie"]


def _make_wijk(draft: _Draft, town: str, police: Organisation, count: int) -> list[Organisation]:
    wijk = f"{draft.names.stem()}{draft.random.choice(('kwartier', 'laan', 'veld', 'buurt', ' Noord', ' Oost'))}"
    team = []
    for kind, role in WIJK_TEAM:
        office = police if kind == "politie" else draft.organisation(f"{kind.capitalize()} {wijk}", kind, wijk=wijk, town=town)
        team.append(draft.person(office, role, (wijk,)))
    draft.deputies(team[:2])
    return [_make_school(draft, town, wijk, police, team[number % 2]) for number in range(count)]


def _make_school(draft: _Draft, town: str, wijk: str, police: Organisation, agent: Person) -> Organisation:
    kind = draft.random.choices(("po", "vo", "mbo", "vso"), (60, 30, 7, 3))[0]
    pattern, nickname = draft.random.choice(SCHOOL_NAMES[kind])
    stem = draft.names.stem()
    school = draft.organisation(pattern.format(stem), kind, nickname.format(stem), wijk, town)
    team = [draft.person(school, role) for role in SCHOOL_TEAM]
    draft.deputies(team)
    contacts = (team[1].id, agent.id)
    draft.koppels.append(Koppel(f"k{len(draft.koppels)}", school.id, police.id, contacts))
    return school
