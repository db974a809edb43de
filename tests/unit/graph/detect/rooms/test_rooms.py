"""In which rooms adults meet minors to write to them."""

import numpy as np
import pytest

from graph.detect.context import DetectionContext
from graph.detect.rooms import RoomParameters, find_rooms
from graph.detect.rooms.contacts import Contacts
from graph.detect.rooms.leads import shape
from graph.detect.rooms.model import placed
from graph.detect.rooms.null import Judged, judged
from graph.detect.tiers import graded
from graph.detect.wordings import render
from tests.unit.graph.detect.platform_evidence import evidence_of
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


def found(platform, **parameters):
    rooms = [{"room_id": name, "name": name.capitalize(), "kind": "public"} for name in ("attic", "hall")]
    context = DetectionContext(evidence_of(platform, rooms=rooms))
    findings = find_rooms(context, RoomParameters(**{"seeker_minors": 3, **parameters}))
    for finding in findings:
        assert finding.counter_evidence[-1].code == "what_would_clear_it"
        assert 1 <= len(finding.reasons) <= 5
        for item in (*finding.reasons, *finding.counter_evidence):
            assert render("room", item, "en").detail != render("room", item, "fr").detail
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


def test_a_room_in_which_several_adults_begin_chats_with_minors_is_a_lead_and_names_them(platform):
    lure(platform, "attic", adults=7, each=8)
    findings, _ = found(platform)
    finding = findings["attic"]
    assert finding.tier == "moderate"
    assert {f"small:t{i}" for i in range(60)} >= set(finding.targets)
    first = finding.reasons[0]
    assert first.observed > 3 * first.expected
    assert set(first.records) >= {f"accounts:small:s{i}" for i in range(7)}
    contacts = next(r for r in finding.reasons if r.code == "contacts_that_start_here")
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
    assert findings["attic"].tier == "moderate"
    assert set(findings["attic"].reasons[0].records) == {f"accounts:small:s{i}" for i in range(8)}


def test_one_adult_is_one_voice_however_many_it_writes_to(platform):
    lure(platform, "attic", adults=1, each=40)
    findings, _ = found(platform)
    assert "attic" not in findings


def test_a_room_in_which_minors_begin_with_adults_as_well_is_weak(platform):
    lure(platform, "attic", adults=8, each=6)
    for i in range(40):
        platform.start("attic", platform.teens[(7 * i) % 60], f"s{i % 8}", 20 + i + 0.3)
    finding = found(platform)[0]["attic"]
    assert finding.tier == "weak"
    mutual = next(item for item in finding.counter_evidence if item.code == "minors_begin_as_well")
    assert mutual.observed > 0.5 * mutual.expected


def test_minors_who_begin_with_other_adults_do_not_hide_those_who_come_for_them(platform):
    lure(platform, "attic", adults=8, each=6)
    for i, teen in enumerate(platform.teens[:40]):
        platform.start("attic", teen, platform.adults[i], 90 + 2 * i + 0.3)
    assert found(platform)[0]["attic"].tier == "moderate"


def tier_of(room):
    usual = RoomParameters()
    return graded(room.q_value, shape(room), moderate_q=usual.moderate_q, strong_q=usual.strong_q)[0]


def test_the_few_who_stand_out_among_many_are_weak():
    few = Judged("p:r", 12.0, 3.0, 1e-9, (1, 2, 3), ((1, 2),) * 300, began=90, approached=10)
    assert tier_of(few) == "weak"
    assert tier_of(few._replace(began=200)) == "moderate"
    assert tier_of(few._replace(began=200)) == "moderate"


def test_teachers_whom_a_class_writes_to_as_well_are_weak_and_whom_pupils_ask_elsewhere_takes_nothing_off():
    """A tutor in the same room, whom minors write to, is no seeker, and his chats do not clear others."""
    sought = Judged("p:r", 4.0, 0.7, 1e-3, (1, 2, 3), ((1, 2),) * 60, began=55, approached=3)
    assert tier_of(sought) == "moderate"
    assert tier_of(sought._replace(approached=25)) == "weak"


def test_adults_who_also_chat_with_adults_seek_minors_where_others_hardly_write_to_any(platform):
    for i, adult in enumerate(platform.adults):
        for step in range(1, 9):
            platform.start("hall", adult, platform.adults[(i + step) % 60], 20 + step + 0.01 * i)
    lure(platform, "attic", adults=7, each=8)
    for i in range(7):
        for step in range(6):
            platform.start("attic", f"s{i}", platform.adults[(10 * i + step) % 60], 250 + step)
    finding = found(platform)[0]["attic"]
    assert (finding.tier, finding.reasons[1].observed) == ("moderate", 7)


def test_adults_whom_more_minors_write_to_first_seek_nobody(platform):
    lure(platform, "attic", adults=8, each=6)
    for turn in range(8):
        for i in range(8):
            platform.start("attic", platform.teens[(7 * turn + i) % 60], f"s{i}", 30 + turn * 3 + i * 0.1)
    assert "attic" not in found(platform)[0]


def test_accounts_with_a_role_are_no_adults_who_meet_minors(platform):
    lure(platform, "attic", adults=8, each=6)
    platform.account("mod", age=40, role="moderator")
    for i, teen in enumerate(platform.teens[:30]):
        platform.start("hall", "mod", teen, 80 + 2 * i + 0.3)
    findings, _ = found(platform)
    assert "hall" not in findings
    assert findings["attic"].tier == "moderate"


def test_without_rooms_without_ages_or_with_one_room_there_is_a_note():
    silent = Platform(adults=2, teens=1)
    silent.private("a0", "t0", 1)
    assert found(silent) == ({}, ["there are no messages in rooms: nothing to place a contact in"])
    unknown = Rooms(adults=0, teens=0)
    for name in ("x", "y"):
        unknown.account(name)
    unknown.start("hall", "x", "y", 5)
    assert found(unknown) == ({}, ["no adult wrote first to a minor, as far as ages are known"])
    apart = Rooms(adults=1, teens=1)
    apart.post_in("hall", "a0", 4)
    apart.private("a0", "t0", 5)
    assert found(apart)[0] == {}  # the target posts in no room
    single = Rooms(adults=1, teens=1)
    single.start("hall", "a0", "t0", 5)
    assert found(single) == (
        {}, ["no platform has two rooms in which minors post: nothing to compare a room with"]
    )


def contacts(pairs, rows, rooms=("p:r1", "p:r2")):
    """Contacts by adults to minors from pairs (by, to) and rows (pair, room, hours of the target, of the writer)."""
    pair, room, hours, own = (np.array(column) for column in zip(*rows, strict=True))
    by, to = (np.array([pairs[n][side] for n in pair]) for side in (0, 1))
    nowhere = np.zeros(len(rows))
    return Contacts(
        rooms, room, pair, by, to, nowhere > 0, nowhere == 0, hours.astype(float), own.astype(float), nowhere, nowhere
    )


def test_a_contact_starts_where_both_are_and_all_contacts_of_one_person_tell_of_its_room():
    rows = [(0, 0, 5, 3), (0, 1, 5, 0)]  # the target is in both rooms alike, the adult in one
    rows += [(1, 0, 4, 0), (2, 0, 4, 0), (3, 0, 2, 0), (3, 1, 2, 0)]  # b posts nowhere, but two targets know one room
    share = placed(contacts([(0, 10), (1, 11), (1, 12), (1, 13)], rows), RoomParameters())
    assert share[:2].tolist() == pytest.approx([3.1 / 3.2, 0.1 / 3.2], abs=0.02)
    assert share[2:4].tolist() == [1, 1]
    assert share[4] > 0.9
    assert share[4] + share[5] == pytest.approx(1)


def hours(rooms, count=10):
    return dict.fromkeys(rooms, count)


def rooms_of(found, hours, **chosen):
    return judged(found, placed(found, RoomParameters()), hours, RoomParameters(**chosen))


def test_voices_are_held_against_the_minors_of_the_room_and_seekers_elsewhere():
    pairs = [(adult, 100 + 3 * adult + n) for adult in range(13) for n in range(3)]
    homes = [0] * 6 + list(range(1, 8))  # six seekers in the first of eight rooms, one in each of the others
    rows = [(place, homes[adult], 1, 0) for place, (adult, _) in enumerate(pairs)]
    rooms = tuple(f"p:r{n}" for n in range(8))
    found = contacts(pairs, rows, rooms)
    results = rooms_of(found, hours(rooms), seeker_minors=3)
    assert [item.room for item in results] == list(rooms)
    assert results[0].voices == pytest.approx(6)
    assert results[0].expected == pytest.approx(7 / 6, abs=0.01)  # one more seeker over the six rooms of the null
    assert set(results[0].seekers) == set(range(6))
    assert results[0].q_value < 0.05 < results[1].q_value
    assert (results[0].began, results[0].approached) == (18, 0)
    assert rooms_of(found, {**hours(rooms, 0), "p:r0": 10}, seeker_minors=3) == []


def test_many_who_chat_with_three_minors_do_not_hide_a_few_who_come_for_eight():
    homes = [0] * 6 + [room for room in range(8) for _ in range(4)]  # six in the first room, four ordinary in each
    pairs = [(adult, 1000 + 8 * adult + n) for adult in range(len(homes)) for n in range(8 if adult < 6 else 3)]
    rows = [(place, homes[adult], 1, 0) for place, (adult, _) in enumerate(pairs)]
    rooms = tuple(f"p:r{n}" for n in range(8))
    first = rooms_of(contacts(pairs, rows, rooms), hours(rooms))[0]
    assert set(first.seekers) == set(range(6))
    assert first.q_value < 0.05


def test_rooms_of_different_platforms_are_not_compared():
    rooms = ("p:r", "q:r")
    found = contacts([(0, 10), (1, 11)], [(0, 0, 1, 0), (1, 1, 1, 0)], rooms)
    assert rooms_of(found, hours(rooms)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"least_hours": 0}, {"seeker_minors": 1}, {"trimmed": 1}, {"min_adults": 0}, {"moderate_q": 0.5},
        {"seeker_times": 1},
    ],
)
def test_parameters_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        RoomParameters(**wrong)
