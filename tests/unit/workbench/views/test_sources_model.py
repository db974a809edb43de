"""Looking at sources, keeping uploads, paging through rejects."""

import io
import os
from pathlib import Path

import pandas as pd
import pytest

from ingest.case_folder import CaseFolder
from ingest.errors import SourceUnreadable
from ingest.rejects import Reject
from workbench.language import words
from workbench.views.models import sources

EN = words("en")


def test_a_preview_names_reader_files_and_first_rows(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account_id\n1\n2\n")
    (tmp_path / "notes.txt").write_text("x")
    seen = sources.preview(tmp_path, EN, format="auto", mapping=None)
    assert (seen.format, seen.files, seen.more_files) == ("evidence", ("accounts.csv",), 0)
    assert list(seen.rows["Text"]) == ["account_id", "1", "2"]


def test_a_preview_refuses_what_an_ingest_would_refuse(tmp_path: Path) -> None:
    pipe = tmp_path / "accounts.csv"
    os.mkfifo(pipe)
    with pytest.raises(SourceUnreadable):
        sources.preview(pipe, EN, format="auto", mapping=None)
    with pytest.raises(SourceUnreadable):
        sources.preview(Path("accounts.csv"), EN, format="auto", mapping=None)


def test_a_torn_parquet_file_is_named_not_thrown(tmp_path: Path) -> None:
    torn = tmp_path / "accounts.parquet"
    torn.write_bytes(b"PAR1 and nothing more")
    with pytest.raises(SourceUnreadable, match="whole Parquet"):
        sources.first_rows(torn, EN)


def test_bytes_that_are_no_text_are_shown_escaped(tmp_path: Path) -> None:
    odd = tmp_path / "messages.csv"
    odd.write_bytes(b"a,\xff\n")
    assert list(sources.first_rows(odd, EN)["Text"]) == ["a,\\xff"]


def test_uploads_are_kept_under_a_hash_and_a_harmless_name(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path, "c")
    uploads = [("../../etc/messages.csv", io.BytesIO(b"1")), ("a b<script>.csv", io.BytesIO(b"2"))]
    folder = sources.keep_uploads(case, uploads)
    assert folder.parent == case.sources
    assert sorted(path.name for path in folder.iterdir()) == ["a_b_script_.csv", "messages.csv"]
    assert sources.keep_uploads(case, uploads) == folder
    assert sources.keep_uploads(case, [("messages.csv", io.BytesIO(b"other"))]) != folder


def test_rejects_are_filtered_and_counted_before_they_are_cut() -> None:
    rejects = [Reject(f"/in/file{i % 2}.csv", i, "sent_at", "is no time", "give one", "raw") for i in range(10)]
    frame, total = sources.rejects_page(rejects, EN, text="FILE1", limit=3)
    assert (len(frame), total) == (3, 5)
    assert list(frame["Row"]) == [1, 3, 5]
    empty, none = sources.rejects_page(rejects, EN, text="nothing like it")
    assert (len(empty), none) == (0, 0)


def test_the_report_reconciles_row_by_row() -> None:
    counts = {"read": 5, "accepted": 3, "rejected": 1, "duplicate": 1}
    frame = sources.report_rows({"messages": counts}, EN)
    assert frame.equals(pd.DataFrame([{"Table": "messages", "Read": 5, "Accepted": 3, "Rejected": 1, "Duplicate": 1}]))
