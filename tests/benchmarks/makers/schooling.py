"""The fifth maker, ``tests.benchmarks.schooling``: platforms of schools on real contacts and real messages."""

from functools import partial

import tests.benchmarks.schooling as maker
from tests.benchmarks.makers.with_truth import platform_of

SETTINGS = tuple(maker.SETTINGS)
EMPTY = tuple(maker.EMPTY)
make = partial(platform_of, maker)
