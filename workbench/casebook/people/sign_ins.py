"""Which sessions at the screens are open?  Each is begun once and ends for all its tabs at once."""

from collections.abc import Callable

from sqlalchemy import select

from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.schema import sign_ins

BEGUN, ENDED = "begun", "ended"


class SignIns:
    """Sessions by the digest of what the identity provider said; ``append`` writes a row and its audit entry."""

    def __init__(self, database: Database, append: Callable[..., str], guard: Guard) -> None:
        self._database, self._append, self._guard = database, append, guard

    def begin(self, session: str, person: str) -> bool:
        """Write down that the session began; False where it had ended before."""
        with self._database.write() as connection:
            wanted = select(sign_ins.c.event).where(sign_ins.c.session == session).order_by(sign_ins.c.seq)
            events = [event for (event,) in connection.execute(wanted)]
            if not events:
                self._add(connection, session, person, BEGUN, person, "sign in")
        return ENDED not in events

    def ended(self, session: str) -> bool:
        """Has the session ended?  Asked at every act."""
        wanted = select(sign_ins.c.seq).where(sign_ins.c.session == session, sign_ins.c.event == ENDED)
        with self._database.read() as connection:
            return connection.execute(wanted).first() is not None

    def end(self, session: str, person: str, *, why: str = "sign out") -> None:
        """End the session; nothing where it has ended."""
        if not self.ended(session):
            with self._database.write() as connection:
                self._add(connection, session, person, ENDED, person, why)

    def end_all(self, person: str, *, by: str) -> int:
        """End every open session of a person: one's own, or by an administrator; how many there were."""
        self._guard.writes(by, None if person == by else "people")
        columns = (sign_ins.c.session, sign_ins.c.event)
        with self._database.write() as connection:
            rows = connection.execute(select(*columns).where(sign_ins.c.who == person).order_by(sign_ins.c.seq)).all()
            left = {session for session, event in rows if event == BEGUN}
            left -= {session for session, event in rows if event == ENDED}
            for session in sorted(left):
                self._add(connection, session, person, ENDED, by, "end session")
        return len(left)

    def _add(self, connection: object, session: str, who: str, event: str, by: str, action: str) -> None:
        row = {"session": session, "who": who, "event": event, "person": by}
        self._append(connection, sign_ins, row, user=by, case="", action=action, said={"who": who})
