"""How well are planted hubs and convergences found, and which look-alikes are accused?  A table over seeds.

Run from the checkout: ``python -m tests.benchmarks.quality --seeds 1-5``.  Extortion preys on many minors too: such an
account among the hub leads is counted neither as right nor as wrong.  The relational detections:
``quality_relational``.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from graph.detect.finding import TIERS, Finding, FindingsDocument
from graph.detect.run import detect
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.sample.generate import generate
from workbench.sample.truth import Truth

KINDS = ("hub", "convergence")
PLACES = ("carrier", "household", "family adult", "school")  # where people live is no behaviour


def platform(seed: int, folder: Path) -> tuple[Truth, FindingsDocument, float]:
    """A sample platform of that seed, its findings and the seconds the detections took."""
    truth = generate(folder / "src", seed=seed)
    case = CaseFolder(folder / "workspace", truth.case).create()
    ingest([folder / "src"], case=case, timezone="UTC")
    with Lake(case) as lake:
        started = time.perf_counter()
        return truth, detect(lake, KINDS), time.perf_counter() - started


def average_precision(order: Sequence[str], right: Collection[str], *, neutral: Collection[str] = ()) -> float:
    """Mean of the precision at each right answer; answers never given count as 0, ``neutral`` ones are skipped."""
    hits, total = 0, 0.0
    for place, answer in enumerate((a for a in order if a in right or a not in neutral), start=1):
        if answer in right:
            hits += 1
            total += hits / place
    return total / len(right) if right else 1.0


def hub_numbers(truth: Truth, findings: Iterable[Finding]) -> dict[str, object]:
    """Average precision of the hub leads in the document's order, and who stands in each tier."""
    leads = [finding for finding in findings if finding.kind == "hub"]
    hubs = set(truth.hubs)
    neutral = {member for group in truth.of("extortion") for member in group.members}
    numbers: dict[str, object] = {
        "hubs": len(hubs),
        "AP": round(average_precision([lead.members[0] for lead in leads], hubs, neutral=neutral), 3),
    }
    parts = parts_of(truth)
    for tier in TIERS:
        who = Counter(parts.get(lead.members[0], "ordinary") for lead in leads if lead.tier == tier)
        numbers[tier] = dict(sorted(who.items()))
    return numbers


def convergence_numbers(truth: Truth, findings: Iterable[Finding]) -> dict[str, object]:
    """Average precision of the convergence leads by target, and which crowd stands in each tier."""
    leads = [finding for finding in findings if finding.kind == "convergence"]
    planted = truth.of("convergence")
    targets = {group.targets[0] for group in planted}
    numbers: dict[str, object] = {
        "convergences": len(targets), "AP": round(average_precision([lead.targets[0] for lead in leads], targets), 3)
    }
    parts = parts_of(truth)
    for tier in TIERS:
        who = Counter(
            Counter(parts.get(member, "ordinary") for member in lead.members).most_common(1)[0][0]
            for lead in leads
            if lead.tier == tier
        )
        numbers[tier] = dict(sorted(who.items()))
    return numbers


def parts_of(truth: Truth) -> dict[str, str]:
    """The part each account plays; planted parts go before look-alikes."""
    parts: dict[str, str] = {}
    for group in sorted(truth.groups, key=lambda g: (not g.planted, g.kind)):
        if group.kind not in PLACES:
            for member in group.members:
                parts.setdefault(member, group.kind)
    return parts


def seeds(text: str) -> list[int]:
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1-5", help="one seed or a range, as 1-5")
    precision: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for seed in seeds(parser.parse_args().seeds):
        with tempfile.TemporaryDirectory(prefix="filature-quality-") as folder:
            truth, document, seconds = platform(seed, Path(folder))
        for kind, numbers_of in (("hub", hub_numbers), ("convergence", convergence_numbers)):
            numbers = numbers_of(truth, document.findings)
            precision[kind].append(float(str(numbers["AP"])))
            print(f"seed {seed} {kind}: {numbers} ({seconds:.1f} s for both)", flush=True)
    for kind, values in precision.items():
        print(f"{kind}: mean AP {sum(values) / len(values):.3f}, lowest {min(values):.3f} over {len(values)} seeds")


if __name__ == "__main__":
    main()
