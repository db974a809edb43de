"""The Cypher console: write a statement, run it, read its answer, keep it."""
