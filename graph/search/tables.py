"""How does an index lie in SQLite?  Its tables, the marks inside its full text, and how a phrase of them is written.

``entity`` holds one row an entry; its number is the entry's rank, so that the full text, which answers in the order of
its rows, answers best first without sorting.  ``minor`` holds the accounts that are masked, ``ruling`` what tells whose
age from when until when (instants in microseconds), ``form`` every form that must be met whole.  ``within`` is an FTS5
table of trigrams: one text an entry, in which marks that no folded text can hold show where names begin and end.
"""

import pyarrow as pa

from graph.detect.minors import INTERVALS, MINORS_VERSION
from graph.opaque import token

FORMAT = f"6, ages {MINORS_VERSION}"  # an index of another format is made anew
EDGE = "\x02"  # twice before a name, and so also after it, once at the end
ID = "\x04"  # before the edge of a native id
LEAST_WITHIN = 3  # signs: shorter texts are no trigram

SCHEMA = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE head (number INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    "CREATE TABLE entity (entity INTEGER PRIMARY KEY, label INTEGER NOT NULL, id TEXT NOT NULL, head INTEGER NOT NULL,"
    " platform TEXT NOT NULL, name TEXT, others TEXT, kind TEXT, declared_age INTEGER, age INTEGER, basis TEXT,"
    " minor INTEGER NOT NULL, messages INTEGER NOT NULL,"
    " links INTEGER NOT NULL, first_day TEXT, last_day TEXT, accounts BLOB)",
    "CREATE TABLE form (space INTEGER, key TEXT, cased INTEGER, entity INTEGER,"
    " PRIMARY KEY (space, key, cased, entity)) WITHOUT ROWID",
    "CREATE TABLE minor (id TEXT PRIMARY KEY, token TEXT NOT NULL, basis TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE ruling (account TEXT NOT NULL, from_at INTEGER, until_at INTEGER, age INTEGER, dated_at INTEGER,"
    " basis TEXT NOT NULL, record TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE within USING fts5(text, tokenize='trigram case_sensitive 1', content='', columnsize=0)",
)
STAGED = "CREATE TABLE staged.form (space INTEGER, key TEXT, cased INTEGER, entity INTEGER)"
FINISH = (
    "INSERT OR IGNORE INTO form SELECT space, key, cased, entity FROM staged.form ORDER BY space, key, cased, entity",
    "CREATE INDEX ruling_account ON ruling (account)",
    "CREATE INDEX minor_token ON minor (token)",
    "INSERT INTO within (within) VALUES ('optimize')",
)

RULING = pa.schema([(item.name, pa.int64() if pa.types.is_timestamp(item.type) else item.type) for item in INTERVALS])


def mark_of_labels(key: bytes) -> str:
    """Which key the tokens of an index were made with: another one's find nobody."""
    return token("labels", key)


def label_mark(number: int) -> str:
    """The trigram that stands in the text of every entry of a label."""
    return "\x01\x01" + chr(ord("A") + number)


def head_mark(number: int) -> str:
    """The trigram that stands in the text of every entry whose id begins with that head."""
    return "\x01\x03" + chr(0x4E00 + number)


def text_of(label: int, head: int, native: str, names: tuple[str, ...]) -> str:
    """The text of an entry from its folded native id and folded names."""
    words = [name for name in dict.fromkeys(names) if name != native]
    return label_mark(label) + head_mark(head) + ID + "".join(EDGE * 2 + word for word in (native, *words)) + EDGE


def phrase(text: str) -> str:
    """A text as FTS5 takes it for a phrase and nothing else, whatever it holds."""
    return '"' + text.replace('"', '""') + '"'
