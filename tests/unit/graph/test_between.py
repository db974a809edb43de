"""Betweenness against NetworkX, by known answers, and what it tells on the way."""

import networkx as nx
import pytest

from graph.between import betweenness
from ingest.errors import FilatureError


@pytest.mark.parametrize("seed", range(6))
def test_from_all_nodes_it_agrees_with_networkx(seed: int) -> None:
    graph = nx.gnm_random_graph(40, 20 + 15 * seed, seed=seed)
    oracle = nx.betweenness_centrality(graph)
    found = betweenness(40, sorted(graph.edges), range(40))
    assert found.tolist() == pytest.approx([oracle[node] for node in range(40)], abs=1e-12)


def test_a_path_and_a_star_and_what_has_no_pair_between() -> None:
    assert betweenness(3, [(0, 1), (1, 2)], range(3)).tolist() == [0, 1, 0]
    assert betweenness(4, [(0, 1), (0, 2), (0, 3)], range(4)).tolist() == [1, 0, 0, 0]
    assert betweenness(2, [(0, 1)], range(2)).tolist() == [0, 0]
    assert betweenness(0, [], []).tolist() == []
    assert betweenness(4, [], range(4)).tolist() == [0, 0, 0, 0]


def test_from_some_it_is_an_estimate_on_the_same_scale() -> None:
    graph = nx.barabasi_albert_graph(300, 3, seed=1)
    whole = betweenness(300, sorted(graph.edges), range(300))
    some = betweenness(300, sorted(graph.edges), range(0, 300, 3))
    assert some.sum() == pytest.approx(whole.sum(), rel=0.1)
    assert set(some.argsort()[-5:]) & set(whole.argsort()[-5:])


def test_it_tells_how_many_sources_are_done_and_ends_where_the_telling_raises() -> None:
    told: list[tuple[str, int, int | None]] = []
    betweenness(3, [(0, 1), (1, 2)], range(3), progress=lambda *said: told.append(said))
    assert told == [("betweenness", done, 3) for done in range(4)]

    def enough(stage: str, done: int, total: int | None) -> None:
        if done:
            raise FilatureError("enough")

    with pytest.raises(FilatureError, match="enough"):
        betweenness(3, [(0, 1), (1, 2)], range(3), progress=enough)
