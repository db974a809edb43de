"""Who owns the company behind the platform?  Chains, a circle, a nominee, successive owners, and bystanders."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from workbench.sample.scene import Scene
from workbench.sample.truth import Group

Edge = tuple[str, str, float, str, str | None, str | None]
_FIRST = ("Alix", "Camille", "Dominique", "Eden", "Farid", "Gaëlle", "Henri", "Ines", "Jules", "Katia", "Léon", "Mona")
_LAST = (
    "Arnaud",
    "Bosman",
    "Collet",
    "Dubreuil",
    "Etienne",
    "Fabre",
    "Garnier",
    "Hubert",
    "Imbert",
    "Jacquet",
    "Klein",
)
_FIRMS = (
    "Amarante",
    "Boréal",
    "Citrine",
    "Dolmen",
    "Écume",
    "Fougère",
    "Granit",
    "Hélice",
    "Ivoire",
    "Jonquille",
    "Karst",
    "Lagune",
)
_FORMS = ("Holding", "Média", "Participations", "Services", "Invest")
_PLACES = ("FR", "LU", "CY", "MT", "BE", "CH", "EE", "VG")


@dataclass
class Register:
    """Rows of companies, persons, ownerships and operators, and the owners behind the platform."""

    companies: list[tuple[str, str, str, str]] = field(default_factory=list)
    persons: list[tuple[str, str]] = field(default_factory=list)
    ownerships: list[Edge] = field(default_factory=list)
    operators: list[tuple[str, str]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


def register(scene: Scene, case: str) -> Register:
    """A small company register around the platform's operator; integrated shares solved by (I - A)^-1."""
    rng, book = scene.rng, Register()
    start, end = scene.world.start, scene.world.start + timedelta(days=scene.clock.days)

    def company() -> str:
        number = f"C{len(book.companies) + 1:04d}"
        name = f"{scene.one(_FIRMS)} {scene.one(_FORMS)} {len(book.companies) + 1}"
        born = date(1998, 1, 1) + timedelta(days=int(rng.integers(0, 7_500)))
        book.companies.append((number, name, scene.one(_PLACES), born.isoformat()))
        return number

    def person() -> str:
        number = f"P{len(book.persons) + 1:04d}"
        book.persons.append((number, f"{scene.one(_FIRST)} {scene.one(_LAST)}"))
        return number

    def holds(
        owner: str,
        owned: str,
        share: float,
        kind: str = "shareholding",
        since: date | None = None,
        until: date | None = None,
    ) -> None:
        book.ownerships.append(
            (
                owner,
                owned,
                round(share, 4),
                kind,
                None if since is None else f"{since.isoformat()}T00:00:00Z",
                None if until is None else f"{until.isoformat()}T00:00:00Z",
            )
        )

    operator, platform = company(), scene.world.platform
    book.operators.append((operator, platform))
    changed = start + timedelta(days=int(rng.integers(15, max(scene.clock.days - 10, 16))))
    founded, before = start - timedelta(days=int(rng.integers(900, 2_500))), person()
    first_holding = company()
    holds(before, first_holding, 1.0, since=founded)
    holds(first_holding, operator, 1.0, since=founded, until=changed)  # the previous owner, until the sale

    top, circle_a, circle_b = company(), company(), company()
    main = float(rng.uniform(0.55, 0.8))
    holds(top, operator, main, since=changed)
    cross = float(rng.uniform(0.1, 0.35))
    holds(circle_a, top, 1.0, since=founded)
    holds(circle_b, circle_a, cross, since=founded)
    holds(circle_a, circle_b, float(rng.uniform(0.2, 0.6)), since=founded)  # a circle of two companies
    lead, second = person(), person()
    lead_share = float(rng.uniform(0.45, 1.0 - cross - 0.1))
    holds(lead, circle_a, lead_share, since=founded)
    holds(second, circle_a, 1.0 - cross - lead_share, since=founded)
    chain, owner = operator, 1.0 - main
    for _ in range(int(rng.integers(2, 5))):  # a chain of holdings down to the rest of the shares
        holding = company()
        holds(holding, chain, owner, since=changed if chain == operator else founded)
        chain, owner = holding, float(rng.uniform(0.6, 1.0))
    nominee, behind = person(), person()
    holds(nominee, chain, owner, "nominee", since=founded)
    holds(behind, chain, owner, "nominator", since=founded)  # the same shares, seen from the one behind
    _neighbours(scene, book, company, person, holds)
    _solve(book, case, changed, end, nominee)
    return book


def _neighbours(scene: Scene, book: Register, company, person, holds) -> None:  # type: ignore[no-untyped-def]
    """Unrelated companies, the first three of which run other platforms."""
    rng = scene.rng
    for place in range(int(rng.integers(12, 30))):
        firm = company()
        left = 1.0
        for _ in range(int(rng.integers(1, 4))):
            share = float(rng.uniform(0.1, left))
            left -= share
            others = [row[0] for row in book.companies[7:-1]]
            owner = scene.one(others) if others and rng.random() < 0.35 else person()
            holds(owner, firm, share)
            if left < 0.1:
                break
        if place < 3:
            book.operators.append((firm, scene.one(("bavardage", "causette", "parlotte")) + f"-{place}"))


def _solve(book: Register, case: str, changed: date, end: date, nominee: str) -> None:
    """The persons behind every operator at the end, and behind the main one before its sale."""
    main = book.operators[0]
    asked = [("owner", *row, end) for row in book.operators] + [("previous owner", *main, changed - timedelta(days=1))]
    for kind, operator, platform, at in asked:
        for owner, share in sorted(integrated(book.ownerships, operator, at).items()):
            if owner.startswith("P") and owner != nominee and share > 0:
                details = {"share": round(share, 9), "as_of": at.isoformat(), "platform": platform}
                book.groups.append(Group(kind, (f"{case}:{owner}",), (f"{case}:{operator}",), "integrated", details))
    book.groups.append(Group("nominee", (f"{case}:{nominee}",), (f"{case}:{main[0]}",), "holds for another"))


def integrated(edges: list[Edge], company: str, at: date) -> dict[str, float]:
    """Integrated share of every party in ``company`` on a day; nominees' rows do not count."""
    moment = f"{at.isoformat()}T00:00:00Z"
    valid = [
        edge
        for edge in edges
        if edge[3] != "nominee" and (edge[4] is None or edge[4] <= moment) and (edge[5] is None or moment < edge[5])
    ]
    names = sorted({edge[0] for edge in valid} | {edge[1] for edge in valid} | {company})
    index = {name: place for place, name in enumerate(names)}
    share = np.zeros((len(names), len(names)))
    for owner, owned, part, *_ in valid:
        share[index[owner], index[owned]] += part
    total = share @ np.linalg.inv(np.eye(len(names)) - share)
    return {name: float(total[index[name], index[company]]) for name in names if name != company}
