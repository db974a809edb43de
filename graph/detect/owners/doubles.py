"""Which other records of the register are consistent with one and the same person or company?  The pair model's answer.

Nothing is merged: a double is told beside the owner, with what each field weighs.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ibis
import pyarrow as pa

from graph.detect.context import DetectionContext
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.register import Party, Register, plain
from graph.linkage import DAY_AND_MONTH, EXACT, Declaration, Field, FieldWeight, alike, begins, edits, link
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
    """A record consistent with the same party: bits in all and by field, and its record's reference."""

    party: str
    bits: float
    weights: tuple[FieldWeight, ...]
    record: str

    @property
    def probability(self) -> float:
        return posterior(self.bits)


class Doubles:
    """The doubles of a register, found once for all owners; parties without a name are not compared."""

    def __init__(self, context: DetectionContext, register: Register, parameters: OwnerParameters) -> None:
        self._found: dict[str, list[Double]] = {}
        for kind, parties, declaration in (
            ("persons", register.persons, PERSONS), ("companies", register.companies, COMPANIES)
        ):
            told = {who: party for who, party in parties.items() if party.name and not party.withheld}
            if len(told) > parameters.doubles_within:
                context.note("owner", f"{len(told)} {kind}: records of the same one were not searched")
            elif len(told) > 1:
                self._add(context, kind, told, declaration, parameters.same_party)

    def of(self, party: str) -> tuple[Double, ...]:
        """The likeliest first, then by id."""
        return tuple(sorted(self._found.get(party, ()), key=lambda double: (-double.bits, double.party)))

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
            if bits >= odds_bits(least):
                weights = linked.explain(one, other)
                if _supported(weights):
                    self._found.setdefault(one, []).append(Double(other, bits, weights, parties[other].record))
                    self._found.setdefault(other, []).append(Double(one, bits, weights, parties[one].record))


def _supported(weights: Sequence[FieldWeight]) -> bool:
    """Name or identifier agree, and something else does: a home or a day of birth alone makes nobody the same."""
    speaking = {weight.field for weight in weights if weight.bits > 0.0}
    return bool(speaking & {"name", "identifier"}) and len(speaking) >= 2


def _values(party: Party, kind: str) -> Mapping[str, str]:
    """What is compared of a party: its name as words in order of the alphabet, without a company's legal form."""
    name = plain(party.name)
    name = _FORMS.sub("", name).strip() or name if kind == "companies" else " ".join(sorted(name.split()))
    return {**party.traits, "name": name, **({"address": party.addresses[0]} if party.addresses else {})}


def doubles_of(doubles: Doubles | None, names: Iterable[str]) -> Mapping[str, tuple[Double, ...]]:
    """By party those that have doubles, in order of ids."""
    if doubles is None:
        return {}
    return {name: found for name in sorted(set(names)) if (found := doubles.of(name))}
