"""What is in the graph around this?  Searches, entities and subgraphs, each with how much of it is shown."""

from graph.fetch.connections import paths
from graph.fetch.lookup import entity, overview, search, span
from graph.fetch.results import Entity, Fetched, Found
from graph.fetch.selections import accounts, finding, whole
from graph.fetch.surroundings import neighbourhood

__all__ = [
    "Entity", "Fetched", "Found", "accounts", "entity", "finding", "neighbourhood", "overview", "paths", "search",
    "span", "whole",
]
