"""Which texts are an account's openings, where message ids repeat?"""

from graph.detect.context import DetectionContext
from graph.detect.hubs.openings import same_text
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
        assert same_text(context, [(sender, record) for record in first]) == {sender: 1.0}


def test_a_text_with_the_name_of_each_addressee_is_one_text(tmp_path):
    accounts = [{"account_id": who, "pseudonym": f"Zoé {who}"} for who in "abc"]
    texts = ("Salut Zoé a, 14:05 !", "salut ZOE b, 15:10", "what a fine harbour")
    rows = [
        {
            "message_id": str(place), "sent_at": f"2024-05-0{place + 1}T10:00:00Z", "sender_id": "g",
            "recipient_id": who, "text": text,
        }
        for place, (who, text) in enumerate(zip("abc", texts, strict=True))
    ]
    source = write_folder(tmp_path / "source", {"accounts": accounts, "messages": rows})
    with lake_of(tmp_path / "workspace", [source]) as lake:
        messages = lake.table("messages").to_pyarrow().to_pylist()
        context, openings = DetectionContext(lake), [(row["sender"], row["record_id"]) for row in messages]
        assert same_text(context, openings) == {messages[0]["sender"]: 2 / 3}
        assert same_text(context, []) == {}
