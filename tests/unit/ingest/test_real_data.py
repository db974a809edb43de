"""Real public data, where they are at hand: the archives read whole, counts reconcile, a second run adds nothing.

The data are not part of the project; FILATURE_TEST_DATA names their folder (else ``../shared/data`` by the checkout).
"""

import tarfile
from pathlib import Path

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.real_data import real_data


def test_collegemsg_has_its_published_messages_and_contacts(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path, "college")
    first = ingest([real_data("CollegeMsg.txt")], case=case, mapping="collegemsg").tables["messages"]
    assert (first.read, first.accepted, first.rejected, first.duplicate) == (59_835, 59_835, 0, 0)
    second = ingest([real_data("CollegeMsg.txt")], case=case, mapping="collegemsg").tables["messages"]
    assert (second.accepted, second.duplicate) == (0, 59_835)
    with Lake(case) as lake:
        messages = lake.table("messages")
        assert messages.select("sender", "recipient").distinct().count().to_pyarrow().as_py() == 20_296


def test_the_retweets_are_read_compressed(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path, "retweets")
    report = ingest([real_data("coordinated-retweets.csv.gz")], case=case, mapping="coordinated-retweets")
    counts = report.tables["messages"]
    assert (counts.read, counts.rejected) == (35_125, 0)
    assert counts.accepted + counts.duplicate == 35_125


def test_the_ubuntu_archive_is_read_in_one_go(tmp_path: Path) -> None:
    with tarfile.open(real_data("ubuntu-irc.tar.gz")) as archive:
        archive.extractall(tmp_path / "irc", filter="data")
    case = CaseFolder(tmp_path / "ws", "irc")
    report = ingest([tmp_path / "irc"], case=case, timezone="UTC")
    assert len(report.sources) == 86
    for counts in report.tables.values():
        assert counts.read == counts.accepted + counts.rejected + counts.duplicate
    assert report.tables["messages"].read == 108_000
    assert report.tables["messages"].rejected <= 1
    assert report.tables["identifiers"].read > 8_000
    again = ingest([tmp_path / "irc"], case=case, timezone="UTC")
    assert all(counts.accepted == 0 for counts in again.tables.values())
    with Lake(case) as lake:
        assert lake.table("messages").room.nunique().to_pyarrow().as_py() == 1
