"""`python -m tests.benchmarks.grafted --setting college --seed 1 --folder DIR`: writes a platform, says what it holds."""

import argparse
from collections import Counter
from pathlib import Path

from tests.benchmarks.grafted import EMPTY, SETTINGS, make


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--setting", choices=[*SETTINGS, *EMPTY], required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    given = parser.parse_args()
    truth = make(given.setting, given.seed, given.folder)
    for name, value in truth.traits.items():
        print(f"{name:12} {value}")
    for (kind, style), count in sorted(Counter((c.kind, c.style) for c in truth.cases).items()):
        print(f"{kind:12} {style:30} {count}")
    for label, count in sorted(Counter(truth.benign.values()).items()):
        print(f"{'harmless':12} {label:30} {count}")
    print(f"{'households':12} {len(truth.households)}")


if __name__ == "__main__":
    main()
