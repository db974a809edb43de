"""How is an owner drawn?  The company below, its owners above it, through every holding that the lead cites."""

from collections.abc import Mapping

from graph.detect.finding import Finding
from ingest.lake import Lake, Record
from workbench.lead_graphs.caption import Caption, Link
from workbench.lead_graphs.cited import Cited, stands_for
from workbench.lead_graphs.places import layers
from workbench.lead_graphs.sketch import Sketch


def tree(lake: Lake, finding: Finding, cited: Cited) -> Sketch:
    """A holding that closes a circle says so; share, kind and dates stand in the holding itself."""
    persons = _persons(lake, cited)
    holdings = [record for record in cited.table("ownerships") if record.columns.get("owned")]
    links = {record.ref: _link(record, persons) for record in holdings}
    shows: list[tuple[Link | str, str]] = [(links[record.ref], record.ref) for record in holdings]
    shows += [(link, record.ref) for record in cited.all if record.table != "ownerships" for link in stands_for(record)]
    company = f"Company/{finding.targets[0]}" if finding.targets else ""
    steps = sorted({(owner, owned) for owner, owned, _ in links.values()})
    depths, circles = _depths(company, steps)
    captions: dict[Link, Caption] = {link: Caption(circle=True) for link in links.values() if link[:2] in circles}
    operated = _operated(shows)
    depths |= dict.fromkeys((platform for _, platform in operated), -1)
    return Sketch(tuple(shows), layers(depths, [*steps, *operated]), captions)


def _persons(lake: Lake, cited: Cited) -> frozenset[str]:
    """Which of the owners are persons."""
    owners = sorted({owner for record in cited.table("ownerships") if (owner := record.columns.get("owner"))})
    table = lake.table("persons")
    found = table.filter(table.person.isin(owners)).select("person").distinct().to_pyarrow()
    return frozenset(found.column("person").to_pylist())


def _link(record: Record, persons: frozenset[str]) -> Link:
    owner, owned = record.columns["owner"] or "", record.columns["owned"] or ""
    return (f"{'Person' if owner in persons else 'Company'}/{owner}", f"Company/{owned}", "OWNS")


def _depths(company: str, steps: list[tuple[str, str]]) -> tuple[dict[str, int], set[tuple[str, str]]]:
    """How far above the company each owner stands, by the longest way without a circle; and what closes circles."""
    depths = {company: 0} if company else {}
    circles: set[tuple[str, str]] = set()

    def climb(owned: str, way: tuple[str, ...]) -> None:
        for owner in [high for high, low in steps if low == owned]:
            if owner in way:
                circles.add((owner, owned))
            elif depths.get(owner, -1) < len(way):
                depths[owner] = len(way)
                climb(owner, (*way, owner))

    climb(company, (company,))
    for pair in steps:  # what is cited but does not lead to the company stands beside it
        for key in pair:
            depths.setdefault(key, 1)
    return depths, circles


def _operated(shows: list[tuple[Link | str, str]]) -> list[tuple[str, str]]:
    return [(link[0], link[1]) for link, _ in shows if not isinstance(link, str) and link[2] == "OPERATES"]


def owner_keys(lake: Lake, identities: Mapping[str, None] | tuple[str, ...]) -> dict[str, str]:
    """Node keys of owners: persons or companies."""
    table = lake.table("persons")
    wanted = sorted(identities)
    persons = set(table.filter(table.person.isin(wanted)).select("person").to_pyarrow().column("person").to_pylist())
    return {identity: f"{'Person' if identity in persons else 'Company'}/{identity}" for identity in wanted}
