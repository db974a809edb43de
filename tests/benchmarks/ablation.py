"""Which parts of a detection earn their place?  Each left out in turn, on every maker.

Run from the checkout: ``python -m tests.benchmarks.ablation --kind shell --seeds 1-3`` (``--makers``, ``--settings``
pick platforms, ``--folder DIR`` keeps them).  A kind's parts are the default of its parameter ``parts``.  A part stays
only if leaving it out costs on two makers at least; the table tells average precision (or pair F1), cases found, found
strong, and wrong leads.
"""

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.detect.parameters import settings
from graph.detect.registry import BY_KIND
from tests.benchmarks.makers import MAKERS
from tests.benchmarks.measured import Measured, measure
from tests.benchmarks.tables import counted, mean


def variants(kind: str) -> dict[str, Mapping[str, Any]]:
    """Parameters by what is left out; the first leaves out nothing."""
    described = settings(BY_KIND[kind].parameters)
    if "parts" not in described:
        raise SystemExit(f"{kind} has no parameter parts: nothing to leave out")
    parts = described["parts"][1]
    return {
        "nothing": {},
        **{part: {"parts": [one for one in parts if one != part]} for part in parts if len(parts) > 1},
    }


def row(kind: str, left_out: str, maker: str, items: Sequence[Measured]) -> str:
    """One row of the table: a maker's platforms with one part left out."""
    counts = counted(items, kind)
    figure = next((mean(items, kind, name) for name in ("average precision", "pair F1")
                   if mean(items, kind, name) is not None), None)
    cells = [left_out, maker, "-" if figure is None else f"{figure:.3f}", f"{counts['found']} of {counts['planted']}"]
    cells += [str(counts[name]) for name in ("strong", "wrong strong", "wrong moderate")]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", required=True, choices=sorted(BY_KIND))
    parser.add_argument("--seeds", default="1-3")
    parser.add_argument("--makers", default=",".join(MAKERS))
    parser.add_argument("--settings", default="", help="only these settings")
    parser.add_argument("--folder", type=Path, help="keep the platforms here")
    given = parser.parse_args()
    low, _, high = given.seeds.partition("-")
    only = set(given.settings.split(",")) - {""}
    heads = ("left out", "maker", "average precision", "found", "strong", "wrong strong", "wrong moderate")
    print("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|")
    with tempfile.TemporaryDirectory(prefix="filature-ablation-") as own:
        for left_out, parameters in variants(given.kind).items():
            for maker in given.makers.split(","):
                items = [
                    measure(
                        maker, setting, seed, folder=given.folder or Path(own), kinds=(given.kind,), baselines=False,
                        parameters={given.kind: parameters},
                    )
                    for setting in MAKERS[maker].settings if not only or setting in only
                    for seed in range(int(low), int(high or low) + 1)
                ]
                if items:
                    print(row(given.kind, left_out, maker, items), flush=True)


if __name__ == "__main__":
    main()
