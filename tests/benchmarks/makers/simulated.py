"""The fourth maker, ``tests.benchmarks.simulated``: people with purposes on a simulated platform."""

from pathlib import Path

import tests.benchmarks.simulated as maker
from tests.benchmarks.makers.answers import Case, Platform
from tests.benchmarks.makers.with_truth import answers_of, made_once

SETTINGS = tuple(maker.SETTINGS)
EMPTY = tuple(maker.EMPTY)


def make(setting: str, seed: int, folder: Path) -> Platform:
    """The platform of a setting and seed, made once under ``folder``."""
    source, case = made_once(maker, setting, seed, folder, timezone=None)
    truth = maker.Told.read(source / "truth.json")
    rooms = [Case("room", room.style, frozenset([room.room]), frozenset(room.targets)) for room in truth.rooms]
    return Platform(source, case, answers_of(truth, rooms), truth.platform)
