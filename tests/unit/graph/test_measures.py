"""Measures on small graphs whose answers are known, and against NetworkX."""

import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

import graph.measures as room
from graph.errors import GraphError
from graph.measures import MEASURES, measures
from graph.subgraph import Edge, Node, Subgraph


def subgraph(links: list[tuple[str, str]], *, alone: tuple[str, ...] = ()) -> Subgraph:
    names = sorted({name for link in links for name in link} | set(alone))
    return Subgraph.of(
        [Node(name, "Account") for name in names],
        [Edge(f"Account/{a}", f"Account/{b}", "CONTACTED", {"messages": n}) for n, (a, b) in enumerate(links)],
    )


def column(frame: pd.DataFrame, name: str) -> dict[str, float]:
    return {str(key).removeprefix("Account/"): value for key, value in frame[name].items()}


def test_an_empty_subgraph_has_every_column_and_no_row() -> None:
    frame = measures(Subgraph())
    assert list(frame.columns) == list(MEASURES)
    assert len(frame) == 0


def test_a_single_node_is_measured() -> None:
    row = measures(subgraph([], alone=("a",))).iloc[0]
    assert dict(row) == {
        "degree": 0, "in_degree": 0, "out_degree": 0, "pagerank": 1.0, "hub": 0, "authority": 0,
        "betweenness": 0, "core": 0, "community": 1,
    }


def test_degrees_count_directions_loops_and_parallel_edges() -> None:
    frame = measures(subgraph([("a", "b"), ("a", "b"), ("b", "a"), ("a", "a")]), ["degree", "in_degree", "out_degree"])
    assert column(frame, "in_degree") == {"a": 2, "b": 2}
    assert column(frame, "out_degree") == {"a": 3, "b": 1}
    assert column(frame, "degree") == {"a": 5, "b": 3}


def test_the_middle_of_a_path_lies_between_whoever_wrote_first() -> None:
    frame = measures(subgraph([("a", "b"), ("c", "b")]), ["betweenness"])
    assert column(frame, "betweenness") == {"a": 0, "b": 1, "c": 0}
    assert frame.attrs["notes"] == []


def test_hubs_point_and_authorities_are_pointed_at() -> None:
    frame = measures(subgraph([("a", "x"), ("a", "y"), ("b", "x")]), ["hub", "authority"])
    oracle = nx.hits(nx.DiGraph([("a", "x"), ("a", "y"), ("b", "x")]), max_iter=10_000)
    for name, expected in zip(("hub", "authority"), oracle, strict=True):
        assert column(frame, name) == pytest.approx(expected, abs=1e-8)


def test_hits_of_a_cycle_are_equal_and_without_edges_nought() -> None:
    found = measures(subgraph([("a", "b"), ("b", "c"), ("c", "a")]), ["hub"])["hub"]
    assert found.tolist() == pytest.approx([1 / 3] * 3)
    assert set(measures(subgraph([], alone=("a", "b")), ["authority"])["authority"]) == {0.0}


def test_pagerank_agrees_with_networkx_on_pairs() -> None:
    links = [("a", "b"), ("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]
    oracle = nx.pagerank(nx.DiGraph(links), tol=1e-12, max_iter=1_000)
    assert column(measures(subgraph(links), ["pagerank"]), "pagerank") == pytest.approx(oracle, abs=1e-8)


def test_a_clique_with_a_tail_has_its_cores() -> None:
    links = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("a", "a")]
    assert column(measures(subgraph(links), ["core"]), "core") == {"a": 2, "b": 2, "c": 2, "d": 1}


def test_communities_are_numbered_from_the_largest() -> None:
    small = [("x", "y"), ("y", "z"), ("z", "x")]
    large = [(a, b) for a in "abcd" for b in "abcd" if a < b]
    found = column(measures(subgraph([*small, *large, ("a", "x")]), ["community"]), "community")
    assert found == {"a": 1, "b": 1, "c": 1, "d": 1, "x": 2, "y": 2, "z": 2}


def test_a_large_subgraph_is_sampled_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "BETWEENNESS_BUDGET", 100)
    links = [(f"{n:03}", f"{n + 1:03}") for n in range(100)]
    frame = measures(subgraph(links), ["betweenness"])
    assert frame.attrs["notes"] == ["betweenness is estimated from 20 of 101 nodes"]
    assert frame.equals(measures(subgraph(links), ["betweenness"]))


def test_an_unknown_measure_is_named() -> None:
    with pytest.raises(GraphError, match="closeness"):
        measures(Subgraph(), ["degree", "closeness"])


def test_another_process_with_other_hashes_gives_the_same_bytes() -> None:
    """Sets of strings iterate differently under another hash seed; the answer must not."""
    program = (
        "import networkx as nx\n"
        "from graph.measures import measures\n"
        "from graph.subgraph import Edge, Node, Subgraph\n"
        "g = nx.gnm_random_graph(60, 120, seed=3, directed=True)\n"
        "s = Subgraph.of([Node(f'n{n}', 'Account') for n in g],"
        " [Edge(f'Account/n{a}', f'Account/n{b}', 'CONTACTED') for a, b in g.edges])\n"
        "print(measures(s).to_csv())\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=Path(__file__).parents[3], check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1
    assert "Account/n59" in answers.pop()
