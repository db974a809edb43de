"""Who works here?  One person without any set-up; in a team whoever proves it: by a pass, or as the system's user."""

import getpass
import os
import sys

from workbench.casebook import Casebook
from workbench.casebook.people.rights import NotSignedIn
from workbench.settings import Settings


def proved_person(settings: Settings, casework: Casebook) -> str:
    """The person that the settings name; where a team works, whoever the pass belongs to, else the system's user.

    Raises NotSignedIn where a name is only claimed (``FILATURE_USER``), or a pass opens nothing.
    """
    if settings.secret:
        return casework.passes.owner_of(settings.secret)
    if not casework.roster.is_team():
        return settings.user
    user = system_user()
    if settings.user != user:
        raise NotSignedIn(
            f"a team works here, and nothing proves that you are {settings.user}", where="FILATURE_USER",
            fix=f"set FILATURE_PASS to a pass of theirs, or work as {user}",
        )
    return user


def system_user() -> str:
    """The account under which this process runs, whatever the environment says."""
    if sys.platform == "win32":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a container's user id without a name
        return f"uid-{os.geteuid()}"
