"""How well is what was planted found, and who is accused wrongly?  Precision and recall over seeds and worlds.

Run from the checkout: ``python -m tests.benchmarks.quality --seeds 1-20``; ``--worlds all`` adds those set aside
(``worlds.py``), ``--kinds hub,shell`` picks detections, ``--folder DIR`` keeps the platforms, ``--markdown FILE``
writes the table of docs/quality.md.  Read the docstrings of ``scores`` for what a figure means.  Exits 1 where an aim
of ``scores/aims.py`` is missed.
"""

import argparse
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from graph.detect.run import detect
from ingest.lake import Lake
from tests.benchmarks.planted import planted
from tests.benchmarks.scores import SCORERS
from tests.benchmarks.scores.aims import missed
from tests.benchmarks.scores.score import Score, pooled
from tests.benchmarks.worlds import TUNED, WORLDS

Scores = Mapping[str, Score]


def measure(world: str, seed: int, kinds: Sequence[str], folder: Path) -> tuple[Scores, float]:
    """The score of each kind on one platform, and the seconds its detections took."""
    truth, case = planted(world, seed, folder)
    with Lake(case) as lake:
        started = time.perf_counter()
        findings = detect(lake, kinds).findings
        seconds = time.perf_counter() - started
    return {kind: SCORERS[kind](truth, [f for f in findings if f.kind == kind]) for kind in kinds}, seconds


def table(kind: str, worlds: Mapping[str, Sequence[Score]]) -> str:
    """One kind's figures as a Markdown table: a row a figure, a column a world."""
    whole = {world: pooled(scores) for world, scores in worlds.items()}
    lines = [f"## {kind}", "", "| | " + " | ".join(whole) + " |", "|---" * (len(whole) + 1) + "|"]
    seeds = (str(len(scores)) for scores in worlds.values())
    lines.append("| platforms | " + " | ".join(seeds) + " |")
    for name in dict.fromkeys(name for score in whole.values() for name in score.values):
        lowest = {world: min(s.values.get(name, 1.0) for s in scores) for world, scores in worlds.items()}
        cells = (f"{score.values[name]:.3f} (lowest {lowest[world]:.2f})" for world, score in whole.items())
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    for name in sorted(dict.fromkeys(name for score in whole.values() for name in score.shares)):
        cells = ("{} of {}".format(*score.shares[name]) if name in score.shares else "0" for score in whole.values())
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1-5", help="one seed or a range, as 1-20")
    parser.add_argument("--worlds", default=TUNED, help=f"all, or some of {', '.join(WORLDS)}")
    parser.add_argument("--kinds", default=",".join(SCORERS))
    parser.add_argument("--jobs", type=int, default=1, help="platforms measured at the same time")
    parser.add_argument("--folder", type=Path, help="keep the platforms here")
    parser.add_argument("--markdown", type=Path, help="write the tables here as well")
    chosen = parser.parse_args()
    kinds = chosen.kinds.split(",")
    worlds = list(WORLDS) if chosen.worlds == "all" else chosen.worlds.split(",")
    first, _, last = chosen.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    scores: dict[str, list[Scores]] = {world: [] for world in worlds}
    with tempfile.TemporaryDirectory(prefix="filature-quality-") as own, ProcessPoolExecutor(chosen.jobs) as pool:
        folder = chosen.folder or Path(own)
        waiting = [
            (world, seed, pool.submit(measure, world, seed, kinds, folder)) for world in worlds for seed in seeds
        ]
        for world, seed, result in waiting:
            found, seconds = result.result()
            scores[world].append(found)
            for kind, score in found.items():
                numbers = {**{n: round(v, 3) for n, v in score.values.items()}, **score.shares}
                print(f"{world} {seed} {kind}: {numbers} ({seconds:.1f} s in all)", flush=True)
    text = "\n".join(table(kind, {world: [s[kind] for s in scores[world]] for world in worlds}) for kind in kinds)
    print(text)
    if chosen.markdown:
        chosen.markdown.write_text(text, encoding="utf-8")
    whole = {world: {kind: pooled([s[kind] for s in found]) for kind in kinds} for world, found in scores.items()}
    told = list(missed(whole, tuned=TUNED))
    print("\n".join(["aims missed:", *told] if told else ["every aim is met"]))
    return 1 if told else 0


if __name__ == "__main__":
    raise SystemExit(main())
