"""Which other companies have an address or a director in common with the chains, and how rare is that?"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.detect.context import DetectionContext
from graph.detect.owners.holding import OFFICE_WORDS, holding
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.register import Register

Value = tuple[str, str]
"""("address", its plain form) or ("director", id)."""


@dataclass(frozen=True)
class Link:
    """Another company with what it shares: each value, how many companies have it, and its bits, rarest first."""

    company: str
    shared: tuple[tuple[Value, int, float], ...]
    records: tuple[str, ...]

    @property
    def bits(self) -> float:
        return sum(bits for _, _, bits in self.shared)


@dataclass(frozen=True)
class Links:
    """The links that count, and the values left out since too many companies have them, with how many."""

    links: tuple[Link, ...]
    common: tuple[tuple[Value, int], ...]
    companies: int


class SharedValues:
    """Addresses and directors of all companies of a register, each with the companies that have it."""

    def __init__(self, context: DetectionContext, register: Register) -> None:
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

    def directors(self, company: str) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
        """Who sits in the company: id, how many companies they sit in, records."""
        seats = [value for value in self._values.get(company, ()) if value[0] == "director"]
        return tuple(
            (who, len(self._having[kind, who]), tuple(sorted(self._having[kind, who][company])))
            for kind, who in sorted(seats)
        )

    def beside(
        self, chains: Collection[str], owners: Sequence[str], addresses: Mapping[str, Sequence[str]],
        parameters: OwnerParameters,
    ) -> Links:
        """Companies outside ``chains`` that share an address or a director with them, or are directed by an owner.

        A value that n of N companies have weighs −log2(n / N) bits; below ``least_value_bits``, or where n is above
        ``most_sharing``, it is common and left out; a company is named from ``least_link_bits`` in all.
        """
        wanted = {value for name in chains for value in self._values.get(name, ())}
        wanted |= {("director", name) for name in owners}
        wanted |= {("address", address) for name in owners for address in addresses.get(name, ())}
        common: list[tuple[Value, int]] = []
        shared: dict[str, list[tuple[Value, int, float]]] = {}
        records: dict[str, set[str]] = {}
        inside = set(chains)
        for value in sorted(wanted & set(self._having)):
            having = self._having[value]
            outside = sorted(set(having) - inside)
            bits = math.log2(self.companies / len(having))
            if outside and (bits < parameters.least_value_bits or len(having) > parameters.most_sharing):
                common.append((value, len(having)))
                continue
            own = {record for name in set(having) & inside for record in having[name]}
            for name in outside:
                shared.setdefault(name, []).append((value, len(having), bits))
                records.setdefault(name, set()).update(having[name] | own)
        links = [
            Link(name, tuple(sorted(values, key=lambda item: (-item[2], item[0]))), tuple(sorted(records[name])))
            for name, values in shared.items()
        ]
        links = [link for link in links if link.bits >= parameters.least_link_bits]
        return Links(tuple(sorted(links, key=lambda link: (-link.bits, link.company))), tuple(common), self.companies)
