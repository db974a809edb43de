"""The native evidence folder: one file a contract table, CSV, JSON lines or Parquet."""
