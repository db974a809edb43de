"""Who talks to the graph engine?  One store over Bolt, the same for Neo4j and the embedded engine."""

from graph.store.address import Address
from graph.store.bolt import CaseMark, Store, TextHits
from graph.store.rows import Path, Plan, Rows

__all__ = ["Address", "CaseMark", "Path", "Plan", "Rows", "Store", "TextHits"]
