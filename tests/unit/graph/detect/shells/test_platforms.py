"""Shells across two platforms in one case, and addresses in their time."""

import pytest

from graph.detect.context import DetectionContext
from graph.detect.shells import ShellParameters, find_shells
from graph.detect.wordings import render
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at
from tests.unit.graph.detect.shells.shell_platform import DAY, Platform, members


class TwoPlatforms(Platform):
    """The small platform beside another one of two hundred accounts, of whom nobody has a device on both."""

    def __init__(self, seed=1):
        super().__init__(seed)
        for i in range(200):
            self.stranger(f"v{i:03d}", name=self.word())
            self.visit(f"v{i:03d}", device=f"e{i}", ip=f"10.1.0.{i}")

    def stranger(self, name_id, *, name, **more):
        self.accounts.append(
            {"account": f"t:{name_id}", "pseudonym": name, "created_at": at(self.rng.uniform(-90, 0) * DAY), **more}
        )

    def visit(self, name, *, device, ip, days=20):
        for day in range(days):
            if self.rng.random() < 0.5:
                start = day * DAY + self.rng.uniform(17, 21) * 3600
                self.sessions.append({
                    "account": f"t:{name}", "started_at": at(start), "ended_at": at(start + 900), "device_id": device,
                    "ip": ip,
                })

    def told(self, account, kind, value):
        self.identifiers.append({"account": account, "kind": kind, "value": value})

    def registered(self):
        """Four in five give an e-mail address of their own."""
        for i in range(320):
            self.told(f"c:u{i:03d}", "email", f"{i}@mail.example")
        for i in range(160):
            self.told(f"t:v{i:03d}", "email", f"{i}@post.example")


def test_one_mail_address_on_two_platforms_links():
    platform = TwoPlatforms()
    platform.registered()
    platform.account("x", name=platform.word())
    platform.stranger("y", name=platform.word())
    platform.told("c:x", "email", "same@mail.example")
    platform.told("t:y", "email", "same@mail.example")
    (finding,) = platform.found()
    assert finding.members == ("c:x", "t:y")
    assert finding.tier != "strong"  # one family of evidence
    assert "same_email" in {reason.code for reason in finding.reasons}


def test_one_mail_address_within_a_platform_is_no_more_than_moderate_alone():
    platform = TwoPlatforms()
    platform.registered()
    for name in ("x", "y"):
        platform.account(name, name=platform.word())
        platform.told(f"c:{name}", "email", "same@mail.example")
    assert members(platform.found(), tiers=("strong",)) == []


def test_a_mail_address_and_an_unusual_name_on_two_platforms_are_strong():
    platform = TwoPlatforms()
    platform.registered()
    platform.account("x", name="Belakovu_412")
    platform.stranger("y", name="belakovu412")
    platform.told("c:x", "email", "same@mail.example")
    platform.told("t:y", "email", "same@mail.example")
    (finding,) = platform.found()
    assert (finding.members, finding.tier) == (("c:x", "t:y"), "strong")


@pytest.mark.parametrize("worn", ["Belakovu", "Belakovu_412"])
def test_a_common_pseudonym_alone_links_nobody_across_platforms(worn):
    platform = TwoPlatforms()
    platform.account("x", name=worn)
    platform.stranger("y", name=worn)
    platform.evenings(["x"], device="dx", ip="10.5.5.5")
    platform.visit("y", device="dy", ip="10.5.5.6")
    assert platform.found() == ()


def test_one_device_that_changes_platform_within_a_minute_links():
    platform = TwoPlatforms()
    platform.account("x", name=platform.word())
    platform.stranger("y", name=platform.word())
    for day in range(20):
        start = day * DAY + platform.rng.uniform(17, 20) * 3600
        platform.session("x", start, start + 900, "dx", "10.5.5.5")
        platform.sessions.append({
            "account": "t:y", "started_at": at(start + 930), "ended_at": at(start + 1900), "device_id": "dx",
            "ip": "10.5.5.5",
        })
    (finding,) = platform.found()
    assert finding.members == ("c:x", "t:y")
    assert finding.tier in ("strong", "moderate")


def test_an_address_links_in_its_time_only():
    platform = Platform()
    for number, name in enumerate(("Belakovu", "Belakovu")):
        platform.account(f"n{number}", name=name)
        for day in range(10):  # the address is given to the other after a month
            start = (day + 30 * number) * DAY + 18 * 3600
            platform.session(f"n{number}", start, start + 600, f"d-{number}", "10.9.9.9")
    assert not any("same_address" in {reason.code for reason in finding.reasons} for finding in platform.found())


def test_kinds_left_out_are_neither_for_nor_against():
    platform = TwoPlatforms()
    platform.registered()
    platform.account("x", name=platform.word())
    platform.stranger("y", name=platform.word())
    platform.told("c:x", "email", "same@mail.example")
    platform.told("t:y", "email", "same@mail.example")
    assert members(platform.found()) == [("c:x", "t:y")]
    assert platform.found(left_out="email") == ()


def test_every_sentence_stands_in_english_and_french_and_says_what_would_clear_it():
    platform = Platform()
    for name in ("r1", "r2"):
        platform.account(name, name="Belakovu", declared_age=30 if name == "r1" else 50, declared_gender=name)
    platform.ring(["r1", "r2"], device=lambda _: "dr", ip="10.9.9.9")
    for i in range(60):
        platform.identifiers.append({"account": f"c:u{i:03d}", "kind": "cookie", "value": "shared"})
    (finding,) = platform.found()
    assert len(finding.reasons) <= 5
    for item in (*finding.reasons, *finding.counter_evidence):
        english, french = (render("shell", item, language).detail for language in ("en", "fr"))
        assert english
        assert french not in ("", english)
    assert finding.counter_evidence[-1].code == "what_would_clear_it"


def test_hostile_names_stand_in_sentences_as_they_are():
    platform = Platform()
    for name in ("r1", "r2"):
        platform.account(name, name="{0} {x} %s \u202e<b>")
    platform.ring(["r1", "r2"], device=lambda _: "d{0}", ip="%s")
    (finding,) = platform.found()
    assert any("d{0}" in render("shell", reason, "en").detail for reason in finding.reasons)


def test_pairs_of_a_value_are_bounded():
    evidence = WrittenEvidence(
        accounts=[{"account": f"c:{i}"} for i in range(300)],
        identifiers=[{"account": f"c:{i}", "kind": "cookie", "value": f"k{i // 30}"} for i in range(300)],
    )
    context = DetectionContext(evidence)
    assert find_shells(context, ShellParameters()) == ()
    assert context.notes == {"shell": ["10 values of kind cookie are held by too many accounts to link any"]}
