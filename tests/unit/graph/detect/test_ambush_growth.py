"""Ambush: who joins a crew that is beyond chance without them?"""

from itertools import combinations

import numpy as np
import pytest

from graph.detect.ambush.chance import Activity, Null, weighed_tail
from graph.detect.ambush.cotargeting import WEIGHT_UNIT
from graph.detect.ambush.crews import Hit, convergences, judged
from graph.detect.ambush.growth import grown, tie_ratio, ties
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.ambush.windows import Window
from graph.detect.context import DetectionContext
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at

HOUR, DAY = 3600, 86400


def window_of(contacts, *, able, rate):
    """A window in which any two of the accounts expect ``rate`` co-hits per product of their contacts."""
    names = sorted(contacts)
    rows = np.array([(i, 0, contacts[name]) for i, name in enumerate(names)], dtype=np.int64)
    total = 1_000
    weight = round(rate * (total * total - total) / 2 * WEIGHT_UNIT)
    null = Null(Activity.of_rows(names, *rows.T), [(weight, total, total)])
    return Window(HOUR, (), null, {}, able, 0, 0)


def meetings(*who):
    """Each string of names met on a target of its own, a minute apart."""
    return {
        f"t{place}": [Hit(at(place * DAY + 60 * j), name, f"m{place}{name}") for j, name in enumerate(names)]
        for place, names in enumerate(who)
    }


def crew_of(members, hits, window):
    return judged(tuple(members), convergences(tuple(members), hits, HOUR), window, 1)


CONTACTS = {"a": 4, "b": 4, "c": 4, "d": 4, "e": 4, "x": 60}


def test_one_who_comes_as_often_as_the_members_joins():
    window = window_of(CONTACTS, able=300, rate=1e-4)
    hits = meetings("abcd", "abcd", "abcd", "abc")
    crew = crew_of("abc", hits, window)
    larger = grown(crew, ["d"], hits, [window], frozenset(), AmbushParameters())
    assert larger.members == tuple("abcd")
    assert larger.q < crew.q
    assert larger.victims == ("t0", "t1", "t2", "t3")
    assert sum(len(meeting.hits) for meeting in larger.convergences) == 15


def test_who_joins_brings_evidence_of_its_own_even_if_the_larger_group_is_no_less_likely():
    window = window_of(CONTACTS, able=300, rate=6e-4)
    hits = meetings("abcd", "abcde", "abce", "abc", "abc", "abc")
    crew = crew_of("abc", hits, window)
    assert crew_of("abcd", hits, window).q > crew.q
    assert crew_of("abcde", hits, window).q > crew.q
    alone = weighed_tail(2, 3 * window.null.expected("a", "d"))
    assert 0.1 / 300 < alone < 2 * 0.1 / 300  # too little for one of 300, enough where two of them came so
    assert grown(crew, ["d"], hits, [window], frozenset(), AmbushParameters()).members == tuple("abc")
    larger = grown(crew, ["d", "e"], hits, [window], frozenset(), AmbushParameters())
    assert larger.members == tuple("abcde")
    assert larger.q == crew.q


@pytest.mark.parametrize(("came", "contacts"), [("once", 4), ("twice", 60)])
def test_one_who_came_once_or_writes_to_everybody_stays_out(came, contacts):
    window = window_of({**CONTACTS, "x": contacts}, able=300, rate=3e-4)
    hits = meetings("abcx", "abcx" if came == "twice" else "abc", "abc", "abc", "abc")
    crew = crew_of("abc", hits, window)
    assert grown(crew, ["x"], hits, [window], frozenset(), AmbushParameters()) == crew


def tied(*pairs):
    return frozenset(frozenset(pair) for pair in pairs)


def test_one_who_knows_the_members_needs_to_come_less_often():
    window = window_of(CONTACTS, able=300, rate=6e-4)
    hits = meetings("abcd", "abcd", "abc", "abc", "abc")
    crew = crew_of("abc", hits, window)
    strangers = tied("ab", "bc", "ac")
    assert grown(crew, ["d"], hits, [window], strangers, AmbushParameters()) == crew
    known = grown(crew, ["d"], hits, [window], strangers | tied("ad", "bd"), AmbushParameters())
    assert (known.members, known.joined) == (tuple("abcd"), ("d",))


def test_ties_tell_as_much_as_the_members_know_each_other():
    parameters = AmbushParameters()
    circle = tied("ab", "bc", "ac")
    assert tie_ratio("d", "abc", circle | tied("ad"), parameters) == pytest.approx((0.875 / 0.1) * (0.125 / 0.9) ** 2)
    assert tie_ratio("d", "abc", circle | tied("ad", "bd", "cd"), parameters) == parameters.tie_cap
    assert tie_ratio("d", "abc", circle, parameters) < 0.01  # one of them would know somebody
    assert 0.9 < tie_ratio("d", "abc", frozenset(), parameters) < 1.1


def test_who_ever_wrote_to_each_other_is_tied():
    rows = [("c:a", "c:b"), ("c:b", "c:a"), ("c:x", "c:a"), ("c:c", "c:b")]
    messages = [{"sender": one, "recipient": other, "sent_at": at(i)} for i, (one, other) in enumerate(rows)]
    context = DetectionContext(WrittenEvidence(messages=messages))
    assert ties(context, ["c:a", "c:b", "c:c"]) == {frozenset(("c:a", "c:b")), frozenset(("c:b", "c:c"))}


def test_by_chance_hardly_anybody_joins():
    """200 accounts come at random to where a member is, as often as the null says: most crews stay as they are."""
    rng = np.random.default_rng(7)
    names = [f"x{i:03d}" for i in range(200)]
    window = window_of({**dict.fromkeys("abc", 20), **dict.fromkeys(names, 4)}, able=203, rate=1.25e-3)
    share = window.null.expected("a", names[0]) / 20  # of the 20 contacts of each member
    larger = 0
    for _ in range(60):
        alone = [[name, *(x for x in names if rng.random() < share)] for name in "abc" for _ in range(20)]
        hits = meetings(*["abc"] * 5, *alone)
        crew = crew_of("abc", hits, window)
        larger += grown(crew, names, hits, [window], frozenset(), AmbushParameters()) != crew
    assert larger <= 10  # 6 are expected at most


def test_the_members_expect_what_their_pairs_do():
    window = window_of(CONTACTS, able=300, rate=1e-4)
    assert window.null.expected_of("abc") == pytest.approx(sum(
        1e-4 * CONTACTS[one] * CONTACTS[other] for one, other in combinations("abc", 2)
    ))
