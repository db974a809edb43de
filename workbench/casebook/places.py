"""What had a person open last, and what was drawn?  Convenience, no casework: neither append-only nor audited."""

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import select

from workbench.casebook.database import Database
from workbench.casebook.people.guard import Guard
from workbench.casebook.schema import pictures, places


class Places:
    """What people have open, and pictures by the hash of what they show."""

    def __init__(self, database: Database, guard: Guard) -> None:
        self._database, self._guard = database, guard

    def remember(self, user: str, case: str, screen: str, address: Mapping[str, str]) -> None:
        """Keep what the person has open on a screen; the latest replaces the one before."""
        self._guard.writes(user, None)
        row = {"person": user, "case_name": case, "screen": screen}
        same = [places.c[name] == value for name, value in row.items()]
        text = json.dumps(dict(address), sort_keys=True)
        with self._database.write() as connection:
            if not connection.execute(places.update().where(*same).values(address=text)).rowcount:
                connection.execute(places.insert().values(**row, address=text))

    def remembered(self, user: str, case: str, screen: str) -> dict[str, str]:
        """What the person had open last on that screen of the case; empty if nothing."""
        self._guard.writes(user, None)
        wanted = select(places.c.address).where(
            places.c.person == user, places.c.case_name == case, places.c.screen == screen
        )
        with self._database.read() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        return dict(json.loads(found)) if found else {}

    def keep_picture(self, case: str, body: str, *, key: bytes) -> str:
        """Keep what a picture shows; equal ones are kept once.  Gives the name under which it is found, which stands in
        addresses: under the case's ``key``, so that whom it shows cannot be tried."""
        name = hashlib.blake2b(f"{case}\n{body}".encode(), digest_size=10, key=key).hexdigest()
        if self.picture(case, name) is None:
            with self._database.write() as connection:
                if connection.execute(select(pictures.c.name).where(pictures.c.name == name)).first() is None:
                    connection.execute(pictures.insert().values(name=name, case_name=case, body=body))
        return name

    def picture(self, case: str, name: str) -> str | None:
        """What the picture of that name shows; None where the case has none."""
        self._guard.reads(case)
        wanted = select(pictures.c.body).where(pictures.c.name == name, pictures.c.case_name == case)
        with self._database.read() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        return None if found is None else str(found)
