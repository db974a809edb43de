"""Who talks to the graph engine?  One store over Bolt, the same for Neo4j and the embedded engine."""

from graph.store.address import Address
from graph.store.bolt import CaseMark, Store, TextHits
from graph.store.rows import Path, Plan, Rows, Step
from graph.store.stop import Stop

__all__ = ["Address", "CaseMark", "Path", "Plan", "Rows", "Step", "Stop", "Store", "TextHits"]
