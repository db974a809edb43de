"""By which chains does an owner hold a company?  Every simple path with its product and depth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod


@dataclass(frozen=True)
class OwnershipPath:
    """Owner first, company last; ``product`` of the direct shares along it."""

    nodes: tuple[str, ...]
    product: float

    @property
    def depth(self) -> int:
        return len(self.nodes) - 1

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        return tuple(pairwise(self.nodes))


@dataclass(frozen=True)
class Paths:
    """Paths, largest product first; ``complete`` is False when the count stopped at the limit."""

    paths: tuple[OwnershipPath, ...]
    complete: bool


def ownership_paths(
    shares: Mapping[tuple[str, str], float], owners: Sequence[str], company: str, *, limit: int
) -> Paths:
    """All simple paths from any of ``owners`` to ``company``, at most ``limit`` of them.

    The search goes upwards from the company through nodes an owner can reach, so every started path can end.
    """
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for (owner, owned), share in sorted(shares.items()):
        if share > 0.0:
            above.setdefault(owned, []).append(owner)
            below.setdefault(owner, []).append(owned)
    wanted = set(owners)
    reachable = _closure(owners, below)
    found: list[OwnershipPath] = []
    budget = 50 * limit  # steps of the search: circles can hold many dead ends
    stack: list[tuple[str, ...]] = [(company,)]
    complete = True
    while stack:
        if len(found) >= limit or budget <= 0:
            complete = False
            break
        budget -= 1
        path = stack.pop()
        if path[0] in wanted and len(path) > 1:
            found.append(OwnershipPath(path, prod(shares[step] for step in pairwise(path))))
            continue
        stack.extend(
            (owner, *path) for owner in reversed(above.get(path[0], [])) if owner in reachable and owner not in path
        )
    return Paths(tuple(sorted(found, key=lambda item: (-item.product, item.nodes))), complete)


def _closure(starts: Sequence[str], below: Mapping[str, Sequence[str]]) -> set[str]:
    seen = set(starts)
    pending = list(starts)
    while pending:
        for name in below.get(pending.pop(), ()):
            if name not in seen:
                seen.add(name)
                pending.append(name)
    return seen
