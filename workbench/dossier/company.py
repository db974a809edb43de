"""Who owns a company, directly and through others, at a day and over time; what does it own and operate?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingest.lake import Lake
from workbench.dossier.rows import NEVER, Row, rows

Holding = tuple[str, str, float | None, str, datetime | None, datetime | None, str]
"""owner, owned, share, kind, from, to, record"""
MOST_DEEP = 12


@dataclass(frozen=True)
class Level:
    """One holding in the tree above a company: ``depth`` 1 holds the company itself; ``circle``: it closes one."""

    depth: int
    owner: str
    owned: str
    share: float | None
    kind: str
    circle: bool


@dataclass(frozen=True)
class CompanyFile:
    """``successive``: every direct holding ever, in order of time; ``tree``: holdings at ``at``, parents before
    children; ``owns``: what it holds directly; ``operates``: platforms."""

    company: str
    names: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    incorporated_at: datetime | None
    at: datetime | None
    tree: tuple[Level, ...]
    successive: tuple[Holding, ...]
    owns: tuple[Holding, ...]
    operates: tuple[str, ...]


def company_file(lake: Lake, company: str, *, at: datetime | None = None) -> CompanyFile:
    """All of it; ``at``: a naive UTC moment for the tree (None: holdings that have no end)."""
    table = lake.table("companies")
    own = rows(
        table.filter(table.company == company).select("name", "jurisdiction", "incorporated_at").order_by("name")
    )
    operators = lake.table("operators")
    operated = rows(operators.filter(operators.company == company).select("platform").distinct())
    held = lake.table("ownerships")
    every: list[Holding] = [
        (owner, owned, share, kind or "", since, until, f"ownerships:{record}")
        for owner, owned, share, kind, since, until, record in rows(
            held.select("owner", "owned", "share", "kind", "from", "to", "record_id")
        )
    ]
    every.sort(key=lambda row: (row[4] or NEVER, row[0], row[1], row[6]))
    present = [row for row in every if _holds(row, at)]
    return CompanyFile(
        company, _several(own, 0), _several(own, 1), min((row[2] for row in own if row[2]), default=None), at,
        tuple(_tree(company, present)), tuple(row for row in every if row[1] == company),
        tuple(row for row in present if row[0] == company), tuple(sorted(row[0] for row in operated)),
    )


def _holds(row: Holding, at: datetime | None) -> bool:
    """At that moment; without one, as far as it has no end."""
    if at is None:
        return row[5] is None
    return (row[4] is None or row[4] <= at) and (row[5] is None or at < row[5])


def _tree(company: str, present: Iterable[Holding]) -> list[Level]:
    """Depth first; a holding whose owner stands below already closes a circle and is not followed again."""
    above: dict[str, list[Holding]] = {}
    for row in present:
        above.setdefault(row[1], []).append(row)
    levels: list[Level] = []

    def climb(owned: str, depth: int, below: tuple[str, ...]) -> None:
        for owner, _, share, kind, *_ in sorted(above.get(owned, ()), key=lambda row: (-(row[2] or 0.0), row[0])):
            circle = owner in below
            levels.append(Level(depth, owner, owned, share, kind, circle))
            if not circle and depth < MOST_DEEP:
                climb(owner, depth + 1, (*below, owner))

    climb(company, 1, (company,))
    return levels


def _several(listed: list[Row], place: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row[place]) for row in listed if row[place] not in (None, "")))
