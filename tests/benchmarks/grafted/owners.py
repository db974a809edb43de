"""Who owns the operators of the platform?  A register of companies; one to three operate, the rest operate nothing.

Integrated shares are sums over all chains of ownership of the products of their shares, told by hand for each form.
"""

import numpy as np

from tests.benchmarks.grafted.truth import Owned

Row = dict[str, object]
FORMS = ("chain", "two ways", "circle", "nominee", "sold")
_PLACES = ("FR", "LU", "CY", "MT", "NL", "PA", "GB", "EE")


class Register:
    """The tables as they grow; numbers make names neutral and different."""

    def __init__(self, rng: np.random.Generator, platform: str) -> None:
        self.rng, self.platform = rng, platform
        self.tables: dict[str, list[Row]] = {"companies": [], "persons": [], "ownerships": [], "operators": []}
        self.owners: list[Owned] = []
        self.not_owners: list[str] = []
        self.number = int(rng.integers(100, 900))

    def company(self) -> str:
        self.number += 1
        name = f"co{self.number}"
        year = int(self.rng.integers(1995, 2020))
        self.tables["companies"].append({
            "company_id": name, "name": f"Company {self.number} Ltd",
            "jurisdiction": _PLACES[int(self.rng.integers(len(_PLACES)))], "incorporated_at": f"{year}-03-01",
        })
        return name

    def person(self) -> str:
        self.number += 1
        name = f"pe{self.number}"
        self.tables["persons"].append({"person_id": name, "name": f"Person {self.number}"})
        return name

    def owns(
        self, owner: str, owned: str, share: float, *, kind: str = "shareholding", begin: str = "", end: str = ""
    ) -> None:
        self.tables["ownerships"].append({
            "owner_id": owner, "owned_id": owned, "share": f"{share:.4f}", "kind": kind, "from": begin, "to": end,
        })

    def part(self, low: float, high: float) -> float:
        return round(float(self.rng.uniform(low, high)), 4)

    def told(self, owner: str, company: str, share: float, style: str, at: str = "") -> None:
        self.owners.append(Owned(f"{self.platform}:{owner}", f"{self.platform}:{company}", share, style, at))


def register(rng: np.random.Generator, platform: str, *, planted: bool) -> Register:
    """The register of a platform; with nothing planted no company operates anything."""
    made = Register(rng, platform)
    if planted:
        for k in rng.permutation(len(FORMS))[: int(rng.integers(1, 4))].tolist():
            site = made.company()
            _FORM[FORMS[k]](made, site)
            made.tables["operators"].append({"company_id": site, "platform": platform})
    _crowd(made, int(rng.integers(30, 151)))
    return made


def _chain(made: Register, site: str) -> None:
    person, share = made.person(), 1.0
    above = person
    for _ in range(int(made.rng.integers(2, 5))):
        below, part = made.company(), made.part(0.75, 1.0)
        made.owns(above, below, part)
        above, share = below, share * part
    part = made.part(0.75, 1.0)
    made.owns(above, site, part)
    made.told(person, site, share * part, "chain")


def _two_ways(made: Register, site: str) -> None:
    one, two, left, right = made.person(), made.person(), made.company(), made.company()
    a, b, c = made.part(0.5, 0.9), made.part(0.4, 0.6), made.part(0.1, 0.35)
    x, y = made.part(0.3, 0.5), made.part(0.3, 0.5)
    made.owns(one, left, a)
    made.owns(one, right, b)
    made.owns(two, right, c)
    made.owns(left, site, x)
    made.owns(right, site, y)
    made.told(one, site, a * x + b * y, "two ways")
    made.told(two, site, c * y, "two ways")


def _circle(made: Register, site: str) -> None:
    """A holds B, B holds C, C holds a part of A again: a·d/(1 - b·c·e) by the sum over all rounds."""
    person, a, b, c = made.person(), made.company(), made.company(), made.company()
    held, back = made.part(0.5, 0.75), made.part(0.1, 0.25)
    ab, bc, down = made.part(0.5, 0.9), made.part(0.5, 0.9), made.part(0.6, 0.95)
    made.owns(person, a, held)
    made.owns(c, a, back)
    made.owns(a, b, ab)
    made.owns(b, c, bc)
    made.owns(b, site, down)
    made.told(person, site, held * ab * down / (1 - ab * bc * back), "circle")


def _nominee(made: Register, site: str) -> None:
    """One holds in his name for another: both stand in the register, by their kinds."""
    front, person, between = made.person(), made.person(), made.company()
    part, down = made.part(0.55, 1.0), made.part(0.7, 1.0)
    made.owns(front, between, part, kind="nominee")
    made.owns(person, between, part, kind="nominator")
    made.owns(between, site, down)
    made.told(person, site, part * down, "nominee")
    made.not_owners.append(f"{made.platform}:{front}")


def _sold(made: Register, site: str) -> None:
    """Successive owners with dates: the last holds today, the ones before until they sold."""
    between, begin = made.company(), 2012
    down = made.part(0.6, 1.0)
    made.owns(between, site, down, begin="2011-05-01")
    for k in range(int(made.rng.integers(2, 4)), 0, -1):
        person, end = made.person(), begin + int(made.rng.integers(2, 4))
        part = made.part(0.55, 1.0)
        made.owns(person, between, part, begin=f"{begin}-07-01", end="" if k == 1 else f"{end}-07-01")
        if k == 1:
            made.told(person, site, part * down, "sold")
        else:
            made.told(person, site, part * down, "sold before", at=f"{begin + 1}-01-01")
        begin = end


def _crowd(made: Register, count: int) -> None:
    """Companies of a register that operate nothing here: owned by persons or by each other, plainly."""
    companies: list[str] = []
    for _ in range(count):
        name = made.company()
        if companies and made.rng.random() < 0.4:
            made.owns(companies[int(made.rng.integers(len(companies)))], name, made.part(0.3, 1.0))
        else:
            made.owns(made.person(), name, made.part(0.4, 1.0))
        companies.append(name)


_FORM = {"chain": _chain, "two ways": _two_ways, "circle": _circle, "nominee": _nominee, "sold": _sold}
