"""What does a kind of lead say of its own drawing?  Which records links show, where all stand, captions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from graph.layout import Position
from graph.subgraph import Node
from ingest.lake import Record
from workbench.lead_graphs.caption import Caption, Link


@dataclass(frozen=True)
class Sketch:
    """``shows``: what is drawn and the reference that it shows, one pair a record; ``others``: keys beside the lead's
    own members and targets that are drawn without a record, bystanders but for ``parts``; ``subjects``: keys of whom or
    what it sends people to; ``nodes``: what is no node of the graph.
    """

    shows: tuple[tuple[Link | str, str], ...]
    places: Mapping[str, Position]
    captions: Mapping[Link, Caption] = field(default_factory=dict)
    marks: Mapping[str, Caption] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    others: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)


def moment(record: Record) -> datetime:
    """When a message was sent, a report made or a session begun (UTC, naive)."""
    columns = record.columns
    return datetime.fromisoformat(columns.get("sent_at") or columns.get("made_at") or columns["started_at"] or "")


def first_messages(records: list[Record]) -> dict[tuple[str, str], Record]:
    """The first message of each (sender, recipient) among these records."""
    found: dict[tuple[str, str], Record] = {}
    for record in records:
        sender, recipient = record.columns.get("sender"), record.columns.get("recipient")
        if record.table == "messages" and sender and recipient:
            known = found.get((sender, recipient))
            if known is None or (moment(record), record.ref) < (moment(known), known.ref):
                found[sender, recipient] = record
    return found


def contacted(sender: str, recipient: str) -> Link:
    return (f"Account/{sender}", f"Account/{recipient}", "CONTACTED")
