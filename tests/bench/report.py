"""Writes down what was measured: as Markdown to keep, as tables to look at, and beside what we aim for."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from tests.bench import guard
from tests.bench.country import Country
from tests.bench.measure import Measured
from tests.bench.open_handovers import ByItself
from tests.bench.slack import ECHO, MEDIAN_AIM, TAIL_AIM, RoundTrips
from tests.bench.ways import OURS, SCAN
from tests.bench.whole import Cold, Handled

HEADER = ("Manier", "vragen", "goed op 1", "p50 (ms)", "p99 (ms)", "p99 rekentijd (ms)", "geheugen (MB)", "laden (s)")
P99_AIMS = {10_000: 5.0, 100_000: 15.0}
"""Milliseconds within which 99 of 100 questions are to be answered, by the number of people."""
TIMES_AS_FAST, COLD_AIM, HANDLE_AIM, BUSY_AIM = 5.0, 1.0, 20.0, 0.5
IDLE_AIM, DIGEST_AIM, MEMORY_AIM = 50.0, 5.0, 300.0
"""Milliseconds for `due` with nothing due, seconds for a morning on which every pair hears, and MB for the process that says it."""

EXPLAINED = """Gemaakte netwerken (alles verzonnen), en vragen met één of twee tikfouten in de namen, soms in sms-stijl. Wie het goede
antwoord is, volgt uit hoe het netwerk gemaakt is. Alle manieren krijgen dezelfde vragen, om en om in één proces. De andere manieren
zoeken in één tekst per persoon (naam, rollen, organisatie met bijnamen, wijk, gemeente), zonder de vraagwoorden ("wie is de …"), en geven
alleen een rij; Verbinder geeft het hele antwoord: wie er nu is, wie vervangt, waarom. Goed op 1: de eerste persoon is goed, of vervangt
iemand die goed is. Rekentijd: zonder wat de processor intussen voor andere programma's deed. Geheugen en laden: gemeten in een eigen proces; bij Verbinder met alle kennis van de bron en het woordenboek erbij."""


Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]
"""Title, header and rows."""


@dataclass(frozen=True)
class Aim:
    """Something we want to hold, what came out, what was measured beside it in the same run, and how many times that ours is."""

    text: str
    found: str
    holds: bool
    beside: str = "–"
    ratio: float | None = None

    @property
    def verdict(self) -> str:
        return "houdt" if self.holds else "haalt het niet"

    @property
    def row(self) -> tuple[str, ...]:
        return (self.text, self.found, self.beside, "–" if self.ratio is None else f"{self.ratio:.2f}", self.verdict)


@dataclass(frozen=True)
class Found:
    """What one part of the bench found."""

    tables: list[Table]
    aims: list[Aim]


def search(results: dict[int, list[Measured]]) -> Found:
    """Whom to call: how often right, and how fast, beside other ways."""
    tables, aims = [], []
    for people, measured in results.items():
        tables.append((f"{_number(people)} mensen", HEADER, [_row(one) for one in measured]))
        ours = _ours(measured)
        others = [one for one in measured if one is not ours]
        best = max(others, key=lambda one: one.share)
        scan = next(one for one in others if one.way == SCAN)
        who, share = f"{_number(people)} mensen", f"{best.way}: {best.share:.1%}"
        aims.append(Aim(f"vaker goed dan elke andere manier, {who}", f"{ours.share:.1%}", ours.share > best.share, share, ours.share / best.share))
        if people in P99_AIMS:
            late, slow = ours.at(0.99), scan.at(0.99)
            beside = f"{SCAN}: {slow:.1f} ms"
            aims.append(Aim(f"p99 ≤ {P99_AIMS[people]:.0f} ms, {who}", f"{late:.1f} ms", late <= P99_AIMS[people], beside, late / slow))
            times = scan.at(0.5) / ours.at(0.5)
            text = f"≥ {TIMES_AS_FAST:.0f} keer zo snel als {SCAN}, {who}"
            middle = f"{SCAN}: {scan.at(0.5):.1f} ms (p50)"
            aims.append(Aim(text, f"{times:.0f} keer", times >= TIMES_AS_FAST, middle, ours.at(0.5) / scan.at(0.5)))
    kinds = list(_ours(next(iter(results.values()))).kinds)
    by_kind = [(kind, *(_share(_ours(measured).kinds.get(kind, [])) for measured in results.values())) for kind in kinds]
    tables.append(("Verbinder per soort vraag: goed op 1", ("Soort", *map(_number, results)), by_kind))
    return Found(tables, aims)


def example(cold: Cold, handled: Handled) -> Found:
    """The start of a command, and a message that is kept for good."""
    rows = [
        ("koude start: `verbinder ask` (s)", f"mediaan {cold.median:.2f}, beste {cold.best:.2f}, leeg Python {cold.bare:.2f}"),
        ("heel bericht, vastgelegd op schijf (ms)", f"p50 {handled.p50:.1f}, p99 {handled.p99:.1f}"),
        ("alleen vastleggen, één rij (ms)", f"p50 {handled.commit:.2f}"),
        ("berichten per seconde", f"{handled.rate:.0f} ({handled.messages} berichten, {handled.failed} mislukt)"),
    ]
    start = Aim(
        f"koude start ≤ {COLD_AIM:.0f} s", f"{cold.median:.2f} s", cold.median <= COLD_AIM, f"leeg Python: {cold.bare:.2f} s", cold.median / cold.bare
    )
    beside = f"alleen vastleggen: {handled.commit:.2f} ms"
    whole = Aim(
        f"heel bericht p99 ≤ {HANDLE_AIM:.0f} ms", f"{handled.p99:.1f} ms", handled.p99 <= HANDLE_AIM, beside, handled.p99 / handled.commit
    )
    return Found([("Voorbeeldnetwerk", ("Wat", "Gemeten"), rows)], [start, whole])


def guarding(one: guard.Guarded) -> Found:
    """Looking for personal data, sentence by sentence."""
    rows = [(who, f"p50 {one.at(who, 0.5):.3f}, p99 {one.at(who, guard.TAIL):.3f}") for who in one.times]
    tail, other = one.at(guard.OURS, guard.TAIL), one.at(guard.SMALLEST, guard.TAIL)
    beside = f"{guard.SMALLEST}: {other:.3f} ms"
    return Found(
        [("Persoonsgegevens zoeken, per zin (ms)", ("Wie zoekt", "Gemeten"), rows)],
        [
            Aim(f"persoonsgegevens zoeken: p99 ≤ {guard.TAIL_AIM:.0f} ms een zin", f"{tail:.2f} ms", tail <= guard.TAIL_AIM, beside, tail / other),
            Aim(f"persoonsgegevens zoeken: ≤ {guard.MEMORY_AIM:.0f} MB erbij", f"{one.memory:.0f} MB", one.memory <= guard.MEMORY_AIM),
        ],
    )  # fmt: skip


def on_slack(one: RoundTrips) -> Found:
    """What Verbinder adds to the smallest bot in Slack."""
    rows = [(who, f"p50 {one.at(who, 0.5):.1f}, p95 {one.at(who, 0.95):.1f}") for who in one.times]
    aims = []
    for share, aim, name in ((0.5, MEDIAN_AIM, "mediaan"), (0.95, TAIL_AIM, "p95")):
        added, ours, echo = one.added(share), one.at(OURS, share), one.at(ECHO, share)
        text = f"Slack: ≤ {aim:.0f} ms boven de kleinste echo, {name}"
        aims.append(Aim(text, f"{added:.1f} ms erbij", added <= aim, f"{ECHO}: {echo:.1f} ms", ours / echo))
    return Found([("Heen en weer in Slack, op een server van ons (ms)", ("Wie antwoordt", "Gemeten"), rows)], aims)


def by_themselves(one: ByItself) -> Found:
    """What comes by itself."""
    text = f"{_number(one.open)} open overdrachten, niets te doen: ≤ {IDLE_AIM:.0f} ms"
    morning = f"overzicht voor {_number(one.pairs)} koppels: ≤ {DIGEST_AIM:.0f} s en ≤ {MEMORY_AIM:.0f} MB"
    return Found(
        [("Wat vanzelf komt", ("Wat", "Gemeten"), _itself(one))],
        [
            Aim(text, f"{one.idle_worst:.1f} ms", one.idle_worst <= IDLE_AIM),
            Aim(morning, f"{one.digest:.1f} s, {one.memory:.0f} MB", one.digest <= DIGEST_AIM and one.memory <= MEMORY_AIM),
        ],
    )


def in_country(one: Country) -> Found:
    """The whole country in one process."""
    aim = Aim(
        "het hele land in één proces: alles beantwoord, en minder dan de helft van de tijd bezig", f"{one.busy:.1%} bezig, {one.failed} mislukt",
        one.failed == 0 and one.busy < BUSY_AIM, f"alleen vastleggen: {one.commit:.2f} ms", one.p50 / one.commit,
    )  # fmt: skip
    return Found([(f"Het hele land in één proces, {one.minutes:.0f} van de 60 minuten nagespeeld", ("Wat", "Gemeten"), _country(one))], [aim])


def failed(name: str, error: Exception) -> Found:
    """A part that could not be measured is named, and the rest goes on."""
    return Found([], [Aim(name, f"niet gemeten: {type(error).__name__}", holds=False)])


AIMS = ("Doel", "Gemeten", "Daarnaast, in dezelfde meting", "Verhouding", "Oordeel")


def together(parts: list[Found]) -> list[Table]:
    """All tables: first the one with every figure that we aim for."""
    aims = [aim.row for part in parts for aim in part.aims]
    return [("Doelen", AIMS, aims), *(table for part in parts for table in part.tables)]


def machine(date: str) -> str:
    """What this was measured on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = names[0] if names else cpu
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    others = f"andere programma's bezig (belasting {os.getloadavg()[2]:.1f})" if os.getloadavg()[2] > 1.5 else "verder in rust"
    return f"{cpu}, {os.cpu_count()} kernen, {memory:.0f} GB, Python {platform.python_version()}, {others}, {date}"


def _country(one: Country) -> list[tuple[str, ...]]:
    return [
        ("mensen in het netwerk", _number(one.people)),
        ("berichten, tien keer het drukste uur", _number(one.messages)),
        ("antwoorden, waarvan mislukt", f"{_number(one.answers)}, {one.failed}"),
        ("deel van die tijd dat er gewerkt is; nagespeeld in", f"{one.busy:.1%}; {one.took:.1f} minuten"),
        ("bericht, antwoord en alles wat intussen vervalt (ms)", f"p50 {one.p50:.1f}, p99 {one.p99:.1f}"),
        ("geheugen: hoogste stand, groei (MB)", f"{one.memory:.0f}, {one.growth:.0f}"),
        ("bestand daarna (MB)", f"{one.file:.0f}"),
    ]


def _itself(one: ByItself) -> list[tuple[str, ...]]:
    return [
        ("open overdrachten, niets te doen: kijken of er iets moet (ms)", f"p50 {one.idle:.2f}, p99 {one.idle_worst:.2f}"),
        (f"de ochtend: {_number(one.messages)} overzichten voor {_number(one.pairs)} koppels (s)", f"{one.digest:.1f}"),
        ("geheugen: daarna, groei (MB)", f"{one.memory:.0f}, {one.growth:.0f}"),
    ]


def markdown(found: list[Table], where: str) -> str:
    parts = ["# Metingen", "", "Opnieuw meten: `make bench`. Gemeten op: " + where + ".", "", EXPLAINED, ""]
    for title, header, rows in found:
        parts += [f"## {title}", "", f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
        parts += [f"| {' | '.join(row)} |" for row in rows]
        parts.append("")
    return "\n".join(parts)


def show(found: list[Table], where: str) -> None:
    console = Console()
    for title, header, rows in found:
        table = Grid(title=title, title_justify="left")
        for number, name in enumerate(header):
            table.add_column(name, justify="left" if number == 0 else "right")
        for row in rows:
            table.add_row(*row)
        console.print(table)
    console.print(where)


def _row(one: Measured) -> tuple[str, ...]:
    ms = (f"{value:.2f}" for value in (one.at(0.5), one.at(0.99), one.worked_at(0.99)))
    return (one.way, _number(len(one.times)), f"{one.share:.1%}", *ms, f"{one.memory:.0f}", f"{one.load:.2f}")


def _ours(measured: list[Measured]) -> Measured:
    return next(one for one in measured if one.way == OURS)


def _share(answers: list[bool]) -> str:
    return f"{sum(answers) / max(len(answers), 1):.0%}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
