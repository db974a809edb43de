"""``python -m tests.benchmarks.simulated SETTING SEED FOLDER``: one simulated platform, and what came of the plans."""

import sys
import time
from collections import Counter
from pathlib import Path

from tests.benchmarks.simulated import EMPTY, SETTINGS, make

if len(sys.argv) != 4 or sys.argv[1] not in {**SETTINGS, **EMPTY}:
    sys.exit(f"usage: python -m tests.benchmarks.simulated {{{','.join((*SETTINGS, *EMPTY))}}} SEED FOLDER")
started = time.perf_counter()
told = make(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
print(f"{told.setting}: {told.traits['accounts']} accounts, {told.traits['messages']} messages, "
      f"{time.perf_counter() - started:.1f} s")
for kind, count in sorted(Counter(case.kind for case in told.cases).items()):
    styles = Counter(case.style for case in told.of(kind))
    print(f"  {kind} {count}: " + ", ".join(f"{n} {style}" for style, n in sorted(styles.items())))
print(f"  room {len(told.rooms)}, owner {len(told.owners)}")
