"""What would come of a source: the same counts as the ingest, nothing kept; what it is taken for."""

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.batch import ingest
from ingest.batch.trial import try_out
from ingest.case_folder import CaseFolder
from ingest.errors import IngestError, SourceUnreadable
from ingest.mapping import mapping_text
from ingest.mapping.propose import propose
from ingest.mapping.shape import shape_of
from ingest.rejects import read_rejects
from ingest.sources.recognition import recognise

TABLE = (
    "when;who;to;message\n01/05/2024 18:03;ann;bob;hello\n32/05/2024 18:04;bob;ann;x\n13/05/2024 18:04;bob;ann;so\nx\n"
)


def mapped(tmp_path: Path, text: str = TABLE) -> tuple[Path, Path]:
    path, mapping = tmp_path / "chat.csv", tmp_path / "chat.toml"
    path.write_text(text, encoding="utf-8")
    shape = shape_of(path)
    assert shape is not None
    mapping.write_text(mapping_text(propose(shape).mapping), encoding="utf-8")
    return path, mapping


def test_a_trial_counts_what_would_be_accepted_and_groups_the_faults(tmp_path: Path) -> None:
    path, mapping = mapped(tmp_path)
    trial = try_out(path, scratch=tmp_path / "s", mapping=mapping, timezone="Europe/Paris", case_name="harbour")
    counts = trial.counts["messages"]
    assert (counts.read, counts.accepted, counts.rejected, counts.duplicate) == (4, 2, 2, 0)
    told = [(fault.rows, fault.row, fault.raw) for fault in trial.faults]
    assert told == [(1, 5, "x"), (1, 3, "32/05/2024 18:04;bob;ann;x")]
    sample = trial.samples["messages"]
    assert sample.columns == ("platform", "sent_at", "sender", "recipient", "text", "attributes")
    assert sample.rows[0][1:4] == ("2024-05-01 16:03:00", "harbour:ann", "harbour:bob")
    assert (trial.complete, trial.without_zone, trial.format) == (True, 0, "delimited")
    assert list((tmp_path / "s").iterdir()) == []


def test_without_a_zone_a_trial_says_how_many_rows_need_one(tmp_path: Path) -> None:
    path, mapping = mapped(tmp_path)
    trial = try_out(path, scratch=tmp_path / "s", mapping=mapping)
    assert (trial.accepted, trial.rejected, trial.without_zone) == (0, 4, 2)
    log = tmp_path / "2024-05-01.log"
    log.write_text("[18:00] <a> hi\n[18:01] <b> so\n")
    assert try_out(log, scratch=tmp_path / "s").without_zone == 2
    assert try_out(log, scratch=tmp_path / "s", timezone="UTC").without_zone == 0


def test_rows_that_the_case_has_count_as_duplicates(tmp_path: Path) -> None:
    path, mapping = mapped(tmp_path)
    case = CaseFolder(tmp_path / "ws", "harbour")
    ingest([path], case=case, mapping=mapping, timezone="UTC")
    before = sorted(found.relative_to(case.path) for found in case.path.rglob("*"))
    counts = try_out(path, scratch=tmp_path / "s", mapping=mapping, timezone="UTC", case=case).counts["messages"]
    assert (counts.accepted, counts.rejected, counts.duplicate) == (0, 2, 2)
    assert sorted(found.relative_to(case.path) for found in case.path.rglob("*")) == before


def test_rows_that_would_stand_twice_since_their_file_was_read_otherwise_are_counted(tmp_path: Path) -> None:
    path, mapping = mapped(tmp_path)
    case = CaseFolder(tmp_path / "ws", "harbour")
    ingest([path], case=case, mapping=mapping, timezone="UTC")

    def again(source: Path, zone: str = "UTC") -> int:
        return try_out(source, scratch=tmp_path / "s", mapping=mapping, timezone=zone, case=case).again

    assert again(path) == 0, "read in the same way it adds nothing"
    assert again(path, "Europe/Paris") == 2
    copied = path.with_name("copy.csv")
    copied.write_bytes(path.read_bytes())
    assert again(copied, "Europe/Paris") == 2, "it is the same file whatever it is called"
    copied.write_bytes(path.read_bytes().replace(b"hello", b"howdy"))
    assert again(copied, "Europe/Paris") == 0, "another file, though of the same size"
    mapping.write_text(mapping.read_text().replace("text =", "message_id ="))
    assert again(path) == 2
    assert try_out(path, scratch=tmp_path / "s", mapping=mapping, timezone="UTC").again == 0
    report = ingest([path], case=case, mapping=mapping, timezone="UTC")
    assert (report.again, report.to_dict()["again"]) == (2, 2), "and read all the same they are told"
    assert "again" not in ingest([path], case=case, mapping=mapping, timezone="UTC").to_dict()


def test_rows_that_were_rejected_for_want_of_a_zone_stand_there_once(tmp_path: Path) -> None:
    path, mapping = mapped(tmp_path)
    case = CaseFolder(tmp_path / "ws", "harbour")
    ingest([path], case=case, mapping=mapping)
    trial = try_out(path, scratch=tmp_path / "s", mapping=mapping, timezone="UTC", case=case)
    assert (trial.accepted, trial.again) == (2, 0)


@pytest.mark.parametrize("packed", [False, True])
def test_a_large_file_is_tried_on_its_beginning_in_whole_lines(tmp_path: Path, packed: bool) -> None:
    text = "account_id,pseudonym\n" + "".join(f"a{number:06},{'name' * 24}\n" for number in range(5000))
    path = tmp_path / ("accounts.csv.gz" if packed else "accounts.csv")
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    trial = try_out(path, scratch=tmp_path / "s", most_bytes=100_000)
    assert not trial.complete
    assert trial.rejected == 0
    assert 900 < trial.accepted < 1000
    assert try_out(path, scratch=tmp_path / "s", most_bytes=1 << 20).accepted == 5000


def test_a_large_parquet_file_and_a_folder_are_tried_in_part(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    table = pa.table({"account_id": [f"a{number}" for number in range(50_000)]})
    pq.write_table(table, folder / "accounts.parquet")
    trial = try_out(folder, scratch=tmp_path / "s", most_bytes=20_000)
    assert not trial.complete
    assert 0 < trial.accepted < 50_000
    (folder / "accounts.parquet").unlink()
    for name in ("accounts", "persons", "rooms"):
        (folder / f"{name}.csv").write_text(f"{name.removesuffix('s')}_id\n" + "x\n" * 3)
    trial = try_out(folder, scratch=tmp_path / "s", most_bytes=20)
    assert not trial.complete
    assert len(trial.files) == 3


def test_a_trial_refuses_what_an_ingest_refuses(tmp_path: Path) -> None:
    path, mapping = mapped(tmp_path)
    with pytest.raises(SourceUnreadable):
        try_out(tmp_path / "nothing", scratch=tmp_path / "s")
    with pytest.raises(IngestError, match="no time zone"):
        try_out(path, scratch=tmp_path / "s", mapping=mapping, timezone="Moon/Sea")
    torn = tmp_path / "torn.log.gz"
    torn.write_bytes(gzip.compress(b"[18:00] <a> hi\n" * 9000)[:-20])
    with pytest.raises(SourceUnreadable, match="damaged"):
        try_out(torn, scratch=tmp_path / "s", format="irc", most_bytes=1 << 30)


CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\n\r"), max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["2024-05-01 10:00", "1714579384", "soon", ""]), CELL, CELL), max_size=8))
def test_a_trial_and_the_ingest_agree_on_any_rows(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    tmp_path = tmp_path_factory.mktemp("agree")
    lines = "".join(",".join(row) + "\n" for row in rows)
    head = "sent_at,sender_id,room_id\n1714579384,a,r\n"
    path, mapping = mapped(tmp_path, head)  # what comes after may be no table at all
    path.write_text(head + lines, encoding="utf-8")
    case = CaseFolder(tmp_path / "ws", "case")
    trial = try_out(path, scratch=tmp_path / "s", mapping=mapping, timezone="UTC")
    report = ingest([path], case=case, mapping=mapping, timezone="UTC")
    assert trial.counts == report.tables
    assert sum(fault.rows for fault in trial.faults) == len(list(read_rejects(case))) == report.rejected


def test_what_a_source_is_taken_for(tmp_path: Path) -> None:
    def file(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text)
        return tmp_path / name

    assert recognise(file("accounts.csv", "account_id;pseudonym\na;Ann\n")).format == "evidence"
    odd = recognise(file("messages.csv", "when,who,to\n1714579384,a,b\n"))
    assert (odd.format, odd.shape is not None) == ("delimited", True)
    assert "lacks the required column" in odd.unfit
    assert recognise(file("2024-05-01.log", "[18:00] <a> hi\n")).format == "irc"
    assert recognise(file("export.txt", "who,when\na,1714579384\n")).format == "delimited"
    assert recognise(file("photo.jpg", "\x00\x01")).format is None
    assert recognise(tmp_path).format == "evidence"
    with pytest.raises(SourceUnreadable):
        recognise(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("content", "what"), [(b"", "is empty"), ("when;who\n1;a\n".encode("utf-16"), "is UTF-16")]
)
def test_a_file_that_no_format_could_read_says_what_is_wrong_with_it(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "chat.csv"
    path.write_bytes(content)
    with pytest.raises(SourceUnreadable, match=what):
        recognise(path)


@pytest.mark.parametrize("form", ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"])
def test_whether_day_and_month_may_be_exchanged_is_asked_of_every_value(tmp_path: Path, form: str) -> None:
    lines = [f"0{month}/0{day}/2024 10:00,a,r\n" for month in range(1, 9) for day in range(1, 10)] * 4
    path = tmp_path / "letters.csv"
    mapping = tmp_path / "own.toml"
    mapping.write_text(
        f'[file]\n[[table]]\nname = "messages"\n[table.columns]\nsent_at = {{ column = "at", time = "{form}" }}\n'
        'sender_id = { column = "who" }\nroom_id = { column = "where" }\n'
    )

    def both_ways(*more: str) -> object:
        path.write_text("at,who,where\n" + "".join((*lines, *more)))
        return try_out(path, scratch=tmp_path / "s", mapping=mapping).both_ways

    assert both_ways() == {("messages", "sent_at"): len(lines)}
    assert both_ways("soon,a,r\n") == {("messages", "sent_at"): len(lines)}, "what is no time tells nothing"
    assert both_ways("13/03/2024 10:00,a,r\n") == {}, "one value fits one way only"
