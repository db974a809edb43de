"""What is read ahead: each thing once, whoever asks first, and a failure is never kept."""

import threading

import pytest

from workbench.views.pictures.ahead import Ahead


def test_each_is_made_once_whoever_asks_first() -> None:
    made: list[int] = []
    begun, go = threading.Event(), threading.Event()

    def make(key: int) -> int:
        begun.set()
        assert go.wait(10)
        made.append(key)
        return key * 2

    ahead = Ahead(make, most=8)
    ahead.soon(3)
    assert begun.wait(10)
    found: list[int] = []
    askers = [threading.Thread(target=lambda: found.append(ahead.now(3))) for _ in range(3)]
    for asker in askers:
        asker.start()
    ahead.soon(3)
    go.set()
    for asker in askers:
        asker.join(10)
    assert (found, made) == ([6, 6, 6], [3])
    assert (ahead.now(4), ahead.now(4), made) == (8, 8, [3, 4])


def test_a_failure_is_told_to_who_asks_and_tried_again_by_the_next() -> None:
    tries: list[str] = []

    def make(key: str) -> str:
        tries.append(key)
        if len(tries) < 3:
            raise OSError("the disk is gone")
        return key

    ahead = Ahead(make, most=2)
    with pytest.raises(OSError, match="gone"):
        ahead.now("a")
    ahead.soon("a")
    ahead._worker.shutdown(wait=True)  # what was to be read ahead failed, with nobody to hear it
    assert len(tries) == 2
    assert ahead.now("a") == "a"


def test_those_asked_for_last_are_kept() -> None:
    made: list[int] = []
    ahead = Ahead(lambda key: made.append(key) or key, most=2)
    for key in (1, 2, 1, 3, 1, 2):
        ahead.now(key)
    assert made == [1, 2, 3, 2]
