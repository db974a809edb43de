"""A folder of twenty exports: each is known for what it is, and gives who, to whom, where, when and what beside."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ingest.batch.report import IngestReport
from ingest.rejects import Reject
from tests.unit.ingest.chat_exports import as_written, read, reconciled
from tests.unit.ingest.chats.samples import CHANNEL, KID, SAMPLES, WOLF


@dataclass(frozen=True)
class Everything:
    """One ingest of all samples, each in the folder of its name, and the same again."""

    folder: Path
    report: IngestReport
    again: IngestReport
    tables: dict[str, pd.DataFrame]
    rejects: list[Reject]

    def of(self, sample: str, table: str, file: str = "") -> list[dict[str, Any]]:
        """The rows of one sample's table, or of one file of it, as the file has them; attributes parsed."""
        place = str(self.folder / sample)
        shas = {s.sha256 for s in self.report.sources if s.path.startswith(f"{place}/") and s.path.endswith(file)}
        rows = self.tables[table]
        found = rows[rows.source_sha256.isin(shas)].astype(object).where(rows.notna(), None).to_dict("records")
        return [{**row, "attributes": json.loads(row["attributes"] or "{}")} for row in found]

    def told(self, sample: str) -> list[Reject]:
        return [reject for reject in self.rejects if reject.file.startswith(f"{self.folder / sample}/")]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Everything:
    work = tmp_path_factory.mktemp("everything")
    for name, (builder, _) in SAMPLES.items():
        builder(work / "in" / name)
    report, tables, rejects = read(work, work / "in", timezone="Europe/Paris")
    return Everything(work / "in", report, read(work, work / "in", timezone="Europe/Paris")[0], tables, rejects)


def way(row: dict[str, Any]) -> tuple[Any, ...]:
    """From whom, to whom or where, at which second, what."""
    return (row["sender"].partition(":")[2], (row["recipient"] or row["room"]).partition(":")[2],
            row["sent_at"].strftime("%H:%M:%S"), row["text"])


def test_every_sample_is_known_for_what_it_is_and_counts_reconcile(everything: Everything) -> None:
    formats: dict[str, set[str]] = {}
    for source in everything.report.sources:
        formats.setdefault(Path(source.path).relative_to(everything.folder).parts[0], set()).add(source.format)
    assert formats == {name: {format} for name, (_, format) in SAMPLES.items()}
    assert reconciled(everything.report)


def test_the_second_time_nothing_is_added(everything: Everything) -> None:
    assert all(counts.accepted == 0 for counts in everything.again.tables.values())
    assert everything.again.tables["messages"].read == everything.report.tables["messages"].read


def test_discord_csv_is_read_with_its_channel_from_the_name(everything: Everything) -> None:
    one, two = everything.of("discord_csv", "messages")
    assert way(one) == (WOLF, CHANNEL, "16:03:04", 'see you at the "old" boat,\nthe blue one')
    assert (one["row"], two["row"]) == (2, 3)
    assert two["attributes"] == {
        "attachments": [{"name": "boat.jpg"}, {"name": "sea.png"}],
        "reactions": [{"count": 2, "emoji": "👍"}, {"count": 1, "emoji": "🎉"}],
    }
    assert [(r["room_id"], r["name"], r["attributes"]["guild"]) for r in everything.of("discord_csv", "rooms")] == [
        (CHANNEL, "general", "Harbour")]


@pytest.mark.parametrize("sample", [name for name in SAMPLES if name != "x_return"])
def test_as_written_stands_in_the_source(everything: Everything, sample: str) -> None:
    """It was what the reader had made of it, for the checks to read.  (A return of X holds its rows encoded.)"""
    content = "".join(path.read_text("utf-8", "replace") for path in (everything.folder / sample).rglob("*.*"))
    written = [text for table in ("messages", "sessions", "accounts") for text in as_written(
        everything.folder.parent, table, [row["record_id"] for row in everything.of(sample, table)])]
    assert any(written)
    assert [text for text in written if text not in content] == []


def test_a_discord_package_says_which_channels_it_lacks(everything: Everything) -> None:
    assert sorted(way(row) for row in everything.of("discord_package", "messages")) == [
        (WOLF, "11", "16:03:04", "the boat leaves at six"), (WOLF, KID, "16:04:04", "on my way")]
    (room_message,) = everything.of("discord_package", "messages", "messages.json")
    assert room_message["message_id"] == "1240000000000000001"
    assert room_message["attributes"]["time_written"] == "2024-05-01 16:03:04"
    assert [(reject.reason, reject.raw) for reject in everything.told("discord_package")] == [
        ("the index names a channel that the package lacks", "13")]
    assert {(i["kind"], i["value"]) for i in everything.of("discord_package", "identifiers")} == {
        ("email", "wolf@example.org"), ("phone", "+33 6 12 34 56 78")}


def test_a_discord_return_tells_channel_and_message_apart_by_what_stays_the_same(everything: Everything) -> None:
    servers = everything.of("discord_return", "messages", "harbour.csv")
    assert [way(row) for row in servers] == [
        (WOLF, CHANNEL, "16:03:04", "the boat leaves at six"), (KID, CHANNEL, "16:03:05", "yes")]
    assert servers[1]["attributes"]["attachments"] == [
        {"id": "55", "name": "boat.jpg"}, {"id": "56", "name": "sea.png"}]
    private = everything.of("discord_return", "messages", "kid.csv")
    assert [(row["message_id"], way(row)) for row in private] == [
        ("1240000000000000003", (WOLF, KID, "16:03:06", "on my way")),
        ("1240000000000000004", (KID, WOLF, "16:03:07", "good"))]


def test_telegram_html_gives_messages_replies_forwards_calls_and_notices(everything: Everything) -> None:
    room = "chat:Harbour & sea"
    rows = everything.of("telegram_html", "messages")
    assert [way(row) for row in rows] == [
        ("Telegram in Harbour & sea", room, "16:03:01", "Wolf invited Kid"),
        ("Wolf in Harbour & sea", room, "16:03:01", "the boat & the sea\nat six"),
        ("Wolf in Harbour & sea", room, "16:03:02", "or seven"), ("Kid in Harbour & sea", room, "16:03:03", "six"),
        ("Ann in Harbour & sea", room, "16:03:04", "look"), ("Kid in Harbour & sea", room, "16:03:05", None),
    ]
    told = [row["attributes"] for row in rows]
    assert told[0] == {"form": "notice", "time_from": "the message beside it"}
    assert (told[3]["reply_to"], told[3]["via_bot"]) == ("10", "@helper")
    assert (told[4]["forwarded_from"], told[4]["forwarded_at"]) == ("Ben", "2024-04-30T10:00:00+02:00")
    assert told[4]["media"] == {"file": "photo_1@01-05-2024.jpg"}
    assert (told[5]["form"], told[5]["media"]["status"]) == ("phone_call", "Outgoing (30 seconds)")
    assert told[5]["reactions"] == [{"by": ["Wolf"], "count": None, "emoji": "👍"}]
    assert all(a["attributes"]["weak_identity"] for a in everything.of("telegram_html", "accounts"))


def test_a_telegram_chat_of_two_is_private_and_its_clock_takes_the_zone(everything: Everything) -> None:
    assert [way(row) for row in everything.of("telegram_html_of_two", "messages")] == [
        ("Kid in Kid", "Wolf in Kid", "16:03:01", "are you there"),
        ("Wolf in Kid", "Kid in Kid", "16:03:02", "on my way")]


def test_meta_html_gives_texts_pictures_and_reactions(everything: Everything) -> None:
    one, two = everything.of("meta_html", "messages")
    assert way(one) == ("Kid in kid_12", "Wölf in kid_12", "16:03:05", "yes <3")
    assert one["attributes"]["reactions"] == ["👍Wölf"]
    assert way(two) == ("Wölf in kid_12", "Kid in kid_12", "16:03:04", "see https://example.org/a")
    assert two["attributes"]["media"] == ["boat_1.jpg"]
    assert one["platform"] == "instagram"


def test_a_meta_return_gives_threads_addresses_and_what_was_removed(everything: Everything) -> None:
    rows = everything.of("meta_return", "messages")
    assert [way(row) for row in rows] == [
        ("1001", "1002", "16:03:04", "the boat leaves at six"), ("1002", "1001", "16:03:05", "yes"),
        ("1001", "1002", "16:03:06", None), ("1003", "thread:5550002", "16:03:07", "hello both")]
    assert rows[1]["attributes"]["media"] == ["unified_message_5.jpg"]
    assert rows[2]["attributes"]["unsent"] is True
    (session,) = everything.of("meta_return", "sessions")
    assert (session["account"], session["ip"]) == ("instagram:1001", "192.0.2.7")
    assert str(session["started_at"]) == "2024-05-01 15:00:00"
    owner = {a["account_id"]: a for a in everything.of("meta_return", "accounts")}["1001"]
    assert (owner["pseudonym"], owner["attributes"]) == ("w0lf_17", {"owner_of_export": True})
    (other,) = everything.of("meta_return_blocks", "messages")
    assert (way(other), other["platform"]) == (("1002", "1001", "16:03:05", "yes"), "facebook")


def test_a_snapchat_return_gives_messages_addresses_and_the_subscriber(everything: Everything) -> None:
    one, two = everything.of("snapchat", "messages")
    assert way(one) == ("w0lf_17", "kid", "16:03:04", "the boat leaves at six")
    assert one["row"] == 6, "the line in the file"
    assert way(two) == ("kid", "c-2", "16:03:05", None)
    assert (two["attributes"]["media"], two["attributes"]["recipients"]) == (["b~1", "b~2"], ["w0lf_17", "ann"])
    (session,) = everything.of("snapchat", "sessions")
    assert session["account"] == "snapchat:w0lf_17", "whose return it is stands in the legend"
    assert (session["ip"], str(session["ended_at"])) == ("192.0.2.7", "2024-05-01 15:30:00")
    assert {i["value"] for i in everything.of("snapchat", "identifiers")} == {"wolf@example.org", "+33612345678"}


def test_a_kik_return_tells_no_message_twice_that_log_and_content_hold(everything: Everything) -> None:
    wolf, kid, room = "w0lf_17_abc@talk.kik.com", "kid_xyz@talk.kik.com", "1100@groups.kik.com"
    assert sorted(map(str, map(way, everything.of("kik", "messages")))) == sorted(map(str, [
        (wolf, kid, "16:03:04", "the boat leaves at six"), (kid, wolf, "16:03:05", None), (wolf, kid, "17:00:00", None),
        (wolf, room, "16:10:00", None)]))
    sessions = everything.of("kik", "sessions")
    assert [(s["ip"], s["attributes"].get("wrote_to")) for s in sessions if s["user_agent"] is None] == [
        ("192.0.2.7", kid), ("192.0.2.7", kid)]
    assert "Harbour" in {r["name"] for r in everything.of("kik", "rooms")}
    (friend,) = [a for a in everything.of("kik", "accounts") if a["attributes"]]
    assert (friend["account_id"], friend["attributes"]["added_by"]) == (kid, wolf)


def test_a_roblox_return_gives_chats_of_two_public_chats_walls_and_devices(everything: Everything) -> None:
    chat = everything.of("roblox", "messages", "Chat records of the Roblox user.csv")
    assert [(row["row"], way(row)) for row in chat] == [
        (2, ("77", "78", "16:03:04", "the boat leaves at six")), (3, ("78", "77", "16:03:05", "yes")),
        (5, ("79", "conv2", "16:03:06", "hello"))]
    assert chat[0]["attributes"]["filtered_under_13"] == "true"
    (mail,) = everything.of("roblox", "messages", "Messages of the Roblox user.csv")
    assert way(mail) == ("77", "78", "16:03:07", "on my way")
    (post,) = everything.of("roblox", "messages", "Group wall posts of the Roblox user.csv")
    assert str(post["sent_at"]) == "2024-05-13 16:03:04"
    assert [(i["kind"], i["value"]) for i in everything.of("roblox", "identifiers")] == [("device", "device-1")]
    assert [s["ip"] for s in everything.of("roblox", "sessions")] == ["192.0.2.7"]


def test_x_archives_and_signed_returns_hold_the_same(everything: Everything) -> None:
    (one,) = everything.of("x_archive", "messages", "direct-messages.js")
    (same,) = everything.of("x_return", "messages")
    assert way(one) == way(same) == ("77", "78", "16:03:04", "the boat leaves at six")
    assert same["attributes"]["signature"] == "PGP signature stands, not checked"
    assert one["attributes"]["reactions"] == [{"by": "78", "emoji": "like"}]
    joined, said = everything.of("x_archive", "messages", "direct-messages-group.js")
    assert (joined["attributes"], way(said)) == (
        {"form": "participantsJoin", "members": ["78"]}, ("78", "555", "16:03:06", "hello both"))
    (post,) = everything.of("x_archive", "messages", "tweets.js")
    assert (way(post), post["attributes"]["reply_to_account"]) == (("77", "posts:77", "16:03:07", "@kid at six"), "78")
    assert [s["ip"] for s in everything.of("x_archive", "sessions")] == ["192.0.2.7"]


def test_google_chat_gives_private_chats_spaces_and_what_was_deleted(everything: Everything) -> None:
    one, gone = everything.of("google_chat", "messages", "DM abc/messages.json")
    assert way(one) == ("wolf@example.org", "kid@example.org", "16:03:04", "the boat leaves at six")
    assert one["attributes"]["reactions"] == [{"by": ["kid@example.org"], "emoji": "👍"}]
    assert (gone["attributes"]["form"], gone["attributes"]["deleted_by"]) == ("deleted", "CREATOR")
    (space,) = everything.of("google_chat", "messages", "Space xyz/messages.json")
    assert way(space) == ("Ann in Space xyz", "Space xyz", "16:03:06", "hello both")


def test_a_mastodon_archive_tells_who_may_see_a_post(everything: Everything) -> None:
    me, kid = "https://hs.example/users/wolf", "https://other.example/users/kid"
    rows = everything.of("mastodon", "messages", "outbox.json")
    assert [(way(row)[:2], row["attributes"]["visible_to"], row["text"]) for row in rows] == [
        ((me, f"posts:{me}"), "public", "the boat\nleaves & returns"), ((me, kid), "direct", "@kid on my way"),
        ((me, f"posts:{me}"), "followers", "for those who follow"), ((me, f"posts:{me}"), "public", None)]
    assert rows[3]["attributes"]["announces"] == "https://other.example/users/ann/statuses/8"
    assert rows[0]["attributes"]["attachments"] == [{"kind": "image/jpeg", "name": "boat.jpg"}]


def test_image_boards_make_no_two_strangers_one_person(everything: Everything) -> None:
    rows = everything.of("imageboard", "messages")
    assert [way(row)[:2] for row in rows] == [
        ("nobody known of b/100", "b/100"), ("poster aB3dE in b/100", "b/100"), ("trip !Ep8pui8Vw2", "b/100"),
        ("nobody known of b/103", "b/100")]
    assert rows[0]["attributes"]["attachments"] == [
        {"bytes": 1234, "md5": "000102030405060708090a0b0c0d0e0f", "name": "boat.jpg"}]
    assert (rows[1]["text"], rows[1]["attributes"]["reply_to"]) == (">>100\nthe blue one", ["b/100"])
    assert [a["role"] for a in everything.of("imageboard", "accounts")][3] == "moderator"


def test_signal_gives_ids_replies_hashes_and_deletions(everything: Everything) -> None:
    kid = "00010203-0405-0607-0809-0a0b0c0d0e0f"
    first, reply, gone = everything.of("signal_backup", "messages")
    owner = reply["sender"].partition(":")[2]
    assert owner.startswith("owner-of-")
    assert way(first) == (kid, owner, "16:03:04", "the boat leaves at six")
    assert first["attributes"]["attachments"][0]["sha256"] == bytes(range(32)).hex()
    assert (way(reply)[1], reply["attributes"]["reply_to_account"]) == (kid, kid)
    assert (way(gone)[1], gone["attributes"]["form"]) == ("group:bWFzdGVy", "remoteDeletedMessage")
    assert [row["row"] for row in (first, reply, gone)] == [8, 9, 10], "the line in the file"


def test_axiom_takes_zone_and_order_of_dates_from_the_names_of_fragments(everything: Everything) -> None:
    one, group, sent = everything.of("axiom", "messages")
    assert way(one) == (
        "33611111111@s.whatsapp.net", "33622222222@s.whatsapp.net", "16:03:04", "the boat & the sea\ufffd")
    assert one["attributes"]["time_written"] == "5/1/2024 4:03:04 PM"
    assert way(group)[1] == "Harbour"
    assert (way(sent), str(sent["sent_at"])) == (("wolf", "kid", "16:03:06", "on my way"), "2024-05-13 16:03:06")
    assert [row["platform"] for row in (one, sent)] == ["whatsapp", "telegram"]
    assert [reject.reason for reject in everything.told("axiom")] == [
        "the artifact 'Chrome Web History' is not read, 1 elements of it"]


def test_mails_go_to_one_or_to_the_room_of_all_on_them(everything: Everything) -> None:
    one, all_ = everything.of("mbox", "messages")
    text = "From here the boat leaves at six, café first"
    assert way(one) == ("wolf@example.org", "kid@example.org", "16:03:04", text)
    assert one["attributes"]["attachments"] == [{
        "bytes": 4, "kind": "image/jpeg", "name": "boat.jpg",
        "sha256": "25cdb46d8d2115a24eb15c3c58f34f3330cfca4fec249ff70b7cad2bb560a0dd"}]
    assert (one["attributes"]["origin"], one["attributes"]["subject"]) == ("192.0.2.7", "boat")
    assert all_["room"].startswith("mail:mail:")
    assert (all_["text"], all_["attributes"]["reply_to"]) == ("hello all", "<a1@example.org>")
    (room,) = everything.of("mbox", "rooms")
    assert room["attributes"]["members"] == [f"{name}@example.org" for name in ("ann", "ben", "kid", "wolf")]
    (alone,) = everything.of("eml", "messages")
    assert way(alone) == ("wolf@example.org", "kid@example.org", "16:03:04", "on my way")


def test_no_address_of_a_picture_is_kept_that_could_be_fetched(everything: Everything) -> None:
    kept = " ".join(text for rows in everything.tables.values() for text in rows.attributes.dropna())
    assert "cdn.example" not in kept
    assert "ton.example" not in kept
