"""A whole case in one file: evidence, findings, casework, queries and audit log, out of one workspace, into another."""
