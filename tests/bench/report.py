"""Writes down what was measured: as Markdown to keep, as tables to look at, and beside what we aim for."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import guard
from tests.bench.country import Country
from tests.bench.measure import Measured
from tests.bench.open_handovers import ByItself
from tests.bench.slack import MEDIAN_AIM, TAIL_AIM, RoundTrips
from tests.bench.ways import OURS, SCAN
from tests.bench.whole import Cold, Handled

HEADER = ("Manier", "vragen", "goed op 1", "p50 (ms)", "p99 (ms)", "p99 rekentijd (ms)", "geheugen (MB)", "laden (s)")
P99_AIMS = {10_000: 5.0, 100_000: 15.0}
"""Milliseconds within which 99 of 100 questions are to be answered, by the number of people."""
TIMES_AS_FAST, COLD_AIM, HANDLE_AIM = 5.0, 1.0, 20.0
IDLE_AIM, DIGEST_AIM, MEMORY_AIM = 50.0, 5.0, 300.0
"""Milliseconds for `due` with nothing due, seconds for a morning on which every pair hears, and MB for the process that says it."""

EXPLAINED = """Gemaakte netwerken (alles verzonnen), en vragen met één of twee tikfouten in de namen, soms in sms-stijl. Wie het goede
antwoord is, volgt uit hoe het netwerk gemaakt is. Alle manieren krijgen dezelfde vragen, om en om in één proces. De andere manieren
zoeken in één tekst per persoon (naam, rollen, organisatie met bijnamen, wijk, gemeente), zonder de vraagwoorden ("wie is de …"), en geven
alleen een rij; Verbinder geeft het hele antwoord: wie er nu is, wie vervangt, waarom. Goed op 1: de eerste persoon is goed, of vervangt
iemand die goed is. Rekentijd: zonder wat de processor intussen voor andere programma's deed. Geheugen en laden: gemeten in een eigen proces; bij Verbinder met alle kennis van de bron en het woordenboek erbij."""


@dataclass(frozen=True)
class Aim:
    """Something we want to hold, and what came out."""

    text: str
    found: str
    holds: bool

    @property
    def verdict(self) -> str:
        return "houdt" if self.holds else "haalt het niet"


def aims(
    results: dict[int, list[Measured]], cold: Cold, handled: Handled, itself: ByItself, slack: RoundTrips, guarded: guard.Guarded
) -> list[Aim]:
    """Each aim, judged honestly."""
    found = []
    for people, measured in results.items():
        ours = next(one for one in measured if one.way == OURS)
        others = [one for one in measured if one is not ours]
        best = max(others, key=lambda one: one.share)
        compared = f"{ours.share:.1%} tegen {best.share:.1%} ({best.way})"
        found.append(Aim(f"vaker goed dan elke andere manier, {_number(people)} mensen", compared, ours.share > best.share))
        if people in P99_AIMS:
            aim = P99_AIMS[people]
            found.append(Aim(f"p99 ≤ {aim:.0f} ms, {_number(people)} mensen", f"{ours.at(0.99):.1f} ms", ours.at(0.99) <= aim))
            scan = next(one for one in others if one.way == SCAN)
            times = scan.at(0.5) / ours.at(0.5)
            text = f"≥ {TIMES_AS_FAST:.0f} keer zo snel als {SCAN}, {_number(people)} mensen"
            found.append(Aim(text, f"{times:.0f} keer (p50)", times >= TIMES_AS_FAST))
    found.append(Aim(f"koude start ≤ {COLD_AIM:.0f} s", f"{cold.median:.2f} s", cold.median <= COLD_AIM))
    found.append(Aim(f"heel bericht p99 ≤ {HANDLE_AIM:.0f} ms", f"{handled.p99:.1f} ms", handled.p99 <= HANDLE_AIM))
    tail = guarded.at(guard.OURS, guard.TAIL)
    found.append(Aim(f"persoonsgegevens zoeken: p99 ≤ {guard.TAIL_AIM:.0f} ms een zin", f"{tail:.2f} ms", tail <= guard.TAIL_AIM))
    light = guarded.memory <= guard.MEMORY_AIM
    found.append(Aim(f"persoonsgegevens zoeken: ≤ {guard.MEMORY_AIM:.0f} MB erbij", f"{guarded.memory:.0f} MB", light))
    return [*found, *_by_itself(itself), *_added(slack)]


def _added(one: RoundTrips) -> list[Aim]:
    """What Verbinder adds to the smallest bot in Slack."""
    asked = ((0.5, MEDIAN_AIM, "mediaan"), (0.95, TAIL_AIM, "p95"))
    return [
        Aim(f"Slack: ≤ {aim:.0f} ms boven de kleinste echo, {name}", f"{one.added(share):.1f} ms", one.added(share) <= aim)
        for share, aim, name in asked
    ]


def _by_itself(one: ByItself) -> list[Aim]:
    text = f"{_number(one.open)} open overdrachten, niets te doen: ≤ {IDLE_AIM:.0f} ms"
    morning = f"overzicht voor {_number(one.pairs)} koppels: ≤ {DIGEST_AIM:.0f} s en ≤ {MEMORY_AIM:.0f} MB"
    return [
        Aim(text, f"{one.idle_worst:.1f} ms", one.idle_worst <= IDLE_AIM),
        Aim(morning, f"{one.digest:.1f} s, {one.memory:.0f} MB", one.digest <= DIGEST_AIM and one.memory <= MEMORY_AIM),
    ]


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


def tables(
    results: dict[int, list[Measured]], cold: Cold, handled: Handled, country: Country, itself: ByItself,
    slack: RoundTrips, guarded: guard.Guarded,
) -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """Title, header and rows of each table."""
    found: list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]] = []
    for people, measured in results.items():
        found.append((f"{_number(people)} mensen", HEADER, [_row(one) for one in measured]))
    kinds = list(next(iter(results.values()))[0].kinds)
    by_kind = [(kind, *(_share(_ours(measured).kinds.get(kind, [])) for measured in results.values())) for kind in kinds]
    found.append(("Verbinder per soort vraag: goed op 1", ("Soort", *map(_number, results)), by_kind))
    rows = [
        ("koude start: `verbinder ask` (s)", f"mediaan {cold.median:.2f}, beste {cold.best:.2f}"),
        ("heel bericht, vastgelegd op schijf (ms)", f"p50 {handled.p50:.1f}, p99 {handled.p99:.1f}"),
        ("berichten per seconde", f"{handled.rate:.0f} ({handled.messages} berichten, {handled.failed} mislukt)"),
    ]
    found.append(("Voorbeeldnetwerk", ("Wat", "Gemeten"), rows))
    found.append(("Het hele land in één proces, een uur lang", ("Wat", "Gemeten"), _country(country)))
    found.append(("Wat vanzelf komt", ("Wat", "Gemeten"), _itself(itself)))
    trips = [(who, f"p50 {slack.at(who, 0.5):.1f}, p95 {slack.at(who, 0.95):.1f}") for who in slack.times]
    found.append(("Heen en weer in Slack, op een server van ons (ms)", ("Wie antwoordt", "Gemeten"), trips))
    looked = [(who, f"p50 {guarded.at(who, 0.5):.2f}, p99 {guarded.at(who, guard.TAIL):.2f}") for who in guarded.times]
    found.append(("Persoonsgegevens zoeken, per zin (ms)", ("Wie zoekt", "Gemeten"), looked))
    judged = [(aim.text, aim.found, aim.verdict) for aim in aims(results, cold, handled, itself, slack, guarded)]
    found.append(("Doelen", ("Doel", "Gemeten", "Oordeel"), judged))
    return found


def _country(one: Country) -> list[tuple[str, ...]]:
    return [
        ("mensen in het netwerk", _number(one.people)),
        ("berichten in dat uur, tien keer het drukste uur", _number(one.messages)),
        ("antwoorden, waarvan mislukt", f"{_number(one.answers)}, {one.failed}"),
        ("deel van het uur dat er gewerkt is", f"{one.busy:.1%}"),
        ("bericht, antwoord en alles wat intussen vervalt (ms)", f"p50 {one.p50:.1f}, p99 {one.p99:.1f}"),
        ("geheugen: hoogste stand, groei (MB)", f"{one.memory:.0f}, {one.growth:.0f}"),
        ("bestand na dat uur (MB)", f"{one.file:.0f}"),
    ]


def _itself(one: ByItself) -> list[tuple[str, ...]]:
    return [
        ("open overdrachten, niets te doen: kijken of er iets moet (ms)", f"p50 {one.idle:.2f}, p99 {one.idle_worst:.2f}"),
        (f"de ochtend: {_number(one.messages)} overzichten voor {_number(one.pairs)} koppels (s)", f"{one.digest:.1f}"),
        ("geheugen: daarna, groei (MB)", f"{one.memory:.0f}, {one.growth:.0f}"),
    ]


def markdown(found: list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]], where: str) -> str:
    parts = ["# Metingen", "", "Opnieuw meten: `make bench`. Gemeten op: " + where + ".", "", EXPLAINED, ""]
    for title, header, rows in found:
        parts += [f"## {title}", "", f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
        parts += [f"| {' | '.join(row)} |" for row in rows]
        parts.append("")
    return "\n".join(parts)


def show(found: list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]], where: str) -> None:
    console = Console()
    for title, header, rows in found:
        table = Table(title=title, title_justify="left")
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
