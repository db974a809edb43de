"""Shells: names, weights and clusters one by one, then small platforms with a ring or its look-alikes."""

from itertools import combinations
from math import log2
from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from graph.detect.context import DetectionContext
from graph.detect.shells import ShellParameters, find_shells
from graph.detect.shells.clusters import clusters
from graph.detect.shells.names import skeletons
from graph.detect.shells.rhythm import Timeline, overlap_bits, surprise_bits, turns
from graph.detect.shells.weights import PairWeights, Weight, posterior
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at

DAY = 86400


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


pair_weights = st.dictionaries(
    st.sampled_from(list(combinations([f"a{i}" for i in range(7)], 2))), st.floats(-10, 10), max_size=21
)


@settings(max_examples=200, deadline=None)
@given(pair_weights)
def test_groups_are_disjoint_lie_inside_links_and_support_each_member(weights):
    found = clusters(weights, nothing=-8.0, largest=200, cut=5.0)
    names = [name for group in found for name in group]
    assert len(names) == len(set(names))
    linked = nx.Graph([pair for pair, weight in weights.items() if weight > 0])
    for group in found:
        assert len(group) >= 2
        assert any(set(group) <= component for component in nx.connected_components(linked))
        for name in group:
            degree = sum(weights.get(tuple(sorted((name, other))), -1) > 0 for other in group if other != name)
            assert degree * 2 >= len(group) - 1


def test_a_chain_of_links_makes_no_group_of_all():
    chain = {(f"a{i}", f"a{i + 1}"): 3.0 for i in range(5)}
    assert all(len(group) == 2 for group in clusters(chain, nothing=-10.0, largest=200, cut=5.0))


def test_a_large_set_is_cut_where_links_are_weak():
    weights = {pair: 9.0 for block in ("abc", "def") for pair in combinations(block, 2)} | {("c", "d"): 1.0}
    assert clusters(weights, nothing=-1.0, largest=3, cut=5.0) == [("a", "b", "c"), ("d", "e", "f")]


def test_odds_over_both_alternatives_are_below_either():
    device = Weight("access", "same device", 9.0, 2, 0.001, "", (), 0.6)
    weights = (device, Weight("turns", "hand-overs", 4.0, 3, 0.1, ""))
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


def timeline(sessions):
    """From (start, end, device) in hours."""
    rows = sorted(sessions)
    return Timeline(
        np.array([row[0] * 3600.0 for row in rows]), np.array([row[1] * 3600.0 for row in rows]),
        np.array([row[2] for row in rows], dtype=np.int64), tuple(f"s{i}" for i in range(len(rows))),
    )


def test_turns_counts_handovers_and_overlaps_on_different_devices_only():
    a = timeline([(0, 1, 0), (24, 25, 0), (48, 50, 0), (96, 97, 0)])
    b = timeline([(1.01, 2, 1), (25.01, 26, 0), (49, 51, 1), (96, 97, 0)])
    seen = turns(a, b, handover_s=60)
    assert seen is not None
    # the common period runs from b's first start to a's last end
    assert (seen.handovers, seen.handovers_elsewhere, seen.overlaps) == (1, 0, 1)
    assert seen.overlaps_expected > 0


def test_accounts_that_never_lived_at_the_same_time_take_no_turns():
    assert turns(timeline([(0, 1, 0), (30, 31, 0)]), timeline([(100, 101, 1), (140, 141, 1)]), handover_s=60) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 5)), min_size=3, max_size=12), st.data())
def test_overlaps_are_those_of_brute_force(raw, data):
    other = data.draw(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 5)), min_size=3, max_size=12))
    a, b = ([(start, start + length, code) for start, length in rows] for code, rows in enumerate((raw, other)))
    seen = turns(timeline(a), timeline(b), handover_s=60)
    start, end = max(min(a)[0], min(b)[0]), min(max(r[1] for r in a), max(r[1] for r in b))
    inside = [[row for row in rows if row[0] >= start and row[1] <= end] for rows in (a, b)]
    if seen is None:
        assert end - start < 24 or min(map(len, inside)) < 2
    else:
        assert seen.overlaps == sum(x[0] < y[1] and y[0] < x[1] for x in inside[0] for y in inside[1])


class Platform:
    """Four hundred accounts with their own devices and addresses, online each evening; rings and homes are added."""

    def __init__(self, seed=1):
        self.rng = Random(seed)
        self.accounts, self.sessions, self.identifiers, self.messages = [], [], [], []
        for i in range(400):
            self.account(f"u{i:03d}", name=self.word())
            self.evenings([f"u{i:03d}"], device=f"d{i}", ip=f"10.0.{i // 250}.{i % 250}")

    def word(self):
        return "".join(self.rng.choice("bcdfgklmnprst") + self.rng.choice("aeou") for _ in range(4))

    def account(self, name_id, *, name, **more):
        self.accounts.append(
            {"account": f"c:{name_id}", "pseudonym": name, "created_at": at(self.rng.uniform(-90, 0) * DAY), **more}
        )

    def session(self, account, start, end, device, ip):
        self.sessions.append({
            "account": f"c:{account}", "started_at": at(start), "ended_at": at(end), "device_id": device, "ip": ip,
        })

    def evenings(self, names, *, device, ip, days=20):
        for day in range(days):
            for name in names:
                if self.rng.random() < 0.7:
                    start = day * DAY + self.rng.uniform(17, 21) * 3600
                    self.session(name, start, start + self.rng.uniform(600, 3600), device, ip)

    def ring(self, names, *, device, ip, days=20):
        """One person: an account after the other, with a minute between."""
        for day in range(days):
            moment = day * DAY + self.rng.uniform(17, 20) * 3600
            for name in self.rng.sample(names, len(names)):
                length = self.rng.uniform(600, 1800)
                self.session(name, moment, moment + length, device(name), ip)
                moment += length + 60

    def found(self, **parameters):
        evidence = WrittenEvidence(
            accounts=self.accounts, sessions=self.sessions, identifiers=self.identifiers, messages=self.messages
        )
        return find_shells(DetectionContext(evidence), ShellParameters(**parameters))


def members(findings, *, tiers=("strong", "moderate", "weak")):
    return [finding.members for finding in findings if finding.tier in tiers]


def test_a_ring_with_names_alike_on_one_device_is_found_with_its_reasons():
    platform = Platform()
    ring = ["r1", "r2", "r3"]
    for name, worn in zip(ring, ("Belakovu", "b3lakovu", "belаkovu_99"), strict=True):
        platform.account(name, name=worn)
    platform.ring(ring, device=lambda _: "dr", ip="10.9.9.9")
    platform.messages = [
        {"sender": f"c:{name}", "recipient": f"c:u{i:03d}", "sent_at": at(i * 3600.0)}
        for name in ring for i in range(5)
    ] + [{"sender": f"c:u{i:03d}", "recipient": f"c:u{i + 9:03d}", "sent_at": at(i)} for i in range(20, 300)]
    (finding,) = platform.found()
    assert finding.members == ("c:r1", "c:r2", "c:r3")
    assert finding.tier == "strong"
    measures = {reason.measure for reason in finding.reasons}
    assert {"same device", "same name", "same address", "common targets"} <= measures
    assert finding.targets == tuple(f"c:u{i:03d}" for i in range(5))
    name = next(reason for reason in finding.reasons if reason.measure == "same name")
    assert name.expected == pytest.approx(3 / 403, rel=0.05)
    assert all(reason.records for reason in finding.reasons)
    assert "consistent with" in finding.reasons[0].detail


def test_a_ring_on_its_own_devices_that_hands_over_is_found():
    platform = Platform()
    ring = ["r1", "r2", "r3"]
    for name in ring:
        platform.account(name, name=platform.word())
    platform.ring(ring, device=lambda name: f"d-{name}", ip="10.9.9.9")
    assert members(platform.found()) == [("c:r1", "c:r2", "c:r3")]


def test_an_address_alone_never_links():
    platform = Platform()
    for number in range(2):
        name = f"n{number}"
        platform.account(name, name=platform.word())
        for day in range(10):  # never on the same hours, never on the same device
            start = day * DAY + (3 + 7 * number) * 3600
            platform.session(name, start, start + 600, f"d-{name}", "10.9.9.9")
    assert platform.found() == ()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_household_with_a_shared_tablet_stays_apart(seed):
    platform = Platform(seed)
    home = ["h1", "h2"]
    for name in home:
        platform.account(name, name=platform.word())
        platform.evenings([name], device=f"own-{name}", ip="10.8.8.8")
    platform.ring(home, device=lambda _: "tablet", ip="10.8.8.8", days=6)
    assert members(platform.found(), tiers=("strong", "moderate")) == []


def test_a_school_stays_apart():
    platform = Platform()
    pupils = [f"p{i}" for i in range(40)]
    for name in pupils:
        platform.account(name, name=platform.word())
        platform.evenings([name], device=f"own-{name}", ip=f"10.7.{len(name)}.{platform.rng.randrange(250)}")
        for day in range(10):
            start = day * DAY + platform.rng.uniform(8, 16) * 3600
            platform.session(name, start, start + 900, f"pc{platform.rng.randrange(12)}", "10.6.6.6")
    assert members(platform.found(), tiers=("strong",)) == []


def test_two_people_who_converse_are_not_linked_by_a_shared_device():
    platform = Platform()
    for name in ("h1", "h2"):
        platform.account(name, name="Belakovu" if name == "h1" else "belakovu2")
    platform.ring(["h1", "h2"], device=lambda _: "tablet", ip="10.8.8.8")
    alone = {finding.members: finding.score for finding in platform.found()}
    for number in range(20):
        one, other = ("h1", "h2") if number % 2 else ("h2", "h1")
        platform.messages.append(
            {"sender": f"c:{one}", "recipient": f"c:{other}", "sent_at": at(number * 3600.0)}
        )
    talking = {finding.members: finding.score for finding in platform.found()}
    assert talking.get(("c:h1", "c:h2"), 0.0) < alone["c:h1", "c:h2"]


def test_a_value_that_many_accounts_hold_links_nobody_and_is_noted():
    platform = Platform()
    for i in range(60):
        platform.identifiers.append({"account": f"c:u{i:03d}", "kind": "cookie", "value": "shared"})
    context = DetectionContext(WrittenEvidence(
        accounts=platform.accounts, sessions=platform.sessions, identifiers=platform.identifiers
    ))
    assert find_shells(context, ShellParameters()) == ()
    assert context.notes == {"shell": ["1 values of kind cookie are held by too many accounts to link any"]}


def test_the_same_evidence_in_another_order_gives_the_same_findings():
    platform = Platform()
    for name in ("r1", "r2"):
        platform.account(name, name="Belakovu")
    platform.ring(["r1", "r2"], device=lambda _: "dr", ip="10.9.9.9")
    for table, letter in ((platform.accounts, "a"), (platform.sessions, "s")):
        for i, row in enumerate(table):
            row["record_id"] = f"{letter}{i}"
    one = [finding.to_dict() for finding in platform.found()]
    platform.rng.shuffle(platform.accounts)
    platform.rng.shuffle(platform.sessions)
    assert one == [finding.to_dict() for finding in platform.found()]
    assert one


def test_empty_evidence_gives_no_findings():
    assert find_shells(DetectionContext(WrittenEvidence()), ShellParameters()) == ()


@pytest.mark.parametrize(
    "given", [{"link": 0.9, "moderate": 0.8}, {"agreement": {"device": 1.5}}, {"most_holders": 1}, {"handover_s": 0}]
)
def test_parameters_refuse_what_makes_no_sense(given):
    with pytest.raises(ValueError):
        ShellParameters(**given)
