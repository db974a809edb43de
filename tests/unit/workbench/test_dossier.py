"""The dossiers of accounts, rooms and companies: every figure by hand on a small platform."""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from graph.detect.finding import Finding
from graph.detect.reason import Reason
from ingest.lake import Lake
from tests.unit.graph.detect.small_platform import START, Platform, lake_of, moment, write_folder
from workbench import dossier
from workbench.casebook import Judgement, Remark
from workbench.language import words
from workbench.views.models.dossiers import account as account_model
from workbench.views.models.names import Names


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
        "companies": [
            {"company_id": "k1", "name": "Quay", "address": "1 Quay Street"},
            {"company_id": "k2", "name": "Pier", "jurisdiction": "CY"},
        ],
        "persons": [{"person_id": "p1", "name": "A. Keel"}],
        "ownerships": [
            {"owner_id": "p1", "owned_id": "k2", "share": 0.8, "from": "2020-01-01T00:00:00Z"},
            {"owner_id": "k2", "owned_id": "k1", "share": 0.6, "from": "2021-01-01T00:00:00Z"},
            {"owner_id": "k1", "owned_id": "k2", "share": 0.2, "from": "2020-01-01T00:00:00Z"},
            {"owner_id": "p1", "owned_id": "k1", "share": 0.9, "from": "2019-01-01T00:00:00Z",
             "to": "2021-01-01T00:00:00Z"},
            {"owner_id": "p1", "owned_id": "k1", "kind": "director", "from": "2020-01-01T00:00:00Z"},
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
    assert (found.first_at, found.last_at, found.created_at) == (at(9), at(41), at(0))  # a session ends last
    assert found.records == ("accounts:small:a",)
    assert not dossier.profile(lake, "small:nobody").known


def test_moments_of_a_profile_say_of_which_zone_they_are(lake: Lake) -> None:
    found = account_model.profile_rows(dossier.profile(lake, "small:a"), Names(), words("en"))
    assert [found[name] for name in ("Account made", "First seen", "Last seen")] == [
        words("en").instant(one) for one in (at(0), at(9), at(41))
    ]


def test_what_passed_between_two_sides_is_counted_a_pair_with_what_is_cited(lake: Lake) -> None:
    cited = [record.ref.partition(":")[2] for record in lake.records(
        [f"messages:{row}" for row in lake.table("messages").record_id.to_pyarrow().to_pylist()]
    ) if record.columns.get("text") == "im 14"]
    assert dossier.exchanged(lake, ["small:a", "small:c"], ["small:b", "small:nobody"], cited=cited) == {
        ("small:a", "small:b"): dossier.Exchanged(3, 1), ("small:c", "small:b"): dossier.Exchanged(1, 0),
    }
    a, b = "small:a", "small:b"
    both = dossier.exchanged(lake, [a, b], [b, a])
    assert both == {(a, b): dossier.Exchanged(3), (b, a): dossier.Exchanged(3)}
    assert dossier.exchanged(lake, [], ["small:b"]) == dossier.exchanged(lake, ["small:a"], []) == {}


def test_contacts_say_who_began_and_who_is_a_minor(lake: Lake) -> None:
    first, second = dossier.contacts(lake, "small:a")
    assert first == dossier.Contact(
        "small:b", 2, 1, at(10), at(11), initiator=True, minor=True, minor_then=True, known_then=True, age_then=15,
        record=first.record,
    )
    assert (second.other, second.initiator, second.minor, second.age_then) == ("small:c", False, False, 30)
    (opening,) = lake.records([first.record])
    assert (opening.columns["sender"], opening.columns["text"]) == ("small:a", "hello")


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


def test_of_a_mark_that_many_used_all_are_counted_and_the_first_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[dossier.marks.__module__], "MOST_OTHERS", 2)
    uses = [("a", 1), *(("e", hour) for hour in (1, 2, 3)), ("c", 1), ("d", 1)]
    sessions = [{"account_id": name, "started_at": moment(hour), "ip": "198.51.100.7"} for name, hour in uses]
    accounts = [{"account_id": name} for name in "acde"]
    with lake_of(tmp_path, [write_folder(tmp_path / "in", {"accounts": accounts, "sessions": sessions})]) as lake:
        [mark] = dossier.marks(lake, "small:a")
        assert (mark.holders, mark.others) == (4, (("small:e", 3), ("small:c", 1)))
        found = dossier.holders_counted(lake, [("ip", "198.51.100.7"), ("device", "198.51.100.7"), ("email", "x")])
        assert found == {("ip", "198.51.100.7"): 4}
        assert dossier.holders_counted(lake, []) == {}
        assert dossier.shared(lake, "small:a", "small:d").marks == (("ip", "198.51.100.7", 4),)


def test_two_accounts_side_by_side(lake: Lake) -> None:
    found = dossier.shared(lake, "small:a", "small:c")
    assert found.marks == (("device", "d1", 2), ("ip", "198.51.100.7", 2))
    assert found.rooms == (("small:hall", 1, 1),)
    assert [(mine.other, mine.sent, theirs.sent) for mine, theirs in found.wrote_to] == [("small:b", 2, 1)]
    assert (found.met, found.wrote) == ((), (0, 1))
    assert [mine.other for mine, _ in dossier.shared(lake, "small:a", "small:b").met] == ["small:c"]
    assert dossier.shared(lake, "small:b", "small:nobody").wrote is None


def test_a_room_tells_its_audience_by_age_and_the_contacts_that_begin_there(lake: Lake) -> None:
    found = dossier.room_file(lake, "small:hall")
    assert found.messages == 3
    assert [row[1:] for row in found.audience] == [(1, 1, 0), (0, 1, 0)]
    assert [row[:2] for row in found.writers] == [("small:a", 1), ("small:b", 1), ("small:c", 1)]
    assert found.step == "W"
    (begun,) = found.begun
    assert (begun.initiator, begun.target, begun.at, begun.minor) == ("small:a", "small:b", at(10), True)
    assert lake.records([begun.record])[0].columns["recipient"] == "small:b"
    assert dossier.rooms_of_case(lake) == [("small:hall", 3, 3)]


def test_a_company_at_a_day_and_over_time_with_its_circle(lake: Lake) -> None:
    case = lake.case.name
    now = dossier.company_file(lake, f"{case}:k1")
    assert [(level.depth, level.owner, level.share, level.circle) for level in now.tree] == [
        (1, f"{case}:k2", 0.6, False), (2, f"{case}:p1", 0.8, False), (2, f"{case}:k1", 0.2, True)
    ]
    assert now.at == START.replace(year=2021, month=1), "the last day that the holdings name"
    # through the circle: 0.6 x 0.8 / (1 - 0.6 x 0.2)
    assert [(owner.members, round(owner.share, 6)) for owner in now.owners] == [((f"{case}:p1",), 0.545455)]
    assert now.circles == ((f"{case}:k1", f"{case}:k2"),)
    assert [row.owner for row in now.successive] == [f"{case}:p1", f"{case}:k2"]
    assert [row.owned for row in now.owns] == [f"{case}:k2"]
    assert now.operates == ("small",)
    before = dossier.company_file(lake, f"{case}:k1", at=START.replace(year=2020, month=6))
    assert [(level.owner, level.share) for level in before.tree] == [(f"{case}:p1", 0.9)]
    assert not dossier.company_file(lake, f"{case}:nobody").known


def test_an_end_that_has_come_by_the_rest_of_the_register_has_come_for_a_company_too(tmp_path: Path) -> None:
    """As in the lead, which looks at the whole register: the company's own rows alone do not know of the day."""
    rows = [
        {"owner_id": "p1", "owned_id": "k1", "share": 1.0, "from": "2019-01-01", "to": "2021-01-01"},
        {"owner_id": "p1", "owned_id": "k2", "share": 1.0, "from": "2022-01-01"},
    ]
    for number, (listed, held) in enumerate(((rows, 0), (rows[:1], 1))):
        folder = write_folder(tmp_path / f"in{number}", {"ownerships": listed})
        with lake_of(tmp_path / f"w{number}", [folder]) as lake:
            found = dossier.company_file(lake, f"{lake.case.name}:k1")
            assert len(found.owners) == held


def test_a_person_only_owns_and_a_company_that_owns_is_one_still(lake: Lake) -> None:
    case = lake.case.name
    asked = ("p1", "k1", "k2", "nobody")
    assert [name for name in asked if dossier.only_owns(lake, f"{case}:{name}")] == ["p1"]


def test_a_company_s_posts_and_addresses_are_no_owners(lake: Lake) -> None:
    case = lake.case.name
    found = dossier.company_file(lake, f"{case}:k1")
    assert [(row.owner, row.kind) for row in found.seats] == [(f"{case}:p1", "director")]
    assert all(level.kind != "director" for level in found.tree)
    assert [item.text for item in found.addresses] == ["1 Quay Street"]
    assert found.addresses[0].record.startswith("companies:")
    assert dossier.companies_of_case(lake, most=1) == ([f"{case}:k2"], 2)


def test_the_figures_of_contacts_are_told_apart_by_when_an_age_was_known() -> None:
    def contact(other: str, *, began: bool, minor: bool, then: bool, known: bool) -> dossier.Contact:
        return dossier.Contact(other, 1, 0, at(0), at(0), began, minor, minor_then=then, known_then=known)

    counted = dossier.figures([
        contact("a", began=True, minor=True, then=True, known=True),
        contact("b", began=True, minor=True, then=False, known=False),
        contact("c", began=True, minor=False, then=False, known=True),
        contact("d", began=False, minor=True, then=True, known=True),
        contact("e", began=True, minor=True, then=False, known=True),  # of age by what was told then
        contact("f", began=True, minor=False, then=True, known=True),  # of age by what was told since
    ])
    assert counted == dossier.Figures(
        contacts=6, begun=5, begun_known=4, begun_minors=2, begun_then_alone=1, begun_later=2, minors=4,
        written_by_minors=1,
    )
    told_apart = counted.begun_minors - counted.begun_then_alone + counted.begun_later + counted.written_by_minors
    assert counted.minors == told_apart
    assert dossier.figures([]) == dossier.Figures(0, 0, 0, 0, 0, 0, 0, 0)


def test_sessions_are_read_by_pages(lake: Lake) -> None:
    found = dossier.sessions(lake, "small:a")
    assert [(item.started_at, item.device, item.ip) for item in found] == [
        (at(9), "d1", "198.51.100.7"), (at(40), "d2", "")
    ]
    assert dossier.sessions(lake, "small:a", first=1, most=5) == found[1:]
    assert dossier.sessions_count(lake, "small:a") == 2
    assert lake.records([found[0].record])[0].columns["device_id"] == "d1"


def test_when_one_was_there_and_the_other_not(lake: Lake) -> None:
    found = dossier.presence(lake, "small:a", "small:c")
    there = dict(found.hours)
    assert there == {at(9): 1, at(10): 1, at(30): 2, at(31): 2, at(40): 1, at(41): 1, at(800): 2}
    assert found.counts() == (4, 3, 0)
    assert (found.together, found.nearest, found.sessions) == ((), timedelta(hours=9), (2, 1))


def test_sessions_at_once_are_told_and_a_session_that_cannot_be_is_a_moment(tmp_path: Path) -> None:
    sessions = [
        {"account_id": name, "started_at": moment(start), "ended_at": moment(end)}
        for name, start, end in (("a", 0, 2), ("b", 1, 3), ("a", 10, 10 + 24 * 4000))
    ]
    with lake_of(tmp_path / "w", [write_folder(tmp_path / "s", {"sessions": sessions})]) as opened:
        found = dossier.presence(opened, "small:a", "small:b")
    assert found.together == ((at(1), at(2)),)
    assert found.counts() == (2, 1, 2)
    assert found.nearest == timedelta(hours=7)


def test_a_timeline_holds_everything_in_order_by_pages(lake: Lake) -> None:
    account = "small:a"
    finding = Finding(
        "hub", (account,), "weak", 0.2, (Reason("minors_among_first_contacts", {}, 1, 0.2, "minors", ()),),
        targets=("small:b",), first_at=moment(10), last_at=moment(11),
    )
    judged = Judgement("small", finding.finding_id, "in review", "to look at", "ann", "2024-05-01T10:00:00Z")
    note = Remark("small", f"account:{account}", "note", "seen before", "ann", "2024-05-02T10:00:00Z")
    line = dossier.timeline(
        lake, dossier.profile(lake, account), ages=dossier.age_bases(lake, [account]),
        contacts=dossier.contacts(lake, account), reports=dossier.reports(lake, account), findings=[finding],
        judgements=[judged], remarks=[note],
    )
    events = line.page(most=100)
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert sorted(event.code for event in events) == sorted([
        "created", "age", "session", "session", "messages", "messages", "posts", "wrote_to", "written_by", "mark",
        "mark", "mark", "reported", "lead", "judgement", "note",
    ]), "the e-mail was seen at no known moment"
    assert [event for place in range(0, 20, 3) for event in line.page(first=place, most=3)] == events
    talk = next(event for event in events if event.code == "messages" and event.who == "small:b")
    assert (talk.at, talk.until, talk.sent, talk.received) == (at(10), at(11), 2, 1)
    assert lake.records([talk.record])[0].columns["sent_at"].startswith("2024-03-01 10:00")
    assert line.count(["session"]) == 2
    assert [event.code for event in line.page(["report", "lead"])] == ["lead", "reported"]
    assert line.before(at(30)) == sum(event.at < at(30) for event in events)
    days = line.days()
    assert ("session", START, 1) in days
    assert not [lane for lane, _, _ in days if lane == "casework"], "the picture is of the evidence's time"


def test_a_lead_stands_at_the_accounts_own_part_in_it_and_never_before_the_account(lake: Lake) -> None:
    account = "small:a"
    talk = next(event for event in dossier.timeline(lake, dossier.profile(lake, account)).page(["private"]))

    def stands(*records: str, hour: float) -> datetime:
        why = (Reason("minors_among_first_contacts", {}, 1, 0.2, "minors", records),)
        finding = Finding("hub", (account,), "weak", 0.2, why, first_at=moment(hour), last_at=moment(90))
        line = dossier.timeline(lake, dossier.profile(lake, account), findings=[finding])
        return line.page(["lead"])[0].at

    assert stands(talk.record, hour=-500) == talk.at, "the record names it"
    assert stands(hour=-500) == dossier.timeline(lake, dossier.profile(lake, account)).page()[0].at
    assert stands(hour=80) == at(80)


def test_a_likely_minor_among_contacts_is_said_so_and_a_mask_stands_once() -> None:
    listed = [dossier.Contact(other, 1, 0, at(1), at(1), initiator=True, minor=False) for other in ("s:k", "s:a")]
    names = Names({"s:a": "ann"}, frozenset({"s:k"}), likely=frozenset({"s:k"}))
    rows = account_model.contact_rows(listed, names, words("fr"), {})
    assert list(rows["Mineur"]) == ["probable", ""]
    assert list(rows["Identifiant"]) == ["", "s:a"]


def test_an_account_that_only_a_session_names_has_a_timeline(tmp_path: Path) -> None:
    sessions = [{"account_id": "a", "started_at": moment(1), "device_id": "d"}]
    with lake_of(tmp_path / "w", [write_folder(tmp_path / "s", {"sessions": sessions})]) as opened:
        line = dossier.timeline(opened, dossier.profile(opened, "small:a"))
        assert [(event.code, event.what) for event in line.page()] == [("mark", "d"), ("session", "d")]
        assert dossier.timeline(opened, dossier.profile(opened, "small:nobody")).count() == 0


def test_whoever_another_row_names_is_an_account_of_the_case(tmp_path: Path) -> None:
    tables = {
        "sessions": [{"account_id": "seen", "started_at": moment(1)}],
        "identifiers": [{"account_id": "held", "kind": "device", "value": "d"}],
        "reports": [{"report_id": "r", "reported_id": "told", "reporter_id": "asked", "made_at": moment(1)}],
    }
    with lake_of(tmp_path / "w", [write_folder(tmp_path / "s", tables)]) as opened:
        known = {name: dossier.profile(opened, f"small:{name}").known for name in ("seen", "held", "told", "asked")}
        assert known == dict.fromkeys(known, True)
        assert not dossier.profile(opened, "small:nobody").known


def test_activity_stands_by_weekday_and_hour(lake: Lake) -> None:
    counted = dossier.rhythm(lake, "small:a")
    assert counted == [(START.weekday(), 9, 1), (START.weekday(), 10, 2)]


def test_reports_are_counted_as_a_lead_counts_them_and_otherwise_apart() -> None:
    """Seven reports, five people whom it had written to first before: what a lead says and what the page lists."""
    def contact(other: str, hour: float, *, initiator: bool = True) -> dossier.Contact:
        return dossier.Contact(other, 1, 0, at(hour), at(hour), initiator=initiator, minor=False)

    def report(reporter: str, hour: float | None, whom: str = "a") -> dossier.Report:
        return dossier.Report(None if hour is None else at(hour), reporter, whom, "", f"reports:{reporter}{hour}")

    contacts = [contact("b", 1), contact("c", 2), contact("d", 30), contact("e", 1, initiator=False)]
    listed = [
        report("b", 5), report("b", 6), report("c", None), report("d", 9), report("e", 9), report("", 9),
        report("f", 9), report("a", 3, "b"),
    ]
    assert dossier.reported(listed, "a", contacts) == dossier.Reported(times=7, people=5, met=2, made=1)
    told = account_model.reported_told(dossier.Reported(7, 5, 2, 1), words("en"))
    assert told.startswith("Reports of it: 7, by different people: 5; by people it had written to first")
    assert "before they reported it: 2 (a hub's lead counts these alone" in told


def test_it_is_said_of_which_kinds_nobody_else_used_any() -> None:
    def mark(kind: str, value: str, holders: int) -> dossier.Mark:
        return dossier.Mark(kind, value, 1, None, None, (), holders)

    marks = [mark("email", "a@b.example", 1), mark("ip", "192.0.2.1", 4), mark("ip", "192.0.2.2", 1),
             mark("device", "d1", 1), mark("device", "d2", 1)]
    told = account_model.alone_told(marks, words("en"))
    assert told == (
        "The evidence names nobody else who used its marks of these kinds: device (2), e-mail (1)."
    )
    assert "appareil (2), courriel (1)" in account_model.alone_told(marks, words("fr"))
    assert account_model.alone_told([mark("ip", "192.0.2.1", 4)], words("en")) == ""
    assert account_model.alone_told([], words("en")) == ""
