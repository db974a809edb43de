"""`python -m tests.benchmarks.grafted --setting college --seed 1 --folder DIR`: a platform and what it holds."""

import argparse
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.grafted import EMPTY, SETTINGS, make


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--setting", choices=[*SETTINGS, *EMPTY], default=SETTINGS[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the platform is written; not kept without it")
    given = parser.parse_args()
    with TemporaryDirectory() as scratch:
        truth = make(given.setting, given.seed, given.folder or Path(scratch))
    for name, value in truth.traits.items():
        print(f"{name:12} {value}")
    for (kind, style), count in sorted(Counter((c.kind, c.style) for c in truth.cases).items()):
        print(f"{kind:12} {style:30} {count}")
    for label, count in sorted(Counter(truth.benign.values()).items()):
        print(f"{'harmless':12} {label:30} {count}")
    print(f"{'households':12} {len(truth.households)}")


if __name__ == "__main__":
    main()
