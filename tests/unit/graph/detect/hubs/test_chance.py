"""How likely has an ordinary account so much evidence?"""

from dataclasses import replace

import numpy as np
import pytest

from graph.detect.hubs.ages import age_groups
from graph.detect.hubs.chance import chances, fitted_spread, ordinary_conduct, q_values
from graph.detect.hubs.conduct import Conduct
from graph.detect.hubs.model import Model
from graph.detect.hubs.null import Life
from graph.detect.hubs.parameters import HubParameters

GROUPS = age_groups(18)
ACCOUNTS, ADULT = 400, 5


def a_platform(seed=0, spread=0.02):
    """Adults of 28 to 37 who choose one minor in five, and their model; drawn from it."""
    mean = np.array([0.05, 0.1, 0.05, 0.1, 0.1, 0.4, 0.1, 0.1])
    every = np.tile(mean, (ACCOUNTS, GROUPS.size, 1))
    every[:, : GROUPS.minors] = [0.25, 0.4, 0.25, 0.02, 0.02, 0.02, 0.02, 0.02]
    life = Life(
        chosen=every, writers=every, circles=0.05, begun=0.5, begun_apart=0.1, reported=0.001, people=mean,
    )
    age = np.full((ACCOUNTS, GROUPS.known), 0.01)
    age[:, ADULT] = 1.0 - 0.01 * (GROUPS.known - 1)
    ten, nothing = np.full(ACCOUNTS, 10.0), np.zeros(ACCOUNTS)
    people = np.tile(np.array([1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 1.0, 1.0]), (ACCOUNTS, 1))
    conduct = Conduct(
        number=np.arange(ACCOUNTS), own=np.full(ACCOUNTS, ADULT), age=np.log(age), role=np.zeros(ACCOUNTS, dtype=bool),
        chosen=people, minors=people[:, :3].sum(axis=1), known=ten, contacts=ten, arrivals=nothing,
        present=np.tile(mean, (ACCOUNTS, 1)), looked=nothing, closed=nothing, writers=people, came=ten, reports=nothing,
    )
    model = Model(life, GROUPS, HubParameters())
    return model, ordinary_conduct(model, conduct, spread, np.random.default_rng(seed))


def q_of(model, conduct):
    mailing, sides = np.full(len(conduct.number), 0.001), model.sides(conduct)
    evidence, seeking = model.evidence(conduct, sides, mailing), sides.likelier_seeking
    return q_values(model, conduct, evidence, mailing, seeking=seeking, at_least=3)


def test_where_nobody_seeks_minors_nothing_stands_out():
    assert sum(q_of(*a_platform(seed)).min() <= 0.05 for seed in range(5)) <= 1


def test_who_writes_to_minors_alone_stands_out_of_few_drawn_ones():
    model, conduct = a_platform(1)
    his = {
        "chosen": [5, 10, 5, 0, 0, 0, 0, 0], "writers": [0, 0, 1, 1, 1, 4, 2, 1],
        "minors": 20.0, "known": 20.0, "looked": 20.0, "closed": 1.0,
    }
    changed = {name: getattr(conduct, name).copy() for name in his}
    for name, value in his.items():
        changed[name][0] = value
    q = q_of(model, replace(conduct, **changed))
    assert q[0] < 5e-3
    assert q[1:].min() > 0.05


def test_fewer_contacts_than_asked_for_are_no_test():
    model, conduct = a_platform()
    assert set(q_of(model, replace(conduct, known=np.full(ACCOUNTS, 2.0)))) == {1.0}


def test_what_accounts_are_called_changes_nothing():
    model, conduct = a_platform()
    order = np.random.default_rng(9).permutation(ACCOUNTS)
    assert q_of(model.take(order), conduct.take(order)) == pytest.approx(q_of(model, conduct)[order], rel=1e-9)


def test_few_draws_give_small_chances_by_their_tail():
    drawn = np.random.default_rng(1).exponential(size=5000)
    found = chances(np.array([0.0, 1.0, 3.0, 12.0]), drawn)
    assert found[:3] == pytest.approx(np.exp([0.0, -1.0, -3.0]), rel=0.15)
    assert np.exp(-15.0) < found[3] < np.exp(-9.0)


def test_more_evidence_is_never_likelier():
    drawn = np.random.default_rng(2).normal(size=1000)
    found = chances(np.linspace(-3.0, 9.0, 500), drawn)
    assert (np.diff(found) <= 1e-12).all()


@pytest.mark.parametrize("spread", [0.02, 0.1, 0.2])
def test_how_far_accounts_scatter_is_found(spread):
    model, conduct = a_platform(spread=spread)
    assert 0.4 * spread <= fitted_spread(model, conduct, np.ones(ACCOUNTS)) <= 1.6 * spread


def test_who_states_nothing_is_compared_with_the_ages_that_those_who_write_to_it_suggest():
    model, conduct = a_platform()
    sides = model.sides(conduct)
    own = conduct.own.copy()
    own[1] = GROUPS.unknown
    weights = model.mates(replace(conduct, own=own), sides)
    assert weights[0].tolist() == np.eye(GROUPS.size)[ADULT].tolist()
    assert weights[1].tolist() == [*sides.ages[1].tolist(), 0.0]
