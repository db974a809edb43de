"""Independent code counts the same messages, and every row number opens its source at the right place."""

import csv
import io
import json
import mailbox
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.unit.ingest.chat_exports import put
from tests.unit.ingest.chats.reading import given
from tests.unit.ingest.chats.samples import CHANNEL, SAMPLES, table


def _records(path: Path) -> int:
    """Records of every CSV file that are not blank, without headers."""
    rows = [list(csv.reader(io.StringIO(file.read_text(), newline=""))) for file in path.rglob("*.csv")]
    return sum(sum(any(row) for row in file) - 1 for file in rows)


def _of_json(pattern: str, count: Callable[[object], int]) -> Callable[[Path], int]:
    return lambda path: sum(count(json.loads(file.read_text())) for file in path.rglob(pattern))


def _events(conversations: object) -> int:
    assert isinstance(conversations, list)
    return sum(len(one["dmConversation"]["messages"]) for one in conversations)


def _mails(path: Path) -> int:
    with closing(mailbox.mbox(path, create=False)) as box:
        return len(box)


COUNTS: dict[str, Callable[[Path], int]] = {
    "discord_csv": lambda path: _records(path.parent),
    "discord_return": _records,
    "telegram_html": lambda path: len(re.findall(r'id="message\d', path.read_text())),
    "meta_html": lambda path: path.read_text().count("_a6-o"),
    "meta_return": lambda path: path.read_text().count("<th>Author</th>"),
    "google_chat": _of_json("messages.json", lambda told: len(told["messages"])),  # type: ignore[index]
    "mastodon": _of_json("outbox.json", lambda told: len(told["orderedItems"])),  # type: ignore[index]
    "imageboard": lambda path: len(json.loads(path.read_text())["posts"]),
    "signal_backup": lambda path: sum("chatItem" in json.loads(line) for line in path.read_text().splitlines()),
    "x_return": lambda path: _events(json.loads(path.read_text().split("\n\n", 1)[1].partition("-----BEGIN")[0])),
    "axiom": lambda path: len(ET.fromstring(path.read_text().replace("&#x0;", "")).findall(
        ".//Fragment[@name='Message']")),
    "mbox": lambda path: _mails(path),
}


@pytest.mark.parametrize("sample", COUNTS)
def test_independent_code_counts_the_same_messages(tmp_path: Path, sample: str) -> None:
    source = SAMPLES[sample][0](tmp_path / "in")
    assert len(given(source, tmp_path / "out")["messages"]) == COUNTS[sample](source) > 0


def test_a_hundred_random_rows_of_csv_stand_where_they_say(tmp_path: Path) -> None:
    chance = random.Random(5)
    texts = ["".join(chance.choices('ab ,"\r\né', k=12)).strip() + str(number) for number in range(400)]
    path = put(tmp_path / f"S - C - room [{CHANNEL}].csv", table(
        "AuthorID,Author,Date,Content,Attachments,Reactions",
        *(["760000000000000077", "w", "2024-05-01T18:03:04+02:00", text, "", ""] for text in texts)))
    with path.open(newline="") as stream:
        lines = list(csv.reader(stream))
    rows = {row["row"]: row["text"] for row in given(path, tmp_path / "out")["messages"]}
    assert len(rows) == 400
    assert all(lines[row - 1][3] == rows[row] for row in chance.sample(sorted(rows), 100))


def test_a_hundred_random_mails_begin_on_the_line_they_say(tmp_path: Path) -> None:
    chance = random.Random(6)
    mails = [f"From {n}@xxx Wed May 01 16:03:04 2024\nFrom: a@example.org\nTo: b@example.org\n"
             f"Date: Wed, 1 May 2024 18:03:04 +0200\n\n"
             f"{'line' + chr(10)} {n}\n" + "more\n" * chance.randrange(5) + "\n" for n in range(200)]
    path = put(tmp_path / "many.mbox", "".join(mails))
    lines = path.read_text().split("\n")
    rows = given(path, tmp_path / "out")["messages"]
    assert [row["row"] for row in rows] == list(range(1, 201))
    for row in chance.sample(rows, 100):
        assert lines[json.loads(row["attributes"])["line"] - 1].startswith(f"From {row['row'] - 1}@xxx")
