"""Sources lists the files that were read, with whole hashes, and withholds what names a minor."""

import pandas as pd

from ingest.case_folder.manifest import Counts, Manifest, ManifestSource
from workbench.language import words
from workbench.views.models.names import MASK
from workbench.views.models.sources.read_files import files_read

EN, FR = words("en"), words("fr")


def source(path: str, read: dict[str, int], rejected: dict[str, int] | None = None) -> ManifestSource:
    return ManifestSource(path, "ab" * 32, 10, "evidence", "", "1", read, rejected or {})


def batch(name: str, day: str, *sources: ManifestSource, rejected: int = 0) -> Manifest:
    counts = {"messages": Counts(9, 9 - rejected, rejected, 0)}
    return Manifest(name, sources, counts, {}, None, None, None, (), created_at=f"{day}T10:00:00Z")


def test_a_file_stands_with_its_tables_rows_hash_batch_and_time() -> None:
    chat = source("/in/chat.csv", {"messages": 9, "accounts": 2}, {"messages": 1})
    early = batch("b1", "2024-03-01", chat, rejected=1)
    late = batch("b2", "2024-03-02", source("/in/none.csv", {}))
    frame = files_read((early, late), EN)
    assert list(frame.columns) == [
        "Committed", "File", "Table", "Rows read", "Rejected", "SHA-256", "Batch", "Full path"
    ]
    assert frame.iloc[:, 1:].to_numpy().tolist() == [
        ["none.csv", "–", 0, 0, "ab" * 32, "b2", "/in/none.csv"],
        ["chat.csv", "Messages", 9, 1, "ab" * 32, "b1", "/in/chat.csv"],
        ["chat.csv", "Accounts", 2, 0, "ab" * 32, "b1", "/in/chat.csv"],
    ]
    assert frame["Committed"].iloc[0] == pd.Timestamp("2024-03-02T10:00Z")
    assert list(files_read((early,), FR).columns)[-1] == "Chemin complet"


def test_an_old_batch_does_not_say_whose_the_rejected_rows_are() -> None:
    (told,) = files_read((batch("b1", "2024-03-01", source("/in/a.csv", {"messages": 9}), rejected=3),), EN)["Rejected"]
    assert told is pd.NA


def test_a_file_named_after_a_minor_is_withheld() -> None:
    path = "/in/Chat with (little_m1)/little_m1.txt"
    row = files_read((batch("b1", "2024-03-01", source(path, {"messages": 9})),), EN, {"little_m1"}).iloc[0]
    assert (row["File"], row["Full path"]) == (MASK, f"/in/{MASK}/{MASK}")


def test_without_a_batch_there_are_no_rows() -> None:
    assert files_read((), EN).empty
