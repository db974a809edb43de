"""How well is what was planted found, and who is accused wrongly?  Every maker side by side with plain baselines.

Run from the checkout: ``python -m tests.benchmarks.quality --seeds 1-5``; ``--makers grafted,outside`` and
``--settings`` pick platforms, ``--kinds hub,shell`` detections, ``--empty`` adds platforms with nothing planted,
``--folder DIR`` keeps the platforms, ``--results FILE`` keeps what was measured (run again, it measures only what is
missing), ``--markdown FILE`` writes the tables.  Exits 1 where an aim of ``aims.py`` is missed or a platform cannot be
made: its maker may find nobody left to plant with.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.benchmarks.aims import missed
from tests.benchmarks.makers import MAKERS
from tests.benchmarks.measured import Measured, measure
from tests.benchmarks.tables import tables

Key = tuple[str, str, int]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1-3", help="one seed or a range, as 1-10")
    parser.add_argument("--makers", default=",".join(MAKERS))
    parser.add_argument("--settings", default="", help="only these settings")
    parser.add_argument("--kinds", default="all")
    parser.add_argument("--empty", action="store_true", help="platforms with nothing planted as well")
    parser.add_argument("--alone", action="store_true", help="without plain baselines")
    parser.add_argument("--jobs", type=int, default=1, help="platforms measured at the same time")
    parser.add_argument("--folder", type=Path, help="keep the platforms here")
    parser.add_argument("--results", type=Path, help="JSON lines of what was measured; those there are not run again")
    parser.add_argument("--markdown", type=Path, help="write the tables here as well")
    chosen = parser.parse_args()
    kinds = tuple(chosen.kinds.split(","))
    wanted = list(_wanted(chosen.makers.split(","), chosen.settings, chosen.seeds, empty=chosen.empty))
    known = {_key(item): item for item in _read(chosen.results)} if chosen.results else {}
    with tempfile.TemporaryDirectory(prefix="filature-quality-") as own, ProcessPoolExecutor(chosen.jobs) as pool:
        one = partial(measure, folder=chosen.folder or Path(own), kinds=kinds, baselines=not chosen.alone)
        waiting = [(key, pool.submit(one, *key)) for key in wanted if key not in known]
        for key, result in waiting:
            if (failure := result.exception()) is not None:
                print(f"{' '.join(map(str, key))}: not measured, {failure!r}", flush=True)
                continue
            known[key] = result.result()
            print(f"{' '.join(map(str, key))}: {len(known[key].leads)} leads, {known[key].seconds:.1f} s", flush=True)
            if chosen.results:
                with chosen.results.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(known[key].to_dict()) + "\n")
    measured = [known[key] for key in wanted if key in known]
    text = tables(measured)
    print(text)
    if chosen.markdown:
        chosen.markdown.write_text(text, encoding="utf-8")
    lines = [f"not measured: {' '.join(map(str, key))}" for key in wanted if key not in known] + list(missed(measured))
    print("\n".join(["aims missed:", *lines] if lines else ["every aim is met"]))
    return 1 if lines else 0


def _wanted(makers: Sequence[str], settings: str, seeds: str, *, empty: bool) -> Iterator[Key]:
    first, _, last = seeds.partition("-")
    only = set(settings.split(",")) - {""}
    for maker in makers:
        for setting in (*MAKERS[maker].settings, *(MAKERS[maker].empty if empty else ())):
            if not only or setting in only:
                for seed in range(int(first), int(last or first) + 1):
                    yield maker, setting, seed


def _read(path: Path) -> Iterator[Measured]:
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Measured.from_dict(json.loads(line))


def _key(item: Measured) -> Key:
    return item.maker, item.setting, item.seed


if __name__ == "__main__":
    raise SystemExit(main())
