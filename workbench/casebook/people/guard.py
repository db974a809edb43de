"""May the person who is signed in do this?  Every reading and writing of casework asks here first."""

from workbench.casebook.people.rights import NotAllowed, Right
from workbench.casebook.people.roster import Roster
from workbench.errors import WorkbenchError


class Guard:
    """``person``: who is signed in; None for a program that has no person, whose writers name one themselves."""

    def __init__(self, roster: Roster, person: str | None) -> None:
        self.roster, self.person = roster, person

    def writes(self, user: str, right: Right | None, case: str = "") -> None:
        """Raise unless ``user`` is a named person, the one who is signed in, and has the right (None: any role)."""
        if not user.strip():
            raise WorkbenchError("casework needs a named person", where="user", fix="say who works here")
        if self.person is not None and user != self.person:
            raise NotAllowed(
                f"casework is signed by who is signed in ({self.person}), not by {user}", fix="sign in as that person"
            )
        if right is not None:
            self.roster.require(user, right, case)
        elif self.roster.is_team() and self.roster.role(user) is None:
            raise NotAllowed(f"{user} has no role here", fix="ask an administrator")

    def reads(self, case: str) -> None:
        """Raise UnknownCase unless who is signed in may open the case."""
        if self.person is not None:
            self.roster.require(self.person, "read", case)

    def sees(self, case: str) -> bool:
        return self.person is None or self.roster.may(self.person, "read", case)
