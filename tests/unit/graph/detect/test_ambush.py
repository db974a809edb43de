"""Ambush: the kernel against brute force, the null, and small platforms with a crew or its look-alikes."""

import gzip
import re
from collections import Counter
from datetime import timedelta
from itertools import combinations
from math import comb, floor
from random import Random

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from graph.detect.ambush import AmbushParameters, co_targeting, find_ambush
from graph.detect.ambush.chance import (
    Activity,
    CoHits,
    Null,
    PairTest,
    chernoff_tail,
    group_q,
    merged_days,
    surprising_pairs,
)
from graph.detect.ambush.cotargeting import WEIGHT_UNIT, co_hits, crowds
from graph.detect.ambush.crews import Convergence, Crew, Hit
from graph.detect.ambush.grouping import crews_among, groups
from graph.detect.ambush.leads import lead
from graph.detect.ambush.surroundings import Surroundings
from graph.detect.ambush.weighing import minor_bits
from graph.detect.context import DetectionContext
from graph.detect.statistics import benjamini_hochberg
from tests.real_data import real_data
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at


def events(rows, **more):
    columns = {
        "actor": pa.array([row[0] for row in rows], pa.string()),
        "target": pa.array([row[1] for row in rows], pa.string()),
        "at": pa.array([at(row[2]) for row in rows], pa.timestamp("us")),
    }
    return ibis.memtable(pa.table({**columns, **more}))


def placed_events(rows, window_s):
    """Events with the crowd around them and a stratum named for the actor, as ``co_hits`` takes them."""
    table = events(rows, stratum=pa.array([f"of {row[0]}" for row in rows], pa.string()))
    return crowds(table, [window_s]).rename(crowd=f"crowd_{window_s}")


def brute_force(rows, window_s):
    """Every pair of events of two actors on one target at most window_s apart, counted by pair and target."""
    counts = Counter()
    first = {}
    for (x, t, x_at), (y, u, y_at) in combinations(rows, 2):
        if x != y and t == u and abs(x_at - y_at) <= window_s:
            (a, a_at), (b, b_at) = sorted([(x, x_at), (y, y_at)])
            counts[a, b, t] += 1
            old = first.get((a, b, t), (a_at, b_at))
            first[a, b, t] = (min(old[0], a_at), min(old[1], b_at))
    return {key: (at(first[key][0]), at(first[key][1]), n) for key, n in counts.items()}


event_lists = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("xyz"), st.integers(-400, 400).map(lambda q: q / 4)),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(event_lists, st.integers(1, 90))
def test_co_targeting_is_the_brute_force(rows, window_s):
    found = co_targeting(events(rows), window_s).to_pyarrow().to_pylist()
    assert {
        (row["a"], row["b"], row["target"]): (row["a_at"], row["b_at"], row["co_events"]) for row in found
    } == brute_force(rows, window_s)


@settings(max_examples=30, deadline=None)
@given(event_lists, st.integers(1, 90))
def test_the_crowd_counts_all_events_on_the_target_within_the_window_by_whole_seconds(rows, window_s):
    widths = (window_s, 3 * window_s)
    found = crowds(events(rows), widths).to_pyarrow().to_pylist()
    for width in widths:
        counted = Counter((row["actor"], row["target"], row["at"], row[f"crowd_{width}"]) for row in found)
        assert counted == Counter(
            (actor, target, at(second), sum(t == target and abs(floor(second) - floor(s)) <= width for _, t, s in rows))
            for actor, target, second in rows
        )


@settings(max_examples=30, deadline=None)
@given(event_lists, st.integers(1, 90))
def test_co_hits_of_first_contacts_are_the_pairs_of_co_targeting(rows, window_s):
    firsts = [(actor, target, min(s for a, t, s in rows if (a, t) == (actor, target)))
              for actor, target in sorted({row[:2] for row in rows})]
    placed = placed_events(firsts, window_s)
    found = co_hits(placed, window_s, full_crowd=99, max_crowd=99).to_pyarrow().to_pylist()
    assert Counter((row["a"], row["b"], row["target"]) for row in found) == Counter(
        list(brute_force(firsts, window_s))
    )
    earlier = {(a, b, t): (a if met[0] <= met[1] else b) for (a, b, t), met in brute_force(firsts, window_s).items()}
    assert all(row["stratum"] == f"of {earlier[row['a'], row['b'], row['target']]}" for row in found)


def test_the_window_includes_its_end_and_repeats_of_one_actor_are_no_pair():
    rows = [("a", "t", 0), ("a", "t", 1), ("b", "t", 60), ("c", "t", 60.000001)]
    found = {(r["a"], r["b"]): r["co_events"] for r in co_targeting(events(rows), 60).to_pyarrow().to_pylist()}
    assert found == {("a", "b"): 2, ("a", "c"): 1, ("b", "c"): 1}


def test_a_window_below_a_second_is_refused():
    with pytest.raises(ValueError):
        co_targeting(events([]), 0)


def test_a_crowd_weighs_a_co_hit_down_and_a_popular_target_falls_out():
    rows = [(f"a{i}", "busy", i) for i in range(6)] + [(f"a{i}", "quiet", i) for i in range(2)]
    rows += [(f"a{i:02d}", "popular", i) for i in range(20)]
    hits = co_hits(placed_events(rows, 60), 60, full_crowd=3, max_crowd=10).to_pyarrow().to_pylist()
    weights = {row["target"]: row["weight"] for row in hits}
    assert weights == {"busy": WEIGHT_UNIT // 2, "quiet": WEIGHT_UNIT}


@pytest.mark.parametrize(("window_s", "edges"), [(10, 1092), (60, 6206), (600, 57421)])
def test_retweets_give_the_published_edges(window_s, edges):
    with gzip.open(real_data("coordinated-retweets.csv.gz")) as stream:
        rows = pyarrow.csv.read_csv(stream)
    instants = rows["timestamp_share"].cast(pa.timestamp("s")).cast(pa.timestamp("us"))
    table = ibis.memtable(pa.table({"actor": rows["account_id"], "target": rows["object_id"], "at": instants}))
    pairs = co_targeting(table, window_s).select("a", "b").distinct()
    assert pairs.count().to_pyarrow().as_py() == edges


@settings(max_examples=60, deadline=None)
@given(st.floats(0.001, 20), st.integers(1, 40))
def test_the_chernoff_tail_bounds_the_poisson_tail(expected, observed):
    assert chernoff_tail(observed, expected) >= stats.poisson.sf(observed - 1, expected) - 1e-12


def null_of(contacts, totals):
    names = sorted(contacts)
    rows = [(names.index(name), stratum, k) for name, strata in contacts.items() for stratum, k in strata.items()]
    return Null(Activity.of_rows(names, *np.array(rows, dtype=np.int64).reshape(-1, 3).T), totals)


CONTACTS = {"a": {0: 3, 1: 1}, "b": {0: 2}, "c": {0: 1, 1: 2}}
TOTALS = [(5 * WEIGHT_UNIT, 6, 14), (2 * WEIGHT_UNIT, 3, 5)]


def test_the_expected_co_hits_of_all_pairs_are_those_that_happened():
    null = null_of(CONTACTS, TOTALS)
    assert null.expected_of(["a", "b", "c"]) == pytest.approx(7.0)
    assert null.expected("a", "b") == pytest.approx(2 * 5 * 6 / (36 - 14))
    assert null.expected("a", "nobody") == 0.0


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(
    st.sampled_from("abcdef"), st.dictionaries(st.integers(0, 3), st.integers(1, 9)), min_size=2
))
def test_many_pairs_at_once_expect_what_each_does(contacts):
    null = null_of(contacts, [(7 * WEIGHT_UNIT, 100, 300), (0, 50, 9), (2 * WEIGHT_UNIT, 60, 70), (1, 40, 90)])
    names = sorted(contacts)
    pairs = list(combinations(range(len(names)), 2))
    a, b = np.array(pairs, dtype=np.int64).T
    assert null.expected_of_each(a, b).tolist() == [null.expected(names[x], names[y]) for x, y in pairs]


def test_pairs_beyond_chance_are_told_with_their_tail():
    hits = [(0, 1)] * 4 + [(0, 2)] * 2
    a, b = np.array(hits, dtype=np.int64).T
    weight = np.full(len(hits), WEIGHT_UNIT)
    null = null_of(CONTACTS, [(WEIGHT_UNIT, 600, 14), (WEIGHT_UNIT, 300, 5)])
    tails = {pair: chernoff_tail(n, null.expected(*pair)) for pair, n in {("a", "b"): 4, ("a", "c"): 2}.items()}
    every = surprising_pairs(CoHits(a, b, weight), null, at_most=1.0)
    assert {(pair.a, pair.b): pair.p for pair in every} == tails
    (rare,) = surprising_pairs(CoHits(a, b, weight), null, at_most=tails["a", "b"])
    assert (rare.a, rare.b) == ("a", "b")
    assert surprising_pairs(CoHits(a[:0], b[:0], weight[:0]), null, at_most=1.0) == []


def test_the_group_bound_counts_the_groups_of_that_size():
    assert group_q(6, 0.1, 3, able=100, windows=2) == pytest.approx(chernoff_tail(6, 0.1) * comb(100, 3) * 2)
    assert group_q(1, 2.0, 3, able=100, windows=1) == pytest.approx(comb(100, 3))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.integers(0, 20))
def test_unlisted_tests_count_as_one(p_values, more):
    padded = stats.false_discovery_control(p_values + [1.0] * more)
    assert benjamini_hochberg(p_values, len(p_values) + more) == pytest.approx(list(padded[: len(p_values)]))


def test_days_merge_until_they_hold_enough_and_the_rest_joins_the_last():
    counts = {"01": 5, "02": 5, "03": 20, "04": 3, "05": 3, "06": 1}
    assert merged_days(counts, at_least=6) == {
        "01": "01", "02": "01", "03": "03", "04": "04", "05": "04", "06": "04"
    }
    assert merged_days({}, at_least=6) == {}


def test_minor_bits_are_none_without_ages_and_grow_with_minors():
    assert minor_bits(3, 3, None) == 0.0
    assert minor_bits(6, 6, 1.2) > minor_bits(4, 6, 1.2) > 0 > minor_bits(0, 6, 1.2)


HOUR, DAY = 3600, 86400


def platform(seed=1, days=60):
    """A quiet platform of 300 accounts that write to each other at random: no co-ordination at all."""
    rng = Random(seed)
    names = [f"c:u{i:03d}" for i in range(300)]
    accounts = [
        {"account": name, "created_at": at(-40 * DAY), "declared_age": 14 if i % 3 == 0 else 30}
        for i, name in enumerate(names)
    ]
    messages = [
        {"sender": rng.choice(names[:150]), "recipient": rng.choice(names), "sent_at": at(rng.uniform(0, days * DAY))}
        for _ in range(3000)
    ]
    return rng, names, accounts, [row for row in messages if row["sender"] != row["recipient"]]


def strike(rng, crew, victim, second, *, width=HOUR):
    return [
        {"sender": name, "recipient": victim, "sent_at": at(second + rng.uniform(0, width))} for name in crew
    ]


def found_in(messages, accounts=(), **parameters):
    context = DetectionContext(WrittenEvidence(messages=messages, accounts=accounts))
    findings = find_ambush(context, AmbushParameters(**parameters))
    return findings, context.notes


def test_a_crew_is_found_with_its_victims_replay_and_records():
    rng, names, accounts, messages = platform()
    crew, victims = names[200:204], [names[i] for i in range(210, 260, 9) if i % 3 == 0] + names[270:282:3]
    for number, victim in enumerate(victims):
        messages += strike(rng, rng.sample(crew, 3), victim, (3 + 7 * number) * DAY)
    (finding,), _ = found_in(messages, accounts)
    assert finding.members == tuple(crew)
    assert set(finding.targets) == set(victims)
    assert finding.tier == "strong"
    assert finding.q_value is not None
    assert finding.q_value < 1e-6
    beyond = finding.reasons[0]
    assert beyond.expected is not None
    assert beyond.observed > 10 * beyond.expected
    assert len(beyond.records) == 3 * len(victims)
    assert "minors among the targets" in [reason.measure for reason in finding.reasons]
    assert finding.counter_evidence[-1].measure == "what would clear it"


def test_the_replay_tells_who_came_when_who_lured_and_who_was_missing():
    rng, names, accounts, messages = platform()
    lure, *others = names[200:204]
    victims = names[250:265]
    for number, victim in enumerate(victims):
        second = (3 + 3 * number) * DAY
        missing = others[number % 3]
        for place, name in enumerate(name for name in others if name != missing):
            messages.append({"sender": name, "recipient": victim, "sent_at": at(second + 120 * place)})
        early = second - 20 * HOUR if number < 4 else second - 60
        messages.append({"sender": lure, "recipient": victim, "sent_at": at(early)})
    for one, other in combinations([lure, *others], 2):
        messages.append({"sender": one, "recipient": other, "sent_at": at(2 * DAY + rng.uniform(0, HOUR))})
    (finding,), _ = found_in([{**row, "record_id": f"m{i}"} for i, row in enumerate(messages)], accounts)
    assert finding.members == tuple(names[200:204])
    assert finding.targets == tuple(victims)
    (order,) = [reason for reason in finding.reasons if reason.measure == "order and parts"]
    assert order.detail.startswith(
        f"Median gap between two members 120 s. {lure} took part on 11 of 15 targets, came first on 11 (3.7 if order "
        "were by chance), ahead of the others on 4 more; "
    ), order.detail
    scenes = [reason for reason in finding.reasons if reason.measure == "replay"]
    assert len(scenes) == 12
    assert scenes[0].detail == (
        f"{victims[0]}, 2024-01-04T00:00:00.000Z: {others[1]} +0 s, {others[2]} +120 s; ahead of them {lure} -20 h."
    )
    assert [len(scene.records) for scene in scenes] == [3] * 12
    (rest,) = [reason for reason in finding.reasons if reason.measure == "replay of the other targets"]
    assert (rest.observed, len(rest.records)) == (3, 9)
    assert all(victim in rest.detail for victim in victims[12:])


def test_every_sentence_is_there_in_french_as_well():
    rng, names, accounts, messages = platform()
    for number in range(14):
        messages += strike(rng, names[200:204], names[250 + number], (3 + 3 * number) * DAY)
        messages.append({"sender": names[200], "recipient": names[201], "sent_at": at((3 + 3 * number) * DAY)})
    (finding,), _ = found_in(messages, accounts)
    for item in (*finding.reasons, *finding.counter_evidence):
        assert item.detail_fr
        assert item.detail_fr != item.detail
        assert not re.search(r"\d\.\d", re.sub(r"\S*Z ", "", item.detail_fr))


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


def test_a_member_that_few_links_join_is_taken_in_later():
    """Five accounts on eight victims, of whom two came rarely together with the rest."""
    rng, names, accounts, messages = platform()
    crew = names[200:205]
    for number in range(8):
        comers = [*crew[:3], crew[3 + number % 2]] if number < 4 else crew[:3]
        messages += strike(rng, comers, names[250 + number], (3 + 6 * number) * DAY)
    pairs = [PairTest(a, b, 1e-9) for a, b in combinations(crew[:3], 2)]
    pairs += [PairTest(crew[0], crew[3], 0.002)]
    grows = crews_among(
        pairs, (1e-3, 1e-2), AmbushParameters(), lambda group: crew_named(group, 1e-6),
        lambda crew, others: crew_named([*crew.members, *others], 1e-7),
    )
    assert [crew.members for crew in grows] == [tuple(crew[:4])]
    (finding,), _ = found_in(messages, accounts)
    assert finding.members == tuple(crew)


def around(**more):
    return Surroundings(**{
        "members_on_victims": 9, "outsiders": (0, 0, 0), "comers": (3, 3, 3), "arrivals": 0, "beside": 0, "rushed": 0,
        "hits": 9, "hits_in_room": 0, "chatter": 0, "chatter_expected": 0.0, "chatter_records": (), "minor_victims": 3,
        "minor_expected": 0.6, "minor_members": 0, "own_contacts": 12, "answered": 0, **more,
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


def test_talk_counts_near_the_members_contacts():
    rng, names, accounts, messages = platform()
    crew = names[200:203]
    strikes = [strike(rng, crew, names[250 + n], (3 + 7 * n) * DAY, width=5 * HOUR) for n in range(6)]
    messages += [row for rows in strikes for row in rows]
    messages += [  # the hours in which a member is there anyway
        {"sender": crew[0], "recipient": names[0], "sent_at": at(hour * HOUR)} for hour in range(0, 1000, 2)
    ]
    far = [{"sender": crew[0], "recipient": crew[1], "sent_at": at(day * DAY + 12 * HOUR)} for day in range(2, 40)]
    (apart,), _ = found_in(messages + far, accounts)
    near = [
        {"sender": crew[0], "recipient": crew[1], "sent_at": rows[0]["sent_at"] + timedelta(minutes=minute)}
        for rows in strikes for minute in (5, 6)
    ]
    (called,), _ = found_in(messages + near, accounts)
    talk = "talk among members around the convergences"
    assert talk not in [reason.measure for reason in apart.reasons]
    assert talk in [reason.measure for reason in called.reasons]


def test_nothing_is_found_where_nobody_acts_together():
    for seed in (1, 2, 3):
        _, _, accounts, messages = platform(seed)
        assert found_in(messages, accounts)[0] == ()


def test_the_same_evidence_in_another_order_gives_the_same_findings():
    rng, names, accounts, messages = platform()
    crew = names[200:204]
    for number in range(6):
        messages += strike(rng, crew, names[250 + number], (3 + 7 * number) * DAY)
    messages = [{**row, "record_id": f"m{i}"} for i, row in enumerate(messages)]
    one, _ = found_in(messages, accounts)
    rng.shuffle(messages)
    other, _ = found_in(messages, accounts[::-1])
    assert [f.to_dict() for f in one] == [f.to_dict() for f in other]
    assert one


def test_friends_who_greet_arrivals_together_are_at_most_a_weak_lead():
    rng, names, accounts, messages = platform()
    friends, others = names[200:204], names[:150]
    for number in range(12):
        arrival, second = f"c:new{number:02d}", (2 + 4 * number) * DAY
        accounts.append({"account": arrival, "created_at": at(second - 600), "declared_age": 30})
        messages += strike(rng, [*friends, *rng.sample(others, 3)], arrival, second)
    for number in range(200):
        second = rng.uniform(2, 50) * DAY
        accounts.append({"account": f"c:met{number:03d}", "created_at": at(second - 600), "declared_age": 30})
        messages += strike(rng, rng.sample(others, 2), f"c:met{number:03d}", second)
    findings, _ = found_in(messages, accounts)
    assert {finding.tier for finding in findings} <= {"weak"}
    greeting = [item for finding in findings for item in finding.counter_evidence if "arrived" in item.measure]
    assert greeting
    assert "greet" in greeting[0].detail


def test_everybody_who_writes_to_a_popular_account_is_no_crew():
    rng, names, accounts, messages = platform()
    for number in range(6):
        messages += strike(rng, names[150:300], names[number], (3 + 7 * number) * DAY)
    findings, notes = found_in(messages, accounts, max_crowd=100)
    assert findings == ()
    assert "more than 100 accounts around within 3600 s were left out" in " ".join(notes["ambush"])


def test_accounts_with_a_role_are_no_members():
    rng, names, accounts, messages = platform()
    staff = names[200:204]
    accounts = [{**row, "role": "moderator"} if row["account"] in staff else row for row in accounts]
    for number in range(8):
        messages += strike(rng, staff, names[250 + number], (3 + 7 * number) * DAY)
    assert found_in(messages, accounts)[0] == ()


def test_an_answer_is_no_contact_of_its_own():
    """Victims who answer their visitors converge on nobody."""
    rng, names, _, messages = platform()
    for number in range(6):
        hits = strike(rng, names[200:203], names[250 + number], (3 + 7 * number) * DAY)
        messages += hits
        messages += [
            {"sender": row["recipient"], "recipient": row["sender"], "sent_at": row["sent_at"] + timedelta(minutes=5)}
            for row in hits
        ]
    (finding,), _ = found_in(messages)
    assert finding.members == tuple(names[200:203])
    answers = next(item for item in finding.counter_evidence if item.measure == "answers")
    assert answers.observed == answers.expected == 18


def test_empty_evidence_gives_no_findings():
    assert found_in([]) == ((), {})


@pytest.mark.parametrize(
    "given",
    [
        {"windows_s": ()}, {"windows_s": (60, 10)}, {"alpha": 0.0}, {"backed_q": 0.5}, {"min_crew": 1},
        {"full_crowd": 300},
    ],
)
def test_parameters_refuse_what_makes_no_sense(given):
    with pytest.raises(ValueError):
        AmbushParameters(**given)
