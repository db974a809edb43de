"""Ambush: groups of pairs, and what makes a group a lead."""

from dataclasses import replace
from itertools import combinations

import pytest

from graph.detect.ambush import AmbushParameters
from graph.detect.ambush.chance import PairTest
from graph.detect.ambush.crews import Convergence, Crew, Hit
from graph.detect.ambush.grouping import crews_among, groups
from graph.detect.ambush.leads import lead
from graph.detect.ambush.surroundings import Surroundings
from graph.detect.ambush.weighing import comers_by_halves, minor_bits
from tests.unit.graph.detect.relational_evidence import at

HOUR, DAY = 3600, 86400


def linked(*cliques, bridges=()):
    pairs = {pair for clique in (*cliques, *bridges) for pair in combinations(sorted(clique), 2)}
    return [PairTest(a, b, 1e-6) for a, b in sorted(pairs)]


@pytest.mark.parametrize("largest", [4, 12])
def test_two_groups_that_one_link_joins_are_both_kept(largest):
    pairs = linked("abcd", "vwxyz", bridges=["az"])
    assert sorted(groups(pairs, AmbushParameters(largest_crew=largest))) == [tuple("abcd"), tuple("vwxyz")]


def test_of_a_chain_only_those_linked_to_half_of_the_others_stay():
    assert groups(linked("ab", "bc", "cd", "de"), AmbushParameters()) == [tuple("abc")]


def crew_named(members, q):
    """A crew that met on as many targets, three of them each time."""
    met = tuple(
        Convergence(f"t{i}", tuple(Hit(at(i * DAY + j), name, f"r{i}{j}") for j, name in enumerate(members)))
        for i in range(3)
    )
    return Crew(tuple(members), met, HOUR, 6.0, 0.1, q)


def test_a_second_crew_that_met_the_first_on_a_victim_is_found_after_it():
    """The first takes two of the second's links with it: what is left is grouped anew, at the looser level too."""
    pairs = linked("abcd", "xyz", bridges=["cx", "cy", "dx", "dy"])
    pairs += [PairTest("p", "q", 0.002), PairTest("p", "r", 0.002), PairTest("q", "r", 0.002)]
    asked = []

    def judge(group):
        asked.append(group)
        best = "abcd" if "a" in group else "".join(group)
        return crew_named(best, 1e-4)

    crews = crews_among(pairs, (1e-3, 3e-3), AmbushParameters(), judge, alone)
    assert ["".join(crew.members) for crew in crews] == ["abcd", "xyz", "pqr"]
    assert len(asked) == len(set(asked))


def test_a_group_that_chance_explains_gives_way_to_one_beyond_it():
    pairs = linked("abc", "wxyz")
    crews = crews_among(
        pairs, (1e-3,), AmbushParameters(), lambda group: crew_named(group[:3], 1e-4 if "w" in group else 0.5),
        alone,
    )
    assert [("".join(crew.members), crew.q) for crew in crews] == [("wxy", 1e-4), ("abc", 0.5)]


def alone(crew, others):
    return crew


def test_a_crew_grows_by_those_linked_to_a_member():
    pairs = [*linked("abc"), PairTest("a", "d", 0.002), PairTest("x", "y", 0.002)]
    (crew,) = crews_among(
        pairs, (1e-3, 1e-2), AmbushParameters(), lambda group: crew_named(group, 1e-6),
        lambda crew, others: crew_named([*crew.members, *others], 1e-7),
    )
    assert crew.members == tuple("abcd")


def around(**more):
    return Surroundings(**{
        "members_on_victims": 9, "outsiders": (0, 0, 0), "comers": (3, 3, 3), "arrivals": 0, "beside": 0, "rushed": 0,
        "hits": 9, "hits_in_room": 0, "chatter": 0, "chatter_expected": 0.0, "chatter_records": (), "minor_victims": 3,
        "minor_expected": 0.6, "minor_members": 0, "own_contacts": 12, "answered": 0, "arrival_share": 0.3,
        "same_text": None, "reports": (), **more,
    })


def test_minors_and_talk_make_up_for_co_hits_near_chance():
    parameters, crew = AmbushParameters(), crew_named("abc", 0.4)
    assert lead(crew, around(), parameters).tier == "moderate"
    assert lead(crew, around(), parameters).q_value == pytest.approx(0.4 / 27)  # three minors where a fifth is usual
    (both,) = [r for r in lead(crew, around(), parameters).reasons if r.measure.startswith("co-hits together")]
    assert both.observed == pytest.approx(27)
    assert both.detail_fr
    assert lead(crew, around(minor_victims=1), parameters) is None
    talk = around(minor_victims=2, minor_expected=0.6, chatter=4, chatter_expected=0.5, chatter_records=("messages:m",))
    assert lead(crew_named("abc", 0.1), talk, parameters) is not None
    assert lead(crew, around(minor_members=2), parameters) is None  # nothing may speak against such a group


def test_a_crowd_on_one_target_is_no_crowd_on_most():
    parameters, crew = AmbushParameters(), crew_named("abc", 1e-5)
    assert lead(crew, around(outsiders=(40, 0, 0)), parameters).tier == "strong"
    assert lead(crew, around(outsiders=(4, 4, 0)), parameters).tier == "moderate"


@pytest.mark.parametrize(("arrivals", "usual", "tier"), [
    (4, 0.3, "weak"),  # all had just arrived, as a third of everybody's contacts
    (3, 0.45, "strong"),  # so many arrivals are ordinary here
    (3, 0.1, "weak"),
    (4, 0.9, "strong"),  # on its first day everybody has just arrived
])
def test_a_group_greets_where_arrivals_are_far_more_than_usual(arrivals, usual, tier):
    crew = Crew(tuple("abc"), tuple(
        Convergence(f"t{i}", tuple(Hit(at(i * DAY + j), name, f"r{i}{j}") for j, name in enumerate("abc")))
        for i in range(4)
    ), HOUR, 8.0, 0.1, 1e-7)
    found = lead(crew, around(arrivals=arrivals, arrival_share=usual, minor_victims=1), AmbushParameters())
    assert found.tier == tier


def test_reports_by_targets_weigh_a_little_and_open():
    parameters = AmbushParameters()
    reports = ("reports:r1", "reports:r2")
    plain, reported = around(minor_victims=1), around(minor_victims=1, reports=reports)
    assert lead(crew_named("abc", 0.2), plain, parameters) is None
    found = lead(crew_named("abc", 0.2), reported, parameters)
    assert found.q_value == pytest.approx(0.2 / 3**2 / 2 ** max(0.0, minor_bits(1, 3, 0.6)))
    (reason,) = [reason for reason in found.reasons if reason.measure == "reports by the targets"]
    assert (reason.observed, reason.records) == (2, reports)
    assert reason.detail_fr.startswith("2 signalements")
    assert lead(crew_named("abc", 5e-3), plain, parameters).tier == lead(
        crew_named("abc", 5e-3), reported, parameters
    ).tier


def test_members_that_joined_are_told_apart():
    plain = crew_named("abcd", 1e-7)
    told, silent = (
        [item for item in lead(crew, around(), AmbushParameters()).counter_evidence if "joined" in item.measure]
        for crew in (replace(plain, joined=("d",)), plain)
    )
    assert [(item.measure, item.observed) for item in told] == [("members that joined", 1)]
    assert "1 of the 4 members joined" in told[0].detail
    assert "Up to 10% of such members" in told[0].detail
    assert "Jusqu'à 10 %" in told[0].detail_fr
    assert silent == []


def crew_that_came(size, *comers):
    """A crew of that size, so many of them on each target in turn, beyond chance by far."""
    names = "abcdefghijkl"[:size]
    met = tuple(
        Convergence(f"t{i}", tuple(
            Hit(at(i * DAY + j), names[(i + j) % size], f"r{i}-{j}") for j in range(count)
        ))
        for i, count in enumerate(comers)
    )
    return Crew(tuple(names), met, HOUR, 20.0, 0.1, 1e-20)


TALK = {"chatter": 8, "chatter_expected": 0.5, "chatter_records": ("messages:m",)}


@pytest.mark.parametrize(("comers", "more", "tier", "told"), [
    ((4, 4, 5, 4, 4), {}, "strong", None),
    ((2, 3, 2, 2, 3), {}, "moderate", "members who stayed away"),  # as five who come to every other one
    ((2, 3, 2, 2, 3), TALK, "strong", "members who stayed away"),
    ((2, 3, 2, 2, 3), {"minor_victims": 5, "minor_expected": 1.0}, "strong", "members who stayed away"),
    ((4, 4, 5, 4, 4), {"same_text": 0.9}, "moderate", "one text for all"),
    ((4, 4, 5, 4, 4), {"same_text": 0.9, **TALK}, "strong", "one text for all"),
    ((4, 4, 5, 4, 4), {"same_text": 0.5}, "strong", None),
    ((4, 4, 5, 4, 4), {"outsiders": (3, 3, 3, 0, 0), "comers": (4, 4, 5, 4, 4)}, "moderate", None),
    ((4, 4, 5, 4, 4), {"outsiders": (3, 3, 0, 0, 0), "comers": (4, 4, 5, 4, 4)}, "strong", None),
])
def test_meetings_alone_are_strong_where_they_look_like_acting_together(comers, more, tier, told):
    usual = {"minor_victims": 1, "minor_expected": 1.0, "hits": sum(comers), "outsiders": (0,) * 5, "comers": comers}
    found = lead(crew_that_came(5, *comers), around(**{**usual, **more}), AmbushParameters())
    assert found.tier == tier
    signs = [item for item in found.counter_evidence if item.measure in ("members who stayed away", "one text for all")]
    assert [item.measure for item in signs] == ([told] if told else [])
    assert all(item.detail_fr for item in signs)


@pytest.mark.parametrize(("members", "mean"), [(2, 2.0), (3, 2.25), (4, 28 / 11)])
def test_how_many_come_where_each_comes_to_every_other_target(members, mean):
    """Of three: three ways to be two, one to be three."""
    assert comers_by_halves(members) == pytest.approx(mean)
