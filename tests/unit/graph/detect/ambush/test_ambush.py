"""Ambush: small platforms with a crew or its look-alikes."""

import re
from datetime import timedelta
from itertools import combinations
from random import Random

import pytest

from graph.detect.ambush import AmbushParameters, find_ambush
from graph.detect.context import DetectionContext
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at

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


def test_a_member_that_few_links_join_is_taken_in_later():
    """Five accounts on eight victims, of whom two came rarely together with the rest."""
    rng, names, accounts, messages = platform()
    crew = names[200:205]
    for number in range(8):
        comers = [*crew[:3], crew[3 + number % 2]] if number < 4 else crew[:3]
        messages += strike(rng, comers, names[250 + number], (3 + 6 * number) * DAY)
    (finding,), _ = found_in(messages, accounts)
    assert finding.members == tuple(crew)


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


@pytest.mark.parametrize(("answered", "ages", "tier"), [
    (True, False, "moderate"), (False, False, "strong"), (True, True, "weak"), (False, True, "strong")
])
def test_a_group_whose_every_contact_is_answered_is_no_strong_lead_unless_it_seeks_minors(answered, ages, tier):
    rng, names, accounts, messages = platform()
    crew = names[200:204]
    for number, target in enumerate(names[210:224]):
        hits = strike(rng, crew, target, (3 + 4 * number) * DAY)
        answers = [
            {"sender": target, "recipient": hit["sender"], "sent_at": hit["sent_at"] + timedelta(minutes=5)}
            for hit in hits
        ]
        messages += hits + answers * answered
    adults = [{**row, "declared_age": 30} if row["account"] in names[210:224] else row for row in accounts]
    (finding,), _ = found_in(messages, adults if ages else ())
    assert finding.members == tuple(crew)
    assert finding.tier == tier
