"""Evidence tables as they come in practice: cut by semicolons, tabs or bars, and packed with gzip."""

import gzip
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.errors import SourceUnreadable
from ingest.sources import gzip_files
from tests.unit.ingest.evidence_folder import T, case_in, ingest_text, rejects, rows

HEADER = ("message_id", "sent_at", "sender_id", "room_id", "recipient_id", "text")
ROWS = [
    HEADER, ("m1", T, "a", "r", "", "one, two"), ("m2", T, "b", "", "c", '"x; y | z\t."'), ("m3", T, "", "r", "", ""),
]


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_a_table_may_be_cut_by_other_marks_than_commas(tmp_path: Path, delimiter: str) -> None:
    lines = [[f'"{cell}"' if delimiter in cell and cell[:1] != '"' else cell for cell in row] for row in ROWS]
    text = "".join(delimiter.join(line) + "\n" for line in lines)
    counts = ingest_text(tmp_path, "messages.csv", text).tables["messages"]
    assert (counts.read, counts.accepted, counts.rejected) == (3, 2, 1)
    told = [("one, two", "harbour:a"), ("x; y | z\t.", "harbour:b")]
    assert rows(case_in(tmp_path), "messages", "text", "sender") == told
    (reject,) = rejects(case_in(tmp_path))
    assert (reject.row, reject.raw) == (4, delimiter.join(ROWS[3]))


def test_a_damaged_record_of_a_semicolon_table_costs_itself_alone(tmp_path: Path) -> None:
    text = 'account_id;pseudonym\na;"open\nb;"bo ""b"""\nc;d;e\r\nd; "x;y" \n'
    counts = ingest_text(tmp_path, "accounts.csv", text).tables["accounts"]
    assert (counts.read, counts.accepted, counts.rejected) == (4, 2, 2)
    assert rows(case_in(tmp_path), "accounts", "account_id", "pseudonym") == [("b", 'bo "b"'), ("d", "x;y")]
    assert [reject.raw for reject in rejects(case_in(tmp_path))] == ['a;"open', "c;d;e"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("accounts.csv.gz", "account_id,pseudonym\na,Ann\n,none\n"),
        ("accounts.jsonl.gz", '{"account_id": "a", "pseudonym": "Ann"}\n{"pseudonym": "none"}\n'),
        ("accounts.csv", "account_id;pseudonym\na;Ann\n;none\n"),  # packed, though its name does not say so
    ],
)
def test_a_packed_table_is_unpacked_and_a_second_run_adds_nothing(tmp_path: Path, name: str, text: str) -> None:
    packed = gzip.compress(text.encode(), mtime=0)
    first = ingest_text(tmp_path, name, packed)
    assert (first.sources[0].path.endswith(name), first.sources[0].bytes) == (True, len(packed))
    counts = first.tables["accounts"]
    assert (counts.read, counts.accepted, counts.rejected) == (2, 1, 1)
    again = ingest_text(tmp_path, name, packed).tables["accounts"]
    assert (again.accepted, again.rejected, again.duplicate) == (0, 1, 1)


def test_a_torn_packed_table_ends_the_ingest_in_one_line(tmp_path: Path) -> None:
    packed = gzip.compress("".join(f"{number},x\n" for number in range(50_000)).encode())
    with pytest.raises(SourceUnreadable) as refused:
        ingest_text(tmp_path, "accounts.csv.gz", packed[: len(packed) // 2])
    assert "accounts.csv.gz: is damaged" in str(refused.value)


@pytest.mark.parametrize("name", ["accounts.csv.gz", "2024-05-01.log.gz"])
def test_what_swells_beyond_reason_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(gzip_files, "_UNBOUNDED_BELOW", 1 << 20)
    content = b"account_id,pseudonym\n" if name.startswith("a") else b"[18:00] <a> x\n" * 50
    with pytest.raises(SourceUnreadable, match="swells"):
        ingest_text(tmp_path, name, gzip.compress(content + b"\n" * (9 << 20)))


def test_a_packed_table_beside_one_that_cannot_be_read_is_not_left_out_in_silence(tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "messages.csv.gz").write_bytes(gzip.compress(f"sent_at,sender_id,room_id\n{T},a,r\n".encode()))
    (folder / "accounts.csv").symlink_to(tmp_path / "nowhere")
    with pytest.raises(SourceUnreadable, match=r"accounts\.csv: cannot be read"):
        ingest([folder], case=case_in(tmp_path))
