"""Threads by pages: everything is reachable, in order, with place and age of each message."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from ingest.lake import Lake
from tests.unit.graph.detect.small_platform import START, Platform, lake_of, write_folder
from workbench.views.models import conversation
from workbench.views.models.conversation import Thread

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


def test_a_moment_a_record_and_a_word_lead_to_their_message(lake: Lake) -> None:
    assert conversation.number_at(lake, PAIR, START + timedelta(hours=10)) == 11
    assert conversation.number_at(lake, PAIR, datetime(2030, 1, 1)) == 253  # noqa: DTZ001
    record = conversation.page(lake, PAIR, number=42).messages[41].record
    assert conversation.number_of(lake, PAIR, record) == 42
    assert conversation.number_of(lake, PAIR, "nothing") is None
    assert conversation.numbers_with(lake, PAIR, "needle") == ((252,), 1)
    assert conversation.numbers_with(lake, PAIR, "word", most=2) == ((1, 2), 250)
    assert conversation.numbers_with(lake, PAIR, "%") == ((), 0)


def test_long_silences_are_marked(lake: Lake) -> None:
    messages = conversation.page(lake, PAIR, number=252).messages
    assert conversation.silences(messages) == {252: timedelta(hours=649.5)}


def test_a_room_and_an_empty_thread_are_threads_too(lake: Lake) -> None:
    assert [m.text for m in conversation.page(lake, Thread(room="small:hall")).messages] == ["in the hall"]
    empty = conversation.page(lake, Thread(one="small:b", other="small:c"))
    assert (empty.total, empty.first, empty.last, empty.messages) == (0, 0, 0, ())
    for wrong in ({}, {"one": "a"}, {"one": "a", "other": "b", "room": "r"}):
        with pytest.raises(ValueError, match="two accounts, or a room"):
            Thread(**wrong)
