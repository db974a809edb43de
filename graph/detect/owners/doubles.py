"""Which other records of the register are consistent with one and the same person or company?  The pair model's answer.

Nothing is merged: a double is named beside the owner, with the fields that agree.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.register import Party, Register, plain
from graph.linkage import DAY_AND_MONTH, EXACT, Declaration, Field, alike, begins, edits, link
from graph.linkage.bits import odds_bits, posterior

_LARGEST_BLOCK = 50  # a name or a day of birth that more have says too little to be worth its pairs
# m before any double is seen: judgements, which a register with many doubles corrects by itself
_ADDRESS = Field("address", (EXACT, alike(0.92)), m=(0.5, 0.2, 0.3))
_IDENTIFIER = Field("identifier", (EXACT, edits(1)), m=(0.8, 0.1, 0.1))
PERSONS = Declaration(
    fields=(
        Field("name", (EXACT, alike(0.92)), m=(0.75, 0.15, 0.1)),
        Field("born", (EXACT, begins(4), DAY_AND_MONTH, edits(1)), m=(0.85, 0.05, 0.02, 0.03, 0.05)),
        Field("nationality", m=(0.9, 0.1)),
        _ADDRESS, _IDENTIFIER,
    ),
    blocks=(("name",), ("born", "nationality"), ("born", "address"), ("identifier",)), largest_block=_LARGEST_BLOCK,
)
COMPANIES = Declaration(
    fields=(
        Field("name", m=(0.85, 0.15)),  # companies made in a row differ by a number: a near name is another one
        Field("incorporated", (EXACT, DAY_AND_MONTH), m=(0.9, 0.02, 0.08)),
        Field("jurisdiction", m=(0.95, 0.05)),
        _ADDRESS, _IDENTIFIER,
    ),
    blocks=(("name",), ("incorporated", "jurisdiction"), ("incorporated", "address"), ("identifier",)),
    largest_block=_LARGEST_BLOCK,
)
_FORMS = re.compile(
    r"\b(limited|ltd|plc|llc|llp|lp|inc|incorporated|corp|corporation|company|co|gmbh|ag|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|"
    r"aps|kft|doo|ooo)$"
)


@dataclass(frozen=True)
class Double:
    """A record of the register consistent with the same party, and the fields that say so, strongest first."""

    party: str
    probability: float
    fields: tuple[str, ...]


class Doubles:
    """The doubles of a register, found once for all owners; parties without a name are not compared."""

    def __init__(self, context: DetectionContext, register: Register, parameters: OwnerParameters) -> None:
        self._found: dict[str, list[Double]] = {}
        for kind, parties, declaration in (
            ("persons", register.persons, PERSONS), ("companies", register.companies, COMPANIES)
        ):
            named = {who: party for who, party in parties.items() if party.name and not party.withheld}
            if len(named) > parameters.doubles_within:
                context.note("owner", f"{len(named)} {kind}: records of the same one were not searched")
            elif len(named) > 1:
                self._add(context, kind, named, declaration, parameters.same_party)

    def of(self, parties: Iterable[str]) -> tuple[Double, ...]:
        """Of any of these parties, each once: the likeliest first, then by id."""
        best: dict[str, Double] = {}
        for double in (double for party in sorted(set(parties)) for double in self._found.get(party, ())):
            if double.party not in best or best[double.party].probability < double.probability:
                best[double.party] = double
        return tuple(sorted(best.values(), key=lambda double: (-double.probability, double.party)))

    def _add(
        self, context: DetectionContext, kind: str, parties: Mapping[str, Party], declaration: Declaration, least: float
    ) -> None:
        names = [field.name for field in declaration.fields]
        rows = [{"id": who, **_values(parties[who], kind)} for who in sorted(parties)]
        table = context.kept(f"owner.{kind}", lambda: ibis.memtable(pa.table({
            name: pa.array([row.get(name) for row in rows], pa.string()) for name in ("id", *names)
        })))
        linked = link(table, declaration)
        for rule, crowded in linked.crowded.items():
            if crowded:
                keys = " and ".join(rule)
                context.note("owner", f"{kind}: values of {keys} ({crowded}) that too many have were not compared by")
        for one, other, bits in linked.pairs():
            weights = linked.explain(one, other) if bits >= odds_bits(least) else ()
            agreeing = sorted((weight for weight in weights if weight.bits > 0.0), key=lambda weight: -weight.bits)
            fields = tuple(weight.field for weight in agreeing)
            # a home or a day of birth alone makes nobody the same
            if len(fields) >= 2 and {"name", "identifier"} & set(fields):
                self._found.setdefault(one, []).append(Double(other, posterior(bits), fields))
                self._found.setdefault(other, []).append(Double(one, posterior(bits), fields))


def _values(party: Party, kind: str) -> Mapping[str, str]:
    """What is compared of a party: its name as words in order of the alphabet, without a company's legal form."""
    name = plain(party.name)
    name = _FORMS.sub("", name).strip() or name if kind == "companies" else " ".join(sorted(name.split()))
    return {**party.traits, "name": name, **({"address": party.addresses[0]} if party.addresses else {})}
