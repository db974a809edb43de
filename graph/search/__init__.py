"""How is a thing found by its name?  An index of its own beside evidence, the same for every graph engine."""

from graph.search.hit import SEARCHED, Hit, Hits, Match, SearchInvalid, SearchUnavailable
from graph.search.index import SearchIndex, index_path, make_index, open_index
from graph.search.lookup import find
from graph.search.minors import every_minor, minors_among, minors_behind
from graph.search.rulings import rulings

__all__ = [
    "SEARCHED", "Hit", "Hits", "Match", "SearchIndex", "SearchInvalid", "SearchUnavailable", "every_minor", "find",
    "index_path", "make_index", "minors_among", "minors_behind", "open_index", "rulings",
]
