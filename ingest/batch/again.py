"""Which rows of a batch has the case already, read otherwise?  They stand there twice: evidence is never replaced."""

from collections.abc import Mapping, Sequence

from ingest.batch.write import Written
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import Manifest
from ingest.lake.engine import Engine, literal, parquet_scan


def rows_again(
    written: Written, same: Mapping[str, str], case: CaseFolder, batches: Sequence[Manifest], engine: Engine
) -> int:
    """Accepted rows of a file and row that evidence has in other words: equal ones were left out as duplicates.

    ``same``: by the hash that a source has in the new rows, the one that it has in ``batches`` of the case.
    """
    if not same:
        return 0
    listed = tuple(batch.batch_id for batch in batches)
    pairs = ", ".join(f"({literal(new)}, {literal(old)})" for new, old in same.items())
    rows = 0
    for place, path in written.files.items():
        kind, table, *_ = place.split("/")
        if kind != "evidence" or not (evidence := case.table_files(table, listed)):
            continue
        rows += engine.run(
            f"SELECT count(*) FROM {parquet_scan([path])} AS new JOIN (VALUES {pairs}) AS file (new, old) "
            f"ON new.source_sha256 = file.new SEMI JOIN {parquet_scan(evidence)} AS old "
            "ON old.source_sha256 = file.old AND old.row = new.row"
        )[0][0]
    return rows
