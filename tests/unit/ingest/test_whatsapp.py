"""WhatsApp's text export: its many dates, who writes to whom, lines that are no heads, zips."""

import json
import zipfile
from pathlib import Path

import pytest

from ingest.errors import SourceUnreadable
from ingest.sources.chats.texts.heads import head_of_line, orders_of
from tests.unit.ingest.chat_exports import as_written, put, read, reconciled

SAMPLES = Path(__file__).parent / "chat_samples"

ANDROID = """\
25/05/2024, 18:03 - Messages and calls are end-to-end encrypted.
25/05/2024, 18:03 - Wolf: hi
25/05/2024, 18:04 - Kid: hello
and more
26/05/2024, 07:00 - Wolf: IMG-1.jpg (file attached)
"""


@pytest.mark.parametrize(
    ("line", "numbers", "clock"),
    [
        ("[01/05/2024, 18:03:04] Wolf: hi", (1, 5, 2024), "18:03:04"),
        ("01/05/2024, 18:03 - Wolf: hi", (1, 5, 2024), "18:03:00"),
        ("3/6/18, 1:55 p.m. - Wolf: hi", (3, 6, 18), "13:55:00"),
        ("03-06-2018, 01.55 PM - Wolf: hi", (3, 6, 2018), "13:55:00"),
        ("13.06.18 21.25.15: Wolf: hi", (13, 6, 18), "21:25:15"),
        ("[06.13.18 21:25:15] Wolf: hi", (6, 13, 18), "21:25:15"),
        ("13.6.2018 klo 21.25.15 - Wolf: hi", (13, 6, 2018), "21:25:15"),
        ("[12.3.2022 klo 14.08.18] Wolf: hi", (12, 3, 2022), "14:08:18"),
        ("13. 6. 2018. 21:25:15 Wolf: hi", (13, 6, 2018), "21:25:15"),
        ("[3/6/18 1:55:00 p. m.] Wolf: hi", (3, 6, 18), "13:55:00"),
        ("[2018/06/13, 21:25:15] Wolf: hi", (2018, 6, 13), "21:25:15"),
        ("\u200e[01/05/2024, 6:03:04\u202fPM] Wolf: hi", (1, 5, 2024), "18:03:04"),
        ("1/5/24, 12:03\u202fAM - Wolf: hi", (1, 5, 24), "00:03:00"),
    ],
)
def test_every_form_of_date_is_read(line: str, numbers: tuple[int, int, int], clock: str) -> None:
    found = head_of_line(line)
    assert found is not None
    assert (found.numbers, found.clock, found.author, found.text) == (numbers, clock, "Wolf", "hi")


def test_the_order_is_told_by_the_whole_file_or_left_open() -> None:
    def heads(*dates: str) -> list[object]:
        return [head_of_line(f"{date}, 10:00 - a: b") for date in dates]

    assert orders_of(heads("01/05/24", "13/05/24")) == ("dmy",)  # type: ignore[arg-type]
    assert orders_of(heads("05/01/24", "05/13/24")) == ("mdy",)  # type: ignore[arg-type]
    assert orders_of(heads("01/05/24", "02/05/24", "01/06/24")) == ("dmy",), "month first time would run back"  # type: ignore[arg-type]
    assert orders_of(heads("01/05/24", "02/06/24")) == ("dmy", "mdy")  # type: ignore[arg-type]
    assert orders_of(heads("13/05/24", "05/13/24")) == ()  # type: ignore[arg-type]


def test_a_private_chat_goes_from_one_to_the_other_and_names_stay_within_it(tmp_path: Path) -> None:
    path = put(tmp_path / "WhatsApp Chat with Kid.txt", ANDROID)
    report, tables, rejects = read(tmp_path, path, timezone="Europe/Paris")
    assert report.sources[0].format == "whatsapp"
    assert reconciled(report)
    assert not rejects
    messages = tables["messages"]
    assert list(zip(messages.row, messages.sender, messages.recipient, messages.text, strict=True)) == [
        (2, "whatsapp:Wolf in Kid", "whatsapp:Kid in Kid", "hi"),
        (3, "whatsapp:Kid in Kid", "whatsapp:Wolf in Kid", "hello\nand more"),
        (5, "whatsapp:Wolf in Kid", "whatsapp:Kid in Kid", "IMG-1.jpg (file attached)"),
    ]
    assert str(messages.sent_at[0]) == "2024-05-25 16:03:00"
    assert as_written(tmp_path, "messages", messages.record_id) == [
        "25/05/2024, 18:03", "25/05/2024, 18:04", "26/05/2024, 07:00"]
    told = json.loads(messages.attributes[2])
    assert told == {"attachment": "IMG-1.jpg", "date_order": "dmy", "time_written": "26/05/2024, 07:00"}
    assert all(json.loads(text)["weak_identity"] for text in tables["accounts"].attributes)


def test_a_number_is_one_account_everywhere_and_an_identifier(tmp_path: Path) -> None:
    group = "13/05/24, 10:00 - +33 6 12 34 56 78: a\n13/05/24, 10:01 - Ann: b\n13/05/24, 10:02 - Ben: c\n"
    path = put(tmp_path / "WhatsApp Chat with Friends.txt", group)
    _, tables, _ = read(tmp_path, path)
    assert set(tables["messages"].room) == {"whatsapp:chat:Friends"}
    assert list(tables["identifiers"].value) == ["+33612345678"]
    assert "whatsapp:+33612345678" in set(tables["messages"].sender)


def test_an_open_order_is_asked_for_and_taken(tmp_path: Path) -> None:
    path = put(tmp_path / "_chat.txt", "01/05/24, 10:00 - Ann: a\n02/06/24, 10:00 - Ben: b\n")
    with pytest.raises(SourceUnreadable, match="whether its dates begin with the day or the month"):
        read(tmp_path / "a", path)
    day = read(tmp_path / "b", path, format="whatsapp-day-first")[1]["messages"]
    month = read(tmp_path / "c", path, format="whatsapp-month-first")[1]["messages"]
    assert [str(day.sent_at[0]), str(month.sent_at[0])] == ["2024-05-01 10:00:00", "2024-01-05 10:00:00"]


def test_the_zip_is_read_and_a_bomb_is_not(tmp_path: Path) -> None:
    good, bomb = tmp_path / "WhatsApp Chat - Kid.zip", tmp_path / "bomb.zip"
    with zipfile.ZipFile(good, "w") as packed:
        packed.writestr("_chat.txt", ANDROID)
        packed.writestr("../../evil.txt", "x")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("_chat.txt", ANDROID + "\0" * (210 << 20))
    assert len(read(tmp_path / "a", good)[1]["messages"]) == 3
    with pytest.raises(SourceUnreadable, match="unpacks to too much"):
        read(tmp_path / "b", bomb)
    assert not (tmp_path.parent / "evil.txt").exists()


@pytest.mark.parametrize("name", ["[mmddyy]_24hrs", "ddmmyy_24hrs", "mmddyy_24hrs", "mmddyyyy_12hrs", "yyyymmdd_24hrs"])
def test_samples_give_what_another_reader_gives(tmp_path: Path, name: str) -> None:
    """Oracle: chat-miner's own expected answer beside its samples (MIT), notices apart, which it leaves out."""
    folder = SAMPLES / "whatsapp"
    expected = json.loads((folder / "target.json").read_text())
    _, tables, rejects = read(tmp_path, folder / f"test_{name}.txt")
    names = dict(zip("whatsapp:" + tables["accounts"].account_id, tables["accounts"].pseudonym, strict=True))
    messages = tables["messages"]
    found = [
        {"timestamp": moment.isoformat(), "author": names[sender], "message": text.replace("\n", " ")}
        for moment, sender, text, told in zip(messages.sent_at, messages.sender, messages.text, messages.attributes,
                                              strict=True)
        if "notice" not in told
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert not rejects


def test_a_reject_shows_the_time_as_the_file_has_it(tmp_path: Path) -> None:
    """It stood there as the reader had made it over, beside a line of the file that says otherwise."""
    _, _, rejects = read(tmp_path, put(tmp_path / "WhatsApp Chat with Kid.txt", ANDROID), timezone=None)
    assert [json.loads(reject.raw)["sent_at"] for reject in rejects] == [
        "25/05/2024, 18:03", "25/05/2024, 18:04", "26/05/2024, 07:00"]
