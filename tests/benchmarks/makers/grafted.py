"""The third maker, ``tests.benchmarks.grafted``: planted cases on the messages of real people."""

from functools import partial

import tests.benchmarks.grafted as maker
from tests.benchmarks.makers.with_truth import platform_of

SETTINGS = tuple(maker.SETTINGS)
EMPTY = tuple(maker.EMPTY)
make = partial(platform_of, maker)
