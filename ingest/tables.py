"""Which tables and columns may evidence have?  The data contract, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["id", "text", "instant", "age", "share", "choice"]


@dataclass(frozen=True)
class Column:
    """One contract column. ``choices`` holds the allowed values of a ``choice`` column."""

    name: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One contract table.

    ``native_id`` names the column that identifies a row for people (None: rows are cited by file and row).
    ``exactly_one`` names columns of which exactly one must be filled; ``in_order`` two instants of which the second
    may not lie before the first.
    """

    name: str
    columns: tuple[Column, ...]
    native_id: str | None = None
    exactly_one: tuple[str, ...] = ()
    in_order: tuple[str, str] | None = None

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the contract has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)


def _id(name: str, *, required: bool = True) -> Column:
    return Column(name, "id", required)


def _text(name: str, *, required: bool = False) -> Column:
    return Column(name, "text", required)


def _instant(name: str, *, required: bool = False) -> Column:
    return Column(name, "instant", required)


WHOLE_YEARS = r"[0-9]{1,3}(\.0+)?( ?(ans?|years?( old)?|yrs?|y\.?o\.?|y/o))?"
"""How an age may be written, in letters of either case."""
ROLES = ("member", "moderator", "helpline", "bot", "staff")

_ALL = (
    Table(
        "accounts",
        (
            _id("account_id"), _text("platform"), _text("pseudonym"), _instant("created_at"),
            Column("declared_age", "age"), _text("declared_gender"),
            Column("role", "choice", choices=ROLES), _text("status"),
        ),
        native_id="account_id",
    ),
    Table(
        "rooms",
        (_id("room_id"), _text("platform"), _text("name"), _text("kind"), _instant("created_at")),
        native_id="room_id",
    ),
    Table(
        "messages",
        (
            _id("message_id", required=False), _instant("sent_at", required=True), _id("sender_id"),
            _id("room_id", required=False), _id("recipient_id", required=False), _text("text"),
        ),
        native_id="message_id",
        exactly_one=("room_id", "recipient_id"),
    ),
    Table(
        "sessions",
        (
            _id("account_id"), _instant("started_at", required=True), _instant("ended_at"),
            _text("ip"), _text("device_id"), _text("user_agent"),
        ),
        in_order=("started_at", "ended_at"),
    ),
    Table(
        "identifiers",
        (
            _id("account_id"), _text("kind", required=True), _text("value", required=True),
            _instant("first_seen_at"), _instant("last_seen_at"),
        ),
    ),
    Table(
        "reports",
        (
            _id("report_id", required=False), _id("reported_id"), _id("reporter_id", required=False),
            _instant("made_at"), _text("reason"),
        ),
        native_id="report_id",
    ),
    Table(
        "companies",
        (_id("company_id"), _text("name"), _text("jurisdiction"), _instant("incorporated_at")),
        native_id="company_id",
    ),
    Table("persons", (_id("person_id"), _text("name")), native_id="person_id"),
    Table(
        "ownerships",
        (
            _id("owner_id"), _id("owned_id"), Column("share", "share"), _text("kind"),
            _instant("from"), _instant("to"),
        ),
        in_order=("from", "to"),
    ),
    Table("operators", (_id("company_id"), _text("platform", required=True))),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})
