"""Packs of queries: what is written is what was read, byte by byte, and nothing that was read is taken as reviewed."""

import json
import zipfile
from pathlib import Path

import pytest

from queries.catalog import library
from queries.errors import NotReviewed, PackInvalid
from queries.files.bloodhound import to_bloodhound
from queries.files.cypher_file import parse, render
from queries.files.packs import read_pack, write_pack
from queries.runner import run
from tests.real_data import real_data
from workbench.casebook import Casebook

OLD = {"queries": [{
    "name": "All users", "category": "Users", "requireNodeSelect": False,
    "queryList": [
        {"final": False, "query": "MATCH (d:Domain) RETURN d"}, {"final": True, "query": "MATCH (n) RETURN n"},
    ],
}]}


def test_a_folder_and_a_zip_are_the_same_bytes_after_a_round_trip(tmp_path: Path) -> None:
    for name in ("pack", "pack.zip"):
        assert write_pack(tmp_path / name, library()) == len(library())
        found = read_pack(tmp_path / name)
        assert [query.id for query in found] == [query.id for query in library()]
        assert not any(query.reviewed for query in found)
        write_pack(tmp_path / f"again-{name}", found)
    assert (tmp_path / "pack.zip").read_bytes() == (tmp_path / "again-pack.zip").read_bytes()
    for file in (tmp_path / "pack").iterdir():
        assert file.read_bytes() == (tmp_path / "again-pack" / file.name).read_bytes()


def test_what_came_in_a_pack_is_refused_until_it_is_reviewed(tmp_path: Path) -> None:
    write_pack(tmp_path / "p", library()[:1])
    with pytest.raises(NotReviewed, match="nobody here has read it"):
        run(None, read_pack(tmp_path / "p")[0])  # type: ignore[arg-type]


def test_bloodhound_s_library_of_189_queries_is_the_same_bytes_after_the_database_held_it(tmp_path: Path) -> None:
    source = real_data("bloodhound") / "Queries.json"
    found = read_pack(source)
    assert len(found) == 189
    book = Casebook(f"sqlite:///{tmp_path / 'filature.db'}")
    for query in found:
        book.save_query(query, user="ann")
    kept = book.queries("ann")
    book.close()
    assert to_bloodhound(kept) == source.read_text(encoding="utf-8")
    for form, name in (("cypher", "pack.zip"), ("record", "export.zip")):
        assert write_pack(tmp_path / name, found, form) == write_pack(tmp_path / f"again-{name}", kept, form) == 189
        assert (tmp_path / name).read_bytes() == (tmp_path / f"again-{name}").read_bytes(), form
    changed = [query if query.title != "Tier Zero users with email" else parse(
        render(query).replace("// title: Tier", "// title: The tier"), source="x") for query in kept]
    after, before = json.loads(to_bloodhound(changed)), json.loads(source.read_text(encoding="utf-8"))
    differing = [(new["name"], old["name"]) for new, old in zip(after, before, strict=True) if new != old]
    assert differing == [("The tier Zero users with email", "Tier Zero users with email")]


def test_an_export_of_the_community_edition_and_the_older_form_are_read_and_written(tmp_path: Path) -> None:
    record = {"name": "Users", "query": "MATCH (n:User)\nRETURN n", "description": "é"}
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as pack:
        pack.writestr("Users.json", text)
    (query,) = read_pack(tmp_path / "export.zip")
    assert (query.title, query.description, query.cypher) == ("Users", "é", "MATCH (n:User)\nRETURN n")
    assert to_bloodhound([query], "record") == text
    old = json.dumps(OLD, indent=4) + "\n"
    (tmp_path / "customqueries.json").write_text(old, encoding="utf-8")
    (query,) = read_pack(tmp_path / "customqueries.json")
    assert query.cypher == "MATCH (n) RETURN n"
    assert to_bloodhound([query], "customqueries") == old


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a.cypher", "// id: a\n// title: A\n\nMATCH (n) DELETE n", "a.cypher: DELETE is not allowed"),
        ("a.cypher", "nothing", "the header has no id"), ("a.json", "{", "a.json: it is no JSON"),
        ("a.json", "3", "none of BloodHound's forms"), ("a.json", "[3]", "3 is no query"),
        ("a.json", '[{"name": "A"}]', "has no name or no query"),
        ("a.json", '[{"name": "A", "query": "CREATE (n)"}]', "CREATE is not allowed"),
        ("a.txt", "", "there is no .cypher"),
    ],
)
def test_a_pack_at_fault_is_refused_whole_and_named(tmp_path: Path, name: str, text: str, fault: str) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / name).write_text(text, encoding="utf-8")
    (tmp_path / "p" / "good.cypher").write_text("// id: good\n// title: Good\n\nRETURN 1 AS x\n", encoding="utf-8")
    if name == "a.txt":
        (tmp_path / "p" / "good.cypher").unlink()
    with pytest.raises(PackInvalid) as error:
        read_pack(tmp_path / "p")
    assert fault in str(error.value)


def test_two_queries_of_one_id_and_a_file_that_is_too_large_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.cypher").write_text("// id: a\n// title: A\n\nRETURN 1 AS x\n", encoding="utf-8")
    with pytest.raises(PackInvalid, match="two queries have the id a"):
        read_pack(tmp_path)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("a.cypher", "/" * 2_000_000)
    with pytest.raises(PackInvalid, match="larger than 1,000,000 bytes"):
        read_pack(tmp_path / "bomb.zip")
