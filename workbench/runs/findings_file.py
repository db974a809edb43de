"""Where do a case's findings stand between runs?  One document a run, the latest of each kind, and what it replaced."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from graph.detect.finding import Finding, FindingsDocument, best_first
from graph.detect.registry import KINDS
from ingest.case_folder import CaseFolder

_LATEST, _FORMER = "latest.json", "former"


def store_findings(case: CaseFolder, document: FindingsDocument) -> FindingsDocument:
    """Keep the run's document; returns the case's latest: kinds not run now stay if the evidence is the same.

    ``parameters["kinds"]`` of a document names the kinds it ran.  The latest before it is kept as well, unless the
    two are the same byte for byte.
    """
    case.findings.mkdir(parents=True, exist_ok=True)
    latest = document
    before = load_findings(case)
    if before is not None and before.evidence_digest == document.evidence_digest:
        ran = set(document.parameters.get("kinds", KINDS))
        carried = tuple(finding for finding in before.findings if finding.kind not in ran)
        if carried:
            latest = FindingsDocument(
                document.case,
                document.run_id,
                document.evidence_digest,
                {**before.parameters, **document.parameters},
                best_first((*document.findings, *carried)),
            )
    _write(case.findings / f"{document.run_id}.json", document.to_json())
    _keep(case, latest.to_json())
    _write(case.findings / _LATEST, latest.to_json())
    return latest


def _keep(case: CaseFolder, latest: str) -> None:
    """Put the latest so far beside its forerunners, if it is neither ``latest`` nor there already."""
    path = case.findings / _LATEST
    former = _formers(case)
    text = path.read_text(encoding="utf-8") if path.is_file() else latest
    if text == latest or (former and former[-1].read_text(encoding="utf-8") == text):
        return
    folder = case.findings / _FORMER
    folder.mkdir(exist_ok=True)
    _write(folder / f"{len(former) + 1:06d}.json", text)


def _write(target: Path, text: str) -> None:
    staged = target.with_suffix(".partial")
    staged.write_text(text, encoding="utf-8")
    staged.replace(target)


def _formers(case: CaseFolder) -> list[Path]:
    """Every latest document that another replaced, oldest first."""
    return sorted((case.findings / _FORMER).glob("*.json"))


def findings_sha256(case: CaseFolder, *, run_id: str | None = None) -> str | None:
    """The hash of the latest document, or of a run's own; None where there is none."""
    return _sha256(case.findings / (_LATEST if run_id is None else f"{run_id}.json"))


def former_sha256(case: CaseFolder) -> dict[str, str]:
    """The hash of every document that another replaced, by its name, oldest first."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in _formers(case)}


def _sha256(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def load_findings(case: CaseFolder) -> FindingsDocument | None:
    """The latest findings; None before the first run.  A document is parsed once for as long as its file stands."""
    return _document(case.findings / _LATEST)


def load_former(case: CaseFolder) -> FindingsDocument | None:
    """What the latest findings replaced; None where nothing was replaced yet."""
    formers = _formers(case)
    return _document(formers[-1]) if formers else None


def findings_of(case: CaseFolder, sha256: str) -> FindingsDocument | None:
    """The latest findings, or what they replaced, of that hash; None where no such document is kept."""
    for path in (case.findings / _LATEST, *reversed(_formers(case))):
        state = _state(path)
        if state is not None and _hashed(path, *state) == sha256:
            return _document(path)
    return None


def findings_state(case: CaseFolder) -> tuple[tuple[int, int, int], ...]:
    """What differs as soon as ``load_findings`` or ``load_former`` give something else."""
    paths = (case.findings / _LATEST, *_formers(case)[-1:])
    return tuple(state for path in paths if (state := _state(path)) is not None)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        held = path.stat()
    except FileNotFoundError:
        return None
    return held.st_ino, held.st_mtime_ns, held.st_size


def _document(path: Path) -> FindingsDocument | None:
    state = _state(path)
    return None if state is None else _parsed(path, *state)


@lru_cache(maxsize=256)
def _hashed(path: Path, *_state: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=8)
def _parsed(path: Path, *_state: int) -> FindingsDocument:
    """5,000 findings are a second of processor: too much for every click of every screen."""
    return parse_findings(path.read_text(encoding="utf-8"))


def parse_findings(text: str) -> FindingsDocument:
    """The inverse of ``FindingsDocument.to_json``; a qualifier lives on in the id."""
    body = json.loads(text)
    return FindingsDocument(
        body["case"],
        body["run_id"],
        body["evidence_digest"],
        body["parameters"],
        tuple(Finding.from_dict(item) for item in body["findings"]),
    )
