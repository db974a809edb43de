"""The fifth maker, ``tests.benchmarks.schooling``: platforms of schools on real contacts and real messages."""

from pathlib import Path

import tests.benchmarks.schooling as maker
from tests.benchmarks.makers.answers import Platform
from tests.benchmarks.makers.with_truth import answers_of, made_once

SETTINGS = tuple(maker.SETTINGS)
EMPTY = tuple(maker.EMPTY)


def make(setting: str, seed: int, folder: Path) -> Platform:
    """The platform of a setting and seed, made once under ``folder``."""
    source, case = made_once(maker, setting, seed, folder, timezone="UTC")
    truth = maker.Truth.read(source / "truth.json")
    return Platform(source, case, answers_of(truth), truth.platform)
