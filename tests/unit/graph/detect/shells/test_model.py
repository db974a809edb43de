"""Shells: weights, ties and groups one by one."""

from itertools import combinations
from math import log2

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from graph.detect.shells import ShellParameters
from graph.detect.shells.contacts import Popularity
from graph.detect.shells.groups import belonging, groups
from graph.detect.shells.marks import SharedMark
from graph.detect.shells.model import PairWeights, Tie, Weight, either, home_bits, mark_weights, prior_bits
from graph.detect.shells.null import company_tail, overlap_bits, surprise_bits, turn_tail

PARAMETERS = ShellParameters()
NOBODY = -60.0


def tie(strangers, home=60.0, *, turns=0.0, home_turns=0.0, against=0.0, private=NOBODY):
    return Tie(strangers, home, turns, home_turns, against, float(strangers + turns > 0), private)


def grouped(weights, *, nothing, largest=200):
    ties = {pair: tie(weight) for pair, weight in weights.items()}
    return groups(ties, nothing=tie(nothing), parameters=ShellParameters(largest_component=largest))


pair_weights = st.dictionaries(
    st.sampled_from(list(combinations(range(7), 2))), st.floats(-10, 10), max_size=21
)


@settings(max_examples=200, deadline=None)
@given(pair_weights)
def test_groups_are_disjoint_lie_inside_links_and_support_each_member(weights):
    found = grouped(weights, nothing=-8.0)
    members = [member for group in found for member in group]
    assert len(members) == len(set(members))
    linked = nx.Graph([pair for pair, weight in weights.items() if weight > 0])
    for group in found:
        assert len(group) >= 2
        assert any(set(group) <= component for component in nx.connected_components(linked))
        for name in group:
            degree = sum(weights.get(tuple(sorted((name, other))), -1) > 0 for other in group if other != name)
            assert degree * 2 >= len(group) - 1


def test_a_chain_of_weak_links_makes_no_group_of_all():
    chain = {(i, i + 1): 3.0 for i in range(5)}
    assert all(len(group) == 2 for group in grouped(chain, nothing=-10.0))


def test_a_chain_of_private_marks_joins():
    chain = {(i, i + 1): tie(3.5, private=3.5) for i in range(3)}
    assert groups(chain, nothing=tie(-14.0), parameters=PARAMETERS) == [(0, 1, 2, 3)]
    assert belonging(0, (0, 1, 2, 3), chain, tie(-14.0), PARAMETERS) > PARAMETERS.moderate


def test_who_is_there_at_once_does_not_join_a_chain():
    chain = {(0, 1): tie(3.5, private=3.5), (1, 2): tie(3.5, private=3.5), (0, 2): tie(-22.0, against=-8.0)}
    assert all(len(group) == 2 for group in groups(chain, nothing=tie(-14.0), parameters=PARAMETERS))


def test_a_large_set_is_cut_where_links_are_weak():
    weights = {pair: 9.0 for block in ((0, 1, 2), (3, 4, 5)) for pair in combinations(block, 2)} | {(2, 3): 1.0}
    assert grouped(weights, nothing=-1.0, largest=3) == [(0, 1, 2), (3, 4, 5)]


def test_turns_with_several_accounts_of_a_group_add_up_and_a_shared_home_does_not():
    """Each pair alone is likelier a home than one operator; the third account took turns with both."""
    home = tie(9.0, -1.0, turns=3.0, home_turns=0.9)
    pairs = {(0, 1): tie(9.0, 4.0), (0, 2): home, (1, 2): home}
    nothing = tie(-11.0, -3.0)
    assert home.total < 0
    assert groups(pairs, nothing=nothing, parameters=PARAMETERS) == [(0, 1, 2)]
    assert belonging(2, (0, 1, 2), pairs, nothing, PARAMETERS) == pytest.approx(0.8, abs=1e-3)  # -1.0 once, 0.9 twice
    silent = {**pairs, (0, 2): home._replace(home_turns=0.0), (1, 2): home._replace(home_turns=0.0)}
    assert groups(silent, nothing=nothing, parameters=PARAMETERS) == [(0, 1)]


def weighed(*weights, private=False):
    return PairWeights(("c:a", "c:b"), -5.0, 0.0, weights, private)


def test_one_family_alone_links_only_by_a_private_mark_and_is_then_never_strong():
    name = Weight("same_name", "name", 20.0, 20.0, None, None)
    assert -1e-6 < weighed(name).tie(PARAMETERS).total < 0
    device = Weight("same_device", "device", 30.0, 30.0, 2, 0.1)
    assert PARAMETERS.moderate < weighed(device, private=True).tie(PARAMETERS).total < PARAMETERS.strong
    assert weighed(device, name, private=True).tie(PARAMETERS).total > PARAMETERS.strong


@pytest.mark.parametrize("family", ["picture", "name", "targets"])
def test_what_people_choose_is_never_strong_and_weak_where_each_has_devices_of_their_own(family):
    chosen = tuple(Weight(each, each, 9.0, 9.0, None, None) for each in (family, "birth"))
    assert PARAMETERS.moderate < weighed(*chosen).tie(PARAMETERS).total < PARAMETERS.strong
    apart = Weight("different_device", "device", -2.0, -2.0, None, None)
    assert weighed(*chosen, apart).tie(PARAMETERS).total < PARAMETERS.moderate


def shared(kind, ever=2):
    return SharedMark(kind, "x", -1, ever, ever, (ever - 1) / 4000)


def test_a_private_mark_is_worth_the_same_on_any_platform_and_whatever_ring_holds_it():
    totals = [
        prior_bits(accounts, PARAMETERS)
        + mark_weights([shared("device", ever)], accounts, PARAMETERS, alike=0)[0].strangers
        for accounts in (500, 4000, 1_000_000) for ever in (2, 6)
    ]
    assert totals == pytest.approx([log2(PARAMETERS.companions * 0.5 / PARAMETERS.coincidence)] * 6)
    (crowd,) = mark_weights([shared("device", 20)], 4000, PARAMETERS, alike=0)
    assert crowd.strangers < 7


def test_a_cookie_on_a_common_device_is_no_news():
    pair = weighed(*mark_weights([shared("device"), shared("cookie"), shared("payment")], 4000, PARAMETERS, alike=0))
    assert {weight.code for weight in pair.counted} == {"same_device", "same_payment"}


def test_a_place_of_more_people_makes_one_operator_less_likely_than_two_of_them():
    def prior(holders):
        return home_bits(holders, PARAMETERS, home=True, apart=False)

    assert prior(2) == prior(PARAMETERS.private_holders) == PARAMETERS.home_bits
    assert prior(25) < prior(12) < PARAMETERS.home_bits
    assert home_bits(2, PARAMETERS, home=False, apart=True) == PARAMETERS.apart_bits


def test_odds_over_both_alternatives_are_below_either():
    assert 2 ** either(3.0, 1.6) == pytest.approx(1 / (2**-3.0 + 2**-1.6))
    assert either(3.0, 1.6) < 1.6


def test_rare_company_is_rarer_than_popular_company():
    popularity = Popularity((1, 2, 40), (100, 50, 1))  # 240 first contacts, 40 of them to one person
    assert popularity.chance(0) == 0.0
    assert popularity.chance(2) == pytest.approx((100 + 4 * 50) / 240**2)
    assert popularity.chance(40) == pytest.approx((100 + 4 * 50 + 1600) / 240**2)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.floats(0.01, 20))
def test_company_is_half_over_the_tail_of_a_poisson_whose_mean_is_exponential(observed, expected):
    tail = stats.nbinom.sf(observed - 1, 1, 1 / (1 + expected))
    bits = surprise_bits(company_tail(observed, expected), most=1e9)
    assert bits == pytest.approx(max(0.0, log2(0.5 / tail)), rel=1e-6, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.floats(0.01, 20), st.floats(0.5, 50))
def test_turns_are_half_over_the_tail_of_a_poisson_whose_mean_is_gamma(observed, expected, shape):
    tail = stats.nbinom.sf(observed - 1, shape, shape / (shape + expected))
    bits = surprise_bits(turn_tail(observed, expected, shape), most=1e9)
    assert bits == pytest.approx(max(0.0, log2(0.5 / tail)), rel=1e-6, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.floats(0.01, 60), st.floats(0.01, 0.9), st.floats(0.0, 0.9))
def test_overlaps_are_those_of_careful_and_careless_operators_over_two_people(n, expected, slips, careless):
    parameters = ShellParameters(slips=slips, most_behaviour_bits=1e9, least_overlap_bits=-1e9)
    other = max(expected, parameters.least_overlaps)
    of_two, of_careful = stats.poisson.pmf(n, other), stats.poisson.pmf(n, slips * (other + 1.0))
    ratio = ((1.0 - careless) * of_careful + careless * of_two) / of_two
    assert overlap_bits(n, expected, parameters, careless=careless) == pytest.approx(log2(ratio), rel=1e-6, abs=1e-6)


def test_overlaps_speak_against_and_their_absence_for():
    parameters = ShellParameters(most_behaviour_bits=5.5)
    for careless, most in ((0.0, -12.0), (0.3, log2(0.3))):
        bits = [overlap_bits(n, 5.0, parameters, careless=careless) for n in (0, 1, 3, 30)]
        assert bits == sorted(bits, reverse=True)
        assert bits[0] == 5.5
        assert bits[-1] == pytest.approx(most)
