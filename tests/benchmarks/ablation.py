"""Which parts of a detection earn their place?  Each left out in turn, on every maker.

Run from the checkout: ``python -m tests.benchmarks.ablation --seeds 1-3`` (``--kinds hub,shell``; ``--makers``,
``--settings`` pick platforms, ``--folder DIR`` keeps them, ``--jobs`` measures several at once).  A kind's parts are
the default of its parameter ``parts``.  A part stays only if leaving it out costs on two makers at least.  Every cell
tells average precision (shells: pair F1); cases found of those planted; strong, wrong strong and wrong moderate leads;
the last column strong and moderate leads where nothing is planted.
"""

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from graph.detect.context import DetectionContext
from graph.detect.parameters import build, settings
from graph.detect.registry import BY_KIND, KINDS
from ingest.lake import Lake
from tests.benchmarks.makers import MAKERS
from tests.benchmarks.measured import Measured, judged
from tests.benchmarks.tables import counted, mean

NOTHING = "nothing"

def variants(kind: str) -> dict[str, Mapping[str, Any]]:
    """Parameters by what is left out; the first leaves out nothing."""
    described = settings(BY_KIND[kind].parameters)
    parts = described["parts"][1] if "parts" in described else ()
    return {
        NOTHING: {},
        **{part: {"parts": [one for one in parts if one != part]} for part in parts if len(parts) > 1},
    }


def measure(
    maker: str, setting: str, seed: int, *, folder: Path, kinds: Sequence[str]
) -> dict[str, dict[str, Measured]]:
    """One platform by kind and what is left out; what detections share is computed once for all of them."""
    platform = MAKERS[maker].make(setting, seed, folder)
    found: dict[str, dict[str, Measured]] = {}
    with Lake(platform.case) as lake:
        finders = {}
        context = DetectionContext(lake, finders=finders)
        finders.update({kind: partial(one.find, context, one.parameters()) for kind, one in BY_KIND.items()})
        for kind in kinds:
            for left_out, values in variants(kind).items():
                name = f"{kind} without {left_out}"
                finders[name] = partial(BY_KIND[kind].find, context, build(BY_KIND[kind].parameters, values, kind))
                findings = context.findings_of(name)
                found.setdefault(kind, {})[left_out] = judged(maker, setting, seed, platform, findings, kinds=(kind,))
        context.close()
    return found


def rows(kind: str, measured: Sequence[Mapping[str, Mapping[str, Measured]]]) -> Iterator[str]:
    """A kind's table: a row a part left out, a column a maker, the last where nothing is planted."""
    of_kind = [one[kind] for one in measured]
    makers = list(dict.fromkeys(one[NOTHING].maker for one in of_kind if one[NOTHING].planted))
    heads = ["left out", *makers, "nothing planted"]
    yield f"## {kind}\n"
    yield "| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|"
    for left_out in variants(kind):
        items = [one[left_out] for one in of_kind]
        cells = [_cell(kind, [item for item in items if item.planted and item.maker == maker]) for maker in makers]
        empty = counted([item for item in items if not item.planted], kind)
        cells.append(f"{empty['wrong strong']}, {empty['wrong moderate']}")
        yield "| " + " | ".join([left_out, *cells]) + " |"


def _cell(kind: str, items: Sequence[Measured]) -> str:
    counts = counted(items, kind)
    figure = mean(items, kind, "pair F1" if kind == "shell" else "average precision")
    figure = mean(items, kind, "pair average precision") if figure is None else figure
    leads = ", ".join(str(counts[name]) for name in ("strong", "wrong strong", "wrong moderate"))
    return f"{'-' if figure is None else f'{figure:.3f}'}; {counts['found']} of {counts['planted']}; {leads}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", default=",".join(kind for kind in KINDS if len(variants(kind)) > 1))
    parser.add_argument("--seeds", default="1-3")
    parser.add_argument("--makers", default=",".join(MAKERS))
    parser.add_argument("--settings", default="", help="only these settings")
    parser.add_argument("--jobs", type=int, default=1, help="platforms measured at the same time")
    parser.add_argument("--folder", type=Path, help="keep the platforms here")
    given = parser.parse_args()
    low, _, high = given.seeds.partition("-")
    only = set(given.settings.split(",")) - {""}
    wanted = [
        (maker, setting, seed)
        for maker in given.makers.split(",")
        for setting in (*MAKERS[maker].settings, *MAKERS[maker].empty) if not only or setting in only
        for seed in range(int(low), int(high or low) + 1)
    ]
    kinds = tuple(given.kinds.split(","))
    with tempfile.TemporaryDirectory(prefix="filature-ablation-") as own, ProcessPoolExecutor(given.jobs) as pool:
        one = partial(measure, folder=given.folder or Path(own), kinds=kinds)
        measured = [done.result() for done in [pool.submit(one, *key) for key in wanted]]
    for kind in kinds:
        print("\n".join(rows(kind, measured)) + "\n", flush=True)


if __name__ == "__main__":
    main()
