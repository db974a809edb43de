"""The garbage collector pauses while an answer is read, and is as it was once nobody reads any more."""

import gc

import pytest

from ingest.runtime.garbage_collection import collector_paused


def test_it_is_resumed_when_the_last_reader_leaves_even_by_an_error() -> None:
    assert gc.isenabled()
    with collector_paused():
        assert not gc.isenabled()
        with pytest.raises(ValueError, match="torn"), collector_paused():
            raise ValueError("torn")
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_somebody_else_paused_stays_paused() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
