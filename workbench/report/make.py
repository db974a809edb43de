"""How is a report made and kept account of?  Written whole with its manifest, and recorded in the case's audit log."""

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from graph.detect.finding import FindingsDocument
from ingest.case_folder import CaseFolder
from ingest.runtime.progress import Progress, silent
from workbench.bootstrap import Workbench
from workbench.casebook import Standing
from workbench.errors import WorkbenchError
from workbench.exports.manifest import manifest_path, write_whole
from workbench.language import words
from workbench.masking.leads import lead_meant
from workbench.report.choice import Choice
from workbench.report.compose import content_of
from workbench.report.content import Content
from workbench.report.manifest import manifest_text
from workbench.report.material import Material, read_material
from workbench.report.recheck import ACTION
from workbench.report.rendering.formats import rendered

WRITING = "write report"


@dataclass(frozen=True)
class Made:
    """A report that was written: where, its SHA-256, the ids of its leads, how many texts of people it withholds."""

    path: Path
    sha256: str
    findings: tuple[str, ...]
    withheld: int


def compose(
    workbench: Workbench, case: CaseFolder, choice: Choice, *, user: str | None = None,
    document: FindingsDocument | None = None, progress: Progress = silent,
) -> tuple[Content, Material]:
    """What the report says, and what it was made from; ``user``: who makes it (None: the person of the settings).

    ``document`` (None: the case's latest) holds the findings to choose from.  Authority and scope
    that the choice does not give are the case's.  Raises WorkbenchError where the choice finds nothing.
    """
    listed = document if document is not None else workbench.findings(case)
    if listed is None:
        raise WorkbenchError("the case has no findings", where=f"case {case.name}", fix="run filature detect all")
    said = Standing.of(case.name, workbench.casebook.remarks.of(case.name, f"case:{case.name}"))
    choice = replace(
        choice, findings=tuple(lead_meant(one, case, [listed]) for one in choice.findings),
        authority=choice.authority or said.text("authority"), scope=choice.scope or said.text("scope"),
    )
    with workbench.lake(case) as lake:
        material = read_material(
            case, lake, workbench.casebook, listed, choice, user=user or workbench.person,
            words=words(choice.language), progress=progress, reader=lambda: workbench.reader(case),
        )
    return content_of(material), material


def make_report(
    workbench: Workbench, case: CaseFolder, choice: Choice, *, to: str, path: Path, user: str | None = None,
    document: FindingsDocument | None = None, progress: Progress = silent,
) -> Made:
    """Write ``path`` and ``OUT.manifest.json`` beside it, and record both in the audit log.

    Where ``progress`` raises, nothing is written.  Raises ExportError where the place cannot be written; then an
    earlier report there is as it was.
    """
    workbench.casebook.allow("export", case.name)
    content, material = compose(workbench, case, choice, user=user, document=document, progress=progress)
    progress(WRITING, 0, None)
    body = rendered(content, to)
    progress(WRITING, 1, None)  # the last moment at which it can be given up
    text = manifest_text(material, body, to=to).encode("utf-8")
    write_whole(path, lambda draft: _write(draft, body))
    write_whole(manifest_path(path), lambda draft: _write(draft, text))
    digest = hashlib.sha256(body).hexdigest()
    findings = tuple(lead.finding.finding_id for lead in material.leads)
    workbench.casebook.record(material.user, case.name, ACTION, json.dumps({
        "path": str(path.absolute()), "sha256": digest, "manifest_sha256": hashlib.sha256(text).hexdigest(), "to": to,
        "language": choice.language, "findings": list(findings), "run_id": material.document.run_id,
        "texts": choice.texts,
    }, sort_keys=True))
    return Made(path, digest, findings, content.withheld)


def _write(path: Path, body: bytes) -> None:
    path.write_bytes(body)
