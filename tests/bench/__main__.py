"""`python -m tests.bench [--quick] [--date 2026-11-24]`: measures everything, prints it, and writes it to BENCHMARKS.md."""

import argparse
import subprocess

from rich.console import Console

from tests.bench import report
from tests.bench.country import MESSAGES, NETWORKS, PEOPLE_EACH, whole_country
from tests.bench.guard import looked_through
from tests.bench.measure import ROOT, Measured, side_by_side, weigh
from tests.bench.open_handovers import OPEN, PAIRS, by_itself
from tests.bench.slack import round_trips
from tests.bench.whole import cold_starts, handle_messages

FULL = {"sizes": (100, 10_000, 100_000), "questions": 1_000, "runs": 5, "messages": 1_000, "country": (MESSAGES, NETWORKS * PEOPLE_EACH), "itself": (OPEN, PAIRS)}
QUICK = {"sizes": (100, 10_000), "questions": 200, "runs": 3, "messages": 200, "country": (1_000, 5_000), "itself": (10_000, 1_000)}
FEW_SCANS = 30
"""Questions for the scan of 100,000 people: each takes a good part of a second."""


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Meet snelheid en geheugen, naast andere manieren van zoeken."
    )
    parser.add_argument("--quick", action="store_true", help="kort: 100 en 10.000 mensen, 200 vragen")
    parser.add_argument("--date", help="datum bij de meting; zonder: die van de laatste commit")
    asked = parser.parse_args()
    plan = QUICK if asked.quick else FULL
    with Console(stderr=True).status("meten") as status:
        results: dict[int, list[Measured]] = {}
        for people in plan["sizes"]:
            scans = FEW_SCANS if people > 50_000 else plan["questions"]
            results[people] = side_by_side(people, plan["questions"], scans, status.update)
            for one in results[people]:
                status.update(f"{people:,} mensen: {one.way} wegen")
                weigh(one, people)
        cold = cold_starts(plan["runs"], status.update)
        handled = handle_messages(plan["messages"], status.update)
        country = whole_country(status.update, *plan["country"])
        itself = by_itself(status.update, *plan["itself"])
        slack = round_trips(status.update, plan["messages"])
        guarded = looked_through(status.update, plan["messages"])
    where = report.machine(asked.date or _commit_date())
    found = report.tables(results, cold, handled, country, itself, slack, guarded)
    report.show(found, where)
    if not asked.quick:
        (ROOT / "BENCHMARKS.md").write_text(report.markdown(found, where), encoding="utf-8")


def _commit_date() -> str:
    done = subprocess.run(["git", "log", "-1", "--format=%cI"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "zonder datum"


main()
