"""Lists of known media: three ways of writing them, what is no hash counted, and which rows of evidence they meet."""

import hashlib
import json
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.errors import SourceUnreadable
from ingest.hash_lists.kept import add_list, hash_lists
from ingest.hash_lists.reading import Entry, entries, form_of
from ingest.lake import Lake
from tests.unit.ingest.evidence_folder import MESSAGES, T, case_in, write

MD5, SHA1, SHA256 = (hashlib.new(name, b"x", usedforsecurity=False).hexdigest() for name in ("md5", "sha1", "sha256"))
NSRL = (
    '"SHA-1","MD5","CRC32","FileName","FileSize","ProductCode","OpSystemCode","SpecialCode"\n'
    f'"{SHA1.upper()}","{MD5.upper()}","0","a ""b"".jpg",12,1,"W",""\n"short","","0","c",1,1,"W",""\n'
)
VIC = {
    "@odata.context": "http://example.org/ProjectVic/DataModels/2.0.xml/$metadata#Media",
    "value": [
        {"MediaID": 1, "Category": 2, "MD5": MD5.upper(), "SHA1": SHA1.upper(), "MediaSize": 5,
         "MediaFiles": [{"FileName": "x.jpg", "MD5": "none"}]},
        {"MediaID": 2, "Category": 0, "MediaSize": 7},
    ],
}


def found(tmp_path: Path, content: str | bytes) -> tuple[str, list[Entry]]:
    path = write(tmp_path, "list", content)
    form = form_of(path)
    return form, list(entries(path, form))


def test_plain_lines_of_any_kind_with_comments_and_names(tmp_path: Path) -> None:
    text = f"\ufeff# known\n{MD5.upper()}\n\n{SHA1}  a file.jpg\r\n{SHA256},7\nno hash\n{MD5[:-1]}\n"
    form, read = found(tmp_path, text)
    assert form == "plain"
    assert [entry.hashes for entry in read] == [(MD5,), (SHA1,), (SHA256,), (), ()]


def test_a_table_by_its_header(tmp_path: Path) -> None:
    assert found(tmp_path, NSRL) == ("table", [Entry((SHA1, MD5)), Entry(())])
    assert found(tmp_path, f"Category,sha_256\n7,{SHA256}\n") == ("table", [Entry((SHA256,), "7")])


def test_json_of_project_vic_alone_and_within_a_case(tmp_path: Path) -> None:
    media = [Entry(()), Entry((MD5, SHA1), "2")]
    assert found(tmp_path, json.dumps(VIC)) == ("json", media)
    assert found(tmp_path, json.dumps({"value": [{"CaseID": "1", "Media": VIC["value"]}]})) == ("json", media)
    assert found(tmp_path, json.dumps(VIC["value"])) == ("json", media)


@pytest.mark.parametrize(
    "content",
    [
        "", "\n\n", "nothing here\n", "MD5\n", "{}", "[]", json.dumps(VIC)[:120], '{"MD5": "', "[" * 100_000,
        b"\xff\x00\xfe" * 9,
    ],
)
def test_what_is_no_list_is_one_line_and_leaves_nothing(tmp_path: Path, content: str | bytes) -> None:
    path, case = write(tmp_path, "list", content), case_in(tmp_path).create()
    with pytest.raises(SourceUnreadable):
        add_list(case, path)
    assert hash_lists(case) == ()
    assert not case.hash_lists.exists() or list(case.hash_lists.iterdir()) == []


def test_a_list_is_counted_kept_as_hashes_alone_and_added_once(tmp_path: Path) -> None:
    path, case = write(tmp_path, "known.csv", NSRL), case_in(tmp_path).create()
    one = add_list(case, path)
    assert (one.name, one.form, one.read, one.media, one.without) == ("known.csv", "table", 2, 1, 1)
    assert dict(one.kinds) == {"md5": 1, "sha1": 1}
    assert one.sha256 == hashlib.sha256(NSRL.encode()).hexdigest()
    assert add_list(case, path) == one
    assert hash_lists(case) == (one,)
    assert not any(b".jpg" in path.read_bytes() for path in case.hash_lists.iterdir())


def evidence(tmp_path: Path) -> None:
    header = MESSAGES.replace("text", "text,attachment,size")
    rows = (
        f"m1,{T},a,r,,one,{SHA1.upper()},5\nm2,{T},b,,a,{SHA1},,\n"  # the second only writes it
        f"m3,{T},b,,a,three,{MD5},5\nm4,{T},c,r,,four,{'0' * 40},5\nm5,{T},c,r,,five,{SHA1}0,5\n"
    )
    write(tmp_path / "source", "messages.csv", header + rows)
    write(tmp_path / "source", "identifiers.csv", f"account_id,kind,value\nc,avatar_sha256,{SHA256}\n")
    ingest([tmp_path / "source"], case=case_in(tmp_path))


def test_attributes_and_identifiers_are_met_texts_are_not(tmp_path: Path) -> None:
    evidence(tmp_path)
    case = case_in(tmp_path)
    with Lake(case) as lake:
        assert lake.known_media() == []
    vic = add_list(case, write(tmp_path, "vic.json", json.dumps(VIC)))
    own = add_list(case, write(tmp_path, "own.txt", f"{SHA256}\n{MD5}\n"))
    with Lake(case) as lake:
        met = lake.known_media()
        assert [(one.record.partition("-")[0], one.account, one.room, one.recipient, one.hash) for one in met] == [
            ("messages:m1", "harbour:a", "harbour:r", None, SHA1),
            ("messages:m3", "harbour:b", None, "harbour:a", MD5),
            (met[2].record.partition("-")[0], "harbour:c", None, None, SHA256),
        ]
        assert met[2].record.startswith("identifiers:")
        assert [one.lists for one in met] == [
            ((vic.sha256, "2"),), tuple(sorted(((vic.sha256, "2"), (own.sha256, "")))), ((own.sha256, ""),)
        ]
        assert lake.known_media(account="harbour:b") == [met[1]]
        assert lake.known_media(room="harbour:r") == [met[0]]
        assert lake.known_media(room="' OR true --") == []
