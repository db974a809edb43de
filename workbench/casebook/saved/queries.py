"""Which queries has the team saved?  Revisions with author and time, each shown to whom its owner shares it with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import unified_diff
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from queries.catalog import library
from queries.errors import QueryError, RevisedMeanwhile, UnknownQuery
from queries.files.cypher_file import parse, render
from queries.saved_query import SavedQuery
from queries.statement.guard import check_text
from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.people.rights import NotAllowed
from workbench.casebook.saved.archived import Archived
from workbench.casebook.saved.sharing import PRIVATE, Sharing, read
from workbench.casebook.schema import query_archive, query_sharing, saved_queries

_ANOTHER_ID = "save it under another id"


@dataclass(frozen=True)
class Revision:
    """One revision as it was saved: ``author`` need not be the owner."""

    query: SavedQuery
    author: str
    at: str


@dataclass(frozen=True)
class _Kept:
    """A query with all its revisions, oldest first, and what its owner said of sharing, by the revision that stood."""

    owner: str
    revisions: tuple[Revision, ...]
    shares: tuple[tuple[int, Sharing], ...]
    archived: Archived | None

    @property
    def latest(self) -> SavedQuery:
        return self.revisions[-1].query

    @property
    def sharing(self) -> Sharing:
        return self.shares[-1][1]

    def shown_to(self, person: str) -> bool:
        return person == self.owner or self.sharing.shows(person)

    def revisions_for(self, person: str) -> tuple[Revision, ...]:
        """Those that the person could see while they stood; the owner and who may edit see all."""
        if person == self.owner or self.sharing.edits(person):
            return self.revisions
        return tuple(one for one in self.revisions if self._shown(one.query.revision, person))

    def _shown(self, number: int, person: str) -> bool:
        said = [sharing for revision, sharing in self.shares if revision == number]
        before = [sharing for revision, sharing in self.shares if revision < number]
        return any(sharing.shows(person) for sharing in (*said, *before[-1:]))


class Queries:
    """The saved queries; ``append`` writes a row and its audit entry.

    A query is named by its id, and by ``ID@OWNER`` where two people have one of that id.
    """

    def __init__(self, database: Database, append: Callable[..., str], guard: Guard) -> None:
        self._database, self._append, self._guard = database, append, guard

    # -- reading -------------------------------------------------------------
    def seen_by(self, user: str, *, archived: bool = False) -> tuple[SavedQuery, ...]:
        """The latest revision of each query that the user owns or is shown: by id, one's own first.

        ``archived``: of those too that no list holds any more.
        """
        seen = [one.latest for one in self._seen(user) if archived or one.archived is None]
        return tuple(sorted(seen, key=lambda item: (item.id, item.owner != user, item.owner)))

    def one(self, name: str, user: str) -> SavedQuery:
        """The query of that name that the user sees, one's own first; raises UnknownQuery."""
        return self._find(name, user).latest

    def revisions(self, name: str, user: str) -> tuple[Revision, ...]:
        """The revisions that the user may see, oldest first."""
        return self._find(name, user).revisions_for(user)

    def archived(self, user: str) -> Mapping[tuple[str, str], Archived]:
        """(id, owner) of each query that no list holds any more, of those that the user sees, to who archived it."""
        return {
            (one.latest.id, one.owner): one.archived for one in self._seen(user) if one.archived is not None
        }

    def sharing(self, name: str, user: str) -> Sharing:
        """Whom the query is shared with."""
        return self._find(name, user).sharing

    def may_edit(self, name: str, user: str) -> bool:
        kept = self._find(name, user)
        return user == kept.owner or kept.sharing.edits(user)

    def difference(self, name: str, first: int, second: int, *, user: str) -> tuple[str, ...]:
        """What changed from one revision to the other, as lines of a unified diff of their files; empty where none."""
        before, after = (self._revision(name, number, user) for number in (first, second))
        called, now = (f"{one.query.id} revision {one.query.revision}, {one.author}" for one in (before, after))
        return tuple(unified_diff(
            _lines(before.query), _lines(after.query), called, now, before.at, after.at, n=3, lineterm=""
        ))

    # -- writing -------------------------------------------------------------
    def save(
        self, query: SavedQuery, *, user: str, shared: bool | None = None, owner: str | None = None,
        based_on: int | None = None, action: str = "save query",
    ) -> SavedQuery:
        """Save as the next revision of that id, one's own or one that the user may edit; earlier revisions stay.

        The first one keeps its number; an archived query is in the lists again.
        ``shared``: with everybody, or with nobody (False); as it stands where None.
        ``owner``: whose query it is where several people have one of that id.  ``based_on``: the revision that was
        edited; where there is a newer one, RevisedMeanwhile is raised and nothing covered up.  Raises QueryError if the
        library or a colleague's query has that id, HeaderInvalid or RefusedStatement if the query could not run,
        NotAllowed without the right.
        """
        self._guard.writes(user, "save")
        parse(render(query), source=f"query {query.id}")
        check_text(query.cypher)
        if any(query.id == shipped.id for shipped in library()):
            raise QueryError("the shipped library has a query of that id", where=query.id, fix=_ANOTHER_ID)
        with self._database.write() as connection:
            kept = self._to_revise(_all(connection), query.id, user, owner)
            given = _given(shared, kept.sharing if kept else PRIVATE)
            if kept is not None and kept.owner != user and given != kept.sharing:
                raise NotAllowed(f"only {kept.owner} says who sees it", where=query.id, fix="save it without sharing")
            stands = kept.latest.revision if kept else None
            if based_on is not None and stands is not None and based_on != stands:
                author = kept.revisions[-1].author if kept else ""
                raise RevisedMeanwhile(
                    f"{author} has saved revision {stands} meanwhile", where=query.id,
                    fix="compare it with yours, then save again",
                )
            saved = replace(
                query, owner=kept.owner if kept else user, shared=given.audience != "private",
                revision=query.revision if stands is None else stands + 1,
            )
            row: dict[str, Any] = {
                "query_id": saved.id, "owner": saved.owner, "revision": saved.revision, "shared": given.everyone,
                "author": user, "body": render(saved),
            }
            self._append(connection, saved_queries, row, user=user, case="", action=action, said=_audit_details(saved))
            if given != (kept.sharing if kept else PRIVATE):
                self._share(connection, saved, given, user)
            if kept is not None and kept.archived is not None:
                self._archive(connection, saved, user, archived=False)
        return saved

    def share(self, name: str, sharing: Sharing, *, user: str) -> None:
        """Say who sees and edits one's own query from now on; raises NotAllowed for somebody else's."""
        self._guard.writes(user, "save")
        with self._database.write() as connection:
            kept = _named(_all(connection), name, user)
            if kept.owner != user:
                raise NotAllowed(f"only {kept.owner} says who sees it", where=name, fix="share a duplicate of it")
            if sharing != kept.sharing:
                self._share(connection, kept.latest, sharing, user)

    def archive(self, name: str, *, user: str, archived: bool = True) -> None:
        """Take one's own query out of the lists of all who see it, or put it there again; nothing of it is lost.

        By its name it is found as before, with its revisions and runs, and its watches go on.  Raises NotAllowed for
        somebody else's.
        """
        self._guard.writes(user, "save")
        with self._database.write() as connection:
            kept = _named(_all(connection), name, user)
            if kept.owner != user:
                raise NotAllowed(
                    f"only {kept.owner} takes it out of the lists", where=name, fix=f"ask {kept.owner} to do it")
            if archived != (kept.archived is not None):
                self._archive(connection, kept.latest, user, archived=archived)

    def restore(self, name: str, revision: int, *, user: str) -> SavedQuery:
        """The query as it was in that revision, as its next one."""
        found = self._revision(name, revision, user).query
        return self.save(found, user=user, owner=found.owner, action="restore query")

    def duplicate(
        self, query: SavedQuery, identity: str, *, user: str, title: str = "",
        defaults: Mapping[str, Any] = MappingProxyType({}),
    ) -> SavedQuery:
        """A private query of one's own with another id, from the library or one that the user sees.

        ``defaults`` by parameter stand in the place of its own.

        Raises QueryError where the user has one of that id.
        """
        if any(one.id == identity and one.owner == user for one in self.seen_by(user, archived=True)):
            raise QueryError("you have a query of that id", where=identity, fix=_ANOTHER_ID)
        if query.owner and query.owner != user:
            query = replace(self.one(f"{query.id}@{query.owner}", user), reviewed=query.reviewed)
        parameters = tuple(replace(one, default=defaults.get(one.name, one.default)) for one in query.parameters)
        copy = replace(query, id=identity, owner="", revision=1, parameters=parameters)
        return self.save(copy.called(title) if title else copy, user=user, owner=user, action="duplicate query")

    # -- within a transaction ------------------------------------------------
    def _share(self, connection: Connection, query: SavedQuery, sharing: Sharing, user: str) -> None:
        row: dict[str, Any] = {
            "query_id": query.id, "owner": query.owner, "revision": query.revision, "everyone": sharing.everyone,
            "people": sharing.written(), "person": user,
        }
        said = {**_audit_details(query), "audience": sharing.audience, "people": dict(sorted(sharing.people.items()))}
        self._append(connection, query_sharing, row, user=user, case="", action="share query", said=said)

    def _archive(self, connection: Connection, query: SavedQuery, user: str, *, archived: bool) -> None:
        row: dict[str, Any] = {"query_id": query.id, "owner": query.owner, "archived": archived, "person": user}
        action = "archive query" if archived else "bring back query"
        self._append(
            connection, query_archive, row, user=user, case="", action=action, said=_audit_details(query)
        )

    def _to_revise(self, known: list[_Kept], identity: str, user: str, owner: str | None) -> _Kept | None:
        """Whose query of that id gets a revision; None for a first one of one's own."""
        mine = next((one for one in known if one.latest.id == identity and one.owner == user), None)
        others = [one for one in known if one.latest.id == identity and one.owner != user and one.shown_to(user)]
        if owner is not None and owner != user:
            others = [one for one in others if one.owner == owner]
            mine = None
        if mine is not None:
            return mine
        edited = next((one for one in others if one.sharing.edits(user)), None) if owner != user else None
        if edited is None and (others or owner not in (None, user)):
            whose = others[0].owner if others else owner
            raise QueryError(f"{whose} shares a query of that id", where=identity, fix=_ANOTHER_ID)
        return edited

    def as_seen(self, name: str, person: str) -> SavedQuery:
        """The query as that person, who need not be signed in, sees it; from the library too.  For a watch's check."""
        shipped = next((query for query in library() if query.id == name), None)
        if shipped is not None:
            return shipped
        with self._database.read() as connection:
            return _named(_all(connection), name, person).latest

    def _seen(self, user: str) -> list[_Kept]:
        if self._guard.person is not None:
            self._guard.writes(user, None)
        with self._database.read() as connection:
            return [one for one in _all(connection) if one.shown_to(user)]

    def _find(self, name: str, user: str) -> _Kept:
        return _named(self._seen(user), name, user)

    def _revision(self, name: str, number: int, user: str) -> Revision:
        for one in self.revisions(name, user):
            if one.query.revision == number:
                return one
        raise UnknownQuery(f"no revision {number} of {name!r} that you may see", fix="look at its history")


def changed(before: SavedQuery, after: SavedQuery) -> tuple[str, ...]:
    """What saving ``after`` over ``before`` would change, as lines of a unified diff of their files."""
    return tuple(unified_diff(_lines(before), _lines(after), n=3, lineterm=""))


def _lines(query: SavedQuery) -> list[str]:
    """Its file without what changes with every revision."""
    return render(replace(query, revision=1)).splitlines()


def _given(shared: bool | None, stands: Sharing) -> Sharing:
    return stands if shared is None else replace(stands, everyone=True) if shared else PRIVATE


def _named(known: list[_Kept], name: str, user: str) -> _Kept:
    identity, _, owner = name.partition("@")
    seen = [one for one in known if one.latest.id == identity and one.shown_to(user) and owner in ("", one.owner)]
    if not seen:
        raise UnknownQuery(f"no saved query {name!r} of yours or shared", fix="`filature query list` shows them all")
    return min(seen, key=lambda one: (one.owner != user, one.owner))


def _all(connection: Connection) -> list[_Kept]:
    """Every query, whoever sees it."""
    revisions: dict[tuple[str, str], list[Revision]] = {}
    shared: dict[tuple[str, str], list[tuple[int, Sharing]]] = {}
    said: dict[tuple[str, str], list[tuple[int, Sharing]]] = {}
    for row in connection.execute(select(saved_queries).order_by(saved_queries.c.seq)).mappings():
        key = (row["owner"], row["query_id"])
        query = parse(row["body"], source=f"saved query {row['query_id']}")
        query = replace(query, owner=row["owner"], revision=row["revision"])
        revisions.setdefault(key, []).append(Revision(query, row["author"] or row["owner"], row["at"]))
        shared.setdefault(key, []).append((row["revision"], Sharing(bool(row["shared"]))))
    for row in connection.execute(select(query_sharing).order_by(query_sharing.c.seq)).mappings():
        key = (row["owner"], row["query_id"])
        said.setdefault(key, []).append((row["revision"], read(row["everyone"], row["people"])))
    archived: dict[tuple[str, str], Archived | None] = {}
    for row in connection.execute(select(query_archive).order_by(query_archive.c.seq)).mappings():
        key = (row["owner"], row["query_id"])
        archived[key] = Archived(row["person"], row["at"]) if row["archived"] else None
    found = []
    for key, kept in revisions.items():
        # what was saved before sharing was kept by itself says so in its revisions
        first = min((number for number, _ in said.get(key, [])), default=None)
        shares = [one for one in shared[key] if first is None or one[0] < first] + said.get(key, [])
        told = (replace(one, query=replace(one.query, shared=_shared_by(one.query.revision, shares))) for one in kept)
        found.append(_Kept(key[0], tuple(told), tuple(shares), archived.get(key)))
    return found


def _shared_by(revision: int, shares: list[tuple[int, Sharing]]) -> bool:
    """Was it shared while that revision was the latest?"""
    stood = [sharing for number, sharing in shares if number <= revision]
    return bool(stood) and stood[-1].audience != "private"


def _audit_details(query: SavedQuery) -> dict[str, Any]:
    return {"query": query.id, "owner": query.owner, "revision": query.revision}
