"""Which tables hold casework?  Append-only ones: the database itself refuses to change or delete a row."""

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    select,
    text,
)

from workbench.errors import WorkbenchError

VERSION = 5

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
# How a person's canvas came to be, so that it can be undone after a restart; as convenient as places.
canvas_heads = Table(
    "canvas_heads",
    metadata,
    Column("person", Text, primary_key=True),
    Column("case_name", Text, primary_key=True),
    Column("picture", Text, nullable=False),
    Column("done", Integer, nullable=False),
)
canvas_steps = Table(
    "canvas_steps",
    metadata,
    Column("person", Text, primary_key=True),
    Column("case_name", Text, primary_key=True),
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
APPEND_ONLY = (saved_queries, judgements, remarks, statements, board_views, own_leads, audit)


def prepare(connection: Connection) -> None:
    """Create the tables in an empty database, or bring an older one up; WorkbenchError for any other version."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7250)"))
    if not inspect(connection).has_table(schema_version.name):
        metadata.create_all(connection)
        for table in APPEND_ONLY:
            _refuse_changes(connection, table.name)
        connection.execute(schema_version.insert().values(version=VERSION))
        connection.execute(audit_head.insert().values(one=1, length=0, hash=""))
        return
    found = connection.execute(select(schema_version.c.version)).scalar_one_or_none()
    if found == 1:  # version 2 adds two tables and changes none
        metadata.create_all(connection, tables=[remarks, places])
        _refuse_changes(connection, remarks.name)
        found = 2
    if found == 2:  # version 3 adds one more
        metadata.create_all(connection, tables=[pictures])
        found = 3
    if found == 3:  # version 4 adds the console's history
        metadata.create_all(connection, tables=[statements])
        _refuse_changes(connection, statements.name)
        connection.execute(schema_version.update().values(version=4))
        found = 4
    if found == 4:  # version 5 adds the canvas's views and steps, and people's own leads
        metadata.create_all(connection, tables=[board_views, canvas_heads, canvas_steps, own_leads])
        for table in (board_views, own_leads):
            _refuse_changes(connection, table.name)
        connection.execute(schema_version.update().values(version=5))
        found = 5
    if found != VERSION:
        raise WorkbenchError(
            f"the casework database has schema version {found}, this Filature reads version {VERSION}",
            where="casebook", fix="use the Filature version that wrote it, or another database",
        )


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
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION filature_append_only()"
        )
