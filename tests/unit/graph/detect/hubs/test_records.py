"""Does what a hub lead counts open at the very messages?"""

from tests.unit.graph.detect.hubs.found import hubs_of
from tests.unit.graph.detect.hubs.test_leads import baited


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
