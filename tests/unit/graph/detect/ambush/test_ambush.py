"""Ambush: small platforms with a crew or its look-alikes."""

from datetime import timedelta
from itertools import combinations
from random import Random

import pytest

from graph.detect.ambush import AmbushParameters, find_ambush
from graph.detect.context import DetectionContext
from graph.detect.finding import instant
from graph.detect.reason import CounterEvidence
from graph.detect.values import count, seconds
from graph.detect.wordings import LANGUAGES, render
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


def found_in(messages, accounts=(), reports=(), **parameters):
    context = DetectionContext(WrittenEvidence(messages=messages, accounts=accounts, reports=reports))
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
    assert finding.q_value < 5e-4
    beyond = finding.reasons[0]
    assert beyond.expected is not None
    assert beyond.observed > 10 * beyond.expected
    assert len(beyond.records) == 3 * len(victims)
    told = render("ambush", beyond, "en").detail
    assert told.startswith(f"{len(victims)} people were each first written to in private by two or more of these 4 ")
    assert [reason.code for reason in finding.reasons] == ["meetings", "minors_among_targets", "replay"]
    assert len(finding.reasons[1].records) == 3 * finding.reasons[1].observed, "who of the crew wrote to these minors"
    assert finding.counter_evidence[-1].code == "what_would_clear_it"


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
    replay = finding.reasons[-1]
    assert replay.code == "replay"
    said = {name: value.value for name, value in replay.values.items()}
    assert said == {"gap": 120.0, "opener": (lure,), "openers": 1, "first": 15, "targets": 15}
    assert len(replay.records) == 45  # those ahead of the others belong to the replay
    assert len(finding.reasons[0].records) == 41
    assert finding.first_at == instant(at(3 * DAY - 20 * HOUR))  # the period holds them too


def test_all_who_come_first_equally_often_are_named_and_so_is_an_outsider_who_comes_twice():
    _, names, accounts, messages = platform()
    crew, outsider, once = names[200:204], names[204], names[205]
    messages += [  # who writes to so many comes to two of the targets by chance
        {"sender": outsider, "recipient": other, "sent_at": at(6000 * number)}
        for number, other in enumerate(names[:250]) if other not in (*crew, outsider)
    ]
    for number, victim in enumerate(names[250:260]):
        second = (3 + 4 * number) * DAY
        order = crew if number % 2 else [crew[1], crew[0], *crew[2:]]
        came = [*order, *([outsider] if number in (2, 5) else []), *([once] if number == 7 else [])]
        messages += [
            {"sender": name, "recipient": victim, "sent_at": at(second + 60 * place), "record_id": f"{name}-{number}"}
            for place, name in enumerate(came)
        ]
    (finding,), _ = found_in([{"record_id": f"m{i}", **row} for i, row in enumerate(messages)], accounts)
    assert finding.members == tuple(crew)
    replay, beside = finding.reasons[-2:]
    assert replay.code == "replay"
    said = {name: value.value for name, value in replay.values.items()}
    assert said == {"gap": 60.0, "opener": (crew[0], crew[1]), "openers": 2, "first": 5, "targets": 10}
    assert f"{crew[0]} and {crew[1]} each came first on 5 of the 10 targets" in render("ambush", replay, "en").detail
    assert beside.code == "others_came_often"
    assert beside.values["who"].value == (outsider,)
    assert beside.records == (f"messages:{outsider}-2", f"messages:{outsider}-5")


def test_every_sentence_is_there_in_both_languages():
    rng, names, accounts, messages = platform()
    for number in range(8):
        messages += strike(rng, names[200:204], names[250 + number], (3 + 3 * number) * DAY)
    reports = [{"reported": names[200], "reporter": names[250], "made_at": at(40 * DAY), "record_id": "r"}]
    (finding,), _ = found_in(messages, accounts, reports)
    assert "reports_by_targets" in [reason.code for reason in finding.reasons]
    for item in (*finding.reasons, *finding.counter_evidence):
        english, french = (render("ambush", item, language).detail for language in LANGUAGES)
        assert english
        assert french
        assert english != french


def test_a_member_that_few_links_join_is_taken_in_later():
    """Five accounts on eight victims, of whom two came rarely together with the rest."""
    rng, names, accounts, messages = platform()
    crew = names[200:205]
    for number in range(8):
        comers = [*crew[:3], crew[3 + number % 2]] if number < 4 else crew[:3]
        messages += strike(rng, comers, names[250 + number], (3 + 6 * number) * DAY)
    (finding,), _ = found_in(messages, accounts)
    assert finding.members == tuple(crew)


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


def hall(rng, names, messages, accounts, crew, *, evenings, writes):
    """A room with an arrival on each evening, in which the crew sits on all; ``writes`` tells who then writes to it."""
    for number in range(evenings):
        arrival, second = f"c:new{number:02d}", (2 + 0.7 * number) * DAY
        accounts.append({"account": arrival, "created_at": at(second), "declared_age": 30})
        messages.append({"sender": arrival, "room": "c:hall", "sent_at": at(second)})
        for name in rng.sample(names[:150], 4):  # others get to know it on its first day
            messages.append({"sender": name, "recipient": arrival, "sent_at": at(second + rng.uniform(0, DAY))})
        for name in crew:
            messages.append({"sender": name, "room": "c:hall", "sent_at": at(second + rng.uniform(0, HOUR))})
        messages += [
            {"sender": name, "recipient": arrival, "sent_at": at(second + rng.uniform(60, 1200))}
            for name in writes(number)
        ]


def regulars(rng, names, messages, accounts, *, faith):
    """Six who sit in a room on most evenings and write to whoever is new there, each for itself."""
    crew = names[200:206]
    hall(
        rng, names, messages, accounts, crew, evenings=80,
        writes=lambda _: [name for name in crew if rng.random() < faith],
    )
    return crew


@pytest.mark.parametrize("faith", [0.3, 0.6])
def test_regulars_who_write_to_whoever_appears_are_explained_by_that_custom(faith):
    rng, names, accounts, messages = platform()
    regulars(rng, names, messages, accounts, faith=faith)
    findings, _ = found_in(messages, accounts)
    assert {finding.tier for finding in findings} <= {"weak"}


def test_a_crew_that_sits_among_the_same_arrivals_and_picks_a_few_together_is_found():
    rng, names, accounts, messages = platform()
    crew = regulars(rng, names, messages, accounts, faith=0.0)
    for number in range(0, 80, 9):
        second = (2 + 0.7 * number) * DAY
        messages += [
            {"sender": name, "recipient": f"c:new{number:02d}", "sent_at": at(second + rng.uniform(60, 1200))}
            for name in crew
        ]
    (finding,), _ = found_in(messages, accounts)
    assert finding.members == tuple(crew)
    assert finding.tier != "weak"
    seen = next(item for item in finding.counter_evidence if item.code == "targets_seen_before")
    assert seen.observed == 54


def test_what_a_crew_did_is_no_custom_of_its_members():
    """Three who were seldom there, and each time but four wrote to the arrival together."""
    rng, names, accounts, messages = platform()
    crew = names[200:203]
    hall(rng, names, messages, accounts, crew, evenings=9, writes=lambda number: crew if number < 5 else ())
    (finding,), _ = found_in(messages, accounts)
    assert finding.members == tuple(crew)
    assert finding.tier != "weak"


def test_that_regulars_go_along_with_each_other_makes_nobody_write_who_hardly_ever_does():
    """On every other evening most regulars write, on the others none; three who sit there too picked five together."""
    rng, names, accounts, messages = platform()
    regular, crew = names[200:206], names[206:210]
    hall(
        rng, names, messages, accounts, [*regular, *crew], evenings=80,
        writes=lambda number: [
            *(name for name in regular if number % 2 and rng.random() < 0.6), *(crew if number % 16 == 2 else ())
        ],
    )
    findings, _ = found_in(messages, accounts)
    assert [f.members for f in findings if f.tier != "weak"] == [tuple(crew)]


def test_outsiders_on_the_same_targets_at_the_same_time_lower_the_tier():
    rng, names, accounts, messages = platform()
    crew = names[200:204]
    alone, crowded = list(messages), list(messages)
    for number in range(6):
        hits = strike(rng, crew, names[250 + number], (3 + 7 * number) * DAY)
        alone += hits
        crowded += hits + strike(rng, rng.sample(names[100:200], 9), names[250 + number], (3 + 7 * number) * DAY)
    (quiet,), _ = found_in(alone, accounts)
    loud = [f for f in found_in(crowded, accounts)[0] if set(crew) <= set(f.members)]
    assert quiet.tier == "strong"
    assert [f.tier for f in loud if f.tier == "strong"] == []


def test_outsiders_are_counted_around_every_member():
    """Who came within the window of the last member only was none: "0 ... around those moments"."""
    _, names, accounts, messages = platform()
    crew, targets = names[200:204], names[250:258]
    for number, target in enumerate(targets):
        messages += [
            {"sender": name, "recipient": target, "sent_at": at((3 + 3 * number) * DAY + 60 * place)}
            for place, name in enumerate(crew)
        ]
    (finding,), _ = found_in(messages, accounts)
    said = next(item for item in finding.counter_evidence if item.code == "others_around_targets")
    window = int(said.values["window"].value)
    late = {"sender": names[204], "recipient": targets[0], "sent_at": at(3 * DAY + 180 + window - 1)}
    early = {"sender": names[205], "recipient": targets[1], "sent_at": at(6 * DAY - window - 1)}
    late["record_id"] = "late"
    (finding,), _ = found_in([*messages, late, early], accounts)
    beside = next(item for item in finding.counter_evidence if item.code == "others_around_targets")
    assert beside.observed == beside.values["others"].value == said.observed + 1 == len(beside.records)
    assert "messages:late" in beside.records
    assert finding.members == tuple(crew)


def test_first_contacts_of_accounts_with_a_role_around_the_targets_are_told_apart():
    """A reader who counts the records finds those of bots and moderators too."""
    rng, names, accounts, messages = platform()
    for number in range(8):
        messages += strike(rng, names[200:204], names[250 + number], (3 + 3 * number) * DAY)
    accounts = [{**row, "role": "bot"} if row["account"] == names[299] else row for row in accounts]
    (quiet,), _ = found_in(messages, accounts)
    assert "role_around_targets" not in [item.code for item in quiet.counter_evidence]
    greeted = [
        {"sender": names[299], "recipient": names[250 + number], "sent_at": at((3 + 3 * number) * DAY + 60),
         "record_id": f"greeting{number}"} for number in range(3)
    ]
    (finding,), _ = found_in([*messages, *greeted], accounts)
    others, with_role = finding.counter_evidence[:2]
    assert with_role.code == "role_around_targets"
    assert with_role.observed == 3
    assert with_role.records == tuple(f"messages:greeting{number}" for number in range(3))
    assert others == quiet.counter_evidence[0], "they are no outsiders"
    told = [render("ambush", with_role, language).detail for language in LANGUAGES]
    assert told[0].startswith("3 more first contacts on the same targets within ")
    assert told[1].startswith("3 autres premiers contacts sur les mêmes cibles à moins de ")


@pytest.mark.parametrize(("others", "english", "french"), [
    (0, "0 first contacts of accounts", "0 premier contact d’un compte extérieur au groupe est tombé"),
    (1, "1 first contact of an account outside", "1 premier contact d’un compte extérieur au groupe est tombé"),
    (2, "2 first contacts of accounts", "2 premiers contacts de comptes extérieurs au groupe sont tombés"),
])
def test_how_many_outsiders_came_is_told_in_the_form_of_its_number(others, english, french):
    item = CounterEvidence(
        "others_around_targets", {"others": count(others), "window": seconds(3600), "contacts": count(9)}
    )
    assert [render("ambush", item, language).detail.startswith(told)
            for language, told in zip(LANGUAGES, (english, french), strict=True)] == [True, True]


def test_everybody_who_writes_to_a_popular_account_is_no_crew():
    rng, names, accounts, messages = platform()
    for number in range(6):
        messages += strike(rng, names[150:300], names[number], (3 + 7 * number) * DAY)
    findings, notes = found_in(messages, accounts, max_crowd=100)
    assert {finding.tier for finding in findings} <= {"weak"}
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
    answers = next(item for item in finding.counter_evidence if item.code.startswith("answer"))
    assert answers.observed == answers.values["contacts"].value == 18


def test_empty_evidence_gives_no_findings():
    assert found_in([]) == ((), {})


@pytest.mark.parametrize(
    "given",
    [
        {"windows_s": ()}, {"windows_s": (60, 10)}, {"unmodelled": 0.0}, {"moderate": 9.0}, {"min_crew": 1},
        {"parts": ("charm",)}, {"chance_links": (4.0, 0.5)},
    ],
)
def test_parameters_refuse_what_makes_no_sense(given):
    with pytest.raises(ValueError):
        AmbushParameters(**given)


@pytest.mark.parametrize(("answered", "young"), [(False, False), (True, True)])
def test_friends_who_make_friends_together_are_no_strong_lead(answered, young):
    """All answer, and the members are teenagers themselves; where neither holds the same meetings are strong."""
    rng, names, accounts, messages = platform()
    crew = names[200:204]
    for number, target in enumerate(names[210:224]):
        hits = strike(rng, crew, target, (3 + 4 * number) * DAY)
        answers = [
            {"sender": target, "recipient": hit["sender"], "sent_at": hit["sent_at"] + timedelta(minutes=5)}
            for hit in hits
        ]
        messages += hits + answers * answered
    aged = [{**row, "declared_age": 15 if young else 30} if row["account"] in crew else row for row in accounts]
    findings, _ = found_in(messages, aged)
    assert [finding.tier for finding in findings if finding.tier == "strong"] == ([] if answered else ["strong"])


def test_what_speaks_for_friends_is_said():
    rng, names, accounts, messages = platform()
    crew = names[200:204]
    for number, target in enumerate(names[210:218]):
        hits = strike(rng, crew, target, (3 + 4 * number) * DAY)
        messages += hits + [
            {"sender": target, "recipient": hit["sender"], "sent_at": hit["sent_at"] + timedelta(minutes=5)}
            for hit in hits
        ]
    aged = [{**row, "declared_age": 30} if row["account"] in crew else row for row in accounts]
    aged = [{**row, "declared_age": 16} if row["account"] == crew[0] else row for row in aged]
    (finding,), _ = found_in(messages, aged)
    named = {item.code for item in finding.counter_evidence}
    assert named >= {"answered_like_friends", "minors_among_members"}


def test_friends_who_come_in_part_say_so_and_a_crew_of_the_same_meetings_outranks_them():
    found = {}
    for part in (2, 4):
        rng, names, accounts, messages = platform()
        crew = names[200:204]
        for number, target in enumerate(names[210:226]):
            messages += strike(rng, rng.sample(crew, part), target, (3 + 2 * number) * DAY)
        (found[part],), _ = found_in(messages, accounts)
    assert found[2].score < found[4].score
    assert found[2].tier != "strong"
    (said,) = (item for item in found[2].counter_evidence if item.code == "come_in_part")
    assert said.observed / said.expected == pytest.approx(0.5, abs=0.05)
    assert "come_in_part" not in {item.code for item in found[4].counter_evidence}


def test_three_on_three_says_that_it_is_near_chance_and_is_never_strong():
    rng, names, accounts, messages = platform()
    for number in range(3):
        messages += strike(rng, names[200:203], names[252 + 3 * number], (3 + 7 * number) * DAY, width=300)
    findings, _ = found_in(messages, accounts)
    assert [finding.members for finding in findings] == [tuple(names[200:203])]
    assert "few_meetings" in [item.code for item in findings[0].counter_evidence]
    assert findings[0].q_value < 1e-4  # so unlikely by chance that it would be strong
    assert findings[0].tier == "moderate"
