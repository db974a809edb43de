"""Which tables hold casework?  Append-only ones: the database itself refuses to change or delete a row."""

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    inspect,
    select,
    text,
)

from workbench.casebook.texts import KeptText as Text
from workbench.errors import WorkbenchError

VERSION = 9

metadata = MetaData()
schema_version = Table("casebook_schema", metadata, Column("version", Integer, primary_key=True, autoincrement=False))
saved_queries = Table(
    "saved_queries",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("query_id", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("author", Text),  # of version 6; nobody else than the owner saved before
    UniqueConstraint("owner", "query_id", "revision", name="saved_queries_revision"),
)
judgements = Table(
    "judgements",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("case_name", Text, nullable=False, index=True),
    Column("finding_id", Text, nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# What people add to a finding, an account, a room, a company or the case: notes, tags, who works on it.
remarks = Table(
    "remarks",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("case_name", Text, nullable=False, index=True),
    Column("subject", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# What people ran in the console, in what way it ended; each sees their own.
statements = Table(
    "statements",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("case_name", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
)
# Whom a saved query is shared with from which revision on; the latest row of a query counts.
query_sharing = Table(
    "query_sharing",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("query_id", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("everyone", Boolean, nullable=False),
    Column("people", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# Queries that no list holds any more, or holds again; the latest row of a query counts.
query_archive = Table(
    "query_archive",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("query_id", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# Who ran which query in which case with which values.
query_runs = Table(
    "query_runs",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("query_id", Text, nullable=False, index=True),
    Column("owner", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("case_name", Text, nullable=False, index=True),
    Column("parameters", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# Which queries watch a case; a row begins a watch, or ends the one it names.
query_watches = Table(
    "query_watches",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("watch", Integer, nullable=False),
    Column("event", Text, nullable=False),
    Column("query_id", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("case_name", Text, nullable=False, index=True),
    Column("parameters", Text, nullable=False),
    Column("key_columns", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# What a watch found and what of it was seen: digests of rows' keys, made anew by the next check.
watch_looks = Table(
    "watch_looks",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("seen", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("checked_at", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("truncated", Boolean, nullable=False),
    Column("error", Text, nullable=False),
)
# Roles (no case) and memberships of cases; the latest row of a person and case counts, an empty one takes away.
roster = Table(
    "roster",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False),
    Column("case_name", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# What proves on the command line who asks: the SHA-256 of a secret; a row withdraws the pass whose number it names.
passes = Table(
    "passes",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("owner", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# Sessions at the screens, by a digest of what the identity provider said.
sign_ins = Table(
    "sign_ins",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("session", Text, nullable=False, index=True),
    Column("who", Text, nullable=False, index=True),
    Column("event", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# What a person had open last on a screen of a case: convenience, no casework, so it is overwritten and not audited.
places = Table(
    "places",
    metadata,
    Column("person", Text, primary_key=True),
    Column("case_name", Text, primary_key=True),
    Column("screen", Text, primary_key=True),
    Column("address", Text, nullable=False),
)
# What is drawn in Explore, under the hash of it, so that an address can name it; as convenient, as little audited.
pictures = Table(
    "pictures",
    metadata,
    Column("name", Text, primary_key=True),
    Column("case_name", Text, nullable=False),
    Column("body", Text, nullable=False),
)
# Named views of the canvas: what is drawn and where, with every revision of it.
board_views = Table(
    "board_views",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("case_name", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("selection", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("case_name", "name", "revision", name="board_views_revision"),
)
# Views that no list holds any more, or holds again; the latest row of a view counts.
view_archive = Table(
    "view_archive",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("case_name", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# Leads that people wrote themselves.
own_leads = Table(
    "own_leads",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("case_name", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
)
# The tabs of a person's canvas, the one drawn on last with the highest turn, and how each came to be, so that it can
# be undone after a restart; as convenient as places.  Until version 6 (tables canvas_heads, canvas_steps) it was one.
canvas_tabs = Table(
    "canvas_tabs",
    metadata,
    Column("person", Text, primary_key=True),
    Column("case_name", Text, primary_key=True),
    Column("tab", Integer, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("picture", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("turn", Integer, nullable=False),
)
canvas_tab_steps = Table(
    "canvas_tab_steps",
    metadata,
    Column("person", Text, primary_key=True),
    Column("case_name", Text, primary_key=True),
    Column("tab", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("case_name", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
# One row: how long the chain is and its last hash, so that a tail cut off shows.
audit_head = Table(
    "audit_head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("length", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)
_OF_VERSION_6 = (query_sharing, query_runs, query_watches, roster, passes, sign_ins)
APPEND_ONLY = (
    saved_queries, judgements, remarks, statements, board_views, own_leads, *_OF_VERSION_6, query_archive, view_archive,
    audit,
)
"""Tables of which each row is covered by the audit log."""


def prepare(connection: Connection) -> None:
    """Create the tables in an empty database, or bring an older one up; WorkbenchError for any other version."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7250)"))
    if not inspect(connection).has_table(schema_version.name):
        _add(connection, *metadata.sorted_tables)
        connection.execute(schema_version.insert().values(version=VERSION))
        connection.execute(audit_head.insert().values(one=1, length=0, hash=""))
        return
    found = connection.execute(select(schema_version.c.version)).scalar_one_or_none()
    if found is None or not 1 <= found <= VERSION:
        raise WorkbenchError(
            f"the casework database has schema version {found}, this Filature reads version {VERSION}",
            where="casebook", fix="use the Filature version that wrote it, or another database",
        )
    if found == VERSION:
        return
    if found < 2:  # each version adds what it needs and changes no row of casework
        _add(connection, remarks, places)
    if found < 3:
        _add(connection, pictures)
    if found < 4:
        _add(connection, statements)
    if found < 5:
        _add(connection, board_views, own_leads)
    if found < 6:
        connection.exec_driver_sql("ALTER TABLE saved_queries ADD COLUMN author TEXT")
        _add(connection, *_OF_VERSION_6, watch_looks)
    if found < 7:
        _add(connection, canvas_tabs, canvas_tab_steps)
        if found >= 5:
            _one_tab_each(connection)
    if found < 8:
        _add(connection, query_archive)
    if found < 9:
        _add(connection, view_archive)
    connection.execute(schema_version.update().values(version=VERSION))


def _one_tab_each(connection: Connection) -> None:
    """What a person had drawn is the first tab of their canvas."""
    for statement in (
        "INSERT INTO canvas_tabs (person, case_name, tab, title, picture, done, turn) "
        "SELECT person, case_name, 1, '', picture, done, 1 FROM canvas_heads",
        "INSERT INTO canvas_tab_steps (person, case_name, tab, number, body) "
        "SELECT person, case_name, 1, number, body FROM canvas_steps",
        "DROP TABLE canvas_heads", "DROP TABLE canvas_steps",
    ):
        connection.exec_driver_sql(statement)


def _add(connection: Connection, *tables: Table) -> None:
    metadata.create_all(connection, tables=tables, checkfirst=False)
    for table in tables:
        if table in APPEND_ONLY:
            _refuse_changes(connection, table.name)


def _refuse_changes(connection: Connection, table: str) -> None:
    if connection.dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION filature_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION filature_append_only()"
        )
