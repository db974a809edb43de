"""Which pictures did people save in a case, and what did each draw last?  Views with revisions; steps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, func, select

from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.saved.archived import Archived
from workbench.casebook.schema import board_views, canvas_tab_steps, canvas_tabs, view_archive
from workbench.errors import Overtaken, WorkbenchError

LONGEST_NAME = 120
MOST_TABS = 12
"""Of a person's canvas of a case: with another one the tab that was not drawn on for the longest time is forgotten."""
_COLUMNS = tuple(
    board_views.c[name] for name in ("name", "revision", "body", "selection", "digest", "person", "at")
)


@dataclass(frozen=True)
class BoardView:
    """One revision of a named view: what is drawn (``body``, as ``workbench.explore.written`` tells it), what was
    selected, and the digest of the evidence it was saved on.
    """

    name: str
    revision: int
    body: str
    selection: tuple[str, ...]
    digest: str
    user: str
    at: str


@dataclass(frozen=True)
class Tab:
    """A tab of a person's canvas: what it is called (the kinds of its leads, commas between; empty: nothing), the name
    of the picture it shows (empty: nothing drawn), and its turn, the highest for the one drawn on last.
    """

    number: int
    title: str
    picture: str
    turn: int


class Boards:
    """Named views of all cases (append-only, audited), and every person's canvas as it was last (neither)."""

    def __init__(self, database: Database, append: Callable[..., str], guard: Guard) -> None:
        self._database, self._append, self._guard = database, append, guard

    def save(
        self, case: str, name: str, body: str, *, user: str, digest: str, selection: Sequence[str] = (),
        seen: int | None = None,
    ) -> BoardView:
        """Save as the next revision of the case's view of that name; earlier ones stay; it is listed, archived or not.

        ``seen``: the revision that the person's picture began from, 0 for none.  A newer one is not covered up: raises
        Overtaken.  What the latest holds already is not saved again: gives that one.
        Raises WorkbenchError without a user, or for a name that is empty or too long.
        """
        title = titled(name)
        self._guard.writes(user, "annotate", case)
        if not title or len(title) > LONGEST_NAME:
            raise WorkbenchError(
                f"a view's name of {len(title)} characters", where=name[:40], fix=f"write 1 to {LONGEST_NAME}"
            )
        row: dict[str, object] = {
            "case_name": case, "name": title, "body": body, "selection": "\n".join(selection), "digest": digest,
            "person": user,
        }
        same = (board_views.c.case_name == case, board_views.c.name == title)
        with self._database.write() as connection:
            put_away = title in _archived(connection, case)
            found = connection.execute(
                select(*_COLUMNS).where(*same).order_by(board_views.c.revision.desc()).limit(1)
            ).first()
            last = 0
            if found is not None:
                latest = _view(*found)
                last = latest.revision
                if (latest.body, latest.selection, latest.digest) == (body, tuple(selection), digest):
                    if put_away:
                        self._archive(connection, case, title, user, archived=False)
                    return latest
                if seen is not None and last > seen:
                    raise Overtaken(
                        f"{latest.user} has saved revision {last} meanwhile", where=title,
                        fix="look at it, then save again",
                    )
            row["revision"] = last + 1
            at = self._append(
                connection, board_views, row, user=user, case=case, action="save view", said={"name": title}
            )
            if put_away:
                self._archive(connection, case, title, user, archived=False)
        return BoardView(title, last + 1, body, tuple(selection), digest, user, at)

    def archive(self, case: str, name: str, *, user: str, archived: bool = True) -> None:
        """Take a view out of the lists of all who work on the case, or put it there again; nothing of it is lost.

        Raises WorkbenchError where the case has no view of that name.
        """
        self._guard.writes(user, "annotate", case)
        if self.view(case, name) is None:
            raise WorkbenchError(f"no saved view {name!r}", where=case, fix="choose one of the views that are listed")
        with self._database.write() as connection:
            if archived != (name in _archived(connection, case)):
                self._archive(connection, case, name, user, archived=archived)

    def archived(self, case: str) -> Mapping[str, Archived]:
        """By name, of the views that no list holds any more: who archived them."""
        self._guard.reads(case)
        with self._database.read() as connection:
            return _archived(connection, case)

    def views(self, case: str, *, archived: bool = False) -> tuple[BoardView, ...]:
        """The latest revision of every named view of the case, by name.

        ``archived``: of those too that no list holds any more.
        """
        latest = {view.name: view for view in self._read(case)}
        put_away = {} if archived else self.archived(case)
        return tuple(latest[name] for name in sorted(latest) if name not in put_away)

    def revisions(self, case: str, name: str) -> tuple[BoardView, ...]:
        """Every revision of a view, oldest first; none where the case has no view of that name."""
        return tuple(view for view in self._read(case) if view.name == name)

    def view(self, case: str, name: str, revision: int | None = None) -> BoardView | None:
        """A revision of a view, the latest without a number; None where there is none."""
        found = [view for view in self.revisions(case, name) if revision in (None, view.revision)]
        return found[-1] if found else None

    def keep_steps(
        self, user: str, case: str, picture: str, *, done: int, changed: Mapping[int, str], kept: Sequence[int],
        tab: int = 1, title: str = "",
    ) -> None:
        """That tab of the person's canvas is that picture now: steps under ``kept`` numbers stay, ``changed`` ones are
        written.

        The first ``done`` of them by number lead to it; the others were undone.  The tab is the one drawn on last; of
        more than ``MOST_TABS`` the oldest is forgotten.
        """
        self._guard.writes(user, "read", case)
        mine = {"person": user, "case_name": case, "tab": tab}
        steps, this = _of(canvas_tab_steps, user, case, tab), _of(canvas_tabs, user, case, tab)
        turns = select(func.max(canvas_tabs.c.turn)).where(*_of(canvas_tabs, user, case))
        with self._database.write() as connection:
            connection.execute(canvas_tab_steps.delete().where(*steps, canvas_tab_steps.c.number.not_in(list(kept))))
            if changed:
                rows = [{**mine, "number": number, "body": body} for number, body in changed.items()]
                connection.execute(canvas_tab_steps.insert(), rows)
            turn = int(connection.execute(turns).scalar() or 0) + 1
            now = {"picture": picture, "done": done, "title": title, "turn": turn}
            if not connection.execute(canvas_tabs.update().where(*this).values(**now)).rowcount:
                connection.execute(canvas_tabs.insert().values(**mine, **now))
                _forget_oldest(connection, user, case)

    def tabs(self, user: str, case: str) -> tuple[Tab, ...]:
        """The tabs of the person's canvas, by number."""
        self._guard.writes(user, "read", case)
        table = canvas_tabs
        wanted = select(table.c.tab, table.c.title, table.c.picture, table.c.turn).where(*_of(table, user, case))
        with self._database.read() as connection:
            return tuple(Tab(*row) for row in connection.execute(wanted.order_by(table.c.tab)).all())

    def close_tab(self, user: str, case: str, tab: int) -> None:
        """Forget a tab with its steps; its picture stays under its name."""
        self._guard.writes(user, "read", case)
        with self._database.write() as connection:
            _forget(connection, user, case, tab)

    def head(self, user: str, case: str, tab: int | None = None) -> str | None:
        """The name of the picture that a tab of the person's canvas shows; without a number the one drawn on last."""
        found = [one for one in self.tabs(user, case) if tab in (None, one.number)]
        return max(found, key=lambda one: one.turn).picture if found else None

    def steps(self, user: str, case: str, tab: int = 1) -> tuple[dict[int, str], int]:
        """The steps of a tab of the person's canvas by number, and how many of them were done (the first ones)."""
        self._guard.writes(user, "read", case)
        heads = select(canvas_tabs.c.done).where(*_of(canvas_tabs, user, case, tab))
        wanted = select(canvas_tab_steps.c.number, canvas_tab_steps.c.body).where(
            *_of(canvas_tab_steps, user, case, tab)
        )
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(canvas_tab_steps.c.number)).all()
            done = connection.execute(heads).scalar_one_or_none()
        return {int(number): str(body) for number, body in rows}, int(done or 0)

    def _archive(self, connection: Connection, case: str, name: str, user: str, *, archived: bool) -> None:
        row: dict[str, object] = {"case_name": case, "name": name, "archived": archived, "person": user}
        action = "archive view" if archived else "bring back view"
        self._append(connection, view_archive, row, user=user, case=case, action=action, said={"name": name})

    def _read(self, case: str) -> list[BoardView]:
        self._guard.reads(case)
        wanted = select(*_COLUMNS).where(board_views.c.case_name == case).order_by(board_views.c.seq)
        with self._database.read() as connection:
            return [_view(*row) for row in connection.execute(wanted).all()]


def _archived(connection: Connection, case: str) -> dict[str, Archived]:
    table = view_archive
    rows = connection.execute(
        select(table.c.name, table.c.archived, table.c.person, table.c.at).where(table.c.case_name == case)
        .order_by(table.c.seq)
    )
    latest = {name: (put_away, Archived(person, at)) for name, put_away, person, at in rows}
    return {name: by for name, (put_away, by) in latest.items() if put_away}


def titled(name: str) -> str:
    """The name that a view is kept under."""
    return " ".join(name.split())


def _view(name: str, revision: int, body: str, selection: str, digest: str, person: str, at: str) -> BoardView:
    return BoardView(name, revision, body, tuple(selection.split("\n")) if selection else (), digest, person, at)


def _forget_oldest(connection: Connection, user: str, case: str) -> None:
    """Of more than ``MOST_TABS`` those that were not drawn on for the longest time."""
    mine = _of(canvas_tabs, user, case)
    listed = connection.execute(select(canvas_tabs.c.tab).where(*mine).order_by(canvas_tabs.c.turn.desc())).scalars()
    for tab in list(listed)[MOST_TABS:]:
        _forget(connection, user, case, tab)


def _forget(connection: Connection, user: str, case: str, tab: int) -> None:
    for table in (canvas_tab_steps, canvas_tabs):
        connection.execute(table.delete().where(*_of(table, user, case, tab)))


def _of(table: Table, user: str, case: str, tab: int | None = None) -> tuple[ColumnElement[bool], ...]:
    """Rows of a person's canvas of a case, of one tab or of all."""
    mine = (table.c.person == user, table.c.case_name == case)
    return mine if tab is None else (*mine, table.c.tab == tab)
