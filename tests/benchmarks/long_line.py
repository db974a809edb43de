"""What does a text of a gigabyte on one line do to each reader?  It ends in rejects or one line, in bounded memory.

    python -m tests.benchmarks.long_line [--megabytes 1000] [--format irc --format slack …] [--folder DIR]

Each format's file of twelve messages gets one text of that length, after which six others follow; its reader runs in a
process of its own.  Exits 1 if one fails in another way than by one line, or takes 3 GB.
"""

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks.ingest_5m import measure
from tests.unit.ingest.long_samples import EVERY

MOST_BYTES = 3 << 30
_PACKED = frozenset({"snapshot", "table, a sheet", "lava", "database"})
"""Formats of bytes, which have no lines."""
_READ = """
import sys
from pathlib import Path
from ingest.errors import FilatureError
from ingest.lake.engine import Engine
from tests.unit.ingest.long_samples import EVERY
from tests.unit.ingest.test_every_reader import staged
name, source, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
with Engine(folder / "engine", memory_limit="1GB") as engine:
    try:
        found, rejects = staged(name, EVERY[name], source, folder / "out", engine)
        print(f"{name}: {len(found)} rows, {rejects} rejects", end="", flush=True)
    except FilatureError as error:
        print(f"{name}: {str(error)[-100:]}", end="", flush=True)
"""


def lengthened(file: Path, size: int) -> bool:
    """Put that many bytes into the sixth text of the file; False where it does not stand there as written."""
    body = file.read_bytes()
    before, mark, after = body.partition(b"word5.")
    if not mark:
        return False
    with file.open("wb") as out:
        out.write(before + b"word5")
        for _ in range(size >> 20):
            out.write(b"x" * (1 << 20))
        out.write(b"." + after)
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--format", action="append", help="this one; repeatable; all unless given")
    parser.add_argument("--folder", type=Path, help="where the files are written, one after another")
    options = parser.parse_args()
    wanted = options.format or [name for name in EVERY if name not in _PACKED]
    missed = 0
    for name in wanted:
        with tempfile.TemporaryDirectory(prefix="filature-line-", dir=options.folder) as scratch:
            source, file = EVERY[name].build(Path(scratch, "in"), [f"word{number}. more" for number in range(12)])
            Path(scratch, "work").mkdir()
            if not lengthened(file, options.megabytes << 20):
                print(f"{name}: no text of its own")
                continue
            try:
                run = measure(_READ, name, str(source), str(Path(scratch, "work")))
            except SystemExit:
                missed += 1
                print(f"{name}: failed", flush=True)
                continue
            missed += run.peak >= MOST_BYTES
            print(f"; {run.wall:.1f} s, peak {run.peak / 1e6:.0f} MB", flush=True)
    print(f"{options.megabytes} MB on one line: {missed} of {len(wanted)} formats miss the aim")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
