"""How well are planted crews, rings and owners found, and which look-alikes are accused?  A table over seeds.

Run from the checkout: ``python -m tests.benchmarks.quality_relational --seeds 1-5``.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC
from itertools import combinations
from pathlib import Path

from graph.detect.finding import Finding
from graph.detect.run import detect
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.sample.generate import generate
from workbench.sample.truth import Group, Truth

KINDS = ("ambush", "shell", "owner")


def platform(seed: int, folder: Path) -> tuple[Truth, tuple[Finding, ...], float]:
    """A sample platform of that seed, its findings and the seconds the detections took."""
    truth = generate(folder / "src", seed=seed)
    case = CaseFolder(folder / "workspace", truth.case).create()
    ingest([folder / "src"], case=case, timezone=str(UTC))
    with Lake(case) as lake:
        started = time.perf_counter()
        document = detect(lake, KINDS)
        return truth, document.findings, time.perf_counter() - started


def crews(truth: Truth, findings: Iterable[Finding]) -> dict[str, float]:
    """Crews found (two thirds of the members in one finding), and strong groups that are mostly no crew's."""
    groups = [finding for finding in findings if finding.kind == "ambush"]
    strong = [finding for finding in groups if finding.tier == "strong"]
    found = [crew for crew in truth.crews if any(holds(finding, crew) for finding in groups)]
    sure = [crew for crew in truth.crews if any(holds(finding, crew) for finding in strong)]
    false = [finding for finding in strong if not mostly(finding, truth.crews)]
    return {
        "crews": len(truth.crews), "crews found": len(found), "crews strong": len(sure),
        "crew leads": len(groups), "false strong crews": len(false),
    }


def holds(finding: Finding, crew: Group) -> bool:
    return 3 * len(set(finding.members) & set(crew.members)) >= 2 * len(crew.members)


def mostly(finding: Finding, groups: Iterable[Group]) -> bool:
    return any(2 * len(set(finding.members) & set(group.members)) > len(finding.members) for group in groups)


def rings(truth: Truth, findings: Iterable[Finding]) -> dict[str, float]:
    """Pairs of accounts of one operator: precision, recall and F1 of moderate and better; households joined."""
    wanted = {pair for ring in truth.rings for pair in combinations(sorted(ring.members), 2)}
    groups = [finding for finding in findings if finding.kind == "shell"]
    numbers: dict[str, float] = {"rings": len(truth.rings), "ring pairs": len(wanted)}
    for name, tiers in (("strong", ("strong",)), ("moderate", ("strong", "moderate"))):
        said = {pair for f in groups if f.tier in tiers for pair in combinations(f.members, 2)}
        right = len(said & wanted)
        precision = right / len(said) if said else 1.0
        recall = right / len(wanted) if wanted else 1.0
        numbers[f"shell {name} precision"] = precision
        numbers[f"shell {name} recall"] = recall
        numbers[f"shell {name} F1"] = 2 * precision * recall / (precision + recall) if right else 0.0
    homes = truth.of("household")
    told = [finding for finding in groups if finding.tier != "weak"]
    joined = sum(any(len(set(f.members) & set(home.members)) >= 2 for f in told) for home in homes)
    return {**numbers, "households": len(homes), "households joined": joined}


def owners(truth: Truth, findings: Iterable[Finding]) -> dict[str, float]:
    """Planted owners whose finding has their exact integrated share."""
    found = {(f.members, f.targets): f.reasons[0].observed for f in findings if f.kind == "owner"}
    exact = 0
    for group in truth.owners:
        observed = found.get((group.members, group.targets))
        exact += observed is not None and abs(observed - float(group.details["share"])) < 1e-6
    return {"owners": len(truth.owners), "owners exact": exact}


def accused(truth: Truth, findings: Iterable[Finding], kind: str) -> Counter[str]:
    """Strong findings of a kind by the look-alike most of whose members they hold; "nobody planted" otherwise."""
    planted = truth.of(kind)
    names: Counter[str] = Counter()
    for finding in findings:
        if finding.kind == kind and finding.tier == "strong" and not mostly(finding, planted):
            alike = [name for name, groups in sorted(truth.look_alikes.items()) if mostly(finding, groups)]
            other = [name for name in truth.kinds if name != kind and mostly(finding, truth.of(name))]
            names[(alike or other or ["nobody planted"])[0]] += 1
    return names


def told(rows: Mapping[int, Mapping[str, float]]) -> str:
    """The numbers as a Markdown table, one row a seed."""
    columns = list(next(iter(rows.values())))
    lines = ["| seed | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for seed, numbers in rows.items():
        cells = (f"{numbers[name]:.3f}".rstrip("0").rstrip(".") for name in columns)
        lines.append(f"| {seed} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1-3", help="a range such as 1-5")
    low, _, high = parser.parse_args().seeds.partition("-")
    rows: dict[int, dict[str, float]] = {}
    false: dict[str, Counter[str]] = {kind: Counter() for kind in ("ambush", "shell")}
    for seed in range(int(low), int(high or low) + 1):
        with tempfile.TemporaryDirectory(prefix="filature-quality-") as folder:
            truth, findings, seconds = platform(seed, Path(folder))
        rows[seed] = {**crews(truth, findings), **rings(truth, findings), **owners(truth, findings), "seconds": seconds}
        for kind, names in false.items():
            names.update(accused(truth, findings, kind))
    print(told(rows))
    for kind, names in false.items():
        print(f"false strong {kind}: " + (", ".join(f"{n} {name}" for name, n in sorted(names.items())) or "none"))


if __name__ == "__main__":
    main()
