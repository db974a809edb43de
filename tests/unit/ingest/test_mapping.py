"""Mapping files: what they may say, and that every fault is told at once."""

from pathlib import Path

import pytest

from ingest.errors import MappingInvalid
from ingest.mapping import Value, find_mapping, read_mapping, shipped_mappings

GOOD = """
platform = "shop"
[file]
delimiter = ";"
header = false
columns = ["who", "to", "when", "kind"]
comment = "#"
quote = '"'
empty = ["-"]
[[table]]
name = "messages"
only = { column = "kind", equals = "chat" }
[table.columns]
sender_id = { column = "who" }
recipient_id = { concat = ["u-", { column = "to" }] }
sent_at = { column = "when", time = "%d/%m/%Y %H:%M", zone = "+02:00" }
text = { constant = "salut" }
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "shop.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mapping_is_read_as_written(tmp_path: Path) -> None:
    mapping = read_mapping(write(tmp_path, GOOD))
    assert (mapping.name, mapping.delimiter, mapping.header, mapping.comment) == ("shop", ";", "no", "#")
    assert (mapping.platform, mapping.quote, mapping.empty) == ("shop", '"', ("-",))
    (table,) = mapping.tables
    assert table.only == ("kind", "chat")
    assert table.values["recipient_id"] == Value((("constant", "u-"), ("column", "to")))
    assert table.values["sent_at"] == Value((("column", "when"),), "%d/%m/%Y %H:%M", "+02:00")
    assert mapping.used == ("who", "to", "when", "kind")


def test_values_translate_texts_of_one_column(tmp_path: Path) -> None:
    text = """
    [file]
    [[table]]
    name = "accounts"
    [table.columns]
    account_id = { column = "no" }
    role = { column = "rang", values = { membre = "member", "-" = "" } }
    """
    (table,) = read_mapping(write(tmp_path, text)).tables
    assert table.values["role"] == Value((("column", "rang"),), words=(("membre", "member"), ("-", "")))


@pytest.mark.parametrize(("given", "fault"), [
    ('role = { constant = "x", values = { a = "b" } }', "which only a column takes"),
    ('role = { column = "rang", values = { a = 1 } }', "gives texts of its column others"),
    ('role = { column = "rang", words = { a = "b" } }', "unknown key 'words'"),
    ('created_at = { column = "rang", values = { a = "b" } }', "unknown key 'values'"),
])
def test_values_that_translate_nothing_are_refused(tmp_path: Path, given: str, fault: str) -> None:
    text = f'[file]\n[[table]]\nname = "accounts"\n[table.columns]\naccount_id = {{ column = "no" }}\n{given}\n'
    with pytest.raises(MappingInvalid, match=fault):
        read_mapping(write(tmp_path, text))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = """
    plattform = "x"
    [file]
    delimiter = "::"
    header = "perhaps"
    columns = ["a", "a"]
    quote = "*"
    [[table]]
    name = "messages"
    [table.columns]
    sender_id = { column = "z" }
    colour = { column = "a" }
    sent_at = { column = "a", time = "yesterday", zone = "Paris" }
    text = { column = "a", constant = "b" }
    recipient_id = { concat = [1] }
    [[table]]
    name = "letters"
    [[table]]
    name = "sessions"
    """
    with pytest.raises(MappingInvalid) as refused:
        read_mapping(write(tmp_path, text))
    told = str(refused.value)
    for fault in (
        "unknown key 'plattform'",
        "delimiter is one character",
        'header is true, false or "optional"',
        "names one twice",
        "quote is",
        "'z', which the file does not have",
        "no column 'colour'",
        'time is "iso"',
        "zone is",
        "exactly one of",
        "holds 1",
        "'letters' is none of",
        "table 'sessions' needs account_id",
        "table 'sessions' needs started_at",
    ):
        assert fault in told, fault
    assert "\n" not in told


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "there is no [[table]]"),
        ("table = 3", "there is no [[table]]"),
        ("file = 3\n[[table]]\nname='persons'", "file is a table"),
        ("[file]\nheader = false\n[[table]]\nname='persons'", "columns must be listed"),
        (
            "[[table]]\nname='messages'\ncolumns.sender_id={column='a'}\ncolumns.sent_at={column='b'}",
            "needs one of room_id",
        ),
        ("platform = 'a:b'\n[[table]]\nname='persons'\ncolumns.person_id={column='a'}", "without a colon"),
        ("[[table", "is no TOML"),
    ],
)
def test_a_faulty_mapping_names_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(MappingInvalid) as refused:
        read_mapping(write(tmp_path, text))
    assert fault in str(refused.value)


def test_every_shipped_mapping_is_valid_and_found_by_name() -> None:
    assert {"collegemsg", "coordinated-retweets"} <= set(shipped_mappings())
    for name, path in shipped_mappings().items():
        assert find_mapping(name) == path
        assert read_mapping(name).name == name


def test_an_unknown_mapping_is_refused_with_the_shipped_names() -> None:
    with pytest.raises(MappingInvalid) as refused:
        read_mapping("nonesuch")
    assert "collegemsg" in str(refused.value)
