"""Where does a case live on disk?  One folder: evidence, rejects, manifests, findings."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IngestError

SCHEMA_VERSION = 1
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


@dataclass(frozen=True)
class CaseFolder:
    """The folder ``WORKSPACE/cases/NAME``; a batch is committed once its manifest stands in ``batches/``."""

    workspace: Path
    name: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise IngestError(
                "a case name is 1 to 63 letters, digits, dots, dashes or underscores, the first a letter or digit",
                where=f"case {self.name!r}",
                fix="choose another name",
            )

    @property
    def path(self) -> Path:
        return self.workspace / "cases" / self.name

    @property
    def evidence(self) -> Path:
        return self.path / "evidence"

    @property
    def batches(self) -> Path:
        return self.path / "batches"

    @property
    def rejects(self) -> Path:
        return self.path / "rejects"

    @property
    def sources(self) -> Path:
        return self.path / "sources"

    @property
    def kept(self) -> Path:
        """Copies of sources, each named by its SHA-256."""
        return self.path / "kept"

    @property
    def seals(self) -> Path:
        return self.path / "seals"

    @property
    def brought(self) -> Path:
        """Audit logs that the case brought with it from other workspaces."""
        return self.path / "brought"

    @property
    def hash_lists(self) -> Path:
        """Lists of known media."""
        return self.path / "hash-lists"

    @property
    def staging(self) -> Path:
        return self.path / "staging"

    @property
    def findings(self) -> Path:
        return self.path / "findings"

    def exists(self) -> bool:
        return (self.path / "case.json").is_file()

    def create(self) -> "CaseFolder":
        """Make the folder if it is not there yet; returns itself."""
        for folder in (self.evidence, self.batches, self.rejects, self.findings):
            folder.mkdir(parents=True, exist_ok=True)
        if not self.exists():
            text = json.dumps({"name": self.name, "schema_version": SCHEMA_VERSION}) + "\n"
            (self.path / "case.json").write_text(text, encoding="utf-8")
        return self

    def discard_if_empty(self) -> None:
        """Remove a folder in which no batch was ever committed; one that holds evidence stays as it is."""
        if not any(self.batches.glob("*.json")) and not any(self.evidence.rglob("*.parquet")):
            shutil.rmtree(self.path, ignore_errors=True)

    def table_files(self, table: str, batch_ids: tuple[str, ...]) -> tuple[Path, ...]:
        """Evidence files of the given committed batches that hold rows of ``table``."""
        paths = (self.evidence / table / f"{batch}.parquet" for batch in batch_ids)
        return tuple(path for path in paths if path.is_file())


def cases_in(workspace: Path) -> tuple[str, ...]:
    """Names of the cases of a workspace, sorted."""
    return tuple(sorted(path.parent.name for path in workspace.glob("cases/*/case.json")))
