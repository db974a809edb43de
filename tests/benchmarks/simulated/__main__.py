"""Writes one platform: ``python -m tests.benchmarks.simulated SETTING SEED FOLDER``."""

import argparse
from pathlib import Path

from tests.benchmarks.simulated import EMPTY, SETTINGS, make


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("setting", choices=[*SETTINGS, *EMPTY])
    parser.add_argument("seed", type=int)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    truth = make(chosen.setting, chosen.seed, chosen.folder)
    print(f"{chosen.folder}: {len(truth.cases)} planted cases")


if __name__ == "__main__":
    main()
