"""What does each part of the hub model bring?  Parameters that leave one part out, by name.

``python -m tests.benchmarks.ablation --kind hub`` runs the detection with each and prints average precision by maker.
"""

from collections.abc import Mapping
from typing import Any

from graph.detect.hubs.parameters import PARTS

VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "all": {},
    **{f"without {part}": {"parts": tuple(other for other in PARTS if other != part)} for part in PARTS},
    "share of minors alone": {"parts": ("none",)},
}
