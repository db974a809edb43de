"""Which texts are an account's openings, where message ids repeat?"""

import pytest

from graph.detect.context import DetectionContext
from graph.detect.openings import Block, commonest, opening_blocks
from tests.unit.graph.detect.small_platform import lake_of, write_folder


def test_where_ids_repeat_only_the_opening_itself_is_read(tmp_path):
    def message(number, day, recipient, text):
        at = f"2024-05-0{day}T10:00:00Z"
        return {"message_id": number, "sent_at": at, "sender_id": "g", "recipient_id": recipient, "text": text}

    rows = [
        message("1", 1, "a", "welcome to the harbour"), message("2", 2, "b", "welcome to the harbour"),
        message("1", 9, "b", "how was school today"),
    ]
    source = write_folder(tmp_path / "source", {"messages": rows})
    with lake_of(tmp_path / "workspace", [source]) as lake:
        context = DetectionContext(lake)
        first = lake.table("messages").order_by("row").record_id.to_pyarrow().to_pylist()[:2]
        sender = lake.table("messages").sender.to_pyarrow()[0].as_py()
        assert opening_blocks(context, [(sender, record) for record in first]) == {
            sender: Block(1.0, frozenset(first))
        }


def openings(account, *texts):
    return [(account, f"{account}{place}", text) for place, text in enumerate(texts)]


def test_a_greeting_that_others_use_as_often_is_ordinary():
    others = [row for name in "abcdef" for row in openings(name, "hi", "hi", "hello", f"own of {name}")]
    told = commonest([*others, *openings("bot", *["the rules are on the board"] * 8), *openings("x", "hi", "yo", "hi")])
    assert told["bot"].ordinary < 0.1
    assert told["a"].ordinary > 1.0
    # of the seven others six say hi in half, hello in a quarter of their openings, the bot never
    hi, hello = 6 / 14, 6 / 28
    expected = 4 * sum(3 * share**2 * (1 - share) for share in (hi, hello))
    assert told["x"].ordinary == pytest.approx(expected)


def test_with_few_others_nothing_is_known_of_what_is_ordinary():
    told = commonest([row for name in "abcde" for row in openings(name, "hi", "hi", "hello")])
    assert {block.ordinary for block in told.values()} == {0.0}
