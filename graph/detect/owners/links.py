"""Which other companies have an address or a director in common with the chains, and how rare is that?"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from graph.detect.context import DetectionContext
from graph.detect.owners.holdings import OFFICE_WORDS, holding
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.register import Register

Value = tuple[str, str]
"""("address", its plain form) or ("director", id)."""


@dataclass(frozen=True)
class Link:
    """Another company with what it shares: each value with the share of companies that have it, rarest first."""

    company: str
    shared: tuple[tuple[float, Value], ...]
    records: tuple[str, ...]

    @property
    def chance(self) -> float:
        """The share of companies that would share as much, were the values independent."""
        return prod(share for share, _ in self.shared)


@dataclass(frozen=True)
class Links:
    """The links that count, and the values left out since too many companies have them, with how many."""

    links: tuple[Link, ...]
    common: tuple[tuple[Value, int], ...]
    companies: int


class SharedValues:
    """Addresses and directors of all companies of a register, each with the companies that have it."""

    def __init__(self, context: DetectionContext, register: Register) -> None:
        self._register = register
        self._having: dict[Value, dict[str, set[str]]] = {}
        self._values: dict[str, set[Value]] = {}
        companies = set(register.companies)
        for company, party in register.companies.items():
            for address in party.addresses:
                self._add(("address", address), company, party.record)
        table = context.table("ownerships")
        offices = table.filter(table.kind.lower().re_search(OFFICE_WORDS))
        rows = offices.select("owner", "owned", "kind", "from", "to", "share", "record_id", "attributes")
        for row in context.rows(rows):
            seat = holding(row, prefix="")
            if seat.office:
                companies.add(seat.owned)
                self._add(("director", seat.owner), seat.owned, f"ownerships:{seat.record}")
        self.companies = len(companies)

    def _add(self, value: Value, company: str, record: str) -> None:
        self._having.setdefault(value, {}).setdefault(company, set()).add(record)
        self._values.setdefault(company, set()).add(value)

    def directors(self, companies: Iterable[str]) -> tuple[str, ...]:
        """Who sits in these companies."""
        values = {value for company in companies for value in self._values.get(company, ())}
        return tuple(sorted(who for kind, who in values if kind == "director"))

    def beside(self, chains: set[str], owners: Iterable[str], parameters: OwnerParameters) -> Links:
        """Companies outside ``chains`` that share an address or a director with them, or are directed by an owner.

        A value that more than ``common_share`` or ``most_sharing`` of the companies have is common and left out; a
        company is named where at most ``linked_share`` of all would share as much by chance.
        """
        wanted = {value for name in chains for value in self._values.get(name, ())}
        for name in owners:
            person = self._register.persons.get(name)
            wanted |= {("director", name), *(("address", home) for home in (person.addresses if person else ()))}
        common: list[tuple[Value, int]] = []
        shared: dict[str, list[tuple[float, Value]]] = {}
        records: dict[str, set[str]] = {}
        for value in sorted(wanted & set(self._having)):
            having = self._having[value]
            outside = sorted(set(having) - chains)
            share = len(having) / self.companies
            if outside and (share > parameters.common_share or len(having) > parameters.most_sharing):
                common.append((value, len(having)))
                continue
            own = {record for name in set(having) & chains for record in having[name]}
            for name in outside:
                shared.setdefault(name, []).append((share, value))
                records.setdefault(name, set()).update(having[name] | own)
        links = [Link(name, tuple(sorted(values)), tuple(sorted(records[name]))) for name, values in shared.items()]
        links = [link for link in links if link.chance <= parameters.linked_share]
        return Links(tuple(sorted(links, key=lambda link: (link.chance, link.company))), tuple(common), self.companies)
