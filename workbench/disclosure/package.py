"""How is a disclosure made?  Report, leads, records, sources, custody and manifest in one zip, with their hashes.

``SHA256SUMS`` in it is what ``sha256sum -c`` reads; nothing of this program is needed to check or to read it.
"""

import hashlib
import json
import platform
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from graph.detect.wordings import Language
from ingest.case_folder import CaseFolder
from ingest.lake.digest import evidence_text
from ingest.runtime.progress import Progress, silent
from workbench import __version__
from workbench.bootstrap import Workbench
from workbench.custody.brought import with_brought
from workbench.custody.log import custody_log
from workbench.disclosure.custody import CUSTODY_HEADS, custody_rows
from workbench.disclosure.cybertip import cybertip_files
from workbench.disclosure.read_me import ABOUT_DRAFTS, EVIDENCE, NO_EVIDENCE, READ_ME
from workbench.disclosure.rows import RECORD_HEADS, as_csv, leads_rows, record_rows, source_rows
from workbench.errors import WorkbenchError
from workbench.exports.manifest import write_whole
from workbench.exports.tables.csv_files import zip_member
from workbench.report.choice import Choice
from workbench.report.make import compose
from workbench.report.manifest import manifest_text
from workbench.report.material import Material
from workbench.report.rendering.formats import rendered

_TOOLS = ("duckdb", "networkx", "pyarrow", "scipy", "numpy", "sqlalchemy")


@dataclass(frozen=True)
class Disclosed:
    """A package that was written: where, its SHA-256, the ids of its leads, how many texts of people it withholds."""

    path: Path
    sha256: str
    findings: tuple[str, ...]
    withheld: int


def disclose(
    workbench: Workbench, case: CaseFolder, choice: Choice, path: Path, *, user: str | None = None,
    cybertip: bool = False, progress: Progress = silent,
) -> Disclosed:
    """Write the package to ``path`` and record it.  ``cybertip``: with drafts of reports to NCMEC's CyberTipline.

    Raises WorkbenchError where the choice finds nothing, or nobody whom such a draft is about; ExportError where the
    place cannot be written; NotAllowed, before anything is read, to whom exports are not.
    """
    workbench.casebook.allow("export", case.name)
    content, material = compose(workbench, case, choice, user=user, progress=progress)
    people, entries = material.people, workbench.casebook.audit()
    events = custody_log(with_brought(case, entries), case.name)
    report = rendered(content, "html")
    digest_of = evidence_text(material.batches)
    listed = json.loads(digest_of)
    named = people.telling.cleared(listed) != listed
    files = {
        "README.txt": _read_me(choice.language, named=named).encode(),
        "report.html": report,
        "report.html.manifest.json": manifest_text(material, report, to="html").encode(),
        "leads.json": _json(leads_rows(material)),
        "records.csv": as_csv(RECORD_HEADS, record_rows(material)),
        "sources.csv": as_csv(("name", "bytes", "sha256", "sha1", "format"), source_rows(material)),
        "custody.csv": as_csv(CUSTODY_HEADS, custody_rows(
            events, people, material.words, case=case.name,
        )),
        "manifest.json": _json(_manifest(material, len(entries), entries[-1].hash if entries else "")),
    }
    if not named:
        files["evidence.json"] = digest_of.encode()
    if cybertip:
        with workbench.lake(case) as lake:
            drafts = cybertip_files(material, lake)
        if not drafts:
            raise WorkbenchError(
                "none of the leads is about an account that writes to minors and is not known to be a minor's",
                where=f"case {case.name}",
                fix="choose others, or make the package without drafts for the CyberTipline",
            )
        files |= drafts
        files["README.txt"] += ABOUT_DRAFTS[choice.language].encode()
    sums = "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in sorted(files.items()))
    files["SHA256SUMS"] = sums.encode()
    write_whole(path, lambda draft: _write(draft, files))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    findings = tuple(lead.finding.finding_id for lead in material.leads)
    workbench.casebook.record(material.user, case.name, "export", json.dumps({
        "to": "disclosure", "file": path.name, "path": str(path.absolute()), "sha256": digest,
        "selection": {"findings": list(findings)}, "texts": choice.texts,
    }, sort_keys=True))
    return Disclosed(path, digest, findings, content.withheld)


def _read_me(language: Language, *, named: bool) -> str:
    return READ_ME[language].format(evidence=(NO_EVIDENCE if named else EVIDENCE)[language])


def _manifest(material: Material, entries: int, head: str) -> Mapping[str, object]:
    called = material.people.telling.lead
    return {
        "case": material.case, "made_by": material.user, "as_of": material.as_of,
        "authority": material.people.note(material.choice.authority),
        "scope": material.people.note(material.choice.scope),
        "findings": [called(lead.finding.finding_id) for lead in material.leads], "run_id": material.document.run_id,
        "evidence_digest": material.digest, "batch_ids": [batch.batch_id for batch in material.batches],
        "parameters": material.people.telling.cleared(dict(material.document.parameters)), "minors": "masked",
        "texts": "shown" if material.choice.texts else "hidden", "audit_entries": entries, "audit_head": head,
        "tools": {"filature": __version__, "python": platform.python_version(), "platform": sys.platform,
                  **{name: version(name) for name in _TOOLS}},
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=True) + "\n").encode()


def _write(draft: Path, files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(draft, "w") as packed:
        for name, body in sorted(files.items()):
            packed.writestr(zip_member(name), body)
