"""What does each part of the convergence model bring?  Parameters that leave one part out, by name.

``python -m tests.benchmarks.ablation --kind convergence`` runs the detection with each and prints its figures by maker.
"""

from collections.abc import Mapping
from typing import Any

from graph.detect.convergence.parameters import PARTS

VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "all": {},
    **{f"without {part}": {"parts": tuple(other for other in PARTS if other != part)} for part in PARTS},
    "hours alone": {"windows_hours": (1, 6, 24)},
    "clumping and ages alone": {"parts": ("ages",)},
}
