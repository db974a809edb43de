"""How is a platform's own database read?  A SQLite file or a SQL dump by a declarative mapping: one SELECT a table.

The layouts of widespread software are shipped and known by the tables that are there; any other takes a mapping of
one's own.  The file is opened for reading only; views and triggers of a seized database are never trusted, and a
statement can do nothing but read (SQLite, "Defense Against The Dark Arts": trusted_schema, authorizer).
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.source_files import printable, regular_file
from ingest.sources.databases.queries import asked, chosen_mapping, mapping_of, staged_tables
from ingest.sources.databases.sqlite_files import is_sqlite, opened, without_unmerged_log
from ingest.sources.dumps import is_dump, loaded, surveyed_dump
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey


class Database:
    """Reader of SQLite files and dumps.  A row's number is its place in the order of its query's key, counted on
    through the queries of one contract table; the key itself stands in the row's text and attributes.  Of a row of a
    dump that could not be read it is the line.  In a folder those of a layout that is not known are left aside."""

    NAME = "database"
    VERSION = "2"

    def recognises(self, path: Path) -> bool:
        if path.is_dir():
            return any(_is_database(entry) and _known(entry) for entry in path.iterdir())
        return _is_database(path)

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if not path.is_dir():
            return Survey((_surveyed(regular_file(path), mapping),))
        found = [entry for entry in sorted(path.iterdir()) if _is_database(entry)]
        files = [entry for entry in found if mapping is not None or len(found) == 1 or _known(entry)]
        if not files:
            raise SourceUnreadable("holds no database of a known layout", where=printable(path),
                                   fix="name the file itself, with a mapping")
        aside = tuple(printable(entry) for entry in found if entry not in files)
        return Survey(tuple(_surveyed(regular_file(file), mapping) for file in files), aside)

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        for index, source in enumerate(sources):
            mapping = mapping_of(source, desk)
            file, rejects = source.readable, None
            if not is_sqlite(file):
                file, rejects = loaded(source, mapping, index, desk)
            with closing(opened(file)) as base:
                yield from staged_tables(base, mapping, source, index, desk, rejects=rejects)
            if file != source.readable:
                file.unlink()
        desk.progress("reading databases", len(sources), len(sources))


def _is_database(path: Path) -> bool:
    return is_sqlite(path) or is_dump(path)


def _known(path: Path) -> bool:
    """Is it of a layout that a shipped mapping reads?"""
    try:
        _described(path, None)
    except SourceUnreadable:
        return False
    return True


def _surveyed(path: Path, given: Path | None) -> SourceFile:
    found = _described(path, given)
    if is_sqlite(path):
        without_unmerged_log(path)
    return found


def _described(path: Path, given: Path | None) -> SourceFile:
    """The file with what is to be asked of it, which the manifest then tells."""
    if not is_sqlite(path) and is_dump(path):
        return SourceFile(path, Database.NAME, context=surveyed_dump(path, given))
    with closing(opened(path)) as base:
        version = base.execute("SELECT sqlite_version()").fetchone()[0]
        mapping = chosen_mapping(base, given, where=printable(path))
    return SourceFile(path, Database.NAME, context=asked(mapping, sqlite=version))
