"""Writes one platform: ``python -m tests.benchmarks.simulated SETTING SEED FOLDER``."""

import argparse
from collections import Counter
from pathlib import Path

from tests.benchmarks.simulated import EMPTY, SETTINGS, make


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("setting", choices=[*SETTINGS, *EMPTY])
    parser.add_argument("seed", type=int)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    truth = make(chosen.setting, chosen.seed, chosen.folder)
    print(f"{truth.traits['accounts']} accounts, {truth.traits['messages']} messages")
    for (kind, style), count in sorted(Counter((case.kind, case.style) for case in truth.cases).items()):
        print(f"{kind:12} {style:45} {count}")


if __name__ == "__main__":
    main()
