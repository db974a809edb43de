"""Threads by pages: everything is reachable, in order, with place and age of each message."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ingest.lake import Lake
from tests.unit.graph.detect.small_platform import START, Platform, lake_of, write_folder
from workbench.language import words
from workbench.views.conversation.thread import thread_html
from workbench.views.models import conversation
from workbench.views.models.conversation import Only, Thread
from workbench.views.models.names import Names

PAIR = Thread(one="small:a", other="small:b")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    folder = tmp_path_factory.mktemp("thread")
    platform = Platform(adults=0, teens=0)
    platform.account("a", age=40)
    platform.account("b")
    platform.account("c", age=15)
    for hour in range(250):
        platform.private(*("ab" if hour % 2 else "ba"), hour, text=f"word {hour}")
    platform.private("b", "a", 250.5, "im 14")
    platform.private("b", "a", 900, "Needle again")
    platform.private("a", "c", 3)
    platform.post("c", 5, "in the hall")
    with lake_of(folder / "w", [write_folder(folder / "s", platform.tables())]) as opened:
        yield opened


def test_pages_hold_every_message_once_in_order(lake: Lake) -> None:
    pages = [conversation.page(lake, PAIR, number=number, size=100) for number in (1, 101, 201)]
    numbers = [message.number for page in pages for message in page.messages]
    assert numbers == list(range(1, 253))
    assert [page.total for page in pages] == [252] * 3
    assert [message.at for page in pages for message in page.messages] == sorted(
        message.at for page in pages for message in page.messages
    )
    assert conversation.page(lake, PAIR, number=9_999).last == 252
    assert conversation.page(lake, PAIR, number=-3).first == 1


def test_a_message_tells_file_and_row_and_the_age_at_that_moment(lake: Lake) -> None:
    last = conversation.page(lake, PAIR, number=252).messages
    assert [(message.text, message.age, message.minor) for message in last[-3:]] == [
        ("word 249", 40, False), ("im 14", 14, True), ("Needle again", 14, True)
    ]
    assert conversation.page(lake, PAIR).messages[0].age is None
    assert all(message.location.startswith("messages.jsonl:") for message in last)


def test_where_an_age_was_unknown_then_the_thread_says_when_that_changed_if_it_did(lake: Lake) -> None:
    """A lead named a minor, and in the chat with the same person every line said “age unknown then”."""
    page = conversation.page(lake, PAIR)
    (first, *_) = page.messages
    assert first.sender == "small:b"
    html = thread_html([first], Names(), words("en"), left="small:a")
    assert "age unknown then (told on 11 Mar 2024: 14 years old)" in html
    assert "(dit le 11 mars 2024\u00a0: 14 ans)" in thread_html([first], Names(), words("fr"), left="")
    assert [one.later_basis for one in page.messages if one.sender == "small:a"] == [None] * 50, "whose age was known"
    assert first.later_basis is not None
    reported = replace(first, later_basis=replace(first.later_basis, age=None))
    nobody = replace(first, later_basis=None)
    assert "(told on 11 Mar 2024: a minor)" in thread_html([reported], Names(), words("en"), left="")
    assert "age unknown then</bdi>" in thread_html([nobody], Names(), words("en"), left="")


def test_a_moment_a_record_and_a_word_lead_to_their_message(lake: Lake) -> None:
    assert conversation.number_at(lake, PAIR, START + timedelta(hours=10)) == 11
    assert conversation.number_at(lake, PAIR, datetime(2030, 1, 1)) == 253  # noqa: DTZ001
    record = conversation.page(lake, PAIR, number=42).messages[41].record
    assert conversation.number_of(lake, PAIR, record) == 42
    assert conversation.number_of(lake, PAIR, "nothing") is None
    assert conversation.numbers_of(lake, PAIR, Only(text="needle")) == [252]
    assert conversation.numbers_of(lake, PAIR, Only(text="word")) == list(range(1, 251))
    assert conversation.numbers_of(lake, PAIR, Only(text="%")) == []
    assert conversation.numbers_of(lake, PAIR, Only(text="nëedlE")) == [252], "accents aside"
    assert conversation.numbers_of(lake, PAIR, Only(sender="small:a", text="word 1")) == [
        number for number in range(1, 251) if str(number - 1).startswith("1") and number % 2 == 0
    ]
    assert conversation.numbers_of(lake, PAIR, Only(records=frozenset({record, "other"}))) == [42]
    assert conversation.numbers_of(lake, PAIR, Only(records=frozenset())) == []


def test_the_messages_looked_for_are_read_alone_by_pages_with_their_numbers_in_the_whole(lake: Lake) -> None:
    among = conversation.numbers_of(lake, PAIR, Only(sender="small:a"))
    first = conversation.page(lake, PAIR, among=among, size=50)
    assert [message.number for message in first.messages] == among[:50]
    assert {message.sender for message in first.messages} == {"small:a"}
    assert (first.total, first.earlier, first.later) == (252, None, among[50])
    second = conversation.page(lake, PAIR, number=among[60], among=among, size=50)
    assert (second.first, second.earlier, second.later) == (among[50], among[0], among[100])
    last = conversation.page(lake, PAIR, number=9_999, among=among, size=50)
    assert (last.last, last.later) == (among[-1], None)
    assert conversation.silences(first.messages) == {}, "what is left out is no silence"
    assert conversation.page(lake, PAIR, among=[]).messages == ()


def test_who_wrote_how_much(lake: Lake) -> None:
    assert conversation.senders(lake, PAIR) == [("small:b", 127), ("small:a", 125)]


def test_long_silences_are_marked_also_before_a_page_s_first_message(lake: Lake) -> None:
    messages = conversation.page(lake, PAIR, number=252).messages
    assert conversation.silences(messages) == {252: timedelta(hours=649.5)}
    alone = conversation.page(lake, PAIR, number=252, size=1)
    assert alone.before == messages[-2].at
    assert conversation.silences(alone.messages, before=alone.before) == {252: timedelta(hours=649.5)}
    assert conversation.page(lake, PAIR).before is None


def test_a_page_shows_days_and_silences_both_and_says_what_is_left_out(lake: Lake) -> None:
    shown = conversation.page(lake, PAIR, number=252).messages
    html = thread_html(shown[-2:], Names(), words("en"), left="small:a")
    assert html.index("27 days of silence") < html.index("7 April 2024")
    assert "age unknown then" not in html
    html = thread_html((shown[0], shown[-1]), Names(), words("en"), left="small:a")
    assert "50 messages not shown" in html
    assert "silence" not in html
    assert html.count("thread-right") == 2
    assert "thread-right" not in thread_html(shown, Names(), words("en"), left=""), "in a room nobody is opposite"


def test_a_room_and_an_empty_thread_are_threads_too(lake: Lake) -> None:
    assert [m.text for m in conversation.page(lake, Thread(room="small:hall")).messages] == ["in the hall"]
    empty = conversation.page(lake, Thread(one="small:b", other="small:c"))
    assert (empty.total, empty.first, empty.last, empty.messages) == (0, 0, 0, ())
    for wrong in ({}, {"one": "a"}, {"one": "a", "other": "b", "room": "r"}):
        with pytest.raises(ValueError, match="two accounts, or a room"):
            Thread(**wrong)
