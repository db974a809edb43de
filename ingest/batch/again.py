"""Which rows of a batch has the case already, read otherwise?  They stand there twice: evidence is never replaced."""

from collections.abc import Collection, Sequence

from ingest.batch.write import Written
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import Manifest
from ingest.lake.engine import Engine, literal, parquet_scan


def rows_again(
    written: Written, same: Collection[str], case: CaseFolder, batches: Sequence[Manifest], engine: Engine
) -> int:
    """Accepted rows of a file and row that evidence has in other words: equal ones were left out as duplicates.

    ``same``: the hashes of the sources that ``batches`` of the case have read.
    """
    if not same:
        return 0
    listed = tuple(batch.batch_id for batch in batches)
    hashes = ", ".join(map(literal, same))
    rows = 0
    for place, path in written.files.items():
        kind, table, *_ = place.split("/")
        if kind != "evidence" or not (evidence := case.table_files(table, listed)):
            continue
        rows += engine.run(
            f"SELECT count(*) FROM {parquet_scan([path])} AS new SEMI JOIN {parquet_scan(evidence)} AS old "
            f"ON old.source_sha256 = new.source_sha256 AND old.row = new.row WHERE new.source_sha256 IN ({hashes})"
        )[0][0]
    return rows
