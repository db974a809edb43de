"""What is in the graph around this?  Entities and subgraphs, each with how much of it is shown."""

from graph.fetch.connections import Paths, Period, paths, paths_among
from graph.fetch.lookup import entity, overview, span
from graph.fetch.results import Entity, Fetched
from graph.fetch.selections import accounts, finding, nodes, whole
from graph.fetch.surroundings import neighbourhood

__all__ = [
    "Entity", "Fetched", "Paths", "Period", "accounts", "entity", "finding", "neighbourhood", "nodes", "overview",
    "paths", "paths_among", "span", "whole",
]
