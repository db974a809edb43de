"""Who makes platforms to measure on?  Five makers that know nothing of the detections, behind one interface.

``sample``: the workbench's own generator in worlds set aside; ``outside``: another generator, written from the
contract alone; ``grafted``: planted cases on the messages of real people, by a third author; ``simulated``: people
with purposes, by a fourth author who has not seen the detections; ``schooling``: real contacts of schools, by a fifth.
A maker gives a source folder, an ingested case and the answers; platforms are made once and kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.makers import grafted, outside, sample, schooling, simulated
from tests.benchmarks.makers.answers import Answers, Case, Platform, verdict

__all__ = ["MAKERS", "Answers", "Case", "Maker", "Platform", "verdict"]


@dataclass(frozen=True)
class Maker:
    """``settings`` hold planted cases; on those of ``empty`` nothing is planted, look-alikes alone live there."""

    settings: tuple[str, ...]
    empty: tuple[str, ...]
    make: Callable[[str, int, Path], Platform]


MAKERS: Mapping[str, Maker] = {
    "sample": Maker(sample.SETTINGS, (), sample.make),
    "outside": Maker(outside.SETTINGS, outside.EMPTY, outside.make),
    "grafted": Maker(grafted.SETTINGS, grafted.EMPTY, grafted.make),
    "schooling": Maker(schooling.SETTINGS, schooling.EMPTY, schooling.make),
    "simulated": Maker(simulated.SETTINGS, simulated.EMPTY, simulated.make),
}
