"""Shells: names, weights and clusters one by one."""

from itertools import combinations
from math import log2

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from graph.detect.shells import ShellParameters
from graph.detect.shells.clusters import belonging, clusters
from graph.detect.shells.company import Popularity
from graph.detect.shells.evidence import place_prior
from graph.detect.shells.leads import tier_of
from graph.detect.shells.names import number_of, skeletons, undressed, whole_skeleton
from graph.detect.shells.names_worn import Name, Names
from graph.detect.shells.surprise import company_bits, overlap_bits, surprise_bits
from graph.detect.shells.tie import Tie
from graph.detect.shells.value_weights import ValueWeights
from graph.detect.shells.values import SharedValue
from graph.detect.shells.weight import PairWeights, Weight
from graph.linkage.bits import posterior


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marlow", "mаrlow"), ("Marlow", "M4rl0w"), ("marlow_12", "Marlow77"), ("maríow", "mariow"),
        ("marlo", "marl0"), ("Ｍａｒｌｏｗ", "marlow"), ("marllow", "marlow"), ("x_marlow", "xmarlow"),
        ("marlow", "MARIOW"),
    ],
)
def test_dressed_up_names_share_a_skeleton(one, other):
    assert skeletons(one) & skeletons(other)


@pytest.mark.parametrize(("one", "other"), [("marlow", "barlow"), ("river", "silver"), ("anna2001", "anne2001")])
def test_different_names_do_not(one, other):
    assert not skeletons(one) & skeletons(other)


@pytest.mark.parametrize("name", ["", "12345", "___", "ab1", "🙂🙂", "\u202e\u0000"])
def test_a_name_of_few_letters_has_no_skeleton(name):
    assert skeletons(name) == frozenset()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_has_skeletons_of_letters_only(name):
    assert all(len(letters) >= 4 and letters.isalpha() for letters in skeletons(name))


def ties(weights):
    """Pairs that weigh so much over strangers, and nothing speaks for a shared place."""
    return {pair: Tie(weight, 60.0, 0.0, 0.0) for pair, weight in weights.items()}


def grouped(weights, *, nothing, largest=200):
    return clusters(ties(weights), nothing=Tie(nothing, 60.0, 0.0, 0.0), further=0.0, largest=largest, cut=5.0)


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


def test_a_chain_of_links_makes_no_group_of_all():
    chain = {(i, i + 1): 3.0 for i in range(5)}
    assert all(len(group) == 2 for group in grouped(chain, nothing=-10.0))


def test_a_large_set_is_cut_where_links_are_weak():
    weights = {pair: 9.0 for block in ((0, 1, 2), (3, 4, 5)) for pair in combinations(block, 2)} | {(2, 3): 1.0}
    assert grouped(weights, nothing=-1.0, largest=3) == [(0, 1, 2), (3, 4, 5)]


def test_turns_with_several_accounts_of_a_group_add_up_and_a_shared_home_does_not():
    """Each pair alone is likelier a home than one operator; the third account took turns with both."""
    home = Tie(9.0, -1.0, 3.0, 0.9)
    pairs = {(0, 1): Tie(9.0, 4.0, 0.0, 0.0), (0, 2): home, (1, 2): home}
    nothing = Tie(-11.0, -3.0, 0.0, 0.0)
    assert home.total < 0
    assert clusters(pairs, nothing=nothing, further=0.0, largest=200, cut=5.0) == [(0, 1, 2)]
    assert belonging(2, (0, 1, 2), pairs, nothing, 0.0) == pytest.approx(0.8, abs=1e-3)  # -1.0 once, 0.9 twice
    silent = {**pairs, (0, 2): home._replace(place_turns=0.0), (1, 2): home._replace(place_turns=0.0)}
    assert clusters(silent, nothing=nothing, further=0.0, largest=200, cut=5.0) == [(0, 1)]


def test_a_third_account_of_one_home_is_rarer_than_a_second():
    pairs = {(0, 1): Tie(9.0, 1.0, 0.0, 0.0), (0, 2): Tie(9.0, -0.5, 0.0, 0.0), (1, 2): Tie(9.0, -0.5, 0.0, 0.0)}
    nothing = Tie(-11.0, -3.0, 0.0, 0.0)
    assert clusters(pairs, nothing=nothing, further=0.0, largest=200, cut=5.0) == [(0, 1)]
    assert clusters(pairs, nothing=nothing, further=1.0, largest=200, cut=5.0) == [(0, 1, 2)]


def test_a_pair_that_must_not_link_is_no_link_and_no_more_is_taken_from_it():
    pair = PairWeights(("a", "b"), -5.0, -3.0, (Weight("name", "same name", 10.0, 10.0, None, 0.001),))
    assert pair.total > 0
    assert -1e-6 < pair.tie(least=2.0).total < 0
    assert pair.tie().total == pytest.approx(pair.total)


def test_rare_company_is_rarer_than_popular_company():
    popularity = Popularity((1, 2, 40), (100, 50, 1))  # 240 first contacts, 40 of them to one person
    assert popularity.chance(0) == 0.0
    assert popularity.chance(2) == pytest.approx((100 + 4 * 50) / 240**2)
    assert popularity.chance(40) == pytest.approx((100 + 4 * 50 + 1600) / 240**2)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.floats(0.01, 20))
def test_company_is_half_over_the_tail_of_a_poisson_whose_mean_is_exponential(observed, expected):
    tail = stats.nbinom.sf(observed - 1, 1, 1 / (1 + expected))
    assert company_bits(observed, expected, most=1e9) == pytest.approx(max(0.0, log2(0.5 / tail)), rel=1e-6, abs=1e-6)


def test_odds_over_both_alternatives_are_below_either():
    device = Weight("access", "same device", 9.0, 0.6, 2, 0.001)
    weights = (device, Weight("turns", "hand-overs", 4.0, 4.0, 3, 0.1))
    pair = PairWeights(("a", "b"), -10.0, -3.0, weights)
    assert pair.against_strangers == pytest.approx(3.0)
    assert pair.against_sharers == pytest.approx(1.6)
    assert 2**pair.total == pytest.approx(1 / (2**-3.0 + 2**-1.6))
    assert posterior(pair.total) < posterior(1.6)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.floats(0.01, 20))
def test_surprise_is_half_over_the_poisson_tail(observed, expected):
    tail = stats.poisson.sf(observed - 1, expected)
    assert surprise_bits(observed, expected, most=1e9) == pytest.approx(max(0.0, log2(0.5 / tail)), rel=1e-6, abs=1e-6)


def test_overlaps_speak_against_and_their_absence_for():
    bits = [overlap_bits(n, 5.0, least=-12.0, most=6.0) for n in (0, 1, 3, 30)]
    assert bits == sorted(bits, reverse=True)
    assert bits[0] == 6.0
    assert bits[-1] == -12.0


@pytest.mark.parametrize(
    ("one", "other"),
    [("orage_1998", "or4ge_1998"), ("axel-2011", "ax3l-20111"), ("3toile", "etoile"), ("zou", "z0uu"),
     ("Yuki.895", "yuk_i895"), ("mаrlow7", "Marlow_7")],
)
def test_whole_names_read_alike_with_their_numbers(one, other):
    assert whole_skeleton(one) == whole_skeleton(other) is not None


@pytest.mark.parametrize(("one", "other"), [("orage1998", "orage1997"), ("orage", "orage12"), ("lune", "lumen")])
def test_whole_names_that_differ_do_not(one, other):
    assert whole_skeleton(one) != whole_skeleton(other)


@pytest.mark.parametrize(
    ("name", "number"), [("axel-2011", "201"), ("axel-20111", "201"), ("lou", None), ("lou7", None)]
)
def test_the_number_of_a_name(name, number):
    assert number_of(name) == number


def worn(*names, others=200):
    """Accounts 0, 1, … with these names among so many that bear other ones."""
    def parts(name):
        return Name(whole_skeleton(name), tuple(sorted(skeletons(name))), number_of(name), undressed(name))

    whole = [*names, *(f"{chr(97 + i // 26)}{chr(97 + i % 26)}fill" for i in range(others))]
    table = {who: (parts(name),) for who, name in enumerate(whole)}
    def count(place):
        found = {}
        for ((entry),) in table.values():
            for value in entry[place] if place == 1 else [entry[place]]:
                found[value] = found.get(value, 0) + 1
        return found

    return Names(table, count(0), count(1), count(2), 10)


def test_a_number_makes_a_name_rarer_than_its_own_ring_makes_it_common():
    names = worn("soleil769", "s0leil769", "soleil_769", "soleil12", "soleil", "soleil44")
    alike = names.likeness(0, 1)
    assert alike.kind == "name"
    assert alike.u == pytest.approx(5 / 206 * 1 / 206)
    stem = names.likeness(0, 3)
    assert (stem.kind, stem.u) == ("stem", pytest.approx(5 / 206))
    assert names.likeness(0, 100) is None


def test_two_who_chose_one_word_write_it_alike_and_a_name_dressed_up_is_written_in_another_way():
    names = worn("Orage12", "orage_7", "or4ge", "oragee", "or_age", "оrage", others=0)  # the last is Cyrillic
    assert not names.likeness(0, 1).dressed
    assert all(names.likeness(0, other).dressed for other in range(2, 6))
    assert names.dressing == pytest.approx((14 + 1) / (15 + 2))


def test_what_most_who_share_a_stem_do_says_nothing_of_dressing_up():
    def bits(names, one, other):
        (weight,) = ValueWeights({}, names, ShellParameters()).of((one, other), {}, across=False)
        return weight.bits

    plain = worn("lune21", "lune34", "lune56", "lune", "lun3")
    assert bits(plain, 3, 4) > bits(plain, 0, 1)
    dressed = worn("lun_e21", "lu_ne34", "l_une56", "lune", "lun3")
    assert bits(dressed, 3, 4) < bits(plain, 3, 4)


def test_a_number_that_a_whole_ring_has_weighs_as_one_of_two_and_a_picture_does_not():
    def bits(kind, holders):
        value = SharedValue(kind, "x", -1, holders, holders, (holders - 1) / 400)
        return ValueWeights({}, worn("a", "b"), ShellParameters()).of((0, 1), {kind: value}, across=False)[0].bits

    assert bits("phone", 5) == bits("phone", 2)
    assert bits("avatar", 5) == pytest.approx(bits("avatar", 2) - 2)


@pytest.mark.parametrize(("family", "tier"), [("access", "strong"), ("picture", "moderate"), ("name", "moderate")])
def test_what_people_choose_is_never_strong(family, tier):
    found = tuple(Weight(each, each, 9.0, 9.0, None, None) for each in (family, "targets"))
    assert tier_of(0.99, [PairWeights(("c:a", "c:b"), -12.0, -3.0, found)], ShellParameters()) == tier


def test_a_place_of_more_people_makes_one_operator_less_likely_than_two_of_them():
    parameters = ShellParameters()
    assert place_prior(2, parameters) == place_prior(parameters.home_size, parameters) == parameters.sharing_bits
    assert place_prior(25, parameters) < place_prior(12, parameters) < parameters.sharing_bits


@settings(max_examples=60, deadline=None)
@given(st.floats(-200, 200))
def test_a_posterior_is_a_probability(bits):
    assert 0.0 <= posterior(bits) <= 1.0
    assert (posterior(bits) > 0.5) == (bits > 1e-15) or abs(bits) < 1e-12
