"""What does evidence look like as a graph?  One table of rows a label and a relationship type, as Ibis expressions."""

from graph.project.projection import EdgeTable, NodeTable, Projection

__all__ = ["EdgeTable", "NodeTable", "Projection"]
