"""Which parts of ambush can be left out, to see what each earns?"""

from collections.abc import Mapping
from typing import Any

from graph.detect.ambush.parameters import PARTS

VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "all": {},
    **{f"without {part}": {"parts": tuple(other for other in PARTS if other != part)} for part in PARTS},
    "without slack": {"slack": 1.0},
    "without frailty": {"frailty": 1e6},
    "without custom": {"custom_prior": 1e9},
    "without the looser links": {"chance_links": (0.5,)},
}
"""By name, the parameters of ``graph.detect.ambush`` that make the variant."""
