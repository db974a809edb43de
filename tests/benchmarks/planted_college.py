"""How many crews planted into CollegeMsg are found, and who else is accused?

    python -m tests.benchmarks.planted_college [--trials 30]

A trial plants one crew of five existing accounts (eight victims, four members a victim, within an hour) into the real
data and runs the ambush detection; once with accounts of any activity, once with accounts of twenty partners or more.
Exits 1 below 85 % found for accounts of any activity, or with a strong crew in the data as they are.
"""

import argparse
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from graph.detect.ambush import AmbushParameters, find_ambush
from graph.detect.context import DetectionContext
from graph.detect.run import detect
from tests.college_crews import College
from tests.real_data import real_data

LEAST_RECALL, BUSY = 0.85, 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=30)
    options = parser.parse_args()
    college = College(real_data("CollegeMsg.txt"))
    with tempfile.TemporaryDirectory(prefix="filature-college-") as scratch:
        with college.lake(Path(scratch, "benign")) as lake:
            findings = detect(lake, ["ambush", "convergence"]).findings
            crews, rushes = (Counter(f.tier for f in findings if f.kind == kind) for kind in ("ambush", "convergence"))
        print(f"as they are: crews {dict(crews)}, convergences {dict(rushes)}", flush=True)
        recalls = []
        for name, least in (("any activity", 0), (f"{BUSY} partners or more", BUSY)):
            tiers: Counter[str] = Counter()
            others: Counter[str] = Counter()  # by tier, and whether a planted account is among them
            whole = 0
            for seed in range(options.trials):
                crew = college.crew(Random(seed), least_partners=least)
                with college.lake(Path(scratch, f"{least}-{seed}"), [crew]) as lake:
                    findings = find_ambush(DetectionContext(lake), AmbushParameters())
                held = crew.held_by(findings)
                tiers["missed" if held is None else held.tier] += 1
                whole += held is not None and held.members == tuple(sorted(crew.members))
                for finding in (f for f in findings if f is not held):
                    planted = len(crew.members & set(finding.members))
                    others[f"{finding.tier} with {planted} of {len(finding.members)} planted"] += 1
            recalls.append((tiers["strong"] + tiers["moderate"]) / options.trials)
            print(
                f"accounts of {name}: found {recalls[-1]:.2f} of {options.trials} {dict(tiers)}, all five members "
                f"{whole}, other findings {dict(others)}", flush=True,
            )
    return 0 if recalls[0] >= LEAST_RECALL and crews["strong"] == 0 else 1


if __name__ == "__main__":
    raise SystemExit(main())
