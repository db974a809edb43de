"""Which node or link of the graph does a record stand behind?  One answer a table, the same for every kind of lead."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.detect.finding import Finding
from ingest.lake import Lake, Record
from workbench.lead_graphs.caption import Link


class Cited:
    """The records that a lead cites, opened; ``by_reason`` holds them by the code of the reason that cites them."""

    def __init__(self, finding: Finding, records: Sequence[Record]) -> None:
        opened: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            opened[record.ref].append(record)
        self.refs = tuple(sorted(finding.supporting))
        self.lacking = tuple(ref for ref in self.refs if ref not in opened)
        self.by_reason: Mapping[str, list[Record]] = {
            reason.code: [record for ref in reason.records for record in opened[ref]] for reason in finding.reasons
        }
        codes: dict[str, set[str]] = defaultdict(set)
        for reason in finding.reasons:
            for ref in reason.records:
                codes[ref].add(reason.code)
        self._codes = {ref: frozenset(found) for ref, found in codes.items()}
        self.all = [record for ref in self.refs for record in opened[ref]]

    @classmethod
    def read(cls, lake: Lake, finding: Finding) -> "Cited":
        """All of them: what a lead cites is bounded by the detection's own ``records_cap``."""
        return cls(finding, lake.records(sorted({ref for reason in finding.reasons for ref in reason.records})))

    def of(self, *codes: str) -> list[Record]:
        """The records of these reasons."""
        return [record for code in codes for record in self.by_reason.get(code, ())]

    def codes(self, record: Record) -> frozenset[str]:
        """The reasons that cite the record."""
        return self._codes.get(record.ref, frozenset())

    def table(self, *tables: str) -> list[Record]:
        """The records of these tables."""
        return [record for record in self.all if record.table in tables]


def stands_for(record: Record) -> tuple[Link | str, ...]:
    """The links, or where it is a thing's own row the node key, that the record is evidence of."""
    columns = record.columns
    match record.table:
        case "messages":
            sender, recipient, room = (columns.get(name) for name in ("sender", "recipient", "room"))
            if recipient:
                return ((f"Account/{sender}", f"Account/{recipient}", "CONTACTED"),)
            return ((f"Account/{sender}", f"Room/{room}", "POSTED_IN"),)
        case "sessions":
            return tuple(
                (f"Account/{columns['account']}", f"Identifier/{kind}:{columns[name]}", "USED")
                for name, kind in (("device_id", "device"), ("ip", "ip")) if columns.get(name)
            ) or (f"Account/{columns['account']}",)
        case "identifiers":
            return ((f"Account/{columns['account']}", f"Identifier/{columns['kind']}:{columns['value']}", "USED"),)
        case "reports":
            if columns.get("reporter"):
                return ((f"Account/{columns['reporter']}", f"Account/{columns['reported']}", "REPORTED"),)
            return (f"Account/{columns['reported']}",)
        case "operators":
            return ((f"Company/{columns['company']}", f"Platform/{columns['platform']}", "OPERATES"),)
    names = (("account", "Account"), ("room", "Room"), ("company", "Company"), ("person", "Person"))
    return tuple(f"{label}/{columns[name]}" for name, label in names if columns.get(name))[:1]


def gather(pairs: Iterable[tuple[Link | str, str]]) -> dict[Link | str, tuple[str, ...]]:
    """References by what shows them, each once, in order."""
    found: dict[Link | str, set[str]] = defaultdict(set)
    for shown, ref in pairs:
        found[shown].add(ref)
    return {shown: tuple(sorted(found[shown])) for shown in sorted(found, key=str)}


def ends_of(shown: Iterable[Link | str]) -> set[str]:
    """The node keys of links and nodes."""
    return {key for one in shown for key in ((one,) if isinstance(one, str) else one[:2])}
