"""Small evidence folders and what became of them, for the tests of ingest."""

from pathlib import Path

from ingest.batch import ingest
from ingest.batch.report import IngestReport
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from ingest.rejects import Reject, read_rejects

MESSAGES = "message_id,sent_at,sender_id,room_id,recipient_id,text\n"
T = "2024-05-01T18:00:00Z"


def case_in(tmp_path: Path, name: str = "harbour") -> CaseFolder:
    return CaseFolder(tmp_path / "workspace", name)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def ingest_text(tmp_path: Path, name: str, content: str | bytes, *, timezone: str | None = None) -> IngestReport:
    """Ingests one file of that name and content into the case of ``case_in``."""
    return ingest([write(tmp_path / "source", name, content)], case=case_in(tmp_path), timezone=timezone)


def rows(case: CaseFolder, table: str, *columns: str) -> list[tuple[object, ...]]:
    """Values of the columns of every accepted row, by row number."""
    with Lake(case) as lake:
        found = lake.table(table).order_by("source_sha256", "row").select(*columns).to_pyarrow().to_pylist()
    return [tuple(row[column] for column in columns) for row in found]


def rejects(case: CaseFolder) -> list[Reject]:
    return list(read_rejects(case))
