"""In what form do rows come to a bulk load?  One Parquet file a label, one a relationship type and pair of labels."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from graph.errors import GraphError
from graph.schema import NODES, RELATIONSHIPS


@dataclass(frozen=True)
class NodeFile:
    """Nodes of one label: Parquet columns ``id`` (text, unique) and any properties of the schema's label.

    Timestamps are UTC with at most microseconds; nulls are left out of the node.
    """

    label: str
    path: Path

    def __post_init__(self) -> None:
        if self.label not in NODES:
            raise GraphError(f"the schema has no label {self.label!r}", where=str(self.path))

    def to_dict(self) -> dict[str, Any]:
        return {"label": self.label, "path": str(self.path)}

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> Self:
        return cls(value["label"], Path(value["path"]))


@dataclass(frozen=True)
class EdgeFile:
    """Relationships of one type: Parquet columns ``source`` and ``target`` (ids) and properties of the type.

    Both ends must be in node files of the same load: an end that is missing fails the load as a whole.
    """

    type: str
    source_label: str
    target_label: str
    path: Path

    def __post_init__(self) -> None:
        known = RELATIONSHIPS.get(self.type)
        if known is None or (self.source_label, self.target_label) not in known.ends:
            raise GraphError(
                f"the schema has no ({self.source_label})-[{self.type}]->({self.target_label})", where=str(self.path)
            )

    def to_dict(self) -> dict[str, Any]:
        return {
            "type": self.type, "source_label": self.source_label, "target_label": self.target_label,
            "path": str(self.path),
        }

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> Self:
        return cls(value["type"], value["source_label"], value["target_label"], Path(value["path"]))


@dataclass(frozen=True)
class BulkReport:
    """What a bulk load wrote; ``seconds`` without the start of the engine."""

    nodes: int
    relationships: int
    seconds: float
