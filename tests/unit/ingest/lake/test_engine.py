"""The evidence engine: what a watcher of progress raises ends the statement."""

from pathlib import Path

import pytest

from ingest.lake.engine import Engine


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
