"""What a torn or hostile export of any format may do: end in rejects or one line.  Never a traceback or a lost row."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.errors import FilatureError
from tests.unit.ingest.chat_exports import put
from tests.unit.ingest.chats.reading import Rows, given
from tests.unit.ingest.chats.samples import SAMPLES

_ENDED = re.compile(r"\.(?:json|js|html|xml)$|direct-messages\.txt$")
"""Files that tell where they end: a cut is seen."""


def _files(path: Path) -> list[Path]:
    return sorted(entry for entry in path.rglob("*") if entry.is_file()) if path.is_dir() else [path]


def _texts(rows: Rows) -> list[str]:
    return [row["text"] or "" for row in rows.get("messages", [])]


def _reasons(rows: Rows) -> set[str]:
    return {reject["reason"] for reject in rows["rejects"]}


@pytest.mark.parametrize("sample", SAMPLES)
def test_files_cut_anywhere_keep_what_stands_before_and_say_so(tmp_path: Path, sample: str) -> None:
    source = SAMPLES[sample][0](tmp_path / "in")
    whole = given(source, tmp_path / "whole")
    assert whole["messages"]
    number = 0
    for file in _files(source):
        content = file.read_bytes()
        for cut in (len(content) // 3, len(content) - 20):
            file.write_bytes(content[: max(cut, 0)])
            number += 1
            try:
                rows = given(source, tmp_path / str(number))
            except FilatureError:  # one line: the tests of the command line look at it
                continue
            texts = [text.rstrip("\ufffd?=") for text in _texts(rows)]
            if sample != "mbox":  # a cut header is the beginning of a text there
                assert all(any(full.startswith(text) for full in _texts(whole)) for text in texts)
            if cut > 200 and _ENDED.search(file.name) and len(_texts(rows)) < len(_texts(whole)):
                assert _reasons(rows) - _reasons(whole) or len(_files(source)) > 1
        file.write_bytes(content)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize(
    "odd", [b"\x00\x07", b"\xff\xfe", "\u202e=1+1".encode(), b"</div></td></Hit>"]
)
def test_odd_bytes_in_one_text_spoil_no_other_message(tmp_path: Path, sample: str, odd: bytes) -> None:
    source = SAMPLES[sample][0](tmp_path / "in")
    before = _texts(given(source, tmp_path / "before"))
    spoiled = 0
    for file in _files(source):
        content = file.read_bytes()
        if b"boat leaves" in content:
            file.write_bytes(content.replace(b"boat leaves", b"boat " + odd + b" leaves"))
            spoiled += 1
    after = given(source, tmp_path / "after")
    if odd != b"</div></td></Hit>":  # which may end what it stands in
        assert len(after["messages"]) + len(after["rejects"]) >= len(before)
    kept = [text for text in before if "boat leaves" not in text]
    assert [text for text in kept if text not in _texts(after)] == [] or odd == b"</div></td></Hit>"


def test_rows_of_every_table_have_numbers_of_their_own_and_stand_in_order(tmp_path: Path) -> None:
    for sample, (builder, _) in SAMPLES.items():
        rows = given(builder(tmp_path / sample / "in"), tmp_path / sample / "out")
        places = [(row["source"], row["row"]) for row in rows["messages"]]
        assert all(one < other for one, other in pairwise(places)), sample


def test_a_page_of_thirty_thousand_levels_is_read_or_told(tmp_path: Path) -> None:
    source = SAMPLES["telegram_html"][0](tmp_path / "in")
    deep = "<b>" * 30_000 + "deep" + "</b>" * 30_000
    source.write_text(source.read_text().replace("or seven", deep))
    rows = given(source, tmp_path / "out")
    assert "the boat & the sea\nat six" in _texts(rows)
    assert rows["rejects"] or "deep" in _texts(rows)


def test_a_comment_that_never_ends_ends_the_page(tmp_path: Path) -> None:
    source = SAMPLES["telegram_html"][0](tmp_path / "in")
    source.write_text(source.read_text().replace("or seven", "<!-- " + "x" * (17 << 20)))
    rows = given(source, tmp_path / "out")
    assert "the boat & the sea\nat six" in _texts(rows)
    assert [reject["reason"] for reject in rows["rejects"]] == ["the file opens a tag that does not close"]


def test_a_text_too_long_to_hold_is_a_reject(tmp_path: Path) -> None:
    source = SAMPLES["telegram_html"][0](tmp_path / "in")
    source.write_text(source.read_text().replace("or seven", "x" * (17 << 20)))
    rows = given(source, tmp_path / "out")
    assert "the boat & the sea\nat six" in _texts(rows)
    assert [reject["reason"] for reject in rows["rejects"]] == [
        "the element holds a value of more than 16 million characters"]


def test_xml_that_declares_entities_is_not_expanded(tmp_path: Path) -> None:
    source = SAMPLES["axiom"][0](tmp_path / "in")
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    source.write_text(source.read_text().replace("<Report>", bomb + "<Report>").replace("hello both", "&b;"))
    rows = given(source, tmp_path / "out")
    assert [reject["reason"] for reject in rows["rejects"]] == ["the file declares entities, which no export does"]


def test_a_mail_of_a_thousand_levels_is_told_and_the_next_one_is_read(tmp_path: Path) -> None:
    levels = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    path = put(tmp_path / "deep.mbox", "From 1@xxx Wed May 01 16:03:04 2024\nFrom: wolf@example.org\n"
               f"To: kid@example.org\n{levels}\nx\n\nFrom 2@xxx Wed May 01 16:03:05 2024\n"
               "From: kid@example.org\nTo: wolf@example.org\nDate: Wed, 1 May 2024 18:03:04 +0200\n\non my way\n")
    rows = given(path, tmp_path / "out")
    assert "on my way" in _texts(rows)
    assert len(rows["messages"]) + len(rows["rejects"]) == 2


def test_a_discord_file_whose_dates_no_order_fits_is_told(tmp_path: Path) -> None:
    header = "AuthorID,Author,Date,Content,Attachments,Reactions\n"
    open_order = put(tmp_path / "a.csv", header + '"1","a","5/1/2024 6:03 PM","x","",""\n')
    assert given(open_order, tmp_path / "1")["messages"][0]["sent_at"] == "5/1/2024 6:03 PM"
    second = '"1","a","5/13/2024 6:03 PM","y","",""\n'
    told = put(tmp_path / "b.csv", header + '"1","a","5/1/2024 6:03 PM","x","",""\n' + second)
    assert [row["sent_at"] for row in given(told, tmp_path / "2")["messages"]] == [
        "2024-05-01T18:03:00", "2024-05-13T18:03:00"]


def test_a_return_whose_signature_was_cut_says_so(tmp_path: Path) -> None:
    source = SAMPLES["x_return"][0](tmp_path / "in")
    source.write_text(source.read_text().partition("-----BEGIN PGP SIGNATURE")[0])
    rows = given(source, tmp_path / "out")
    assert _texts(rows) == ["the boat leaves at six"]
    assert [reject["reason"] for reject in rows["rejects"]] == ["the file ends before its signature"]
