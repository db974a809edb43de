"""In which rooms adults meet minors to write to them."""

import numpy as np
import pytest

from graph.detect.context import DetectionContext
from graph.detect.rooms import RoomParameters, find_rooms
from graph.detect.rooms.chance import judge
from graph.detect.rooms.contacts import Contact, Places
from graph.detect.rooms.placing import placed
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


def test_a_room_in_which_several_adults_begin_chats_with_minors_is_strong_and_names_them(platform):
    lure(platform, "attic", adults=7, each=8)
    findings, _ = found(platform)
    finding = findings["attic"]
    assert finding.tier == "strong"
    assert {f"small:t{i}" for i in range(60)} >= set(finding.targets)
    first = finding.reasons[0]
    assert first.observed > 3 * first.expected
    assert set(first.records) >= {f"accounts:small:s{i}" for i in range(7)}
    contacts = next(r for r in finding.reasons if r.measure == "private contacts with minors that start here")
    assert len(contacts.records) == contacts.observed >= 50
    assert "hall" not in findings or findings["hall"].tier == "weak"


def test_adults_who_only_read_are_placed_by_the_room_their_targets_have_in_common():
    platform = Rooms(adults=0, teens=60)
    for i, teen in enumerate(platform.teens):  # half of them live in each room, and a few know both
        for hour in range(6):
            room = "attic" if (i < 30) != (i % 10 == 0 and hour % 2 == 0) else "hall"
            platform.post_in(room, teen, 10 * hour + i * 0.2)
    seeking = [platform.account(f"s{i}", age=35) for i in range(8)]
    for turn in range(4):
        for i, adult in enumerate(seeking):
            platform.private(adult, platform.teens[(8 * turn + i) % 30], 100 + turn + i * 0.1)
    findings, _ = found(platform)
    assert set(findings) == {"attic"}
    assert findings["attic"].tier == "strong"
    quiet = next(r for r in findings["attic"].reasons if r.measure == "they come to write in private")
    assert set(quiet.records) == {f"accounts:small:s{i}" for i in range(8)}


def test_one_adult_is_one_voice_however_many_it_writes_to(platform):
    lure(platform, "attic", adults=1, each=40)
    findings, _ = found(platform)
    assert "attic" not in findings


def test_a_room_of_a_school_is_weak(platform):
    lure(platform, "attic", adults=8, each=6)
    finding = found(platform, kind="school")[0]["attic"]
    assert finding.tier == "weak"
    assert finding.counter_evidence[0].measure == "kind of room"


def test_a_room_in_which_minors_begin_with_adults_as_well_is_weak(platform):
    lure(platform, "attic", adults=8, each=6)
    for i, teen in enumerate(platform.teens[:40]):
        platform.start("attic", teen, platform.adults[i], 90 + 2 * i + 0.3)
    finding = found(platform)[0]["attic"]
    assert finding.tier == "weak"
    mutual = next(item for item in finding.counter_evidence if item.measure == "minors begin as well")
    assert mutual.observed > 0.5


def test_adults_whom_more_minors_write_to_first_seek_nobody(platform):
    lure(platform, "attic", adults=8, each=6)
    for turn in range(8):
        for i in range(8):
            platform.start("attic", platform.teens[(7 * turn + i) % 60], f"s{i}", 30 + turn * 3 + i * 0.1)
    assert "attic" not in found(platform)[0]


def test_accounts_with_a_role_are_no_adults_who_meet_minors_and_watch_over_a_room(platform):
    lure(platform, "attic", adults=8, each=6)
    platform.account("mod", age=40, role="moderator")
    for i, teen in enumerate(platform.teens[:30]):
        platform.start("hall", "mod", teen, 80 + 2 * i + 0.3)
    platform.post_in("attic", "mod", 99)
    findings, _ = found(platform)
    assert "hall" not in findings
    watched = next(item for item in findings["attic"].counter_evidence if item.measure == "watched over")
    assert watched.observed == 1


def test_without_rooms_without_ages_or_with_one_room_there_is_a_note():
    silent = Platform(adults=2, teens=1)
    silent.private("a0", "t0", 1)
    assert found(silent) == ({}, ["there are no messages in rooms: nothing to place a contact in"])
    unknown = Rooms(adults=0, teens=0)
    for name in ("x", "y"):
        unknown.account(name)
    unknown.start("hall", "x", "y", 5)
    assert found(unknown) == ({}, ["no adult wrote first to a minor, as far as ages are known"])
    single = Rooms(adults=1, teens=1)
    single.start("hall", "a0", "t0", 5)
    assert found(single) == (
        {}, ["no platform has two rooms in which minors post: nothing to compare a room with"]
    )


def contact(by, to, *, by_minor=False, to_minor=True):
    return Contact(f"{by}{to}", by, to, at(0), by_minor, to_minor, False)


def spots(rows, rooms=("p:r1", "p:r2")):
    """Places from (contact, room, hours of the target, hours of the one who wrote)."""
    columns = [np.array(column, dtype=float) for column in zip(*rows, strict=True)]
    nowhere = np.zeros(len(rows))
    return Places(
        columns[0].astype(int), columns[1].astype(int), rooms, columns[2], columns[3], nowhere, nowhere
    )


def test_a_contact_starts_where_both_are_and_all_contacts_of_one_person_tell_of_its_room():
    contacts = (contact("a", "t"), contact("b", "u"), contact("b", "v"), contact("b", "w"))
    rows = [(0, 0, 5, 3), (0, 1, 5, 0)]  # the target is in both rooms alike, the adult in one
    rows += [(1, 0, 4, 0), (2, 0, 4, 0), (3, 0, 2, 0), (3, 1, 2, 0)]  # b posts nowhere, but two targets know one room
    share = placed(contacts, spots(rows), RoomParameters()).share
    assert share[:2].tolist() == pytest.approx([3.1 / 3.2, 0.1 / 3.2], abs=0.02)
    assert share[2:4].tolist() == [1, 1]
    assert share[4] > 0.9
    assert share[4] + share[5] == pytest.approx(1)


def test_voices_are_held_against_the_minors_of_the_room_and_seekers_elsewhere():
    contacts, rows = [], []
    for adult in range(6):  # six seekers, all of whose minors post in the first of eight rooms
        for n in range(3):
            rows.append((len(contacts), 0, 1, 0))
            contacts.append(contact(f"a{adult}", f"t{adult}{n}"))
    for place in range(1, 8):  # one seeker in each of the others
        for n in range(3):
            rows.append((len(contacts), place, 1, 0))
            contacts.append(contact(f"b{place}", f"u{place}{n}"))
    rooms = tuple(f"p:r{n}" for n in range(8))
    found = placed(tuple(contacts), spots(rows, rooms), RoomParameters())
    judged = judge(found, dict.fromkeys(rooms, 10), RoomParameters())
    assert [item.room for item in judged] == list(rooms)
    assert judged[0].voices == pytest.approx(6)
    assert judged[0].expected == pytest.approx(7 / 6, abs=0.01)  # one more seeker over the six rooms of the null
    assert set(judged[0].seekers) == {f"a{n}" for n in range(6)}
    assert judged[0].q_value < 0.05 < judged[1].q_value
    assert judge(found, {"p:r0": 10}, RoomParameters()) == []


def test_rooms_of_different_platforms_are_not_compared():
    contacts = (contact("a", "t"), contact("b", "u"))
    found = placed(contacts, spots([(0, 0, 1, 0), (1, 1, 1, 0)], ("p:r", "q:r")), RoomParameters())
    assert judge(found, {"p:r": 5, "q:r": 5}, RoomParameters()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"least_hours": 0}, {"seeker_minors": 1}, {"trimmed": 1}, {"strong_adults": 1}, {"moderate_q": 0.5},
        {"strong_ratio": 0.5},
    ],
)
def test_parameters_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        RoomParameters(**wrong)
