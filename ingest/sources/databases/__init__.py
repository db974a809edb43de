"""Databases of platforms: SQLite files, SQL dumps and servers, by a declarative mapping, for reading only."""
