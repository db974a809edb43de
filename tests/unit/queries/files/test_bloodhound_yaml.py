"""BloodHoundQueryLibrary's files: read and written the same bytes, and a change touches the lines of its key alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from queries.catalog import library
from queries.errors import PackInvalid
from queries.files.bloodhound import YAML, form_of, to_bloodhound
from queries.files.bloodhound_yaml import KEYS, read_yaml
from queries.files.cypher_file import parse, render
from queries.files.packs import read_pack, write_pack
from queries.saved_query import SavedQuery
from tests.real_data import real_data

FILE = """# a template
name: Who ruled # once
guid: 51cd8e42-f795-4551-a009-61395e6cedf5
prebuilt: false
platforms: Active Directory
# - Azure
description:\x20
query: |-
  // the first line
  MATCH (n:User)

  RETURN n

resources:
- one
- two
acknowledgements: Ann, @ann
"""


def one(folder: Path, text: str = FILE, name: str = "Who ruled.yml") -> SavedQuery:
    (folder / name).write_bytes(text.encode())
    (query,) = read_pack(folder / name)
    return query


def stored(query: SavedQuery) -> SavedQuery:
    """The query as it comes back from where casework keeps it."""
    return parse(render(query), source=query.id)


def test_real_files_are_the_same_bytes_under_the_same_names_after_a_round_trip(tmp_path: Path) -> None:
    source = real_data("bloodhound")
    paths = sorted(source.glob("*.yml"))
    assert len(paths) == 6
    queries = [stored(query) for path in paths for query in read_pack(path)]
    assert form_of(queries) == YAML
    assert write_pack(tmp_path / "pack", queries, YAML) == 6
    assert {path.name: path.read_bytes() for path in (tmp_path / "pack").iterdir()} == {
        path.name: path.read_bytes() for path in paths
    }
    assert write_pack(tmp_path / "pack.zip", queries, YAML) == 6
    assert read_pack(tmp_path / "pack.zip") == read_pack(tmp_path / "pack")


def test_the_library_s_list_of_189_queries_goes_through_its_files_and_back(tmp_path: Path) -> None:
    source = real_data("bloodhound") / "Queries.json"
    listed = json.loads(source.read_text(encoding="utf-8"))
    assert write_pack(tmp_path / "files", read_pack(source), YAML) == 189
    found = [stored(query) for query in read_pack(tmp_path / "files")]
    order = [record["guid"] for record in listed]
    found.sort(key=lambda query: order.index(read_yaml(json.loads(query.origin)["text"])["guid"]))
    records = json.loads(to_bloodhound(found))
    assert records == listed
    alone = {read_yaml(path.read_text("utf-8"))["guid"]: path for path in source.parent.glob("*.yml")}
    inside = [record for record in records if record["guid"] in alone]
    assert inside
    for record in inside:  # and the real file of each says what the real list says
        assert read_yaml(alone[record["guid"]].read_text("utf-8")) == record


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ({"title": "Who rules: now"}, "name: Who ruled # once\n", "name: 'Who rules: now'\n"),
        ({"description": "é"}, "description: \n", "description: é\n"),
        ({"cypher": "RETURN 1 AS x\n\n// end"}, FILE[FILE.index("query"):FILE.index("\nresources")],
         "query: |-\n  RETURN 1 AS x\n\n  // end\n"),
    ],
)
def test_a_change_writes_the_lines_of_its_key_anew_and_no_other(
    tmp_path: Path, change: dict[str, str], before: str, after: str
) -> None:
    query = stored(replace(one(tmp_path), **change))  # type: ignore[arg-type]
    assert to_bloodhound([query], YAML) == FILE.replace(before, after)


def test_a_form_whose_lines_cannot_be_told_apart_is_written_anew_with_all_its_keys(tmp_path: Path) -> None:
    query = one(tmp_path, '{"name": "A", "query": "RETURN 1 AS x", "revision": 3, "own": [1, 2]}\n')
    assert to_bloodhound([query], YAML).startswith('{"name": "A"')
    written = read_yaml(to_bloodhound([replace(query, title="B")], YAML))
    assert {key: written[key] for key in ("name", "query", "revision", "own")} == {
        "name": "B", "query": "RETURN 1 AS x", "revision": 3, "own": [1, 2],
    }


def test_the_own_library_in_that_form_keeps_titles_statements_and_ids_of_one_s_own(tmp_path: Path) -> None:
    assert write_pack(tmp_path / "files", library(), YAML) == len(library())
    found = {query.title: query for query in read_pack(tmp_path / "files")}
    assert {title: query.cypher for title, query in found.items()} == {
        query.title: query.cypher for query in library()
    }
    first = read_yaml(next((tmp_path / "files").iterdir()).read_text("utf-8"))
    assert tuple(first) == KEYS
    write_pack(tmp_path / "again", found.values(), YAML)
    assert {path.name: path.read_bytes() for path in (tmp_path / "files").iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name: A\nquery: MATCH (n) DELETE n\n", "DELETE is not allowed"),
        ("name: A\n", "has no name or no query"), ("- 1\n", "no YAML of BloodHoundQueryLibrary"),
        ("name: [\n", "it is no YAML (line 2)"), ("a: &a [1]\nb: [*a, *a]\n", "stands for another"),
        ("name: !!python/name:os.system A\n", "it is no YAML"), ("name: A\nquery: {a: 1}\n", "neither a text"),
        ("[" * 50_000, "it is no YAML"), ("#" * 300_000, "longer than 200,000 characters"), ("", "no YAML of"),
    ],
)
def test_a_file_at_fault_is_refused_in_a_line(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(PackInvalid) as error:
        one(tmp_path, text)
    assert fault in str(error.value)


def test_no_name_of_a_pack_leads_out_of_the_folder_that_is_written(tmp_path: Path) -> None:
    text = "name: ../../up\nquery: RETURN 1 AS x\n"
    query = stored(one(tmp_path, text, "a.yml"))
    hostile = replace(query, origin=query.origin.replace("a.yml", "../..\\\\out.yml"))
    fresh = replace(query, id="x", origin="")
    write_pack(tmp_path / "into", [hostile, fresh, replace(fresh, id="y")], YAML)
    assert sorted(path.name for path in (tmp_path / "into").iterdir()) == ["out.yml", "up y.yml", "up.yml"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yml", "into"]


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackInvalid, match="no form 'xml'"):
        write_pack(tmp_path / "x", library(), "xml")
    with pytest.raises(PackInvalid, match="do not stand in one file"):
        to_bloodhound(library()[:2], YAML)
