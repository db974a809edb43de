"""What can be found in a case?  One row an account, room, identifier, company and person, the best first."""

from typing import Any

import ibis

from graph.project import identifiers, register
from graph.project.observed import Observed, total, union

NAME_KINDS = ("alias", "name")  # identifiers that are read as names of their accounts
_COLUMNS = (
    "label", "id", "head", "platform", "name", "kind", "declared_age", "messages", "links", "first_at", "last_at",
)
_SEEN = ("platform", "messages", "first_at", "last_at")
_PEOPLE = ("accounts", "messages", "sessions", "identifiers", "reports")


class Entries:
    """The entries of a case as Ibis tables, over an open ``Observed`` (close it before the lake).

    ``ranked``: _COLUMNS, ``rank`` (1 is the best: more active first, then the shorter name, then id and label) and
    ``activity``.  ``head`` is what stands before the colon of the id: platform, the case, or an identifier's kind.
    ``rows``: the same with ``others`` (an account's other names) and ``accounts`` (the ranks of those that used an
    identifier, ascending) and what ``graph.detect.minors.ages`` tells, in the order of ``rank``.
    """

    def __init__(self, observed: Observed, *, case: str, ages: Any) -> None:
        self._observed, self._case, self._told = observed, case, ages

    @property
    def ranked(self) -> Any:
        return self._observed.kept("search ranked", self._ranked)

    @property
    def rows(self) -> Any:
        ranked, observed = self.ranked, self._observed
        whole = ranked
        if observed.any_of("accounts", "identifiers"):
            whole = whole.left_join(self._others(), "id").drop("id_right")
        else:
            whole = whole.mutate(others=ibis.null("array<string>"))
        if observed.any_of("sessions", "identifiers"):
            who = ranked.filter(ranked.label == "Account").select(source="id", rank="rank")
            used = self._used.join(who, "source")
            lists = used.group_by(id=used.target).agg(accounts=used["rank"].collect(order_by=used["rank"]))
            whole = whole.left_join(lists.mutate(label=ibis.literal("Identifier")), ["id", "label"])
            whole = whole.drop("id_right", "label_right")
        else:
            whole = whole.mutate(accounts=ibis.null("array<int64>"))
        told = self._told.rename(id="account").mutate(label=ibis.literal("Account"))
        whole = whole.left_join(told, ["id", "label"])
        days = {name: whole[f"{name}_at"].date().cast("string") for name in ("first", "last")}
        shown = whole.select(
            "rank", *_COLUMNS[:-2], "others", "accounts", "age", "basis", "minor_basis", first_day=days["first"],
            last_day=days["last"],
        )
        return shown.order_by("rank")

    def _ranked(self) -> Any:
        observed = self._observed
        parts = []
        if observed.any_of(*_PEOPLE):
            parts.append(self._accounts())
        if observed.any_of("rooms", "messages"):
            parts.append(self._rooms())
        if observed.any_of("sessions", "identifiers"):
            parts.append(self._identifiers())
        if observed.any_of("companies", "ownerships", "operators", "persons"):
            parts += self._register()
        if not parts:
            parts.append(_entry(ibis.memtable({"id": []}, schema={"id": "string"}), "Account", head="", platform=""))
        everything = union(parts)
        # what one account alone used joins nobody: it comes after the account
        shared = ibis.ifelse(everything.label == "Identifier", everything.links - 1, everything.links)
        activity = ibis.ifelse(everything.label.isin(["Account", "Room"]), everything.messages, shared)
        length = ibis.coalesce(everything["name"], everything.id).length()
        order = [ibis.desc(activity), length, everything.id, everything.label]
        return everything.mutate(rank=ibis.row_number().over(ibis.window(order_by=order)) + 1)

    @property
    def _used(self) -> Any:
        return self._observed.kept("search used", lambda: identifiers.used(self._observed))

    def _accounts(self) -> Any:
        observed = self._observed
        seen = []
        if observed.any_of("messages"):
            messages = observed.table("messages")
            sent = messages.group_by(id=messages.sender).agg(
                platform=messages.platform.max(), messages=messages.count(), first_at=messages.sent_at.min(),
                last_at=messages.sent_at.max(),
            )
            seen += [sent, _mentioned(messages, "recipient")]
        if observed.any_of("sessions"):
            sessions = observed.table("sessions")
            ended = ibis.coalesce(ibis.greatest(sessions.ended_at, sessions.started_at), sessions.started_at)
            seen.append(sessions.group_by(id=sessions.account).agg(
                platform=sessions.platform.max(), first_at=sessions.started_at.min(), last_at=ended.max(),
            ).mutate(messages=ibis.literal(0, "int64")).select("id", *_SEEN))
        seen += [
            _mentioned(observed.table(name), key)
            for name, key in (("accounts", "account"), ("identifiers", "account"), ("reports", "reported"),
                              ("reports", "reporter"))
            if observed.any_of(name)
        ]
        found = union(seen)
        everyone = found.group_by("id").agg(
            platform=found.platform.max(), messages=total(found.messages), first_at=found.first_at.min(),
            last_at=found.last_at.max(),
        )
        told = observed.latest("accounts", "account", ("pseudonym", "declared_age", "role")).rename(id="account")
        whole = everyone.left_join(told.drop("batch_id", "fresh"), "id")
        return _entry(
            whole, "Account", head=whole.platform, platform=whole.platform, name=whole.pseudonym, kind=whole.role,
            declared_age=whole.declared_age.cast("int64"), messages=whole.messages, first_at=whole.first_at,
            last_at=whole.last_at,
        )

    def _rooms(self) -> Any:
        observed = self._observed
        seen = [_mentioned(observed.table("rooms"), "room")]
        if observed.any_of("messages"):
            messages = observed.table("messages").filter(lambda t: t.room.notnull())
            seen.append(messages.group_by(id=messages.room).agg(
                platform=messages.platform.max(), messages=messages.count(), first_at=messages.sent_at.min(),
                last_at=messages.sent_at.max(),
            ))
        found = union(seen)
        everything = found.group_by("id").agg(
            platform=found.platform.max(), messages=total(found.messages), first_at=found.first_at.min(),
            last_at=found.last_at.max(),
        )
        told = observed.latest("rooms", "room", ("name", "kind")).rename(id="room")
        whole = everything.left_join(told.drop("batch_id", "fresh"), "id")
        return _entry(
            whole, "Room", head=whole.platform, platform=whole.platform, name=whole["name"], kind=whole.kind,
            messages=whole.messages, first_at=whole.first_at, last_at=whole.last_at,
        )

    def _identifiers(self) -> Any:
        uses = self._used
        found = uses.group_by(id=uses.target).agg(
            kind=uses.kind.min(), value=uses["value"].max(), links=uses.source.nunique(),
            first_at=uses.first_at.min(), last_at=uses.last_at.max(),
        )
        return _entry(
            found, "Identifier", head=found.kind, platform="", name=found["value"], kind=found.kind, links=found.links,
            first_at=found.first_at, last_at=found.last_at,
        )

    def _register(self) -> list[Any]:
        observed = self._observed
        owned = observed.kept("search owners", lambda: register.owners(observed))
        firms = owned.select(label=ibis.literal("Company"), id=owned.owned)
        ends = union((owned.select("label", id=owned.owner), firms))
        links = ends.group_by("label", "id").agg(links=ends.count())
        entries = []
        for label, rows in (
            ("Company", register.companies(observed, owned)), ("Person", register.persons(observed)),
        ):
            whole = rows.left_join(links.filter(links.label == label), "id").drop("id_right", "label")
            entries.append(_entry(
                whole, label, head=self._case, platform=self._case, name=whole["name"],
                kind=whole.jurisdiction if label == "Company" else None, links=ibis.coalesce(whole.links, 0),
            ))
        return entries

    def _others(self) -> Any:
        accounts, listed = self._observed.table("accounts"), self._observed.table("identifiers")
        given = union((
            accounts.select(id=accounts.account, other=accounts.pseudonym),
            listed.filter(listed.kind.lower().isin(NAME_KINDS)).select(id=listed.account, other=listed["value"]),
        ))
        distinct = given.filter(given.other.notnull()).distinct()
        return distinct.group_by("id").agg(others=distinct.other.collect(order_by=distinct.other)).filter(
            lambda t: t.others.length() > 0
        ).select("id", "others")


def _mentioned(table: Any, key: str) -> Any:
    known = table.filter(table[key].notnull())
    return known.group_by(id=known[key]).agg(platform=known.platform.max()).mutate(
        messages=ibis.literal(0, "int64"), first_at=ibis.null("timestamp(6)"), last_at=ibis.null("timestamp(6)")
    ).select("id", *_SEEN)


def _entry(rows: Any, label: str, **values: Any) -> Any:
    """``rows`` with _COLUMNS: those that are not given are null, or 0 where they count."""
    kinds = dict.fromkeys(_COLUMNS, "string") | {
        "declared_age": "int64", "messages": "int64", "links": "int64", "first_at": "timestamp(6)",
        "last_at": "timestamp(6)",
    }
    counts = {"messages": 0, "links": 0}
    given = {"label": label, "id": rows.id, **values}
    columns = {}
    for name, kind in kinds.items():
        value = given.get(name, counts.get(name))
        if value is None:
            columns[name] = ibis.null(kind)
        else:
            columns[name] = value.cast(kind) if hasattr(value, "cast") else ibis.literal(value, kind)
    return rows.select(**columns)
