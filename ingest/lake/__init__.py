"""What does a case's evidence say, and how is it asked?  Tables over committed Parquet, on DuckDB or on Spark."""

from ingest.lake.lake import Lake
from ingest.lake.records import Record

__all__ = ["Lake", "Record"]
