"""Which parts of shells can be left out, to see what each earns?"""

from collections.abc import Mapping
from typing import Any

from graph.detect.shells.parameters import PARTS

VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "all": {},
    **{f"without {part}": {"parts": ",".join(other for other in PARTS if other != part)} for part in PARTS},
    "private marks alone": {"parts": "devices,talk"},
}
"""By name, the parameters of ``graph.detect.shells`` that make the variant."""
