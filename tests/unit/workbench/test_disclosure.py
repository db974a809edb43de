"""The disclosure package: whole, checked by sha256sum alone, no minor's name in it; exports are hashed again."""

import csv
import hashlib
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
from ingest.case_folder import label_key
from tests.unit.graph.detect.small_platform import moment
from tests.unit.workbench.report.reported_case import ADULT, CASE, SECRET, SECRET_IDS, TEXT, build, coded
from workbench.bootstrap import Workbench
from workbench.casebook.people import NotAllowed
from workbench.casebook.people.rights import Role
from workbench.cli.entry import run
from workbench.custody.verification import verify_case
from workbench.disclosure import package
from workbench.disclosure.cybertip import KINDS, cybertip_files
from workbench.disclosure.package import disclose
from workbench.disclosure.rows import record_rows
from workbench.errors import WorkbenchError
from workbench.masking.leads import lead_called
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
    assert (checked.returncode, checked.stdout.count(": OK")) == (0, 9)
    told = files(made.path)
    everything = b"\n".join(told.values()).decode()
    assert [name for name in (*SECRET, *SECRET_IDS) if name in everything] == []
    assert (TEXT in everything) == texts
    manifest, key = json.loads(told["manifest.json"]), label_key(case)
    called = [lead_called(one, key) for one in made.findings]
    assert (manifest["authority"], manifest["findings"]) == ("Order 12", called)
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


def test_a_minors_own_row_is_told_by_the_file_alone_and_stands_last(workbench: Workbench, tmp_path: Path) -> None:
    """Row, day, age and status of it, or its place between others, told who it is to whoever has the file."""
    told = files(disclose(workbench, workbench.case(CASE), Choice(top=99), tmp_path / "out.zip").path)
    rows = [row for row in csv.DictReader(io.StringIO(told["records.csv"].decode())) if row["table"] == "accounts"]
    own = [row for row in rows if row["record"].startswith("accounts:minor ▪▪▪ ")]
    assert own
    assert {row["row"] for row in own} == {"▪▪▪"}
    assert {row["file"] for row in own} == {"accounts.jsonl"}
    assert {row["value"] for row in own if "minor" not in row["value"] and row["column"] != "platform"} == {"▪▪▪"}
    assert all(row["row"].isdigit() for row in rows if row not in own), "any other record stands as it is"
    for lead in json.loads(told["leads.json"]):
        refs = list(dict.fromkeys(row["record"] for row in rows if row["lead"] == lead["finding_id"]))
        assert refs == sorted(refs, key=lambda ref: "▪" in ref)
        for part in ("members", "targets"):
            assert lead[part] == sorted(lead[part], key=lambda one: ("▪" in one, one if "▪" in one else ""))


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
    assert unnamed == {"README.txt"}
    clears = [part["measure"] for lead in json.loads(told["leads.json"]) for part in lead["counter_evidence"]][-1]
    assert clears == "ce qui l’écarterait", "as the report heads it"
    manifests = [json.loads(told[name]) for name in ("manifest.json", "report.html.manifest.json")]
    assert {(one["minors"], one["texts"]) for one in manifests} == {("masked", "hidden")}


def test_the_evidence_digest_is_checked_by_sha256sum_alone(
    workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A digest stood there that nobody could compute; a text that names a minor does not leave for its sake."""
    case = workbench.case(CASE)
    told = files(disclose(workbench, case, Choice(top=1), tmp_path / "out.zip").path)
    digest = hashlib.sha256(told["evidence.json"]).hexdigest()
    assert json.loads(told["manifest.json"])["evidence_digest"] == f"sha256:{digest}"
    assert "evidence_digest: evidence.json" in told["README.txt"].decode()
    monkeypatch.setattr(package, "evidence_text", lambda _batches: json.dumps([f"chat of {SECRET[0]}"]))
    without = files(disclose(workbench, case, Choice(top=1, language="fr"), tmp_path / "b.zip").path)
    assert "evidence.json" not in without
    assert "elle n’est pas ici" in without["README.txt"].decode()


def test_drafts_for_the_cybertipline_name_the_adults_and_no_minor(workbench: Workbench, tmp_path: Path) -> None:
    made = disclose(workbench, workbench.case(CASE), Choice(top=99), tmp_path / "out.zip", cybertip=True)
    drafts = {name: body for name, body in files(made.path).items() if name.startswith("cybertip/")}
    everything = b"\n".join(drafts.values()).decode()
    assert [name for name in (*SECRET, *SECRET_IDS, TEXT) if name in everything] == []
    first = ET.fromstring(drafts["cybertip/001-hub.xml"])
    told = {node.tag: node.text for node in first.iter() if node.text and node.text.strip()}
    assert (told["espIdentifier"], told["espService"], told["screenName"]) == ("heron", CASE, ADULT)
    assert told["email"] == "h@x.example"
    assert [child.tag for child in first] == [
        "incidentSummary", "internetDetails", "reporter", "personOrUserReported", "additionalInfo",
    ]
    assert {name.partition("-")[2] for name in drafts} <= {f"{kind}.xml" for kind in KINDS}
    assert not any("minor" in (ET.fromstring(body).findtext(".//espIdentifier") or "") for body in drafts.values())
    owner = next(one for one in made.findings if one.startswith("owner"))
    with pytest.raises(WorkbenchError, match="none of the leads"):
        disclose(workbench, workbench.case(CASE), Choice(findings=(owner,)), tmp_path / "b.zip", cybertip=True)


def test_a_draft_says_what_the_person_did_and_leaves_the_type_to_whoever_files(workbench: Workbench) -> None:
    """Every draft said enticement, and the moment at which anybody of the lead began."""
    _content, material = compose(workbench, workbench.case(CASE), Choice(top=99))
    with workbench.lake(workbench.case(CASE)) as lake:
        drafts = {name: ET.fromstring(body) for name, body in cybertip_files(material, lake).items()}
    assert not any(draft.findall(".//incidentType") for draft in drafts.values())
    assert all("type of the incident is left" in (draft.findtext("additionalInfo") or "") for draft in drafts.values())
    assert not any(len(one) == 0 for draft in drafts.values() for one in draft.iter("personOrUserReportedPerson"))
    crew = {draft.findtext(".//espIdentifier"): draft for name, draft in drafts.items() if "ambush" in name}
    began = {who: draft.findtext(".//incidentDateTime") for who, draft in crew.items()}
    hours = {"heron": 1, "crane": 1.5, "hostile4": 1.2}
    assert began == {who: moment(hour).replace(".000Z", "Z") for who, hour in hours.items()}
    assert "(messages.jsonl:" in (crew["crane"].findtext(".//incidentDateTimeDescription") or "")


def test_a_draft_tells_an_unknown_age_a_role_and_what_would_clear_the_lead(workbench: Workbench) -> None:
    """It was made as of an adult, and what nobody observed stood as what speaks against."""
    _content, material = compose(workbench, workbench.case(CASE), Choice(top=1, language="fr"))
    heron = f"{CASE}:heron"
    people = replace(material.people, ages={}, roles={heron: ("moderator",)})
    silent = tuple(replace(lead, records={}) for lead in material.leads)
    with workbench.lake(workbench.case(CASE)) as lake:
        (body,) = cybertip_files(replace(material, people=people, leads=silent), lake).values()
    draft = ET.fromstring(body)
    told = (draft.findtext("personOrUserReported/additionalInfo") or "").split("\n")
    assert told[:2] == [
        "L’âge de cette personne est inconnu\u00a0: rien dans les éléments ne dit qu’elle est majeure.",
        "Rôle\u00a0: modération",
    ]
    assert "Ce qui l’écarterait\u00a0: A shared club." in told
    assert "Ce qui parle contre\u00a0: 1 of them answered." in told
    assert draft.find(".//incidentDateTime") is None
    assert "ne cite aucun message" in (draft.findtext(".//incidentDateTimeDescription") or "")


def test_no_draft_is_made_of_a_lead_without_a_minor_or_of_what_is_no_account(workbench: Workbench) -> None:
    _content, material = compose(workbench, workbench.case(CASE), Choice(top=99))
    (recruiter,) = (lead for lead in material.leads if lead.finding.kind == "recruitment")
    (own,) = (lead for lead in material.leads if lead.finding.kind == "manual")
    adults = replace(recruiter, finding=replace(recruiter.finding, targets=(f"{CASE}:crane",)))
    company = replace(own, finding=replace(own.finding, members=(f"{CASE}:k1", f"{CASE}:heron")))
    with workbench.lake(workbench.case(CASE)) as lake:
        assert list(cybertip_files(replace(material, leads=(adults, company)), lake)) == ["cybertip/001-manual.xml"]


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
