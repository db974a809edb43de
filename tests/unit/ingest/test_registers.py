"""The British register of control and the Offshore Leaks: whole, by their own forms, torn and hostile."""

import json
from pathlib import Path
from typing import Any

from ingest.batch import ingest
from ingest.sources.registry import reader_for
from tests.unit.ingest.evidence_folder import case_in, rejects, rows, write


def psc(number: str, kind: str, name: str = "", **more: Any) -> str:
    link = {"self": f"/company/{number}/persons-with-significant-control/x/{name.lower().replace(' ', '-') or 'none'}"}
    return json.dumps({"company_number": number, "data": {"kind": kind, "name": name, "links": link, **more}})


PSC = "\n".join((
    psc("01234567", "individual-person-with-significant-control", "Ann Example", notified_on="2016-04-06",
        natures_of_control=["ownership-of-shares-25-to-50-percent", "voting-rights-25-to-50-percent"],
        date_of_birth={"month": 5, "year": 1970}),
    psc("01234567", "corporate-entity-person-with-significant-control", "Quay Holdings", notified_on="2017-01-01",
        ceased_on="2018-01-01", natures_of_control=["ownership-of-shares-75-to-100-percent"],
        identification={"registration_number": "7654321", "place_registered": "Companies House"}),
    psc("07654321", "persons-with-significant-control-statement", statement="no-individual-or-entity"),
    '{"company_number": "1", "data": ',
    '{"company_number": "", "data": {"kind": "individual-person-with-significant-control"}}',
    '{"data":{"kind":"totals#persons-of-significant-control-snapshot","persons_of_significant_control_count":2}}',
)) + "\n"


def bare(*identities: object) -> tuple[str, ...]:
    return tuple(str(one).removeprefix("harbour:") for one in identities)


def test_natures_of_control_are_ownerships_with_their_band(tmp_path: Path) -> None:
    path = write(tmp_path, "psc-snapshot-2024-05-01.txt", PSC)
    assert reader_for(path).NAME == "uk-psc"
    report = ingest([path], case=case_in(tmp_path))
    found = rows(case_in(tmp_path), "ownerships", "owner", "owned", "kind", "row", "attributes")
    bands = [(*bare(owner, owned), kind, row, *(json.loads(str(told)).get(name) for name in ("share_min", "share_max")))
             for owner, owned, kind, row, told in found]
    assert sorted(bands) == sorted([
        ("psc:ann-example", "01234567", "ownership-of-shares-25-to-50-percent", 1, "0.25", "0.5"),
        ("psc:ann-example", "01234567", "voting-rights-25-to-50-percent", 1, None, None),
        ("07654321", "01234567", "ownership-of-shares-75-to-100-percent", 2, "0.75", "1.0"),
        ("unspecified:07654321:none", "07654321", "no-individual-or-entity", 3, None, None),
    ])
    assert ("harbour:07654321", "Quay Holdings") in rows(case_in(tmp_path), "companies", "company", "name")
    assert {one.reason for one in rejects(case_in(tmp_path))} == {"is no JSON object", "names no company"}
    assert all(c.read == c.accepted + c.rejected + c.duplicate for c in report.tables.values())
    assert all(c.accepted == 0 for c in ingest([path], case=case_in(tmp_path)).tables.values())


def test_a_snapshot_that_lacks_records_says_so(tmp_path: Path) -> None:
    short = "\n".join([PSC.splitlines()[0], PSC.splitlines()[-1]])
    ingest([write(tmp_path, "psc.txt", short)], case=case_in(tmp_path))
    assert [one.reason for one in rejects(case_in(tmp_path))] == ["the file holds 1 records and says 2"]


ENTITIES = (
    "node_id,name,jurisdiction,incorporation_date,note\n10,\"Pier, Ltd\",BVI,23-MAR-2006,\n11,=Odd,PMA,31-FEB-2006,x\n"
    "12,Too,many,cells,in,it\n"
)
LINKS = (
    "node_id_start,node_id_end,rel_type,link,start_date,end_date\n20,10,officer_of,shareholder of,01-JAN-2007,\n"
    "30,10,intermediary_of,intermediary of,,\n99,10,officer_of,director of,,\n"
)


def test_the_offshore_leaks_are_companies_persons_and_holdings(tmp_path: Path) -> None:
    folder = tmp_path / "leaks"
    write(folder, "nodes-entities.csv", ENTITIES)
    write(folder, "nodes-officers.csv", "node_id,name,countries\n20,Ann Example,Malta\n")
    write(folder, "relationships.csv", LINKS)
    write(folder, "nodes-addresses.csv", "node_id,address\n40,7 Rope Walk\n")
    report = ingest([folder], case=case_in(tmp_path))
    assert {source.format for source in report.sources} == {"icij"}
    assert report.ignored == (str(folder / "nodes-addresses.csv"),)
    assert rows(case_in(tmp_path), "companies", "company", "name", "jurisdiction") == [
        ("harbour:10", "Pier, Ltd", "BVI")
    ]
    assert sorted(rows(case_in(tmp_path), "ownerships", "owner", "owned", "kind")) == [
        ("harbour:20", "harbour:10", "shareholder of"), ("harbour:99", "harbour:10", "director of"),
    ]
    assert sorted((one.row, one.reason) for one in rejects(case_in(tmp_path))) == [
        (3, "incorporated_at is no time"), (4, "has 6 columns, the header 5"),
    ]
    assert all(c.read == c.accepted + c.rejected + c.duplicate for c in report.tables.values())
