"""Which pictures did people save in a case, and what did each draw last?  Views with revisions; steps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.schema import board_views, canvas_heads, canvas_steps
from workbench.errors import WorkbenchError

LONGEST_NAME = 120


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


class Boards:
    """Named views of all cases (append-only, audited), and every person's canvas as it was last (neither)."""

    def __init__(self, database: Database, append: Callable[..., str], guard: Guard) -> None:
        self._database, self._append, self._guard = database, append, guard

    def save(
        self, case: str, name: str, body: str, *, user: str, digest: str, selection: Sequence[str] = ()
    ) -> BoardView:
        """Save as the next revision of the case's view of that name; earlier ones stay.

        Raises WorkbenchError without a user, or for a name that is empty or too long.
        """
        title = " ".join(name.split())
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
            last = connection.execute(select(func.max(board_views.c.revision)).where(*same)).scalar()
            row["revision"] = int(last or 0) + 1
            at = self._append(connection, board_views, row, user=user, case=case, action="save view")
        return BoardView(title, int(last or 0) + 1, body, tuple(selection), digest, user, at)

    def views(self, case: str) -> tuple[BoardView, ...]:
        """The latest revision of every named view of the case, by name."""
        latest = {view.name: view for view in self._of(case)}
        return tuple(latest[name] for name in sorted(latest))

    def revisions(self, case: str, name: str) -> tuple[BoardView, ...]:
        """Every revision of a view, oldest first; none where the case has no view of that name."""
        return tuple(view for view in self._of(case) if view.name == name)

    def view(self, case: str, name: str, revision: int | None = None) -> BoardView | None:
        """A revision of a view, the latest without a number; None where there is none."""
        found = [view for view in self.revisions(case, name) if revision in (None, view.revision)]
        return found[-1] if found else None

    def keep_steps(
        self, user: str, case: str, picture: str, *, done: int, changed: Mapping[int, str], kept: Sequence[int]
    ) -> None:
        """The person's canvas is that picture now: steps under ``kept`` numbers stay, ``changed`` ones are written.

        The first ``done`` of them by number lead to it; the others were undone.
        """
        self._guard.writes(user, "read", case)
        mine = {"person": user, "case_name": case}
        steps = [canvas_steps.c[name] == value for name, value in mine.items()]
        heads = [canvas_heads.c[name] == value for name, value in mine.items()]
        with self._database.write() as connection:
            connection.execute(canvas_steps.delete().where(*steps, canvas_steps.c.number.not_in(list(kept))))
            if changed:
                rows = [{**mine, "number": number, "body": body} for number, body in changed.items()]
                connection.execute(canvas_steps.insert(), rows)
            head = {"picture": picture, "done": done}
            if not connection.execute(canvas_heads.update().where(*heads).values(**head)).rowcount:
                connection.execute(canvas_heads.insert().values(**mine, **head))

    def head(self, user: str, case: str) -> str | None:
        """The name of the picture that the person's canvas showed last."""
        self._guard.writes(user, "read", case)
        wanted = select(canvas_heads.c.picture).where(
            canvas_heads.c.person == user, canvas_heads.c.case_name == case
        )
        with self._database.read() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        return None if found is None else str(found)

    def steps(self, user: str, case: str) -> tuple[dict[int, str], int]:
        """The steps of the person's canvas by number, and how many of them were done (the first ones)."""
        self._guard.writes(user, "read", case)
        heads = select(canvas_heads.c.done).where(canvas_heads.c.person == user, canvas_heads.c.case_name == case)
        wanted = select(canvas_steps.c.number, canvas_steps.c.body).where(
            canvas_steps.c.person == user, canvas_steps.c.case_name == case
        )
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(canvas_steps.c.number)).all()
            done = connection.execute(heads).scalar_one_or_none()
        return {int(number): str(body) for number, body in rows}, int(done or 0)

    def _of(self, case: str) -> list[BoardView]:
        self._guard.reads(case)
        table = board_views
        columns = (
            table.c.name, table.c.revision, table.c.body, table.c.selection, table.c.digest, table.c.person, table.c.at,
        )
        with self._database.read() as connection:
            rows = connection.execute(select(*columns).where(table.c.case_name == case).order_by(table.c.seq)).all()
        return [
            BoardView(name, revision, body, tuple(selection.split("\n")) if selection else (), digest, person, at)
            for name, revision, body, selection, digest, person, at in rows
        ]
