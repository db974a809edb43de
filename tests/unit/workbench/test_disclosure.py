"""The disclosure package: whole, checked by sha256sum alone, no minor's name in it; exports are hashed again."""

import csv
import io
import json
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.detect.reason import CounterEvidence
from graph.detect.values import word
from tests.unit.workbench.report.reported_case import ADULT, CASE, SECRET, SECRET_IDS, TEXT, build, coded
from workbench.bootstrap import Workbench
from workbench.casebook.people import NotAllowed
from workbench.casebook.people.rights import Role
from workbench.cli.entry import run
from workbench.custody.verification import verify_case
from workbench.disclosure.cybertip import KINDS
from workbench.disclosure.package import disclose
from workbench.disclosure.rows import record_rows
from workbench.errors import WorkbenchError
from workbench.report.choice import Choice
from workbench.report.make import compose


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with coded():
        made = build(tmp_path_factory.mktemp("disclosure") / "w")
        yield made
        made.close()


def files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize("texts", [False, True])
def test_sha256sum_checks_a_package_and_it_names_no_minor(workbench: Workbench, tmp_path: Path, texts: bool) -> None:
    case = workbench.case(CASE)
    made = disclose(workbench, case, Choice(top=99, texts=texts, authority="Order 12"), tmp_path / "out.zip")
    with zipfile.ZipFile(made.path) as packed:
        packed.extractall(tmp_path / "out")
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "out", capture_output=True, text=True)
    assert (checked.returncode, checked.stdout.count(": OK")) == (0, 8)
    told = files(made.path)
    everything = b"\n".join(told.values()).decode()
    assert [name for name in (*SECRET, *SECRET_IDS) if name in everything] == []
    assert (TEXT in everything) == texts
    manifest = json.loads(told["manifest.json"])
    assert (manifest["authority"], manifest["findings"]) == ("Order 12", list(made.findings))
    leads = json.loads(told["leads.json"])
    rows = list(csv.DictReader(io.StringIO(told["records.csv"].decode())))
    cited = {ref for lead in leads for part in (*lead["reasons"], *lead["counter_evidence"]) for ref in part["records"]}
    assert {row["record"] for row in rows} <= cited
    assert {row["record"] for row in rows}
    with workbench.lake(case) as lake:
        shown = sorted(ref for ref in cited if ref.startswith("messages:"))
        opened = {record.ref: record for record in lake.records(shown)}
    assert shown
    assert all(row["source_sha256"] == opened[row["record"]].sha256 for row in rows if row["record"] in opened)


def test_each_record_says_which_reasons_cite_it_and_moments_say_utc(workbench: Workbench, tmp_path: Path) -> None:
    """A record stood there without the reason that rests on it, times without a zone, empty cells as apostrophes."""
    told = files(disclose(workbench, workbench.case(CASE), Choice(top=99), tmp_path / "out.zip").path)
    leads = {lead["finding_id"]: lead for lead in json.loads(told["leads.json"])}
    rows = list(csv.DictReader(io.StringIO(told["records.csv"].decode())))
    for row in rows:
        citing = [
            str(number) for number, part in enumerate(leads[row["lead"]]["reasons"], 1)
            if row["record"] in part["records"]
        ]
        if row["record"].count("▪") == 0:
            assert row["reasons"].split() == citing
    sent = [row["value"] for row in rows if row["column"] == "sent_at"]
    assert sent
    assert all(value.endswith("Z") and "T" in value for value in sent)
    assert {lead["status"] for lead in leads.values()} > {"open"}
    custody = list(csv.DictReader(io.StringIO(told["custody.csv"].decode())))
    assert "'" not in {cell for row in custody for cell in row.values()}


def test_what_speaks_against_is_lettered_as_in_the_report(workbench: Workbench) -> None:
    """The report said b where the package said 2."""
    _content, material = compose(workbench, workbench.case(CASE), Choice(top=1))
    (first,) = material.leads
    ref = next(iter(first.records))
    role = CounterEvidence("role", {"role": word("helpline")})
    lead = replace(first, records={ref: first.records[ref]}, finding=replace(
        first.finding, reasons=(replace(first.finding.reasons[0], records=(ref,)),),
        counter_evidence=(role, replace(role, records=(ref,)), CounterEvidence("what_would_clear_it")),
    ))
    assert {row[1:3] for row in record_rows(replace(material, leads=(lead,)))} == {("1", "b")}


def test_a_french_package_is_read_in_french(workbench: Workbench, tmp_path: Path) -> None:
    told = files(disclose(workbench, workbench.case(CASE), Choice(top=1, language="fr"), tmp_path / "out.zip").path)
    assert told["README.txt"].decode().startswith("Ce dossier a été fait par Filature")
    unnamed = {name for name in told if name not in told["README.txt"].decode()}
    assert unnamed == {"README.txt", "report.html.manifest.json"}


def test_drafts_for_the_cybertipline_name_the_adults_and_no_minor(workbench: Workbench, tmp_path: Path) -> None:
    made = disclose(workbench, workbench.case(CASE), Choice(top=99), tmp_path / "out.zip", cybertip=True)
    drafts = {name: body for name, body in files(made.path).items() if name.startswith("cybertip/")}
    everything = b"\n".join(drafts.values()).decode()
    assert [name for name in (*SECRET, *SECRET_IDS, TEXT) if name in everything] == []
    first = ET.fromstring(drafts["cybertip/001-hub.xml"])
    told = {node.tag: node.text for node in first.iter() if node.text and node.text.strip()}
    assert (told["espIdentifier"], told["espService"], told["screenName"]) == ("heron", CASE, ADULT)
    assert told["email"] == "h@x.example"
    assert [child.tag for child in first] == ["incidentSummary", "internetDetails", "reporter", "personOrUserReported"]
    assert {name.partition("-")[2] for name in drafts} <= {f"{kind}.xml" for kind in KINDS}
    assert not any("minor" in (ET.fromstring(body).findtext(".//espIdentifier") or "") for body in drafts.values())
    owner = next(one for one in made.findings if one.startswith("owner"))
    with pytest.raises(WorkbenchError, match="none of the leads"):
        disclose(workbench, workbench.case(CASE), Choice(findings=(owner,)), tmp_path / "b.zip", cybertip=True)


def test_an_export_that_was_changed_is_named_and_one_that_left_is_not(workbench: Workbench, tmp_path: Path) -> None:
    case = workbench.case(CASE)
    path = tmp_path / "handed.zip"
    before = verify_case(workbench, case).exports
    disclose(workbench, case, Choice(top=1), path)
    sound = verify_case(workbench, case)
    assert not [fault for fault in sound.faults if "handed.zip" in fault]
    assert sound.exports == before + 1
    path.write_bytes(path.read_bytes() + b"x")
    found = verify_case(workbench, case)
    assert [fault.split(",")[0] for fault in found.faults if "handed.zip" in fault] == [
        f"{path}: export changed since it was made"
    ]
    path.unlink()
    found = verify_case(workbench, case)
    assert not [fault for fault in found.faults if "handed.zip" in fault]
    assert [note for note in found.notes if note.startswith("exports: ")]


def test_the_command_writes_it_or_says_why_not(
    workbench: Workbench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = str(workbench.settings.workspace)
    assert run(["--workspace", workspace, "--case", CASE, "disclose", "--top", "1", str(tmp_path / "a.zip")]) == 0
    assert "sha256sum -c SHA256SUMS" in capsys.readouterr().out
    for arguments in ([], ["--findings", "none"]):
        assert run(["--workspace", workspace, "--case", CASE, "disclose", *arguments, str(tmp_path / "b.zip")]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "b.zip").exists()


def test_who_may_not_export_leaves_nothing_behind(tmp_path: Path) -> None:
    with coded():
        own = build(tmp_path / "w")
        case = own.case(CASE)
        roster = own.casebook.roster
        roles: dict[str, Role] = {own.person: "administrator", "rob": "reader"}
        for name, role in roles.items():
            roster.give_role(name, role, by=own.person)
            roster.add_member(CASE, name, by=own.person)
        reader = own.acting("rob")
        length = len(own.casebook.audit())
        with pytest.raises(NotAllowed, match="may not export"):
            disclose(reader, case, Choice(top=1), tmp_path / "out.zip")
        assert not (tmp_path / "out.zip").exists()
        assert len(own.casebook.audit()) == length
        own.close()
