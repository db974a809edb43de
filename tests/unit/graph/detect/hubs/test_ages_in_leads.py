"""Whose age is believed, the account's own and its contacts', and what a lead says of it."""


import pytest

from graph.detect.finding import Finding
from graph.detect.wordings import render
from tests.unit.graph.detect.hubs.found import approach, codes, hubs_of
from tests.unit.graph.detect.small_platform import Platform


def test_who_claims_a_teenage_age_and_leads_as_an_adult_is_held_against_adults(tmp_path):
    """Fewer minors than a teenager's was printed as the reason."""
    platform = Platform()
    platform.ordinary_life()
    platform.account("claims", age=14)
    approach(platform, "claims", platform.teens, 28)
    approach(platform, "claims", platform.adults, 12)
    finding = hubs_of(platform, tmp_path)["claims"]
    first = finding.reasons[0]
    assert first.observed > first.expected
    if first.code == "minors_beyond_adult_share":
        assert first.values["young"].value >= first.observed


def test_targets_who_state_no_age_count_by_their_other_contacts_are_told_apart_and_are_no_targets(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    silent = set(platform.random.sample(platform.teens, 24))
    stating = [teen for teen in platform.teens if teen not in silent]
    for row in platform.accounts:
        if row["account_id"] in silent:
            row["declared_age"] = None
    platform.account("hub", age=31)
    for target in [*platform.random.sample(sorted(silent), 16), *stating[:3]]:
        platform.meet("hub", target, answered=False)
    finding = hubs_of(platform, tmp_path / "with")["hub"]
    assert {target.split(":", 1)[1] for target in finding.targets} == set(stating[:3])
    assert (finding.reasons[0].observed, finding.tier in ("moderate", "strong")) == (3, True)
    (others,) = [part for part in finding.counter_evidence if part.code == "contacts_not_known_to_be_minors"]
    assert (others.observed, len(others.records)) == (16, 16), "likely minors were taken out of these without a word"
    likely = next(reason for reason in finding.reasons if reason.code == "likely_minors")
    assert f"{likely.observed} of them count as likely minors" in render("hub", others, "en").detail
    assert 6 <= likely.observed == len(likely.records) <= 16
    assert likely.expected < likely.observed / 2
    assert "Of 16 more people whose age was not known" in render("hub", likely, "en").detail
    few = hubs_of(platform, tmp_path / "few", records_cap=2)["hub"].reasons
    assert [len(reason.records) for reason in few[:2]] == [2, likely.observed], "its records alone tell who they are"
    parts = ("ages", "senders", "circles", "begun", "number", "reports")
    without = hubs_of(platform, tmp_path / "without", parts=parts)
    assert without.get("hub") is None or without["hub"].score < finding.score


def test_who_seeks_minors_is_no_likely_minor_by_the_company_it_seeks(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    for name, age in (("hub", 31), ("unknown", None)):
        platform.account(name, age=age)
        approach(platform, name, platform.teens, 25)
    platform.meet("hub", "unknown", answered=False)
    found = hubs_of(platform, tmp_path)
    assert {found["hub"].tier, found["unknown"].tier} <= {"moderate", "strong"}
    assert "likely_minors" not in codes(found["hub"].reasons)


def apart(tmp_path, *, with_minors: int) -> dict[str, Finding]:
    """Minors write to minors and adults to adults, so many of these with one minor as well, and one with 25."""
    platform = Platform(adults=180, teens=100, seed=5)
    for account in platform.accounts:
        least, most = (12, 17) if account["account_id"] in platform.teens else (18, 60)
        account["declared_age"] = platform.random.randint(least, most)
    for crowd, most in ((platform.adults, 5), (platform.teens, 6)):
        for name in crowd:
            platform.post(name, platform.random.uniform(0, 600))
            for other in platform.random.sample(crowd, platform.random.randint(most - 4, most)):
                platform.meet(name, other, answered=True)
    for adult in platform.random.sample(platform.adults, with_minors):
        pair = [adult, platform.random.choice(platform.teens)]
        platform.random.shuffle(pair)
        platform.meet(*pair, answered=True)
    platform.account("hub", age=41)
    for teen in platform.random.sample(platform.teens, 25):
        platform.meet("hub", teen, answered=platform.random.random() < 0.8)
    return hubs_of(platform, tmp_path)


@pytest.mark.parametrize("with_minors", [0, 40])
def test_who_writes_to_minors_alone_where_no_adult_does_is_not_taken_for_a_minor_who_lies(tmp_path, with_minors):
    found = apart(tmp_path, with_minors=with_minors)
    assert found["hub"].tier in ("strong", "moderate")
    assert len(found["hub"].targets) == 25
    assert [name for name, finding in found.items() if finding.tier != "weak"] == ["hub"]


def test_minors_who_passed_for_adults_and_said_so_in_the_chat_count_and_are_told_apart(tmp_path):
    """Who is entered as 18 and says in the chat to be 14 was one of "whom nothing tells that they are minors"."""
    platform = Platform()
    platform.ordinary_life()
    platform.account("hub", age=38)
    approach(platform, "hub", platform.teens, 8)
    for i in range(8):
        platform.account(f"raised{i}", age=18)
        platform.post(f"raised{i}", 10.0 * i)
        platform.private("hub", f"raised{i}", 300.0 + i)
        platform.private(f"raised{i}", "hub", 325.0 + i, "in fact im 14")
    finding = hubs_of(platform, tmp_path)["hub"]
    assert finding.tier != "weak"
    assert len(finding.targets) == 8, "known to be minors when they were written to"
    (told,) = [reason for reason in finding.reasons if reason.code == "told_to_be_minors"]
    assert (told.observed, len(told.records)) == (8, 8)
    assert "contacts_not_known_to_be_minors" not in codes(finding.counter_evidence)


def test_who_gives_an_adult_s_age_and_a_minor_s_has_both_said(tmp_path):
    """A profile of 41 and "j'ai 13 ans" in the chat: the 13 alone was said, as what may clear the account."""
    platform = Platform()
    platform.ordinary_life()
    for name, age in (("both", 41), ("raised", 20), ("grown", 16)):
        platform.account(name, age=age)
        approach(platform, name, platform.teens, 18)
    platform.post("both", 100.0, "j'ai 13 ans")
    platform.post("raised", 100.0, "j'ai 14 ans")
    found = hubs_of(platform, tmp_path)
    (contradicted,) = [reason for reason in found["both"].reasons if reason.code == "ages_contradict"]
    assert {name: value.value for name, value in contradicted.values.items()} == {
        "adult": 41, "adult_basis": "declared", "minor": 13, "minor_basis": "stated"
    }
    assert [record.partition(":")[0] for record in contradicted.records] == ["accounts", "messages"]
    assert found["both"].tier != "weak"
    others = [found[name] for name in ("raised", "grown") if name in found]
    assert "ages_contradict" not in {code for finding in others for code in codes(finding.reasons)}


def test_an_age_is_told_as_of_the_chats_and_not_as_what_the_account_gives(tmp_path):
    """Of who was entered as 17 and then turned 18 it was said that the account gives an age of 18."""
    platform = Platform()
    platform.ordinary_life()
    platform.account("grown", age=17)
    platform.accounts[-1]["created_at"] = "2022-06-01T00:00:00Z"
    approach(platform, "grown", platform.teens, 30)
    approach(platform, "grown", platform.adults, 10)
    finding = hubs_of(platform, tmp_path)["grown"]
    said = [render("hub", part, "en").detail for part in (*finding.reasons, *finding.counter_evidence)]
    told = [text for text in said if "at the last of these chats" in text]
    assert told, said
    assert not any("gives an age of" in text for text in said)
