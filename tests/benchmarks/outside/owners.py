"""Registers with chains, circles, nominees and successive owners; shares expected by summing powers."""

import numpy as np

from tests.benchmarks.outside.truth import Owned, Truth

Row = dict[str, object]


def plant_owners(case: str, platforms: tuple[str, ...], seed: int, truth: Truth) -> dict[str, list[Row]]:
    """The tables companies, persons, ownerships and operators: a register a shape, each with an operating company."""
    rng = np.random.default_rng([seed, 77])
    tables: dict[str, list[Row]] = {"companies": [], "persons": [], "ownerships": [], "operators": []}
    for shape in ("chain", "diamond", "circle", "nominee", "sold", "random"):
        edges, top, kinds = _shape(shape, rng)
        names = sorted({name for edge in edges for name in edge[:2]})
        for name in names:
            table, key = ("persons", "person_id") if name in top else ("companies", "company_id")
            tables[table].append(
                {key: f"{shape}-{name}", "name": f"{shape} {name} {'Ltd' if table == 'companies' else 'Doe'}"}
            )
        for owner, owned, share, begin, end in edges:
            tables["ownerships"].append(
                {
                    "owner_id": f"{shape}-{owner}",
                    "owned_id": f"{shape}-{owned}",
                    "share": f"{share:.6g}",
                    "kind": kinds.get(owner, "shareholding"),
                    "from": begin,
                    "to": end,
                }
            )
        tables["operators"].append(
            {
                "company_id": f"{shape}-site",
                "platform": (platforms or (case,))[0] if shape == "chain" else f"{shape}-net",
            }
        )
        now = [edge for edge in edges if not edge[4]]
        for owner, share in _power_sum(now, top).items():
            if kinds.get(owner) == "nominee":
                truth.never_owner.append(f"{case}:{shape}-{owner}")
            elif share > 0:
                truth.owners.append(Owned(shape, f"{case}:{shape}-{owner}", f"{case}:{shape}-site", share))
        gone = {edge[0] for edge in edges if edge[4]} & top
        truth.never_owner.extend(f"{case}:{shape}-{name}" for name in sorted(gone))
    return tables


def _power_sum(edges: list[tuple[str, str, float, str, str]], top: set[str]) -> dict[str, float]:
    """Sum over all chains of the products of their shares: A + A² + … until nothing is added."""
    names = sorted({name for edge in edges for name in edge[:2]} | {"site"})
    place = {name: k for k, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)))
    for owner, owned, share, _, _ in edges:
        matrix[place[owner], place[owned]] += float(f"{share:.6g}")
    total, power = np.zeros_like(matrix), np.eye(len(names))
    while True:
        power = power @ matrix
        total += power
        if power.max() < 1e-15:
            return {name: float(total[place[name], place["site"]]) for name in sorted(top) if name in place}


def _shape(
    shape: str, rng: np.random.Generator
) -> tuple[list[tuple[str, str, float, str, str]], set[str], dict[str, str]]:
    """Edges (owner, owned, share, from, to), the persons, and the kinds of rows by owner."""

    def part(low: float = 0.1, high: float = 0.9) -> float:
        return float(np.round(rng.uniform(low, high), 4))

    if shape == "chain":
        edges = [
            ("ann", "a", part(0.5), "", ""),
            ("a", "b", part(0.5), "", ""),
            ("b", "c", part(0.5), "", ""),
            ("c", "site", part(0.5), "", ""),
        ]
        return edges, {"ann"}, {}
    if shape == "diamond":
        x = part(0.2, 0.7)
        return (
            [
                ("ann", "a", part(), "", ""),
                ("ann", "b", part(0.1, 0.5), "", ""),
                ("bob", "b", part(0.1, 0.5), "", ""),
                ("a", "site", x, "", ""),
                ("b", "site", round(0.95 - x, 4), "", ""),
            ],
            {"ann", "bob"},
            {},
        )
    if shape == "circle":
        return (
            [
                ("ann", "a", part(0.3, 0.6), "", ""),
                ("c", "a", part(0.1, 0.3), "", ""),
                ("a", "b", part(0.4, 0.9), "", ""),
                ("b", "c", part(0.4, 0.9), "", ""),
                ("bob", "c", 0.08, "", ""),
                ("b", "site", part(0.4, 0.9), "", ""),
            ],
            {"ann", "bob"},
            {},
        )
    if shape == "nominee":
        x = part(0.3, 0.8)
        return (
            [("nick", "site", x, "", ""), ("ann", "site", x, "", "")],
            {"nick", "ann"},
            {"nick": "nominee", "ann": "nominator"},
        )
    if shape == "sold":
        x = part(0.3, 0.9)
        return (
            [
                ("old", "a", x, "2015-01-01", "2021-06-30"),
                ("new", "a", x, "2021-06-30", ""),
                ("a", "site", part(0.5), "2014-01-01", ""),
            ],
            {"old", "new"},
            {},
        )
    persons, companies = [f"p{k}" for k in range(4)], [f"c{k}" for k in range(6)] + ["site"]
    edges = []
    for place, company in enumerate(companies):
        owners = sorted(rng.choice([*persons, *companies[:place], *companies[place + 1 : -1]], size=3, replace=False))
        cut = rng.dirichlet(np.ones(4)) * 0.98
        edges += [
            (str(owner), company, max(float(np.round(share, 4)), 1e-4), "", "")
            for owner, share in zip(owners, cut, strict=False)
        ]
    held = {edge[0] for edge in edges}
    return edges, {p for p in persons if p in held}, {}
