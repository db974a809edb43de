"""Who belongs to the team, and what may each of them do?  Checked here, below every screen and command."""

from workbench.casebook.people.passes import Pass, Passes
from workbench.casebook.people.rights import ROLES, NotAllowed, Right, Role
from workbench.casebook.people.roster import Member, Roster
from workbench.casebook.people.sign_ins import SignIns

__all__ = ["ROLES", "Member", "NotAllowed", "Pass", "Passes", "Right", "Role", "Roster", "SignIns"]
