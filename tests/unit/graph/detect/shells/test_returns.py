"""Who comes back after a ban, who shares a task, and how an address is spelt."""

from graph.detect.shells.leads import _by_code
from graph.detect.shells.model import PairWeights, Weight
from graph.detect.wordings import render
from tests.unit.graph.detect.relational_evidence import at
from tests.unit.graph.detect.shells.shell_platform import DAY, Platform, members

RARE = ("ostervane", "brukelmad", "vintorask", "jolpenkir", "marduvelo", "gilfanor")


def returns(platform, number, names, *, gap=1, ip=None):
    """The one is there for ten days, the other from ``gap`` days later on, with a device of its own."""
    for side, name in enumerate(names):
        who, first = f"r{number}{'ab'[side]}", side * (9 + gap)
        platform.account(who, name=name)
        for day in range(first, first + 10):
            start = day * DAY + 18 * 3600 + 60 * number
            platform.session(who, start, start + 600, f"d-{who}", ip or f"10.9.9.{number}")
    return f"c:r{number}a", f"c:r{number}b"


def test_who_comes_back_to_a_home_under_a_like_name_is_found_though_never_there_on_one_day():
    platform = Platform()
    pair = returns(platform, 0, ("ostervane", "ostervane2"))
    (finding,) = platform.found()
    assert (finding.members, finding.tier in ("moderate", "strong")) == (pair, True)
    codes = {reason.code: reason for reason in finding.reasons}
    assert {"same_line", "same_name", "one_after_the_other"} <= codes.keys()
    assert len(codes["same_line"].records) == 2
    assert "10.9.9.0" in render("shell", codes["same_line"], "en").detail


def test_several_who_come_back_do_not_hide_each_other():
    platform = Platform()
    pairs = [returns(platform, number, (name, f"{name}2")) for number, name in enumerate(RARE)]
    assert sorted(members(platform.found(), tiers=("strong", "moderate"))) == pairs


def test_an_address_says_less_where_many_are_given_one_in_turn():
    def lead_beside(others):
        platform = Platform()
        for number in range(100, 100 + others):
            returns(platform, number, (platform.word(), platform.word()), ip=f"10.8.0.{number // 3}")
        pair = returns(platform, 0, ("ostervane", "ostervane2"))
        return next(finding for finding in platform.found() if finding.members == pair)

    assert lead_beside(60).score < lead_beside(0).score


def test_what_two_wrote_of_whom_one_was_gone_before_the_other_came_is_no_conversation():
    platform = Platform()
    pair = returns(platform, 0, ("ostervane", "ostervane2"))
    platform.messages = [
        {"sender": pair[side], "recipient": pair[1 - side], "sent_at": at((3 + 12 * side) * DAY + 18 * 3600 + i)}
        for side in (0, 1) for i in range(5)
    ]
    (finding,) = platform.found()
    assert "talk_with_each_other" not in {item.code for item in finding.counter_evidence}


def test_moderators_who_greet_the_same_people_are_no_one_operator_but_others_are():
    def linked_with(role):
        platform = Platform()
        for number in range(3):
            platform.account(f"m{number}", name=f"aidefil{number}", role=role)
        platform.messages = [
            {"sender": f"c:m{number}", "recipient": f"c:u{i:03d}", "sent_at": at(i * 3600.0 + 700 * number)}
            for number in range(3) for i in range(0, 120, 3)
        ] + [{"sender": f"c:u{i:03d}", "recipient": f"c:u{i + 9:03d}", "sent_at": at(i)} for i in range(20, 300)]
        return members(platform.found())

    assert linked_with("moderator") == []
    assert linked_with("member") == [("c:m0", "c:m1", "c:m2")]


def test_a_lead_on_accounts_with_a_role_says_so():
    platform = Platform()
    for name in ("m1", "m2"):
        platform.account(name, name=platform.word(), role="moderator")
    platform.ring(["m1", "m2"], device=lambda _: "dm", ip="10.9.9.9")
    (finding,) = platform.found()
    role = next(item for item in finding.counter_evidence if item.code == "role")
    assert "2 of the accounts have a role (moderator)" in render("shell", role, "en").detail


def spelt(*addresses):
    platform = Platform()
    for number, address in enumerate(addresses):
        platform.account(f"e{number}", name=platform.word())
        platform.identifiers.append({"account": f"c:e{number}", "kind": "email", "value": address})
    return platform.found()


def test_two_spellings_of_one_mailbox_link_as_the_same_address_does_and_the_lead_shows_both():
    (same,), (two,) = spelt("Jo.Han@gmail.com", "jo.han@gmail.com"), spelt("jo.han+2@gmail.com", "johan@googlemail.com")
    assert (same.members, same.tier, same.score) == (two.members, two.tier, two.score)
    assert [reason.code for reason in same.reasons] == ["same_email"]
    assert "jo.han@gmail.com" in render("shell", same.reasons[0], "en").detail
    (reason,) = two.reasons
    assert reason.code == "same_mailbox"
    for language in ("en", "fr"):
        detail = render("shell", reason, language).detail
        assert all(text in detail for text in ("johan@gmail.com", "jo.han+2@gmail.com", "johan@googlemail.com"))
    assert spelt("jo.han@mail.example", "johan@mail.example") == ()


def test_what_hardly_exceeds_what_is_usual_is_no_reason():
    """Two with one address, there at once as seldom as their hours let expect, or a little less."""
    little = Weight("never_at_once", "turns", 0.1, 0.1, 0, 0.0012)
    some = Weight("hand_overs", "turns", 4.0, 0.2, 5, 0.69)
    against = Weight("at_once", "turns", -0.5, -0.5, 1, 0.4)
    weighed = {(0, 1): PairWeights(("c:a", "c:b"), -10.0, -1.0, (little, some, against))}
    assert [code for code, _ in _by_code(weighed, positive=True)] == ["hand_overs"]
    assert [code for code, _ in _by_code(weighed, positive=False)] == ["at_once"]
