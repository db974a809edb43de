"""What the platform's own pairs say of its homes: estimates against brute force, and leads that they clear."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from graph.detect.shells import ShellParameters
from graph.detect.shells.homes import names_at_home, operator_bits
from tests.unit.graph.detect.shells.shell_platform import Platform

PARAMETERS = ShellParameters()


def most_likely_bits(odds):
    """The proportion of operators by search, as bits beside the prior."""
    ratios = 2.0 ** (np.asarray(odds) - PARAMETERS.unknown_home_bits)
    usual = 1.0 / (1.0 + 2.0**-PARAMETERS.unknown_home_bits)

    def loss(logit):
        share = 1.0 / (1.0 + np.exp(-logit))
        known = usual * np.log(share) + (1.0 - usual) * np.log(1.0 - share)
        return -np.log(share * ratios + 1.0 - share).sum() - PARAMETERS.known_pairs * known

    return minimize_scalar(loss, bounds=(-14.0, 6.0), method="bounded", options={"xatol": 1e-7}).x / np.log(2.0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-12, 12), max_size=300), st.integers(1, 8))
def test_the_proportion_of_operators_is_the_most_likely_one_and_never_raises_a_lead(odds, times):
    odds = odds * times
    assert operator_bits(odds, PARAMETERS) == pytest.approx(
        min(0.0, most_likely_bits(odds) - PARAMETERS.unknown_home_bits), abs=2e-3
    )


def test_without_pairs_what_is_usual_holds():
    assert operator_bits([], PARAMETERS) == 0.0
    assert names_at_home([], PARAMETERS) == pytest.approx(PARAMETERS.home_names)
    assert names_at_home([True] * 200, PARAMETERS) == pytest.approx(0.5, abs=0.01)


def with_card(platform, names):
    """Two people of one home with one card, there in the evening, each on a device of its own."""
    ip = f"10.7.{len(platform.accounts) // 250}.{len(platform.accounts) % 250}"
    for n, name in enumerate(names):
        who = f"{names[0]}{n}"
        platform.account(who, name=name)
        platform.identifiers.append({"account": f"c:{who}", "kind": "payment", "value": f"card-{names[0]}"})
        platform.evenings([who], device=f"dev-{who}", ip=ip)


def with_homes(like):
    """A pair of whom only a card and a name in common are known, among 150 homes of which ``like`` have one name."""
    platform = Platform()
    platform.account("x", name="Belakovu")
    platform.account("y", name="Belakovu_7")
    platform.identifiers += [{"account": f"c:{who}", "kind": "payment", "value": "card-x"} for who in "xy"]
    for n in range(150 if like is not None else 0):
        name = platform.word() + platform.word()
        with_card(platform, (name, f"{name}_7" if n < like else platform.word() + platform.word()))
    return {found.members: (found.tier, found.score) for found in platform.found()}.get(("c:x", "c:y"), ("weak", 0.0))


def test_a_card_in_common_says_less_where_families_pay_with_one_and_a_name_less_where_they_bear_one():
    alone, cards, names = with_homes(None), with_homes(0), with_homes(150)
    assert alone[0] == "strong"
    assert cards[1] < alone[1]
    assert names[0] == "weak"
