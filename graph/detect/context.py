"""What do detections share?  The lake, minority evidence and a few relational inputs, each computed once a run.

A detection is ``find(context, parameters) -> tuple[Finding, ...]``, registered as a row of
``graph.detect.registry.DETECTIONS``.  It is pure: same evidence and parameters, same findings, whatever the order of
ingestion, the number of threads or the engine.  So kernels aggregate integers (never sums of floats in the
engine), break every tie by a record id, and read results through ``rows``, which sorts by every column.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

import ibis

from graph.detect.arrays import listed
from graph.detect.finding import Finding
from graph.detect.minors import MinorParameters, minority, with_minority
from ingest.case_folder import CaseFolder
from ingest.lake.kept_tables import KeptTables

PROTECTED_ROLES = ("moderator", "helpline", "bot", "staff")


class Evidence(Protocol):
    """What detections need of ``ingest.lake.Lake``."""

    @property
    def case(self) -> CaseFolder: ...

    @property
    def backend(self) -> Any: ...

    def table(self, name: str) -> Any: ...

    def digest(self) -> str: ...


Built = TypeVar("Built", bound=Callable[..., Any])


def once(build: Built) -> Built:
    """The table that a detection's function of a context gives, materialised once for what else it is given."""

    @wraps(build)
    def kept(context: "DetectionContext", *given: Hashable) -> Any:
        return context.kept(f"{build.__module__}.{build.__name__}", lambda: build(context, *given), by=given)

    return cast(Built, kept)


def _once(build: Callable[["DetectionContext"], Any]) -> Callable[["DetectionContext"], Any]:
    """A table that all detections read, materialised at most once a run."""

    @wraps(build)
    def kept(self: "DetectionContext") -> Any:
        return self._shared.table((build.__name__, ()), lambda: build(self))

    return kept


class DetectionContext:
    """The shared inputs of one run over one lake; every property is computed at most once.

    ``notes`` collects, by kind, sentences a detection leaves about what it could not use (``note``); they stand in
    the document's parameters under that kind.
    """

    def __init__(
        self,
        lake: Evidence,
        *,
        minors: MinorParameters | None = None,
        finders: Mapping[str, Callable[[], tuple[Finding, ...]]] | None = None,
    ) -> None:
        self.lake = lake
        self.minor_parameters = minors or MinorParameters()
        self.notes: dict[str, list[str]] = {}
        self._shared = KeptTables(lake)
        self._own: list[KeptTables] = []  # of the detections that run, one within the other
        self._found: dict[str, tuple[Finding, ...]] = {}
        self._finders: Mapping[str, Callable[[], tuple[Finding, ...]]] = {} if finders is None else finders

    def note(self, kind: str, sentence: str) -> None:
        """Say what a detection could not use, once; shown beside its parameters."""
        sentences = self.notes.setdefault(kind, [])
        if sentence not in sentences:
            sentences.append(sentence)

    def table(self, name: str) -> Any:
        """A contract table of the evidence as an ibis table (possibly empty)."""
        return self.lake.table(name)

    def kept(self, name: str, build: Callable[[], Any], *, by: Hashable = ()) -> Any:
        """The ibis table ``build`` gives, materialised in the engine once under ``name`` and ``by``.

        ``by`` holds whatever the table depends on beside the evidence: the parameters it was built with.  What a
        detection keeps is dropped when it has found what it finds: tables of eight would fill the memory of one.
        """
        return (self._own[-1] if self._own else self._shared).table((name, by), build)

    def findings_of(self, kind: str) -> tuple[Finding, ...]:
        """What the detection of another kind finds in this run, with the caller's parameters, computed once.

        Only kinds that the asking detection's row declares in ``uses`` are there; KeyError for any other.
        """
        if kind not in self._found:
            self._own.append(KeptTables(self.lake))
            try:
                self._found[kind] = self._finders[kind]()
            finally:
                self._own.pop().close()
        return self._found[kind]

    def close(self) -> None:
        """Drop what was materialised; the lake stays open."""
        self._shared.close()

    @staticmethod
    def rows(expression: Any) -> list[tuple[Any, ...]]:
        """Rows of an ibis table as plain Python tuples, sorted by every column in turn (nulls last).

        Instants come back as naive UTC datetimes.
        """
        ordered = expression.order_by(list(expression.columns))
        columns = ordered.to_pyarrow()
        return list(zip(*(columns.column(i).to_pylist() for i in range(columns.num_columns)), strict=True))

    @property
    @_once
    def minors(self) -> Any:
        """Minority evidence over time: see ``graph.detect.minors.minority`` for the columns."""
        accounts, messages, reports = self.table("accounts"), self.table("messages"), self.table("reports")
        return minority(accounts, messages, reports)

    def with_minority(
        self, events: Any, *, account: str, at: str, prefix: str = "", record: bool = False
    ) -> Any:
        """``events`` plus age, minor (bool), band and basis of ``account`` at instant ``at``; names prefixed.

        ``minor`` is False where nothing is known; the others are null then.  ``record``: what says so, too.  One row an
        event, as before.
        """
        return with_minority(
            events, self.minors, account=account, at=at, parameters=self.minor_parameters, prefix=prefix, record=record
        )

    @property
    @_once
    def roles(self) -> Any:
        """account, role: one row an account that has a role other than member (the last in alphabet if several)."""
        accounts = self.table("accounts")
        special = accounts.filter(accounts.role.isin(PROTECTED_ROLES))
        return special.group_by("account").agg(role=special.role.max())

    @property
    def private(self) -> Any:
        """sender, recipient, sent_at, record_id: every private message except those to oneself.

        Read anew from the evidence each time: kept, it would be the largest table of a run.
        """
        messages = self.table("messages")
        wanted = messages.filter(messages.recipient.notnull(), messages.sender != messages.recipient)
        return wanted.select("sender", "recipient", "sent_at", "record_id")

    @property
    @_once
    def numbers(self) -> Any:
        """account, number: a whole number from 0 for everybody who wrote or received privately, in the order of ids.

        Joins and groups over many rows are several times quicker on it than on the ids.
        """
        directed = self.directed
        both = ibis.union(directed.select(account="sender"), directed.select(account="recipient"), distinct=True)
        return both.mutate(number=ibis.row_number().over(ibis.window(order_by="account")))

    @property
    @_once
    def directed(self) -> Any:
        """One row a sender and recipient of private messages: sender, recipient, sent, first_at, first_record, last_at.

        ``sent`` counts the messages, ``first_record`` is the id of the first (ties in time by record id).
        """
        private = self.private
        sides = private.group_by(["sender", "recipient"]).agg(
            sent=lambda t: t.count(), first_at=lambda t: t.sent_at.min(), last_at=lambda t: t.sent_at.max()
        )
        # two passes that only aggregate: numbering the messages of each pair would sort them all
        first = private.join(sides, ["sender", "recipient", private.sent_at == sides.first_at])
        return first.group_by(["sender", "recipient", "sent", "first_at", "last_at"]).agg(
            first_record=lambda t: t.record_id.min()
        )

    def first_messages(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """By (sender, recipient) the first private message of those pairs that have one, as ``messages:ID``."""
        wanted = sorted(set(pairs))
        these = listed(sender=[sender for sender, _ in wanted], recipient=[recipient for _, recipient in wanted])
        found = self.directed.semi_join(these, ["sender", "recipient"])
        rows = self.rows(found.select("sender", "recipient", "first_record"))
        return {(sender, recipient): f"messages:{record}" for sender, recipient, record in rows}

    @property
    @_once
    def pairs(self) -> Any:
        """One row a pair of accounts with private messages, by who wrote first.

        Columns: initiator, target, first_at, first_record (the first message's id; ties in time by record id),
        sent (messages initiator → target), replies (target → initiator), reply_at (first of these, or null),
        last_at.
        """
        one = self.directed
        back = one.select(
            initiator="recipient", target="sender", replies="sent", reply_at="first_at",
            reply_record="first_record", reply_last="last_at",
        ).view()
        both = one.rename(initiator="sender", target="recipient").left_join(back, ["initiator", "target"])
        together = both.first_at == both.reply_at
        same = together & (both.first_record == both.reply_record)
        opened = (
            both.reply_at.isnull()
            | (both.first_at < both.reply_at)
            | (together & (both.first_record < both.reply_record))
            | (same & (both.initiator < both.target))
        )
        return both.filter(opened).select(
            "initiator", "target", "first_at", "first_record", "sent",
            replies=ibis.coalesce(both.replies, 0),
            reply_at=both.reply_at,
            last_at=ibis.greatest(both.last_at, ibis.coalesce(both.reply_last, both.last_at)),
        )

    @property
    @_once
    def first_contacts(self) -> Any:
        """One row a first private contact (a pair by who wrote first), with both ages at that moment and both roles.

        Columns: initiator, target, at, record, sent, replies, reply_at, last_at, initiator_role, target_role (null:
        member), and for both sides with the prefix ``initiator_`` or ``target_``: age, minor, band and basis
        (see ``with_minority``).
        """
        pairs, roles = self.pairs, self.roles
        events = pairs.rename(at="first_at", record="first_record")
        events = self.with_minority(events, account="initiator", at="at", prefix="initiator_")
        events = self.with_minority(events, account="target", at="at", prefix="target_")
        mine = roles.select(initiator="account", initiator_role="role").view()
        theirs = roles.select(target="account", target_role="role").view()
        events = events.left_join(mine, "initiator").drop("initiator_right")
        return events.left_join(theirs, "target").drop("target_right")

    @property
    @_once
    def reported_by_targets(self) -> Any:
        """account, reporter, record: one row an account and one it had written to first who reported it after that.

        ``record``: the report, of several the first by id.  Reports by people it never wrote to first do not count: a
        campaign against an account costs its makers nothing.
        """
        reports = self.table("reports").select("made_at", "record_id", initiator="reported", target="reporter")
        met = reports.join(self.pairs, ["initiator", "target"])
        after = met.filter(met.made_at.isnull() | (met.made_at >= met.first_at))
        return after.group_by(account=after.initiator, reporter=after.target).agg(record=after.record_id.min())

    @property
    @_once
    def presence(self) -> Any:
        """account, room, place, hour, messages: how many messages an account sent in a room in an hour (UTC).

        ``place`` numbers the rooms from 1, in the order of their ids: joins on it are quicker than on ids.
        """
        messages = self.table("messages")
        posted = messages.filter(messages.room.notnull())
        rooms = posted.select("room").distinct()
        rooms = rooms.mutate(place=ibis.row_number().over(ibis.window(order_by="room")) + 1)
        hours = posted.group_by(account=posted.sender, room=posted.room, hour=posted.sent_at.truncate("h"))
        counted = hours.agg(messages=lambda t: t.count())
        return counted.join(rooms, "room").select("account", "room", "place", "hour", "messages")

    @property
    @_once
    def appearances(self) -> Any:
        """account, first_at: the earliest trace of an account (creation, or a message sent or received)."""
        accounts, messages = self.table("accounts"), self.table("messages")
        created = accounts.filter(accounts.created_at.notnull()).select("account", at="created_at")
        wrote = messages.group_by(account=messages.sender).agg(at=lambda t: t.sent_at.min())
        private = self.private
        got = private.group_by(account=private.recipient).agg(at=lambda t: t.sent_at.min())
        return ibis.union(ibis.union(created, wrote), got).group_by("account").agg(first_at=lambda t: t.at.min())

