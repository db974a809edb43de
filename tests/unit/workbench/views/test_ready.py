"""What is begun before a picture is asked for: once, only by a server that answers; a failure is nobody's matter."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from graph.errors import EngineUnavailable
from graph.fetch import Ranking
from ingest.case_folder import CaseFolder
from workbench.views import session
from workbench.views.explore import ready
from workbench.views.pictures.ahead import Ahead

ORDER = Ranking("sha256:1", 1, ("t:a",))


class Engine:
    """Counts who asks for what; ``down``: it does not answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ranked, self.drawn, self.down = 0, threading.Event(), False
        monkeypatch.setattr(ready, "_RANKED", Ahead(ready._ranked, most=4))
        monkeypatch.setattr(ready, "_TRIED", Ahead(ready._tried, most=4))
        monkeypatch.setattr(ready, "manifests", lambda case: (case,))
        monkeypatch.setattr(ready, "evidence_digest", lambda committed: f"sha256:{len(committed)}")
        monkeypatch.setattr(ready, "case_digest", lambda _case: "sha256:1")
        monkeypatch.setattr(ready, "server", object)  # another one at every call, as it is for every person
        monkeypatch.setattr(ready, "reading", self._reading)
        monkeypatch.setattr(ready.fetch, "ranking", self._ranking)
        monkeypatch.setattr(ready.fetch, "whole", self._whole)

    @contextmanager
    def _reading(self, _case: CaseFolder, *, at: object) -> Iterator[object]:
        if self.down:
            raise EngineUnavailable("no engine", where="here", fix="wait")
        yield at

    def _ranking(self, _store: object) -> Ranking:
        self.ranked += 1
        return ORDER

    def _whole(self, _store: object, *, limit: int, ranking: Ranking) -> SimpleNamespace:
        assert ranking is ORDER
        self.drawn.set()
        return SimpleNamespace(shown=limit)


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return CaseFolder(tmp_path, "harbour")


@pytest.fixture
def answers() -> Iterator[None]:
    session._ANSWERING.set()
    yield
    session._ANSWERING.clear()


@pytest.mark.usefixtures("answers")
def test_the_engine_begins_once_a_case_and_draws_a_picture_that_nobody_sees(
    case: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(monkeypatch)
    for _person in range(3):
        ready.soon(case)
    assert engine.drawn.wait(10)
    assert (ready.ranking(case), engine.ranked) == (ORDER, 1)


def test_without_a_server_that_gives_it_back_nothing_is_begun(
    case: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(monkeypatch)
    ready.soon(case)
    assert not ready._RANKED._found
    assert (ready.ranking(case), engine.ranked) == (ORDER, 1)  # who asks is answered


@pytest.mark.usefixtures("answers")
def test_nothing_is_begun_for_a_case_without_evidence(case: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    Engine(monkeypatch)
    monkeypatch.setattr(ready, "manifests", lambda _case: ())
    ready.soon(case)
    assert not ready._RANKED._found


@pytest.mark.usefixtures("answers")
def test_what_fails_is_tried_again_by_whoever_asks(case: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(monkeypatch)
    engine.down = True
    ready.soon(case)
    assert ready.ranking(case) is None
    engine.down = False
    assert ready.ranking(case) == ORDER
