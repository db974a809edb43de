"""How is a thing found by its name?  An index of its own beside evidence, the same for every graph engine."""

from graph.search.hit import SEARCHED, Hit, Hits, Match, SearchInvalid, SearchUnavailable
from graph.search.index import SearchIndex, index_path, make_index, open_index
from graph.search.lookup import find
from graph.search.minors import every_minor, minor_behind, minors_among
from graph.search.rulings import rulings

__all__ = [
    "SEARCHED", "Hit", "Hits", "Match", "SearchIndex", "SearchInvalid", "SearchUnavailable", "every_minor", "find",
    "index_path", "make_index", "minor_behind", "minors_among", "open_index", "rulings",
]
