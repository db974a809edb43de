"""The dossiers of accounts, rooms and companies: every figure by hand on a small platform."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from ingest.lake import Lake
from tests.unit.graph.detect.small_platform import START, Platform, lake_of, moment, write_folder
from workbench import dossier


def at(hours: float):
    return START + timedelta(hours=hours)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    folder = tmp_path_factory.mktemp("dossier")
    platform = Platform(adults=0, teens=0)
    platform.account("a", age=40, since=0)
    platform.account("b", age=15, since=0)
    platform.account("c", age=30, since=0)
    platform.post("a", 9)
    platform.post("b", 9.5)
    platform.private("a", "b", 10)
    platform.private("a", "b", 10.5)
    platform.private("b", "a", 11, text="im 14")
    platform.private("c", "a", 30)
    platform.private("c", "b", 31)
    platform.post("c", 800)
    platform.reports.append({
        "report_id": "r1", "reported_id": "a", "reporter_id": "b", "made_at": moment(40), "reason": "insists"
    })
    sessions = [
        {"account_id": name, "started_at": moment(hour), "ended_at": moment(hour + 1), "ip": ip, "device_id": device}
        for name, hour, ip, device in (
            ("a", 9, "198.51.100.7", "d1"), ("c", 30, "198.51.100.7", "d1"), ("a", 40, None, "d2")
        )
    ]
    identifiers = [{"account_id": name, "kind": "email", "value": f"{name}@example.org"} for name in "ab"]
    register = {
        "companies": [{"company_id": "k1", "name": "Quay"}, {"company_id": "k2", "name": "Pier", "jurisdiction": "CY"}],
        "persons": [{"person_id": "p1", "name": "A. Keel"}],
        "ownerships": [
            {"owner_id": "p1", "owned_id": "k2", "share": 0.8, "from": "2020-01-01T00:00:00Z"},
            {"owner_id": "k2", "owned_id": "k1", "share": 0.6, "from": "2021-01-01T00:00:00Z"},
            {"owner_id": "k1", "owned_id": "k2", "share": 0.2, "from": "2020-01-01T00:00:00Z"},
            {"owner_id": "p1", "owned_id": "k1", "share": 0.9, "from": "2019-01-01T00:00:00Z",
             "to": "2021-01-01T00:00:00Z"},
        ],
        "operators": [{"company_id": "k1", "platform": "small"}],
    }
    tables = {**platform.tables(), "sessions": sessions, "identifiers": identifiers, **register}
    with lake_of(folder / "w", [write_folder(folder / "s", tables)]) as opened:
        yield opened


def test_a_profile_counts_each_message_once(lake: Lake) -> None:
    found = dossier.profile(lake, "small:a")
    assert (found.sent, found.received, found.in_rooms) == (2, 2, 1)
    assert (found.platform, found.pseudonyms, found.declared_ages) == ("small", ("a",), (40,))
    assert (found.first_at, found.last_at, found.created_at) == (at(9), at(30), at(0))
    assert found.records == ("accounts:small:a",)
    assert not dossier.profile(lake, "small:nobody").known


def test_contacts_say_who_began_and_who_is_a_minor(lake: Lake) -> None:
    assert dossier.contacts(lake, "small:a") == [
        dossier.Contact("small:b", 2, 1, at(10), at(11), initiator=True, minor=True),
        dossier.Contact("small:c", 0, 1, at(30), at(30), initiator=False, minor=False),
    ]


def test_every_basis_of_an_age_stands_with_its_record(lake: Lake) -> None:
    declared, stated = dossier.age_bases(lake, ["small:b"])
    assert (declared.basis, declared.age, declared.until) == ("declared", 15, at(11))
    assert declared.record == "accounts:small:b"
    assert (stated.basis, stated.age, stated.since, stated.minor) == ("stated", 14, at(11), True)
    assert stated.record.startswith("messages:")
    assert dossier.age_bases(lake, []) == []


def test_marks_tell_who_else_used_them_the_rarest_first(lake: Lake) -> None:
    found = dossier.marks(lake, "small:a")
    assert [(mark.kind, mark.value, mark.others) for mark in found] == [
        ("device", "d1", (("small:c", 1),)), ("ip", "198.51.100.7", (("small:c", 1),)),
        ("device", "d2", ()), ("email", "a@example.org", ()),
    ]
    assert (found[0].first_at, found[0].last_at, found[0].holders) == (at(9), at(10), 2)
    assert dossier.marks(lake, "small:nobody") == []


def test_two_accounts_side_by_side(lake: Lake) -> None:
    found = dossier.shared(lake, "small:a", "small:c")
    assert found.marks == (("device", "d1", 2), ("ip", "198.51.100.7", 2))
    assert found.rooms == (("small:hall", 1, 1),)
    assert found.counterparts == (("small:b", 3, 1, True),)
    assert found.wrote == (0, 1)
    assert sum(one for _, one, _ in found.days) == 3
    assert dossier.shared(lake, "small:b", "small:nobody").wrote is None


def test_a_room_tells_its_audience_by_age_and_the_contacts_that_begin_there(lake: Lake) -> None:
    found = dossier.room_file(lake, "small:hall")
    assert found.messages == 3
    assert [row[1:] for row in found.audience] == [(1, 1, 0), (0, 1, 0)]
    assert [row[:2] for row in found.writers] == [("small:a", 1), ("small:b", 1), ("small:c", 1)]
    assert found.begun == (("small:a", "small:b", at(10), True),)


def test_a_company_at_a_day_and_over_time_with_its_circle(lake: Lake) -> None:
    case = lake.case.name
    now = dossier.company_file(lake, f"{case}:k1")
    assert [(level.depth, level.owner, level.share, level.circle) for level in now.tree] == [
        (1, f"{case}:k2", 0.6, False), (2, f"{case}:p1", 0.8, False), (2, f"{case}:k1", 0.2, True)
    ]
    assert [row[0] for row in now.successive] == [f"{case}:p1", f"{case}:k2"]
    assert [row[1] for row in now.owns] == [f"{case}:k2"]
    assert now.operates == ("small",)
    before = dossier.company_file(lake, f"{case}:k1", at=START.replace(year=2020, month=6))
    assert [(level.owner, level.share) for level in before.tree] == [(f"{case}:p1", 0.9)]


def test_a_timeline_is_in_order_and_names_its_records(lake: Lake) -> None:
    account = "small:a"
    events = dossier.timeline(
        dossier.profile(lake, account), dossier.age_bases(lake, [account]), dossier.marks(lake, account),
        dossier.contacts(lake, account), dossier.reports(lake, account), (),
    )
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert [event.code for event in events] == [
        "created", "first_message", "mark", "mark", "wrote_to", "last_message", "written_by", "mark", "reported"
    ]
    assert events[-1].who == "small:b"


def test_activity_stands_by_weekday_and_hour(lake: Lake) -> None:
    counted = dossier.activity(lake, "small:a")
    assert counted == [(START.weekday(), 9, 1), (START.weekday(), 10, 2)]
