"""Who stands out in a subgraph?  Degree, PageRank, HITS, betweenness, cores and communities of its nodes."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from graph.errors import GraphError
from graph.subgraph import Subgraph

SEED = 7
BETWEENNESS_BUDGET = 4_000_000
"""Nodes plus edges betweenness visits at most (some seconds); a larger subgraph is sampled, and the result says so."""

Values = Sequence[float] | Sequence[int]


def measures(subgraph: Subgraph, names: Sequence[str] | None = None) -> pd.DataFrame:
    """A table with one row a node (index: node key, in the subgraph's order) and one column a measure.

    ``names`` defaults to all of ``MEASURES``.  Degrees count relationships, parallel ones too.  PageRank (Page 1998)
    and HITS (Kleinberg 1999) follow directions and count a pair once; betweenness (Brandes 2001), cores (Batagelj
    2003) and communities (Louvain, Blondel 2008; 0 is the largest) ignore directions and loops.  ``attrs["notes"]``
    names what is an estimate.  The same subgraph gives the same table.  Raises GraphError for an unknown measure.
    """
    wanted = tuple(MEASURES) if names is None else tuple(dict.fromkeys(names))
    unknown = sorted(set(wanted) - set(MEASURES))
    if unknown:
        raise GraphError(f"unknown measures {unknown}", fix=f"choose among {', '.join(MEASURES)}")
    prepared = _Prepared(subgraph)
    columns = {name: MEASURES[name](prepared) for name in wanted}
    frame = pd.DataFrame(columns, index=pd.Index([node.key for node in subgraph.nodes], name="node", dtype="str"))
    frame.attrs["notes"] = prepared.notes
    return frame


class _Prepared:
    """The subgraph with nodes numbered in canonical order: sets of integers iterate alike in every process."""

    def __init__(self, subgraph: Subgraph) -> None:
        number = {node.key: position for position, node in enumerate(subgraph.nodes)}
        self.size = len(number)
        self.ends = [(number[edge.source], number[edge.target]) for edge in subgraph.edges]
        self.notes: list[str] = []

    def directed(self) -> "sparse.csr_array":
        """The adjacency matrix, each ordered pair once."""
        pairs = sorted(set(self.ends))
        rows = np.array([source for source, _ in pairs], dtype=np.int64)
        columns = np.array([target for _, target in pairs], dtype=np.int64)
        ones = np.ones(len(pairs), dtype=np.float64)
        return sparse.csr_array((ones, (rows, columns)), shape=(self.size, self.size))

    def undirected(self) -> "nx.Graph[int]":
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(self.size))
        graph.add_edges_from(sorted({(min(pair), max(pair)) for pair in self.ends if pair[0] != pair[1]}))
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
    graph = prepared.undirected()
    cost = max(1, graph.number_of_nodes() + graph.number_of_edges())
    sources = min(prepared.size, max(20, BETWEENNESS_BUDGET // cost))
    if sources < prepared.size:
        prepared.notes.append(f"betweenness is estimated from {sources} of {prepared.size} nodes")
    scores = nx.betweenness_centrality(graph, k=sources or None, normalized=True, seed=SEED) if prepared.size else {}
    return [round(scores[node], 12) for node in range(prepared.size)]


def _core(prepared: _Prepared) -> Values:
    cores = nx.core_number(prepared.undirected()) if prepared.size else {}
    return [int(cores[node]) for node in range(prepared.size)]


def _community(prepared: _Prepared) -> Values:
    if not prepared.size:
        return []
    groups = nx.community.louvain_communities(prepared.undirected(), weight=None, seed=SEED)
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group[0]))
    numbers = [0] * prepared.size
    for number, group in enumerate(ordered):
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
