"""How does a team sign in at the screens?  By Streamlit's file of secrets: ``[auth]``, and ``[filature]`` beside it."""

import hashlib
import json
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.casebook.people import ROLES, Role
from workbench.casebook.people.rights import NotSignedIn
from workbench.errors import SettingsInvalid

_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_SHORTEST_SECRET = 32


@dataclass(frozen=True)
class SignIn:
    """``person``: the claim that names a person; ``role_claim``: the one whose values ``roles`` turns into a role.

    Without a ``role_claim`` the casework database gives the roles.  A session ends ``hours`` after the sign-in, or
    ``idle_minutes`` after the last act.
    """

    person: str = "email"
    role_claim: str = ""
    roles: Mapping[str, Role] = field(default_factory=dict)
    hours: float = 8.0
    idle_minutes: float = 30.0


@dataclass(frozen=True)
class SignedIn:
    """What a session's claims say: who, with which role (None: the database says), since when (Unix seconds)."""

    person: str
    role: Role | None
    session: str
    since: float


def read_sign_in(path: Path) -> SignIn:
    """The sign-in that the file describes; raises SettingsInvalid naming every fault, and no secret."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        said = type(error).__name__
        raise SettingsInvalid(f"cannot be read ({said})", where=str(path), fix="write it as TOML") from None
    auth, own = (read.get(name, {}) for name in ("auth", "filature"))
    faults = [f"[auth] has no {name}" for name in _NEEDED if not auth.get(name)]
    if auth.get("cookie_secret") and len(str(auth["cookie_secret"])) < _SHORTEST_SECRET:
        faults.append(f"[auth] cookie_secret is shorter than {_SHORTEST_SECRET} characters")
    known = {"person", "role_claim", "roles", "hours", "idle_minutes"}
    faults += [f"[filature] knows no {name}" for name in sorted(set(own) - known)]
    roles = own.get("roles", {})
    if not isinstance(roles, dict) or any(role not in ROLES for role in roles.values()):
        faults.append(f"[filature.roles] gives each value of the claim one of {', '.join(ROLES)}")
    if bool(own.get("role_claim")) != bool(roles):
        faults.append("[filature] role_claim and [filature.roles] go together")
    for name in ("hours", "idle_minutes"):
        if not isinstance(own.get(name, 1), int | float) or own.get(name, 1) <= 0:
            faults.append(f"[filature] {name} is not a number above 0")
    if faults:
        raise SettingsInvalid("; ".join(faults), where=str(path), fix="docs/team.md shows how the file looks")
    return SignIn(**own)


def signed_in(claims: Mapping[str, Any], rules: SignIn, *, now: float | None = None) -> SignedIn:
    """Who the identity provider says it is; raises NotSignedIn for nobody, or after the session's hours."""
    name = str(claims.get(rules.person) or "").strip()
    if not claims.get("is_logged_in") or not name or not name.isprintable() or len(name) > 200:
        raise NotSignedIn("nobody is signed in", fix="sign in")
    if rules.person == "email" and claims.get("email_verified") is False:
        raise NotSignedIn(f"the address {name} was never verified", fix="ask who runs the sign-in")
    since = claims.get("iat")
    if not isinstance(since, int | float) or (time.time() if now is None else now) > since + rules.hours * 3600:
        raise NotSignedIn("the session has ended", fix="sign in again")
    told = [str(claims.get(part, "")) for part in ("iss", "sub", "iat", "nonce", "sid")]
    session = hashlib.sha256(json.dumps([name, *told]).encode()).hexdigest()
    return SignedIn(name, _role(claims, rules), session, float(since))


def _role(claims: Mapping[str, Any], rules: SignIn) -> Role | None:
    """The highest role that the claim's values give."""
    said = claims.get(rules.role_claim) if rules.role_claim else None
    values = [said] if isinstance(said, str) else said if isinstance(said, list | tuple) else []
    given = {rules.roles[str(value)] for value in values if str(value) in rules.roles}
    return max(given, key=ROLES.index, default=None)
