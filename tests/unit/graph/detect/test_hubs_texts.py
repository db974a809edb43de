"""Which texts are an account's openings, where message ids repeat?"""

from graph.detect.context import DetectionContext
from graph.detect.hubs_texts import Block, opening_blocks
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
