"""Networks for tests: small ones from text, and every kind of network for properties."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from knowledge.lookalikes import odd_letter
from knowledge.network import Agreement, Channels, Convenant, Koppel, Network, Organisation, Period, Person
from knowledge.network_faults import NetworkFault
from knowledge.network_files import read_network
from knowledge.network_tree import clean
from knowledge.roles import KINDS, ROLES

HEAD = """\
netwerk: {id: proef, naam: Proef, gemeente: Lindewaard, vakantieregio: midden}
organisaties:
  - {id: linde, naam: Lindecollege, soort: vo, ook-bekend-als: [Het Linde], wijk: Noord, gemeente: Lindewaard}
  - {id: politie, naam: Politie Lindewaard, soort: politie}
"""
"""A network of a school and a police team that nobody works for yet."""


def day_and_night(network):
    """The network with everybody there at every hour: where the real clock runs, no answer may depend on it."""
    return replace(network, people=tuple(replace(person, hours="24/7", absences=()) for person in network.people))


def read(content: str | bytes, name: str = "netwerk.yaml", base: Network | None = None) -> Network:
    """Read a file with this content."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_network(path, base)


def faults(content: str | bytes, name: str = "netwerk.yaml", base: Network | None = None) -> list[str]:
    """What is wrong with a file of this content."""
    try:
        read(content, name, base)
    except NetworkFault as fault:
        return [str(one) for one in fault.faults]
    return []


AWKWARD = (
    "no", "Null", "null", "~", "12:30", "1_000", "0x1F", "2026-09-01", "true", "'t Hof", '"aangehaald"', "a: b", "# geen",
    "=SOM(A1)", "+31", "@iemand", "-", "'=al ontmanteld", "a|b", "a\\b", "C:\\|x", "regel 1\nregel 2", "\u00a0é", "Zoë",
    "Zeynep Çakır", "🚓 agent", "{a}", "[b", "!x", "&x", "*x", "%", "`", "? x", "- x", "a;b", "a,b", "sep=;", "<<",
)  # fmt: skip
LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Cn"]) | st.just("\n")
texts = (
    (st.sampled_from(AWKWARD) | st.text(LETTERS, min_size=1, max_size=12))
    .map(clean)
    .filter(lambda text: text and not odd_letter(text))
)
days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
maybe_texts, maybe_days = st.none() | texts, st.none() | days
regions = st.sampled_from(["noord", "midden", "zuid"])
phones = st.sampled_from(["06-12345601", "088-1234633", "0900-8844", "0800-2000", "14 010", "112", "+32 470 12 34 56"])
hours = st.sampled_from(["24/7", "Mo-Th 08:30-17:00; PH off; SH off", "Tu-Fr 10:00-18:00; PH off"])
rhythms = st.sampled_from(["FREQ=YEARLY", "FREQ=WEEKLY;INTERVAL=6", "FREQ=MONTHLY;BYDAY=2TU"])
channels = st.builds(
    Channels, slack=st.sampled_from([None, "C0A", "T0A/C0B"]), matrix=st.sampled_from([None, "!kamer:voorbeeld.nl"])
)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001


def some(values, most=3):
    return st.lists(st.sampled_from(values), unique=True, max_size=most).map(tuple) if values else st.just(())


@st.composite
def periods(draw, names):
    first, last = sorted((draw(days), draw(days)))
    return Period(first, last, draw(names))


@st.composite
def people(draw, identity, ids, organisations, areas):
    since, until = draw(maybe_days), draw(maybe_days)
    if since and until and until < since:
        since, until = until, since
    return Person(
        id=identity,
        name=draw(texts),
        organisation=draw(st.sampled_from([organisation.id for organisation in organisations])),
        roles=draw(some(ROLES)),
        serves=draw(some(areas)),
        phone=draw(st.none() | phones),
        email=draw(st.sampled_from([None, "k.verhoef@school.nl", "zoë@scholen.example"])),
        hours=draw(st.none() | hours),
        deputy=draw(st.sampled_from([None, *ids])),
        lead=draw(st.sampled_from([None, *ids])),
        slack=draw(st.sampled_from([None, "U0A", "T0A/U0B"])),
        matrix=draw(st.sampled_from([None, "@karin:voorbeeld.nl"])),
        since=since,
        until=until,
        confirmed=draw(maybe_days),
        absences=tuple(draw(st.lists(periods(st.just("")), max_size=2))),
        is_manager=draw(st.booleans()),
    )


@st.composite
def networks(draw):
    """Any network that can be imported; the first organisations are a school and its police, so koppels are possible."""
    kinds = ["vo", "politie", *draw(st.lists(st.sampled_from(KINDS), max_size=3))]
    organisations = tuple(
        Organisation(
            id=f"o{number}",
            name=draw(texts),
            kind=kind,
            also_known_as=tuple(draw(st.lists(texts, unique=True, max_size=2))),
            wijk=draw(maybe_texts),
            municipality=draw(maybe_texts),
            brin=draw(maybe_texts),
            region=draw(st.none() | regions),
        )
        for number, kind in enumerate(kinds)
    )
    areas = {area for o in organisations for area in (o.id, o.wijk, o.municipality) if area}
    ids = [f"p{number}" for number in range(draw(st.integers(0, 4)))]
    known = [*sorted(areas), "Wijk Zonder School"]
    koppels = [f"k{number}" for number in range(draw(st.integers(0, 2)))]
    agreements = [f"a{number}" for number in range(draw(st.integers(0, 2)))]
    return Network(
        id="proef",
        name=draw(texts),
        municipality=draw(texts | st.just("")),
        region=draw(regions),
        timezone=draw(st.sampled_from(["Europe/Amsterdam", "America/Curacao"])),
        channels=draw(channels),
        convenant=draw(st.none() | st.builds(Convenant, first=st.none(), last=maybe_days, retention=maybe_texts)),
        days_off=tuple(draw(st.lists(periods(texts | st.just("")), max_size=2))),
        organisations=organisations,
        people=tuple(draw(people(identity, ids, organisations, known)) for identity in ids),
        koppels=tuple(Koppel(name, "o0", "o1", draw(some(ids)), draw(channels)) for name in koppels),
        agreements=tuple(
            Agreement(
                id=name,
                name=draw(texts),
                first=draw(moments.filter(lambda at: at.hour != 2)),
                rhythm=draw(st.none() | rhythms),
                who=draw(some([*ROLES, *ids])),
                concerns=draw(some([*(o.id for o in organisations), *koppels])),
                source=draw(maybe_texts),
            )
            for name in agreements
        ),
    )
