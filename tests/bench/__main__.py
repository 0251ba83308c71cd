"""`python -m tests.bench [--quick] [--only PART]`: measures everything, prints it, and writes all of BENCHMARKS.md.

A part that fails is named and the rest goes on; after each part the file holds what was found by then. Takes about eight minutes.
"""

import argparse
import subprocess
import sys
import time
import traceback

from tests.bench import report
from tests.bench.country import MESSAGES, NETWORKS, PEOPLE_EACH, apart
from tests.bench.guard import looked_through
from tests.bench.matrix import on_matrix
from tests.bench.measure import ROOT, Measured, side_by_side, weigh
from tests.bench.open_handovers import OPEN, PAIRS, by_itself
from tests.bench.slack import round_trips
from tests.bench.whole import cold_starts, handle_messages
from tests.progress import shown

FULL = {
    "sizes": (100, 10_000, 100_000), "questions": 1_000, "runs": 5, "messages": 1_000, "trips": 500,
    "country": (MESSAGES, NETWORKS * PEOPLE_EACH), "itself": (OPEN, PAIRS), "matrix": (9, 20),
}  # fmt: skip
QUICK = {
    "sizes": (100, 10_000), "questions": 100, "runs": 2, "messages": 100, "trips": 20,
    "country": (1_000, 5_000, 15), "itself": (10_000, 1_000), "matrix": (2, 3),
}  # fmt: skip
FEW_SCANS = 30
"""Questions for the scan of 100,000 people: each takes a good part of a second."""


def _search(plan, say):
    results: dict[int, list[Measured]] = {}
    for people in plan["sizes"]:
        scans = FEW_SCANS if people > 50_000 else plan["questions"]
        results[people] = side_by_side(people, plan["questions"], scans, say)
        for one in results[people]:
            say(f"{people:,} mensen: {one.way} wegen")
            weigh(one, people)
    return report.search(results)


PARTS = {
    "zoeken": _search,
    "starten en een heel bericht": lambda plan, say: report.example(cold_starts(plan["runs"], say), handle_messages(plan["messages"], say)),
    "persoonsgegevens": lambda plan, say: report.guarding(looked_through(say, plan["messages"])),
    "wat vanzelf komt": lambda plan, say: report.by_themselves(by_itself(say, *plan["itself"])),
    "Slack": lambda plan, say: report.on_slack(round_trips(say, plan["trips"])),
    "Matrix": lambda plan, say: on_matrix(say, *plan["matrix"]),
    "het hele land": lambda plan, say: report.in_country(apart(say, *plan["country"])),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Meet snelheid en geheugen, naast andere manieren.")
    parser.add_argument("--quick", action="store_true", help="kort, en schrijft niets op")
    parser.add_argument("--only", choices=PARTS, help="alleen dit deel, en schrijft niets op")
    parser.add_argument("--date", help="datum bij de meting; zonder: die van de laatste commit")
    asked = parser.parse_args()
    plan, where = QUICK if asked.quick else FULL, report.machine(asked.date or _commit_date())
    found, begun, broken = [], time.monotonic(), False
    with shown("meten") as say:
        for number, name in enumerate([asked.only] if asked.only else PARTS, start=1):
            print(f"{number}. {name}, na {round((time.monotonic() - begun) / 60, 1)} minuten", file=sys.stderr, flush=True)
            try:
                found.append(PARTS[name](plan, say))
            except Exception as error:  # noqa: BLE001 - whatever it is, the other parts can still be measured
                broken = True
                traceback.print_exc()
                found.append(report.failed(name, error))
            if not asked.quick and not asked.only:
                (ROOT / "BENCHMARKS.md").write_text(report.markdown(report.together(found), where), encoding="utf-8")
    report.show(report.together(found), where)
    print(f"{round((time.monotonic() - begun) / 60, 1)} minuten.")
    sys.exit(1 if broken else 0)


def _commit_date() -> str:
    done = subprocess.run(["git", "log", "-1", "--format=%cI"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "zonder datum"


if __name__ == "__main__":
    main()
