"""The secret of a case's labels: one a case, the same for everybody who asks, and without it nobody is found."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.opaque import token
from ingest.case_folder import LABEL_KEY, CaseFolder, label_key
from ingest.errors import EvidenceDamaged


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return CaseFolder(tmp_path, "quay").create()


def test_a_label_is_no_hash_that_a_list_of_ids_leads_back_from(case: CaseFolder) -> None:
    """Whoever hashed the ids of a platform's members named every masked minor of an export."""
    other = CaseFolder(case.workspace, "pier").create()
    plain = hashlib.blake2b(b"p:kid", digest_size=8).hexdigest()
    assert len({plain, token("p:kid", label_key(case)), token("p:kid", label_key(other))}) == 3
    assert token("p:kid", label_key(case)) == token("p:kid", label_key(case))


def test_all_who_ask_at_once_get_the_one_key_and_nothing_else_is_left(case: CaseFolder) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: label_key(case), range(64)))
    assert len(keys) == 1
    assert len(keys.pop()) == 32
    assert [path.name for path in case.path.glob("*label*")] == [LABEL_KEY]
    assert not list(case.path.glob(".label*"))
    assert (case.path / LABEL_KEY).stat().st_mode & 0o077 == 0, "it is whose the case is"


@pytest.mark.parametrize("written", ["", "00" * 31, "zz" * 32, "é" * 64])
def test_a_damaged_key_is_said_and_never_replaced(case: CaseFolder, written: str) -> None:
    (case.path / LABEL_KEY).write_text(written, encoding="utf-8")
    with pytest.raises(EvidenceDamaged, match="labels"):
        label_key(case)
    assert (case.path / LABEL_KEY).read_text(encoding="utf-8") == written


def test_what_a_killed_process_left_is_no_key_and_no_hindrance(case: CaseFolder) -> None:
    (case.path / f".{LABEL_KEY}.new").write_text("00", encoding="ascii")
    assert len(label_key(case)) == 32
    assert not (case.path / f".{LABEL_KEY}.new").exists()
