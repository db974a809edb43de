"""Who stands out in a subgraph?  Degree, PageRank, HITS, betweenness, cores and communities of its nodes."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import networkx as nx
import numpy as np
import pandas as pd
import scipy
from scipy import sparse

from graph.between import betweenness
from graph.errors import GraphError
from graph.subgraph import Subgraph
from ingest.runtime.progress import Progress, silent

SEED = 7
BETWEENNESS_BUDGET = 16_000_000
"""Nodes plus edges betweenness visits at most (some seconds); a larger subgraph is sampled, and the result says so."""
_LIBRARIES: Mapping[str, str] = MappingProxyType({
    "pagerank": f"NetworkX {nx.__version__}, SciPy {scipy.__version__}", "hub": f"SciPy {scipy.__version__}",
    "authority": f"SciPy {scipy.__version__}", "betweenness": f"NumPy {np.__version__}",
    "core": f"NetworkX {nx.__version__}", "community": f"NetworkX {nx.__version__}",
})

Values = Sequence[float] | Sequence[int]


def computed_by(name: str) -> str:
    """The libraries that compute a measure, with their versions; empty where it is counted here."""
    return _LIBRARIES.get(name, "")


def measures(
    subgraph: Subgraph, names: Sequence[str] | None = None, *, progress: Progress = silent
) -> pd.DataFrame:
    """A table with one row a node (index: node key, in the subgraph's order) and one column a measure.

    ``names`` defaults to all of ``MEASURES``.  Degrees count relationships, parallel ones too.  PageRank (Page 1998)
    and HITS (Kleinberg 1999) follow directions and count a pair once; betweenness (Brandes 2001), cores (Batagelj
    2003) and communities (Louvain, Blondel 2008; 1 is the largest) ignore directions and loops.  ``attrs["notes"]``
    names what is an estimate, ``attrs["sampled"]`` by measure from how many nodes.  The same subgraph gives the same
    table.  Progress tells each measure as a stage, of betweenness how many sources are done.  Raises GraphError for an
    unknown measure.
    """
    wanted = tuple(MEASURES) if names is None else tuple(dict.fromkeys(names))
    unknown = sorted(set(wanted) - set(MEASURES))
    if unknown:
        raise GraphError(f"unknown measures {unknown}", fix=f"choose among {', '.join(MEASURES)}")
    prepared = _Prepared(subgraph, progress)
    columns = {}
    for name in wanted:
        progress(name, 0, None)
        columns[name] = MEASURES[name](prepared)
    frame = pd.DataFrame(columns, index=pd.Index([node.key for node in subgraph.nodes], name="node", dtype="str"))
    frame.attrs["notes"], frame.attrs["sampled"] = prepared.notes, prepared.sampled
    return frame


class _Prepared:
    """The subgraph with nodes numbered in canonical order: sets of integers iterate alike in every process."""

    def __init__(self, subgraph: Subgraph, progress: Progress) -> None:
        self.progress = progress
        number = {node.key: position for position, node in enumerate(subgraph.nodes)}
        self.size = len(number)
        self.ends = [(number[edge.source], number[edge.target]) for edge in subgraph.edges]
        self.notes: list[str] = []
        self.sampled: dict[str, int] = {}

    def directed(self) -> "sparse.csr_array":
        """The adjacency matrix, each ordered pair once."""
        pairs = sorted(set(self.ends))
        rows = np.array([source for source, _ in pairs], dtype=np.int64)
        columns = np.array([target for _, target in pairs], dtype=np.int64)
        ones = np.ones(len(pairs), dtype=np.float64)
        return sparse.csr_array((ones, (rows, columns)), shape=(self.size, self.size))

    def pairs(self) -> list[tuple[int, int]]:
        """Every two nodes that are linked, whatever the direction, once."""
        return sorted({(min(pair), max(pair)) for pair in self.ends if pair[0] != pair[1]})

    def undirected(self) -> "nx.Graph[int]":
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(self.size))
        graph.add_edges_from(self.pairs())
        return graph


def _in_degree(prepared: _Prepared) -> Values:
    counts = [0] * prepared.size
    for _, target in prepared.ends:
        counts[target] += 1
    return counts


def _out_degree(prepared: _Prepared) -> Values:
    counts = [0] * prepared.size
    for source, _ in prepared.ends:
        counts[source] += 1
    return counts


def _degree(prepared: _Prepared) -> Values:
    return [came + went for came, went in zip(_in_degree(prepared), _out_degree(prepared), strict=True)]


def _pagerank(prepared: _Prepared) -> Values:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(prepared.size))
    graph.add_edges_from(sorted(set(prepared.ends)))
    ranks = nx.pagerank(graph, max_iter=1_000, tol=1e-10, weight=None) if prepared.size else {}
    return [round(ranks[node], 12) for node in range(prepared.size)]


def _hits(prepared: _Prepared) -> tuple[list[float], list[float]]:
    """Hubs and authorities, each summing to 1; power iteration from equal scores, so ties stay ties.

    NetworkX takes a singular vector instead, whose starting point is random and which fails on two nodes.
    """
    zeros = [0.0] * prepared.size
    if not prepared.ends:
        return zeros, list(zeros)
    matrix = prepared.directed()
    turned = matrix.T.tocsr()
    hubs = np.full(prepared.size, 1.0 / prepared.size)
    authorities = hubs
    for _ in range(1_000):
        authorities = turned @ hubs
        authorities /= authorities.sum()
        following = matrix @ authorities
        following /= following.sum()
        settled = float(np.abs(following - hubs).sum()) < 1e-12
        hubs = following
        if settled:
            break
    return [round(float(x), 12) for x in hubs], [round(float(x), 12) for x in authorities]


def _betweenness(prepared: _Prepared) -> Values:
    pairs = prepared.pairs()
    number = min(prepared.size, max(20, BETWEENNESS_BUDGET // max(1, prepared.size + len(pairs))))
    sources: Sequence[int] = range(prepared.size)
    if number < prepared.size:
        prepared.notes.append(f"betweenness is estimated from {number} of {prepared.size} nodes")
        prepared.sampled["betweenness"] = number
        sources = sorted(np.random.default_rng(SEED).choice(prepared.size, number, replace=False).tolist())
    scores = betweenness(prepared.size, pairs, sources, progress=prepared.progress)
    return [round(float(score), 12) for score in scores]


def _core(prepared: _Prepared) -> Values:
    cores = nx.core_number(prepared.undirected()) if prepared.size else {}
    return [int(cores[node]) for node in range(prepared.size)]


def _community(prepared: _Prepared) -> Values:
    if not prepared.size:
        return []
    groups: list[set[int]] = []
    for level in nx.community.louvain_partitions(prepared.undirected(), weight=None, seed=SEED):
        prepared.progress("community", 0, None)
        groups = level
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group[0]))
    numbers = [0] * prepared.size
    for number, group in enumerate(ordered, start=1):
        for node in group:
            numbers[node] = number
    return numbers


MEASURES: Mapping[str, Callable[[_Prepared], Values]] = MappingProxyType({
    "degree": _degree,
    "in_degree": _in_degree,
    "out_degree": _out_degree,
    "pagerank": _pagerank,
    "hub": lambda prepared: _hits(prepared)[0],
    "authority": lambda prepared: _hits(prepared)[1],
    "betweenness": _betweenness,
    "core": _core,
    "community": _community,
})
