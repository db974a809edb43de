"""Shells on small platforms: rings and their look-alikes."""

from datetime import date, timedelta

import pytest

from graph.detect.context import DetectionContext
from graph.detect.shells import ShellParameters, find_shells
from graph.detect.shells.groups import beside
from graph.detect.shells.model import Tie
from graph.detect.wordings import render
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at
from tests.unit.graph.detect.shells.shell_platform import DAY, Platform, members


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
    assert {"same_device", "same_name", "same_address"} <= {reason.code for reason in finding.reasons}
    assert finding.targets == tuple(f"c:u{i:03d}" for i in range(5))
    name = next(reason for reason in finding.reasons if reason.code == "same_name")
    assert (name.observed, name.expected) == (2, 0.0), "nobody else bears it; the third has a number as well"
    detail = render("shell", name, "en").detail
    assert "2 of the 3 accounts bear a name that reads so, and of all 403 accounts no other one does;" in detail
    assert detail.endswith("; 2 more pairs have names that read alike in another way."), "1 pair and 2 are all 3"
    assert "sur les 403 comptes en tout, aucun autre n’en porte un\u00a0; 2 paires de plus ont des noms qui se" in (
        render("shell", name, "fr").detail
    )
    assert all(reason.records for reason in finding.reasons)
    device = next(reason for reason in finding.reasons if reason.code == "same_device")
    assert "3 of the 3 accounts used the device" in render("shell", device, "en").detail
    total = device.values["accounts"].value
    assert (device.observed, device.expected) == (3, pytest.approx(3 * 3 / total)), "of three at random hardly one"


def test_a_ring_on_its_own_devices_that_hands_over_is_found():
    platform = Platform()
    ring = ["r1", "r2", "r3"]
    for name in ring:
        platform.account(name, name=platform.word())
    platform.ring(ring, device=lambda name: f"d-{name}", ip="10.9.9.9")
    assert members(platform.found()) == [("c:r1", "c:r2", "c:r3")]


def on_days(*days, home="10.9.9.9"):
    """A ring with a cookie in common whose accounts are at one address on the days given, each on its own device."""
    platform = Platform()
    ring = [f"r{number}" for number in range(len(days))]
    for number, (name, those) in enumerate(zip(ring, days, strict=True)):
        platform.account(name, name=platform.word())
        platform.identifiers.append({"account": f"c:{name}", "kind": "cookie", "value": "ck"})
        for day in range(12):
            start = day * DAY + 60_000 + 2000 * number
            platform.session(name, start, start + 1900, f"d-{name}", home if day in those else f"10.8.{number}.{day}")
    (finding,) = platform.found()
    return platform, {item.code: item for item in (*finding.reasons, *finding.counter_evidence)}


def test_of_an_address_those_are_counted_who_were_there_on_the_day_that_is_named():
    platform, said = on_days({1, 2}, {1, 4}, {2, 3, 4}, {3, 4})
    address = said["same_address"]
    assert (address.observed, address.values["held"].value) == (3, 3)
    assert render("shell", address, "en").detail == (
        "3 of the 4 accounts were at the address “10.9.9.9” on 5 Jan 2024; 4 of all 404 accounts were ever there"
        "; 2 more pairs were at one address on one day."
    )
    sessions = {f"sessions:s{number:05d}": row for number, row in enumerate(platform.sessions)}
    cited = [sessions[record] for record in address.records]
    assert {row["ip"] for row in cited} == {"10.9.9.9"}
    named = date.fromisoformat(address.values["day"].value)
    assert {row["account"] for row in cited if row["started_at"].date() == named} == {"c:r1", "c:r2", "c:r3"}
    there = len({row["account"] for row in platform.sessions if row["started_at"].date() == named})
    assert address.expected == pytest.approx(4 * (max(2 / there, 3 / 404) + 1 / 404))


def test_who_was_at_an_address_over_midnight_was_there_on_both_days():
    platform = Platform()
    for name, hour in (("r0", 10), ("r1", 12), ("r2", -1)):
        platform.account(name, name=platform.word())
        platform.identifiers.append({"account": f"c:{name}", "kind": "cookie", "value": "ck"})
        start = 3 * DAY + hour * 3600
        platform.session(name, start, start + 5400, f"d-{name}", "10.9.9.9")
    (finding,) = platform.found()
    (address,) = [reason for reason in finding.reasons if reason.code == "same_address"]
    assert (address.observed, len(address.records)) == (3, 3)


def test_that_none_of_them_has_a_device_in_common_is_told_beside_a_private_mark_and_weighs_nothing():
    _, said = on_days({1, 2}, {1, 4}, {2, 3, 4})
    assert render("shell", said["different_device"], "en").detail.endswith("(3 of 3 pairs).")
    assert "different_address" not in said, "each was at one address with each other one"
    _, said = on_days(set(), {1}, home="10.1.1.1")
    assert said["different_device"].values["pairs"].value == said["different_address"].values["pairs"].value == 1
    assert render("shell", said["different_address"], "en").detail.endswith("(1 of 1 pair).")


def test_a_device_of_a_crowd_is_one_in_common_all_the_same():
    platform = Platform()
    for name in ("r1", "r2"):
        platform.account(name, name=platform.word())
        platform.identifiers.append({"account": f"c:{name}", "kind": "cookie", "value": "ck"})
        platform.evenings([name], device=f"d-{name}", ip=f"10.9.9.{name[1]}")
        platform.session(name, 5000, 5600, "pc-of-a-school", "10.6.6.6")
    for number in range(60):
        platform.session(f"u{number:03d}", 9000, 9600, "pc-of-a-school", "10.6.6.6")
    (finding,) = platform.found()
    told = {item.code for item in finding.counter_evidence}
    assert not told & {"different_device", "different_address"}


def test_whom_no_reason_names_is_no_target():
    platform = Platform()
    for name in ("r1", "r2"):
        platform.account(name, name=platform.word())
    platform.ring(["r1", "r2"], device=lambda _: "dr", ip="10.9.9.9")
    platform.messages = [
        {"sender": f"c:{name}", "recipient": "c:u007", "sent_at": at(3600.0 * number)}
        for number, name in enumerate(["r1", "r2", *(f"u{other:03d}" for other in range(20, 320))])
    ]
    (finding,) = platform.found()
    assert "common_targets" not in {reason.code for reason in finding.reasons}
    assert finding.targets == ()


def test_of_two_common_devices_the_one_that_is_used_is_named_and_neither_is_called_their_own():
    platform = Platform()
    ring = ["r1", "r2", "r3"]
    for name in ring:
        platform.account(name, name=platform.word())
    platform.ring(ring, device=lambda _: "da" if platform.rng.random() < 0.25 else "db", ip="10.9.9.9")
    (finding,) = platform.found()
    told = {reason.code: reason.values for reason in finding.reasons}
    assert told["same_device"]["value"].value == "db"
    assert told["few_other_devices"]["devices"].value == 2
    assert told["few_other_devices"]["on"].value == told["few_other_devices"]["of"].value == 60
    assert "devices_of_their_own" not in {against.code for against in finding.counter_evidence}


def test_an_address_alone_never_links():
    platform = Platform()
    for number in range(2):
        name = f"n{number}"
        platform.account(name, name=platform.word())
        for day in range(10):  # never on the same hours, never on the same device
            start = day * DAY + (3 + 7 * number) * 3600
            platform.session(name, start, start + 600, f"d-{name}", "10.9.9.9")
    assert platform.found() == ()


@pytest.mark.parametrize(("later", "expected"), [(0, [("c:p1", "c:p2")]), (1, [])])
def test_a_card_in_common_is_a_familys_unless_both_were_elsewhere_on_one_day(later, expected):
    platform = Platform()
    for number, name in enumerate(("p1", "p2")):
        platform.account(name, name=platform.word())
        platform.identifiers.append({"account": f"c:{name}", "kind": "payment", "value": "card-1"})
        for day in range(10):
            start = (2 * day + later * number) * DAY + (3 + 7 * number) * 3600
            platform.session(name, start, start + 600, f"d-{name}", f"10.9.9.{number}")
    assert members(platform.found(), tiers=("strong", "moderate")) == expected


def test_two_operators_of_an_account_that_changed_hands_stay_apart_where_both_are_there_at_once():
    platform = Platform()
    for name in ("s1", "s2", "s3"):
        platform.account(name, name=platform.word())
    platform.ring(["s1", "s2"], device=lambda _: "da", ip="10.9.9.1", days=12)
    after = Platform(2)
    after.sessions = []
    after.ring(["s2", "s3"], device=lambda _: "db", ip="10.9.9.2", days=12)
    for session in after.sessions:
        platform.sessions.append({
            **session, "started_at": session["started_at"] + timedelta(days=14),
            "ended_at": session["ended_at"] + timedelta(days=14),
        })
    for day in range(14, 26):  # s1 goes on, at the hours of s3, on its own device
        for third in [row for row in platform.sessions if row["account"] == "c:s3"]:
            if (third["started_at"] - at(0)).days == day:
                platform.sessions.append({**third, "account": "c:s1", "device_id": "da", "ip": "10.9.9.1"})
                break
    found = members(platform.found())
    assert found
    assert not any({"c:s1", "c:s3"} <= set(group) for group in found)


def test_whoever_may_come_to_a_set_is_compared_with_its_members():
    link, tied, neither = (
        Tie(strangers, home, 0.0, 0.0, 0.0, float(strangers > 0), -60.0)
        for strangers, home in ((9.0, 9.0), (5.0, -9.0), (-9.0, -9.0))
    )
    ties = {(0, 1): link, (1, 2): tied, (2, 3): tied, (0, 3): neither, (4, 5): tied}
    assert beside(ties, largest=200) == [(0, 2)]
    assert beside(ties, largest=2) == []


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


def test_accounts_two_of_which_converse_are_never_strong():
    platform = Platform()
    ring = ["r1", "r2", "r3", "r4"]
    for name, worn in zip(ring, ("Belakovu", "b3lakovu", "belаkovu_99", "Belakovu7"), strict=True):
        platform.account(name, name=worn)
    platform.ring(ring, device=lambda _: "dr", ip="10.9.9.9")
    assert [finding.tier for finding in platform.found()] == ["strong"]
    platform.messages += [
        {"sender": f"c:{one}", "recipient": f"c:{other}", "sent_at": at(number * 3600.0 + second)}
        for number in range(4) for second, (one, other) in enumerate((("r1", "r2"), ("r2", "r1")))
    ]
    (finding,) = platform.found()
    assert (finding.members, finding.tier) == (tuple(f"c:{name}" for name in ring), "moderate")
    assert "talk_with_each_other" in {said.code for said in finding.counter_evidence}


def test_who_was_at_once_on_two_devices_and_has_devices_of_their_own_is_never_strong():
    platform = Platform()
    for name in ("r1", "r2"):
        platform.account(name, name=platform.word())
    half = platform.rng.random
    platform.ring(["r1", "r2"], device=lambda name: "dr" if half() < 0.5 else f"own-{name}", ip="10.9.9.9")
    (finding,) = platform.found()
    assert finding.tier == "strong"
    assert "devices_of_their_own" in {said.code for said in finding.counter_evidence}
    for name, device in (("r1", "dr"), ("r2", "own-r2")):
        platform.session(name, 25 * DAY, 25 * DAY + 3600, device, "10.9.9.9")
    (finding,) = platform.found()
    assert finding.tier == "moderate"
    assert {"at_once", "devices_of_their_own"} <= {said.code for said in finding.counter_evidence}


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
    "given", [{"moderate": 6.5}, {"agreement": 1.5}, {"most_holders": 1}, {"handover_s": 0}, {"parts": ("luck",)}]
)
def test_parameters_refuse_what_makes_no_sense(given):
    with pytest.raises(ValueError):
        ShellParameters(**given)
