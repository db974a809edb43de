"""Which nodes and relationships does evidence give?  The projection of a case, whole or what new batches touched."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType
from typing import Any, Self

from graph.project import accounts, contacts, identifiers, register, reports
from graph.project.observed import Evidence, Observed
from graph.schema import NODES, RELATIONSHIPS

_PEOPLE = ("accounts", "messages", "sessions", "identifiers", "reports")


@dataclass(frozen=True)
class NodeTable:
    """Rows of one label: an Ibis table whose columns are the schema's properties, ``id`` first."""

    label: str
    table: Any


@dataclass(frozen=True)
class EdgeTable:
    """Rows of one relationship type: columns ``source``, ``target`` (ids) and the schema's properties."""

    type: str
    source_label: str
    target_label: str
    table: Any


class Projection:
    """The graph of a lake's evidence as tables.  Computed lazily; close it before the lake.

    ``new`` None gives the whole graph; batch ids give what those batches touched: every node they mention and every
    relationship they add to, each with its values over all evidence, and all parallel relationships of such a pair.
    Rows come in no particular order, values are the same for the same evidence.
    """

    def __init__(self, lake: Evidence, *, new: Collection[str] | None = None) -> None:
        self._observed = Observed(lake, new=new)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._observed.close()

    def nodes(self) -> Iterator[NodeTable]:
        """One table a label, in the schema's order; findings are none of a projection's.

        A label whose evidence tables are all empty is left out.
        """
        observed = self._observed
        built: dict[str, tuple[tuple[str, ...], Callable[[], Any]]] = {
            "Account": (_PEOPLE, lambda: accounts.accounts(observed, self._directed, self._posted)),
            "Room": (("rooms", "messages"), lambda: accounts.rooms(observed)),
            "Identifier": (("sessions", "identifiers"), lambda: identifiers.identifiers(self._used)),
            "Report": (("reports",), lambda: reports.reports(observed)),
            "Company": (("companies", "ownerships", "operators"), lambda: register.companies(observed, self._owners)),
            "Person": (("persons",), lambda: register.persons(observed)),
            "Platform": ((*_PEOPLE, "rooms", "operators"), lambda: register.platforms(observed)),
        }
        for label, (sources, build) in built.items():
            if observed.any_of(*sources):
                rows = build()
                yield NodeTable(label, rows.filter(rows.fresh).select(*NODES[label].names))

    def edges(self) -> Iterator[EdgeTable]:
        """One table a relationship type and pair of labels; left out where its evidence tables are all empty."""
        observed = self._observed
        if observed.any_of("messages"):
            yield _edge("CONTACTED", contacts.contacted(observed, self._directed))
            yield _edge("POSTED_IN", self._posted)
        if observed.any_of("sessions", "identifiers"):
            yield _edge("USED", self._used)
        if observed.any_of("reports"):
            yield _edge("REPORTED", reports.reported(observed))
        if observed.any_of("ownerships"):
            owns = register.owns(self._owners)
            for label in ("Company", "Person"):
                yield _edge("OWNS", owns.filter(owns.label == label), source_label=label)
        if observed.any_of("operators"):
            yield _edge("OPERATES", register.operates(observed))

    def span(self) -> tuple[Any, Any]:
        """The first and the last instant of the messages as naive UTC datetimes; None where there are none."""
        messages = self._observed.table("messages")
        row = messages.agg(first_at=messages.sent_at.min(), last_at=messages.sent_at.max()).to_pyarrow().to_pylist()[0]
        return row["first_at"], row["last_at"]

    @cached_property
    def _directed(self) -> Any:
        return self._observed.kept("directed", lambda: contacts.directed(self._observed))

    @cached_property
    def _posted(self) -> Any:
        return self._observed.kept("posted", lambda: contacts.posted(self._observed))

    @cached_property
    def _used(self) -> Any:
        return self._observed.kept("used", lambda: identifiers.used(self._observed))

    @cached_property
    def _owners(self) -> Any:
        return self._observed.kept("owners", lambda: register.owners(self._observed))


def _edge(type_: str, rows: Any, *, source_label: str | None = None) -> EdgeTable:
    schema = RELATIONSHIPS[type_]
    ends = next(ends for ends in schema.ends if source_label in (None, ends[0]))
    return EdgeTable(type_, *ends, rows.filter(rows.fresh).select("source", "target", *schema.names))
