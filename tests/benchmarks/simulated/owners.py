"""Who is behind the platform?  Chains of companies up to people, among ordinary companies with ordinary owners."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.benchmarks.grafted.truth import Owned
from tests.benchmarks.simulated.naming import code, given

LEAST = 0.25
"""From this integrated share on, somebody counts as an ultimate owner."""
_PLACES = ("Northmark", "Isle of Fern", "Lakeland", "Port Amber", "Westhaven")
_NAMES = ("Alder", "Basalt", "Cobalt", "Delta", "Ember", "Fjord", "Garnet", "Harbour", "Ivory", "Juniper")


@dataclass
class Register:
    """Companies, persons and holdings (owner, owned, share, from, to: days before (-) or after the log's first day)."""

    companies: list[tuple[str, str, str, int]] = field(default_factory=list)
    persons: list[tuple[str, str]] = field(default_factory=list)
    holdings: list[tuple[str, str, float, int, int | None]] = field(default_factory=list)
    operators: list[str] = field(default_factory=list)
    owners: list[tuple[str, str, float, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def company(self, rng: random.Random) -> str:
        kind = rng.choice(("Holding", "Media", "Trust", "Partners", "Online"))
        name = f"{rng.choice(_NAMES)} {kind} {len(self.companies)}"
        self.companies.append((code(rng, "co", 6), name, rng.choice(_PLACES), -rng.randrange(400, 4000)))
        return self.companies[-1][0]

    def person(self, rng: random.Random) -> str:
        self.persons.append((code(rng, "pe", 6), f"{given(rng)} {rng.choice(_NAMES)}son"))
        return self.persons[-1][0]

    def hold(self, owner: str, owned: str, share: float, since: int = -380, until: int | None = None) -> None:
        self.holdings.append((owner, owned, share, since, until))

    def share(self, owner: str, company: str, depth: int = 0) -> float:
        """The integrated share: direct, and through every chain of companies that still hold."""
        if depth > 60:
            return 0.0
        found = 0.0
        for holder, owned, share, _, until in self.holdings:
            if owned == company and until is None:
                found += share if holder == owner else 0.0
                if holder.startswith("co"):
                    found += share * self.share(owner, holder, depth + 1)
        return found


def register(name: str, planted: bool, rng: random.Random) -> Register:
    """The register of one platform; where nothing is planted, no company operates it."""
    found = Register()
    for _ in range(14):
        company = found.company(rng)
        first = found.person(rng)
        found.others.append(first)
        share = rng.choice((1.0, 0.7, 0.51, 0.9))
        if rng.random() < 0.4:
            holding = found.company(rng)
            found.hold(holding, company, share)
            found.hold(first, holding, rng.choice((1.0, 0.8)))
        else:
            found.hold(first, company, share)
        if share < 1.0:
            second = found.person(rng)
            found.others.append(second)
            found.hold(second, company, round(1 - share, 4))
    if planted:
        {"village": _village, "servers": _servers, "meet": _meet}[name](found, rng)
        for company in found.operators:
            for person, _ in found.persons:
                share = found.share(person, company)
                if share >= LEAST:
                    direct = any(holding[:2] == (person, company) for holding in found.holdings)
                    found.owners.append((person, company, share, "direct" if direct else "through companies"))
    return found


def owned(found: Register, platform: str) -> tuple[Owned, ...]:
    return tuple(
        Owned(f"{platform}:{who}", f"{platform}:{company}", round(share, 12), style)
        for who, company, share, style in found.owners
    )


def _village(found: Register, rng: random.Random) -> None:
    """One owner through a holding and directly; a partner; small holders."""
    site, holding = found.company(rng), found.company(rng)
    first, partner, small = found.person(rng), found.person(rng), found.person(rng)
    found.hold(holding, site, 0.55)
    found.hold(first, holding, 0.8)
    found.hold(first, site, 0.1)
    found.hold(partner, site, 0.3)
    found.hold(small, site, 0.05)
    found.hold(small, holding, 0.2)
    found.operators.append(site)


def _servers(found: Register, rng: random.Random) -> None:
    """A long chain over two paths; two of the companies at its top hold parts of each other."""
    site, a, b, c, d, e = (found.company(rng) for _ in range(6))
    first, second, third = (found.person(rng) for _ in range(3))
    found.hold(a, site, 0.55)
    found.hold(b, site, 0.45)
    found.hold(c, a, 0.9)
    found.hold(second, a, 0.1)
    found.hold(c, b, 0.4)
    found.hold(third, b, 0.6)
    found.hold(d, c, 1.0)
    found.hold(first, d, 0.75)
    found.hold(e, d, 0.15)
    found.hold(d, e, 0.2)
    found.hold(first, e, 0.8)
    found.hold(second, d, 0.1)
    found.operators.append(site)


def _meet(found: Register, rng: random.Random) -> None:
    """Two operators, one of which was sold; the buyer sits behind three companies, each of one other country."""
    site, app, a, b, c = (found.company(rng) for _ in range(5))
    seller, buyer, maker, friend = (found.person(rng) for _ in range(4))
    found.hold(seller, site, 1.0, -900, -200)
    found.hold(a, site, 1.0, -200)
    found.hold(b, a, 0.85, -390)
    found.hold(friend, a, 0.15)
    found.hold(c, b, 0.7)
    found.hold(maker, b, 0.3)
    found.hold(buyer, c, 1.0)
    found.hold(maker, app, 0.35)
    found.hold(site, app, 0.65)
    found.operators += [site, app]
