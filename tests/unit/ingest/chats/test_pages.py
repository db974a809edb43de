"""HTML exports in the layouts that their writers changed between, and what such a page may lack."""

import json
from pathlib import Path

import pytest

from tests.unit.ingest.chat_exports import put
from tests.unit.ingest.chats.reading import given
from tests.unit.ingest.chats.samples import SAMPLES

_OLD = ('<div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"><div class="_3-96 _2pio _2lek _2lel">Ann</div>'
        '<div class="_3-96 _2let"><div><div></div><div>hello</div></div></div>'
        '<div class="_3-94 _2lem">1 May 2024, 18:03</div></div>')
_NEW = ('<section class="_a6-g"><h2 class="_a6-h">Ann</h2><div class="_a6-p"><div><div></div><div>hello</div></div>'
        '</div><footer class="_a6-o"><div class="_a72d">May 01, 2024 6:03:00 pm</div></footer></section>')


@pytest.mark.parametrize("block", [_OLD, _NEW])
def test_pages_of_meta_are_read_in_every_layout(tmp_path: Path, block: str) -> None:
    path = put(tmp_path / "facebook-x" / "inbox" / "us_1" / "message_1.html",
               f"<html><head><title>Us</title></head><body>{block}</body></html>")
    rows = given(path, tmp_path / "out")
    assert [(row["sender_id"], row["sent_at"], row["text"], row["platform"]) for row in rows["messages"]] == [
        ("Ann in us_1", "2024-05-01T18:03:00", "hello", "facebook")]
    assert rows["messages"][0]["recipient_id"] == "Us in us_1", "one who writes in a chat named for another"


def test_words_of_another_language_stay_as_they_stand_and_are_no_time(tmp_path: Path) -> None:
    path = put(tmp_path / "message_1.html",
               f"<html><body>{_NEW.replace('May 01, 2024 6:03:00 pm', '1er mai 2024 à 18:03')}</body></html>")
    assert given(path, tmp_path / "out")["messages"][0]["sent_at"] == "1er mai 2024 à 18:03"


def test_a_telegram_message_that_joins_none_is_a_reject_and_a_notice_without_any_time_as_well(tmp_path: Path) -> None:
    source = SAMPLES["telegram_html"][0](tmp_path / "in")
    page = source.read_text()
    first = page.index('<div class="message default clearfix" id="message10">')
    joined = page.index('<div class="message default clearfix joined" id="message11">')
    source.write_text(page[:first] + page[joined:])
    rows = given(source, tmp_path / "out")
    assert [reject["reason"] for reject in rows["rejects"]] == ["the message names no sender or no time"]
    assert [row["text"] for row in rows["messages"]][:2] == ["Wolf invited Kid", "six"]
    source.write_text(page[:first] + "</div></div></div></body></html>")
    assert [reject["reason"] for reject in given(source, tmp_path / "alone")["rejects"]] == ["the notice has no time"]


def test_a_group_in_pages_stays_a_group_where_one_page_holds_two_who_write(tmp_path: Path) -> None:
    source = SAMPLES["telegram_html_of_two"][0](tmp_path / "in")
    second = source.with_name("messages2.html")
    second.write_text(source.read_text().replace("\nWolf\n", "\nAnn\n"))
    rows = given(source.parent, tmp_path / "out")
    assert {row["room_id"] for row in rows["messages"]} == {"chat:Kid"}
    assert [json.loads(row["attributes"])["weak_identity"] for row in rows["accounts"]] == [True] * 3
