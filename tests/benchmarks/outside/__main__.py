"""`python -m tests.benchmarks.outside`: what is found on platforms made by other ideas than the sample's."""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from graph.detect.registry import KINDS
from graph.detect.run import detect
from ingest.lake import Lake
from tests.benchmarks.outside.cases import planted
from tests.benchmarks.outside.score import score
from tests.benchmarks.outside.setting import CASES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1-5")
    parser.add_argument("--cases", nargs="*", default=list(CASES))
    parser.add_argument("--kinds", nargs="*", default=["all"])
    parser.add_argument("--folder", type=Path, help="keep the platforms there")
    parser.add_argument("--lines", action="store_true", help="name each miss and each wrong lead")
    given = parser.parse_args()
    low, _, high = given.seeds.partition("-")
    with tempfile.TemporaryDirectory() as scratch:
        total: Counter[tuple[str, str, str]] = Counter()
        for name in given.cases:
            here: Counter[tuple[str, str, str]] = Counter()
            for seed in range(int(low), int(high or low) + 1):
                answers, case = planted(name, seed, given.folder or Path(scratch))
                begun = time.process_time()
                with Lake(case) as lake:
                    findings = list(detect(lake, given.kinds).findings)
                count, told = score(answers, findings, given.kinds)
                here += count
                print(
                    f"# {name} {seed}: {len(findings)} findings, {time.process_time() - begun:.1f} s of processor",
                    flush=True,
                )
                if given.lines:
                    print("".join(f"    {name} {seed} {line}\n" for line in told), end="", flush=True)
            _show(name, here, given.kinds)
            total += here
        if len(given.cases) > 1:
            _show("all cases", total, given.kinds)


def _show(title: str, count: Counter[tuple[str, str, str]], kinds: list[str]) -> None:
    """One line a kind and case: planted, found, strong; then what was wrong."""
    print(f"\n## {title}")
    for kind in KINDS if "all" in kinds else kinds:
        for name in sorted({key[1] for key in count if key[0] == kind}):
            said = {key[2]: value for key, value in sorted(count.items()) if key[:2] == (kind, name)}
            print(f"{kind:12} {name:34} " + ", ".join(f"{what} {value}" for what, value in said.items()))
    print(flush=True)


if __name__ == "__main__":
    main()
