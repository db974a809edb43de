"""Does what a hub lead counts open at the very messages?"""

from tests.unit.graph.detect.hubs.found import approach, hubs_of
from tests.unit.graph.detect.hubs.test_leads import baited
from tests.unit.graph.detect.sentences import items, sentence
from tests.unit.graph.detect.small_platform import Platform


def test_chats_that_a_reason_counts_open_at_the_message_that_began_each(tmp_path):
    """Who wrote first to whom was said with a number alone."""
    platform = baited()
    sent = {row["message_id"]: row for row in platform.tables()["messages"]}
    found = hubs_of(platform, tmp_path)
    said = {reason.code: reason for lead in found.values() for reason in lead.reasons}
    drawn, begun = said["minors_drawn_in"], said["chats_begun"]
    for reason, side, account in ((drawn, "recipient_id", "bait"), (begun, "sender_id", "hub")):
        records = [ref.removeprefix("messages:") for ref in reason.records]
        assert len(records) == reason.observed
        assert {sent[record][side] for record in records} == {account}
    assert len({sent[ref.removeprefix("messages:")]["sender_id"] for ref in drawn.records}) == drawn.observed


def test_the_contacts_that_are_told_add_up_to_all_of_them(tmp_path):
    """Whoever had a role, no age, or told it later stood in no figure that a reader could add."""
    platform = Platform()
    platform.ordinary_life()
    platform.account("hub", age=38)
    approach(platform, "hub", platform.teens, 20)
    approach(platform, "hub", platform.adults, 3)
    for name, role in (("silent", "member"), ("young", "member"), ("mod", "moderator"), ("bot", "bot")):
        platform.account(name, role=role)
        platform.private("hub", name, 300.0)
    platform.private("young", "hub", 310.0, "i am 14 btw")
    finding = hubs_of(platform, tmp_path)["hub"]
    said = items(finding)["contacts_not_known_to_be_minors"]
    values = {name: value.value for name, value in said.values.items()}
    told = ("minors", "later", "adults", "unknown", "roles")
    assert [values[name] for name in told] == [20, 1, 3, 1, 2]
    assert sum(values[name] for name in told) == values["contacts"] == 27
    assert said.observed == len(said.records) == 6
    assert sentence(finding, said.code) == (
        "6 of 27 first contacts went to adults or to people who are not known to be minors: 3 adults by what was known "
        "then, 1 of unknown age, 2 with a role (bots, helplines, moderators, staff); no minor's age is declared or "
        "reported, or read in their messages by the end of their chat. The other first contacts: 20 minors, and one "
        "person known to be a minor only by the end of the chat."
    )


def test_minors_who_are_in_contact_open_at_the_first_message_between_them(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    platform.account("hub", age=38)
    approach(platform, "hub", platform.teens, 25)
    finding = hubs_of(platform, tmp_path)["hub"]
    said = items(finding)["strangers_to_each_other"]
    assert said.observed == len(said.records) > 0
    sent = {f"messages:{row['message_id']}": row for row in platform.tables()["messages"]}
    pairs = {frozenset((sent[ref]["sender_id"], sent[ref]["recipient_id"])) for ref in said.records}
    assert len(pairs) == said.observed
    assert {f"small:{name}" for pair in pairs for name in pair} <= set(finding.targets)
