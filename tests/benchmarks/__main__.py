"""Which long benchmarks are there?  ``python -m tests.benchmarks [NAME …]`` runs these, or all, one after another.

Each is a process of its own with its own defaults; the exit code is 1 if any of them missed its aim or failed.
``python -m tests.benchmarks.NAME --help`` tells what one of them takes.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from tests.real_data import FOLDER

_HERE = Path(__file__).parent
NAMES = sorted([
    *(
        path.stem for path in _HERE.glob("*.py")
        if not path.stem.startswith("_") and "def main(" in path.read_text(encoding="utf-8")
    ),
    *(path.parent.name for path in _HERE.glob("*/__main__.py")),
])


def lacking() -> dict[str, str]:
    """Benchmarks on real data that the project does not carry, and how each gets them; those at hand are not named."""
    needs = {"shells_irc": "give it the unpacked logs: python -m tests.benchmarks.shells_irc FOLDER"}
    if not (FOLDER / "CollegeMsg.txt").is_file():
        needs["planted_college"] = "set FILATURE_TEST_DATA to the folder that holds CollegeMsg.txt"
    if not all((FOLDER / name).is_file() for name in ("CollegeMsg.txt", "ubuntu-irc.tar.gz")):
        needs["grafted"] = "set FILATURE_TEST_DATA to the folder that holds CollegeMsg.txt and ubuntu-irc.tar.gz"
    return needs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    chosen = parser.parse_args().names
    if not chosen:
        left = lacking()
        chosen = [name for name in NAMES if name not in left]
        print("".join(f"== {name} left out: {why}\n" for name, why in left.items()), end="", flush=True)
    unknown = sorted(set(chosen) - set(NAMES))
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}: choose from {', '.join(NAMES)}")
    missed = []
    for name in chosen:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"{__package__}.{name}"], check=False).returncode:
            missed.append(name)
    print(f"missed their aim or failed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
