"""Known media through the workbench: matched when a list comes and when evidence comes, logged, checked, printed."""

import hashlib
import json
from pathlib import Path

import pytest

from ingest.lake import Lake
from tests.unit.ingest.evidence_folder import MESSAGES, T, write
from tests.unit.workbench.custody.held_case import CASE, folder_of, opened, without_graph
from tests.unit.workbench.hostile import HOSTILE
from workbench.cli.entry import run
from workbench.custody.verification import verify_case
from workbench.language import words
from workbench.views.models.dossiers.known_media import known_media_rows
from workbench.views.models.names import Names, mask

KNOWN = hashlib.sha256(b"known").hexdigest()
HEADER = MESSAGES.replace("text", "text,attachment_sha256")


def say(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str, str]:
    code = run([*arguments, "--workspace", str(root / "workspace")])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def first_batch(root: Path) -> Path:
    return write(root / "first", "messages.csv", HEADER + f"m1,{T},a,r,,one,{KNOWN}\n")


def second_batch(root: Path) -> Path:
    return write(root / "second", "messages.csv", HEADER + f"m2,{T},b,,a,two,{KNOWN}\nm3,{T},b,,a,three,{'0' * 64}\n")


def test_a_list_is_matched_at_once_and_again_with_every_ingest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = write(tmp_path, "known\x1b[2J.txt", f"{KNOWN}\nnothing\n")
    with without_graph():
        assert say(capsys, tmp_path, "ingest", str(first_batch(tmp_path)), "--case", CASE)[0] == 0
        code, out, err = say(capsys, tmp_path, "hashes", "add", str(listed), "--case", CASE)
        assert (code, err) == (0, "")
        assert "read 2 = media 1 + without a hash 1" in out
        assert f"{CASE}: 1 record of known media" in out
        assert "\x1b" not in out
        out = say(capsys, tmp_path, "ingest", str(second_batch(tmp_path)), "--case", CASE)[1]
    assert "2 records name media of known lists" in out
    met = json.loads(say(capsys, tmp_path, "hashes", "matches", "--case", CASE, "--format", "json")[1])
    assert [(one["account"], one["room"], one["recipient"], one["record"], one["hash"]) for one in met] == [
        ("quay:a", "quay:r", None, "messages:m1", KNOWN), ("quay:b", None, "quay:a", "messages:m2", KNOWN)
    ]
    told = json.loads(say(capsys, tmp_path, "hashes", "list", "--case", CASE, "--format", "json")[1])
    assert [(one["read"], one["sha256"], one["md5"]) for one in told] == [(2, 1, 0)]
    with opened(tmp_path) as bench:
        log = [entry for entry in bench.casebook.audit() if "hash list" in entry.action]
        assert verify_case(bench, folder_of(tmp_path)).faults == ()
    assert [(entry.action, entry.facts.get("records")) for entry in log] == [
        ("add hash list", None), ("match hash lists", 1), ("match hash lists", 2)
    ]
    assert log[0].facts["sha256"] == hashlib.sha256(listed.read_bytes()).hexdigest()


def test_a_list_goes_into_every_case_if_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = write(tmp_path, "known.txt", KNOWN)
    with opened(tmp_path) as bench, without_graph():
        for name in ("one", "two"):
            bench.ingest(bench.case(name, create=True), [first_batch(tmp_path)])
    out = say(capsys, tmp_path, "hashes", "add", str(listed), "--all")[1]
    assert [line for line in out.splitlines() if "of known media" in line] == [
        f"{name}: 1 record of known media; filature hashes matches shows them" for name in ("one", "two")
    ]
    for arguments in (("--all", "--case", "one"), ()):
        assert say(capsys, tmp_path, "hashes", "add", str(listed), *arguments)[0] == 2
    assert say(capsys, tmp_path, "hashes", "add", str(tmp_path / "absent"), "--all")[0] == 2


def test_a_table_says_who_where_and_by_which_list_with_masks(tmp_path: Path) -> None:
    with opened(tmp_path) as bench, without_graph():
        case = bench.case(CASE, create=True)
        bench.ingest(case, [first_batch(tmp_path)])
        bench.ingest(case, [second_batch(tmp_path)])
        one = bench.add_hash_list(case, write(tmp_path, "a.csv", f"sha256,category\n{KNOWN},{HOSTILE[0][:9]!r}\n"))
    with Lake(case) as lake:
        found = lake.known_media()
    names = Names({"quay:r": "Hall"}, minors=frozenset({"quay:a"}))
    english = known_media_rows(found, {one.sha256: one.name}, names, words("en"))
    assert list(english["Who"]) == [mask("quay:a"), "quay:b"]
    assert list(english["Where"]) == ["Hall", mask("quay:a")]
    assert all(text.startswith("a.csv (category ") for text in english["Known by"])
    assert list(known_media_rows([], {}, names, words("fr")).columns)[3] == "Connu par"
