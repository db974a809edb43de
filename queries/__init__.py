"""Saved queries: reviewed Cypher files, a guard and a runner."""
