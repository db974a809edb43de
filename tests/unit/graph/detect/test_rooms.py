"""In which rooms adults meet minors to write to them."""

import pytest

from graph.detect.context import DetectionContext
from graph.detect.rooms import RoomParameters, find_rooms
from graph.detect.rooms.chance import judge, seekers
from graph.detect.rooms.meetings import Meeting
from tests.unit.graph.detect.platform_evidence import evidence_of
from tests.unit.graph.detect.relational_evidence import at
from tests.unit.graph.detect.small_platform import Platform


class Rooms(Platform):
    """Two rooms, attic and hall, in which adults and minors sit; adults begin chats in both."""

    def post_in(self, room, sender, hours):
        self._message(sender, hours, "hello all", room_id=room)

    def start(self, room, adult, target, hours):
        """Both post in the room, then the adult writes to the target."""
        self.post_in(room, adult, hours)
        self.post_in(room, target, hours + 0.05)
        self.private(adult, target, hours + 0.1)

    def sit(self, room, hours, *, adults, teens):
        for name in (*self.random.sample(self.adults, adults), *self.random.sample(self.teens, teens)):
            self.post_in(room, name, hours + self.random.random() * 0.9)


@pytest.fixture
def platform():
    platform = Rooms(adults=60, teens=60)
    for hour in range(0, 400, 2):
        for room in ("attic", "hall"):
            platform.sit(room, hour, adults=4, teens=4)
        crowd = platform.teens if platform.random.random() < 0.25 else platform.adults
        adult, target = platform.random.choice(platform.adults), platform.random.choice(crowd)
        if adult != target:
            platform.start(platform.random.choice(["attic", "hall"]), adult, target, hour + 0.1)
    return platform


def found(platform, *, kind="public", **parameters):
    rooms = [{"room_id": name, "name": name.capitalize(), "kind": kind} for name in ("attic", "hall")]
    context = DetectionContext(evidence_of(platform, rooms=rooms))
    findings = find_rooms(context, RoomParameters(**parameters))
    for finding in findings:
        assert finding.counter_evidence[-1].measure == "what would clear it"
        assert all(item.detail_fr for item in (*finding.reasons, *finding.counter_evidence))
    return {finding.members[0].removeprefix("small:"): finding for finding in findings}, context.notes.get("room", [])


def lure(platform, room, *, adults, each):
    """Adults who begin chats with minors in one room."""
    seeking = [platform.account(f"s{i}", age=35) for i in range(adults)]
    teens = iter(platform.random.sample(platform.teens, len(platform.teens)))
    for turn in range(each):
        for i, adult in enumerate(seeking):
            platform.start(room, adult, next(teens), 60 + 20 * turn + 2 * i + 0.2)


def test_rooms_where_adults_choose_as_everywhere_are_no_lead(platform):
    findings, notes = found(platform)
    assert [finding.tier for finding in findings.values() if finding.tier != "weak"] == []
    assert notes == []


def test_a_room_in_which_several_adults_begin_chats_with_minors_is_strong_and_named(platform):
    lure(platform, "attic", adults=7, each=8)
    findings, _ = found(platform, seeker_p=0.02)
    finding = findings["attic"]
    assert finding.tier == "strong"
    assert {f"small:t{i}" for i in range(60)} >= set(finding.targets)
    first = finding.reasons[0]
    assert first.observed >= 56
    assert first.observed > 1.5 * first.expected
    assert len(first.records) == first.observed
    anywhere = next(r for r in finding.reasons if r.measure == "adults here who choose minors anywhere")
    assert anywhere.observed == 7
    assert "hall" not in findings or findings["hall"].tier == "weak"


def test_one_adult_is_one_voice_however_many_it_writes_to(platform):
    lure(platform, "attic", adults=1, each=40)
    findings, _ = found(platform)
    assert "attic" not in findings or findings["attic"].tier == "weak"


def test_a_room_of_a_school_is_weak(platform):
    lure(platform, "attic", adults=8, each=6)
    finding = found(platform, kind="school")[0]["attic"]
    assert finding.tier == "weak"
    assert finding.counter_evidence[0].measure == "kind of room"


def test_accounts_with_a_role_are_no_adults_who_meet_minors_and_watch_over_a_room(platform):
    lure(platform, "attic", adults=8, each=6)
    platform.account("mod", age=40, role="moderator")
    for i, teen in enumerate(platform.teens[:30]):
        platform.start("hall", "mod", teen, 80 + 2 * i + 0.3)
    platform.post_in("attic", "mod", 99)
    findings, _ = found(platform)
    assert "hall" not in findings or findings["hall"].tier == "weak"
    watched = next(item for item in findings["attic"].counter_evidence if item.measure == "watched over")
    assert watched.observed == 1


def test_without_rooms_or_without_ages_there_is_a_note():
    silent = Platform(adults=2, teens=1)
    silent.private("a0", "t0", 1)
    assert found(silent) == ({}, ["there are no messages in rooms: nothing to place a contact in"])
    unknown = Rooms(adults=0, teens=0)
    for name in ("x", "y"):
        unknown.account(name)
    unknown.start("hall", "x", "y", 5)
    assert found(unknown) == ({}, ["no adult wrote first to a minor who had just posted in a room"])


def meeting(room, adult, target, *, minor, people=10, minors=5):
    return Meeting(room, adult, target, at(0), f"{adult}{target}", minor, False, people, minors)


def test_the_expected_share_follows_who_was_there_and_how_others_choose():
    even = [meeting("r1", f"a{i}", f"t{i}", minor=i % 2 == 0) for i in range(40)]
    other = [meeting("r2", f"b{i}", f"u{i}", minor=i % 2 == 0) for i in range(40)]
    first, second = judge([*even, *other], RoomParameters())
    assert first.expected == pytest.approx(20, abs=0.5)
    assert (first.adults, first.p_value) == (20, pytest.approx(0.5, abs=0.1))
    assert second.room == "r2"
    few = [meeting("r3", f"c{i}", f"v{i}", minor=True, minors=1) for i in range(20)]
    third = judge([*even, *other, *few], RoomParameters())[2]
    assert third.expected == pytest.approx(20 * 1.5 / 11, abs=1)
    assert third.q_value < 1e-6


def test_seekers_are_few_and_far_from_the_common_share():
    common = [(f"a{i}", 20, 2 + i % 3) for i in range(60)]
    assert seekers(common, RoomParameters()) == frozenset()
    assert seekers([*common, ("z", 20, 19)], RoomParameters()) == {"z"}
    assert seekers([], RoomParameters()) == frozenset()


@pytest.mark.parametrize("wrong", [{"min_contacts": 1}, {"moderate_q": 0.5}, {"strong_odds": 0.5}, {"seeker_p": 0}])
def test_parameters_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        RoomParameters(**wrong)
