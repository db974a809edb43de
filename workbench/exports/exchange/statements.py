"""What do the exchange formats of the field have in common?  Names, sentences, times and sources of a subgraph.

Ids are made from keys (UUID version 5), so the same export gives the same bytes, and two exports name one thing alike.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph.subgraph import Edge, Node, Subgraph
from workbench.exports.values import escape
from workbench.masking.graphs import OF_BIRTH

NAMESPACE = uuid.UUID("6c0ab0b6-0f5b-5d0d-9f0a-5f1b0f1f7c11")
"""Of the ids of what stands in exports."""
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_COUNTED = ("messages", "replies", "times", "days")


@dataclass(frozen=True)
class SourceFileTold:
    """A file that the exported batches were read from."""

    name: str
    sha256: str
    bytes: int
    batch_id: str


def uuid_of(*parts: str) -> str:
    """The id of what these texts name."""
    return str(uuid.uuid5(NAMESPACE, "\x00".join(escape(part) for part in parts)))


def text_of(value: Any) -> str:
    """A value as text that every format can hold."""
    return escape(value if isinstance(value, str) else str(value))


def native_id(node: Node) -> str:
    """The id on its platform, without the platform before it."""
    platform = node.properties.get("platform")
    return escape(node.id.removeprefix(f"{platform}:") if isinstance(platform, str) else node.id)


def platform_of(node: Node) -> str:
    told = node.properties.get("platform")
    return escape(told if isinstance(told, str) and told else node.id.partition(":")[0]) or "unknown"


def instant(value: Any) -> datetime | None:
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo is not None else None


def first_and_last(edge: Edge) -> tuple[datetime | None, datetime | None]:
    """When what the edge says began and ended, as far as it is known."""
    told = edge.properties
    first = instant(told.get("first_at")) or instant(told.get("from")) or instant(told.get("made_at"))
    return first, instant(told.get("last_at")) or instant(told.get("to"))


def sentence(edge: Edge) -> str:
    """What the edge counts, in words."""
    parts = [f"{edge.properties[name]} {name}" for name in _COUNTED if edge.properties.get(name) is not None]
    for name in ("kind", "part", "reason"):
        if edge.properties.get(name):
            parts.append(f"{name}: {text_of(edge.properties[name])}")
    return ", ".join(parts)


def latest(subgraph: Subgraph) -> datetime:
    """The latest moment that the subgraph tells, but for when minors come of age: no clock is read."""
    told = [node.properties for node in subgraph.nodes] + [edge.properties for edge in subgraph.edges]
    values = (instant(value) for properties in told for name, value in properties.items() if name not in OF_BIRTH)
    return max((value for value in values if value is not None), default=_BEGINNING)


def sources_told(provenance: Mapping[str, Any]) -> list[SourceFileTold]:
    """The source files that the caller names."""
    listed: Sequence[Mapping[str, Any]] = provenance.get("sources") or ()
    return [
        SourceFileTold(text_of(one["name"]), str(one["sha256"]), int(one["bytes"]), str(one["batch_id"]))
        for one in listed
    ]


def about(provenance: Mapping[str, Any]) -> str:
    """Where the export comes from, in one line."""
    return text_of(
        f"Filature {provenance.get('filature', '')}, case {provenance.get('case', '')}, evidence "
        f"{provenance.get('evidence_digest', '')}. Leads, not verdicts."
    )
