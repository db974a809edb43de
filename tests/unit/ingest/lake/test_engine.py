"""The evidence engine: what a watcher of progress raises ends the statement."""

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.lake.engine import Engine

_NO_ROOM = """
import resource, signal, sys
from pathlib import Path
from ingest.lake.engine import Engine, EngineFailed
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
folder = Path(sys.argv[1])
with Engine(folder / "scratch") as engine:
    try:
        engine.run(f"COPY (SELECT hash(range) FROM range(1000000)) TO '{folder / 'out.parquet'}' (FORMAT parquet)")
    except EngineFailed as error:
        print(error)
"""


class GivenUp(Exception):
    pass


def test_what_progress_raises_interrupts_the_statement_and_is_raised(tmp_path: Path) -> None:
    def give_up(stage: str, done: int, total: int | None) -> None:
        raise GivenUp(stage)

    with Engine(tmp_path / "scratch") as engine:
        with pytest.raises(GivenUp, match="counting"):
            engine.run(
                "SELECT sum(hash(a.range + b.range)) FROM range(1000000) AS a, range(1000000) AS b",
                stage="counting", progress=give_up,
            )
        assert engine.run("SELECT 1") == [(1,)]


def test_where_there_is_no_room_it_is_said_what_to_do_in_one_line(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", _NO_ROOM, str(tmp_path)], capture_output=True, text=True, check=True)
    (said,) = ran.stdout.splitlines()
    assert said.endswith("; make room where the workspace lies, and try again")
    assert "{" not in said, "DuckDB says it again as JSON"
