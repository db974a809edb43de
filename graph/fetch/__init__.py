"""What is in the graph around this?  Entities and subgraphs, each with how much of it is shown."""

from graph.fetch.connections import Paths, Period, paths, paths_among
from graph.fetch.lookup import entity, overview, span
from graph.fetch.neighbours import (
    BYS,
    MOST,
    By,
    Neighbours,
    Way,
    around_counts,
    joined,
    neighbours,
    shared,
    strongest,
    ways,
)
from graph.fetch.ranking import Ranking, ranking
from graph.fetch.results import Entity, Fetched
from graph.fetch.selections import accounts, finding, nodes, whole
from graph.fetch.surroundings import neighbourhood

__all__ = [
    "BYS", "MOST", "By", "Entity", "Fetched", "Neighbours", "Paths", "Period", "Ranking", "Way", "accounts",
    "around_counts", "entity", "finding", "joined", "neighbourhood", "neighbours", "nodes", "overview", "paths",
    "paths_among", "ranking", "shared", "span", "strongest", "ways", "whole",
]
