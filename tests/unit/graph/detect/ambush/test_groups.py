"""Ambush: groups of pairs, the search within, and what the evidence for a group is made of."""

import random
from datetime import timedelta
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

from graph.detect.ambush import AmbushParameters
from graph.detect.ambush.contacts import SECOND
from graph.detect.ambush.groups import crews_among, groups
from graph.detect.ambush.leads import lead
from graph.detect.ambush.meetings import EPOCH, Crew, Meeting
from graph.detect.ambush.model import against, evidence_of
from graph.detect.ambush.parameters import PARTS
from graph.detect.ambush.surroundings import Surroundings


def linked(*cliques, bridges=(), p=1e-6):
    pairs = {pair for clique in (*cliques, *bridges) for pair in combinations(sorted(clique), 2)}
    return {(ord(a), ord(b)): p for a, b in pairs}


def spelled(group):
    return "".join(chr(member) for member in group)


@pytest.mark.parametrize("largest", [4, 12])
def test_two_groups_that_one_link_joins_are_both_kept(largest):
    pairs = linked("abcd", "vwxyz", bridges=["az"])
    found = groups(pairs, AmbushParameters(largest_crew=largest))
    assert sorted(spelled(group) for group in found) == ["abcd", "vwxyz"]


def test_a_large_group_is_cut_the_same_way_whatever_its_members_are_called():
    draw = random.Random(5)
    every = {pair: draw.random() * 1e-3 for pair in combinations(range(40), 2) if draw.random() < 0.25}
    parameters, names = AmbushParameters(largest_crew=10), list(range(40))
    before = groups(every, parameters)
    draw.shuffle(names)
    after = groups({tuple(sorted((names[a], names[b]))): p for (a, b), p in every.items()}, parameters)
    assert before
    assert {frozenset(names[one] for one in group) for group in before} == {frozenset(group) for group in after}


def test_of_a_chain_only_those_linked_to_half_of_the_others_stay():
    assert [spelled(group) for group in groups(linked("ab", "bc", "cd", "de"), AmbushParameters())] == ["bcd"]


class Judge:
    """In place of the null: ``worth`` gives ln q of a group, None for no crew."""

    def __init__(self, worth, **parameters):
        self.parameters = AmbushParameters(**{"windows_s": (60,), **parameters})
        self.customs, self.worth = self, worth

    def together(self, group):
        return (0.0, 0.0)

    def crews(self, groups, window_s, together):
        of = self.worth if callable(self.worth) else self.worth[window_s].get
        worth = [(tuple(sorted(group)), of(spelled(sorted(group)))) for group in groups]
        return [
            None if log_q is None else Crew(None, group, window_s, log_q, 0.0, frozenset())
            for group, log_q in worth
        ]


def found(pairs, worth, levels=(1e-3, 1e-2), **parameters):
    return [(spelled(crew.numbers), crew.log_q) for crew in crews_among(pairs, levels, Judge(worth, **parameters))]


def test_part_of_a_crew_that_came_within_minutes_does_not_hide_who_came_within_the_day():
    worth = {60: {"abc": 3.0}, 3600: {"abc": 4.0, "abcd": 1.0, "abcde": -9.0}}
    assert found(linked("abcde"), worth, windows_s=(60, 3600)) == [("abcde", -9.0)]
    pairs = linked("abc") | linked("ad", "bd", "cd", "ae", "be", p=5e-3)
    assert found(pairs, worth, windows_s=(60, 3600)) == [("abcde", -9.0)]


def test_the_search_drops_a_member_and_takes_in_a_linked_account_while_that_makes_the_group_less_likely():
    worth = {"abcx": -3.0, "abc": -5.0, "abcd": -9.0}.get
    pairs = linked("abcx") | linked("cd", p=5e-3)
    assert found(pairs, worth) == [("abcd", -9.0)]


def test_who_is_linked_to_one_of_a_larger_group_is_not_tried_as_a_member():
    worth = {"abcd": -9.0, "abcde": -20.0, "abcdf": -15.0}.get
    pairs = linked("abcd") | linked("de", "cf", "df", p=5e-3)
    assert found(pairs, worth) == [("abcdf", -15.0)]
    assert found(linked("abc", "cd"), {"abc": -5.0, "abcd": -9.0}.get) == [("abcd", -9.0)]


def test_a_window_far_behind_what_another_led_to_is_left_out():
    near_by, behind = {"abcd": -9.0, "abcde": -30.0}, {"abcd": -16.0, "abcde": -40.0}
    pairs = linked("abcd") | linked("ae", "be", p=5e-3)
    assert found(pairs, {60: near_by, 3600: behind}, windows_s=(60, 3600)) == [("abcde", -40.0)]
    assert found(pairs, {60: near_by, 3600: {"abcd": -8.0, "abcde": -25.0}}, windows_s=(60, 3600)) == [
        ("abcde", -30.0)
    ]
    late = {"abcd": -1.0, "abcde": -99.0}
    assert found(pairs, {60: {"abcd": -20.0}, 3600: late}, windows_s=(60, 3600)) == [("abcd", -20.0)]


def test_a_group_that_is_too_large_is_cut_down_even_where_that_makes_it_likelier():
    assert found(linked("abcde"), lambda group: -float(len(group)), largest_crew=4)[0][0] in {
        spelled(group) for group in combinations(b"abcde", 4)
    }


def test_no_search_begins_where_a_group_is_far_from_any_crew_or_from_what_it_is_in_another_window():
    """Groups of those who write to thousands are no crews in any window, and cost most."""
    asked = []

    class Worth(dict):
        def get(self, group):
            asked.append(group)
            return super().get(group, -9.0)

    assert found(linked("abcd"), Worth(abcd=50.0).get) == []
    assert asked == ["abcd"]
    asked.clear()
    other = {"abcd": -50.0, **dict.fromkeys(("abc", "abd", "acd", "bcd"), -10.0)}
    assert found(linked("abcd"), {60: Worth(abcd=5.0), 3600: other}, windows_s=(60, 3600)) == [("abcd", -50.0)]
    assert asked == ["abcd"]
    assert found(linked("abcd"), Worth(abcd=45.0).get)[0][1] == -9.0


def test_a_group_of_which_chance_gives_many_is_no_crew():
    assert found(linked("abc"), lambda group: 7.0) == []


def test_a_second_crew_that_met_the_first_on_a_target_is_found_after_it():
    """The first takes two of the second's links with it: what is left is grouped anew, at the looser level too."""
    pairs = linked("abcd", "xyz", bridges=["cx", "cy", "dx", "dy"]) | linked("pqr", p=2e-3)
    worth = {"abcd": -9.0, "xyz": -5.0, "pqr": -4.0}.get
    whole = found(pairs, lambda group: worth(group, 1.0 if len(group) > 4 else 3.0))
    assert whole == [("abcd", -9.0), ("xyz", -5.0), ("pqr", -4.0)]


def crew(log_q=-40.0, members=4, targets=6):
    made = Crew(None, tuple(range(members)), 3600, log_q, 0.5, frozenset())
    made.__dict__["meetings"] = (None,) * targets  # what the visits would tell
    return made


def around(**more):
    numbers = {name: ("messages:m",) * more.pop(name, usual) for name, usual in (("answers", 6), ("arrivals", 1))}
    return Surroundings(**{
        "hits": 18, "outsiders": 0, "minors": 2, "aged": 6, "minors_expected": 2.0, "young": 0,
        "usual_newcomers": 0.1, **numbers, **more,
    })


def total(log_q=-40.0, *, parameters=None, **more):
    return evidence_of(crew(log_q), around(**more), parameters or AmbushParameters()).total


def test_meetings_speak_no_louder_than_the_share_of_groups_the_null_does_not_know():
    assert total(-40.0) == pytest.approx(total(-400.0))
    assert total(-40.0) > total(-5.0) > total(3.0)


@pytest.mark.parametrize("sign", [{"answers": 18}, {"outsiders": 20}, {"young": 4}, {"arrivals": 15}])
def test_what_speaks_against_a_crew_lowers_its_evidence(sign):
    assert total(**sign) < total() - 0.5


def test_who_writes_to_newcomers_no_more_than_the_platform_does_is_no_greeter():
    assert total(arrivals=0) == total(arrivals=1)
    assert total(arrivals=15, usual_newcomers=0.8) > total() - 0.5


def test_a_signal_that_is_left_out_says_nothing():
    silent = AmbushParameters(parts=("answers",))
    assert total(parameters=silent, outsiders=50, young=4) == pytest.approx(total(parameters=silent))


def test_targets_that_are_minors_beyond_what_is_usual_for_the_members_speak_for_a_crew():
    assert total(minors=6) > total(minors=6, minors_expected=5.5) > total()
    assert total(minors=6) > total(minors=3, aged=3, minors_expected=1.0), "of three known ones less is known"
    assert total(minors=6, minors_expected=5.5) < total() + 1.0, "minors write to minors"
    assert total() >= total(minors=0) > total() - 0.7, "a crew need not be after minors"
    assert total(minors=0, aged=0, minors_expected=None) == pytest.approx(total(minors=0, parameters=AmbushParameters(
        parts=tuple(part for part in PARTS if part != "minors")
    )))


def test_reports_change_nothing():
    assert total(reports=("reports:r1",)) == total()


def test_that_all_of_them_answered_says_little_against_whoever_goes_for_minors():
    """Who is taken in answers; nothing is assumed of how a crew is answered, and friends are answered nearly always."""
    answered = {"hits": 24, "answers": 24}
    assert total(-40.0, **answered) >= AmbushParameters().moderate
    assert total(-40.0, **answered, minors=6) >= AmbushParameters().strong
    assert total(-40.0, **answered) < AmbushParameters().strong


def test_what_does_not_look_like_a_look_alike_says_little_for_a_crew():
    assert 0 < against(0, 18, crew=(1, 9), other=(3, 3)) <= 0.6932
    assert against(17, 18, crew=(1, 9), other=(3, 3)) < -3


def test_the_time_between_members_is_that_of_all_whom_the_replay_counts():
    """Who had come a day ahead was counted as first and cited, and left out of how they followed each other."""
    made = crew(members=3, targets=1)
    made.__dict__["visits"] = SimpleNamespace(at=np.array([0, 5000, 5060]) * SECOND)
    made.__dict__["meetings"] = (Meeting(3, (1, 2), asides=(0,)),)
    assert made.replay == ((0, 1, 2),)
    assert made.median_gap_s == 2530.0


@pytest.mark.parametrize(("expected", "tier"), [(0.5, "strong"), (12.1, "moderate")])
def test_a_crew_that_met_hardly_more_often_than_usual_is_not_strong_and_says_so(expected, tier):
    made = crew(members=3, targets=6)
    made.__dict__.update(expected=expected, hits=tuple(range(24)))
    made.__dict__["visits"] = SimpleNamespace(
        actor=np.arange(24) % 3, at=np.arange(24) * SECOND, moment=lambda row: EPOCH + timedelta(seconds=row),
        record=pa.chunked_array([[str(i) for i in range(24)]]),
        contacts=SimpleNamespace(names=["p:a", "p:b", "p:c"] + [f"p:t{i}" for i in range(6)]),
    )
    made.__dict__["meetings"] = tuple(Meeting(3 + i, tuple(range(4 * i, 4 * i + 4))) for i in range(6))
    made.__dict__.update(replay=tuple(meeting.rows for meeting in made.meetings), often_beside=())
    found = lead(made, around(), AmbushParameters())
    assert found.tier == tier
    assert ("little_more_than_usual" in {said.code for said in found.counter_evidence}) == (tier == "moderate")
