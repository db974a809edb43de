"""Who signed in at this session, and does the session still stand?  Asked at every act: Streamlit reads it once."""

import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import streamlit as st

from workbench.casebook import Casebook
from workbench.casebook.people.rights import NotSignedIn
from workbench.sign_in import SignedIn, SignIn, read_sign_in, signed_in

_BEGUN, _ACTED = "signed_in_as", "acted_at"


def at_screen(casework: Casebook, file: Path) -> str:
    """The name of who is signed in.  Raises NotSignedIn for nobody, and for a session that has ended: signed out in
    another tab, ended by an administrator, too old, or idle for too long."""
    found, rules = _found(file)
    if st.session_state.get(_BEGUN) not in (None, found.session):
        raise NotSignedIn("somebody else signed in here", fix="reload the page")
    if _BEGUN not in st.session_state:
        # a role that the identity provider gives is that of now, before anything is asked of it
        if rules.role_claim:
            casework.roster.signed_in(found.person, found.role)
        if not casework.sign_ins.begin(found.session, found.person):
            raise NotSignedIn("the session has ended", fix="sign in again")
        st.session_state[_BEGUN] = found.session
    idle = time.time() - st.session_state.setdefault(_ACTED, time.time())
    if idle > rules.idle_minutes * 60:
        casework.sign_ins.end(found.session, found.person, why="idle")
    if casework.sign_ins.ended(found.session):
        raise NotSignedIn("the session has ended", fix="sign in again")
    return found.person


def standing(casework: Casebook, file: Path) -> Callable[[], None]:
    """Asks, outside of the session as well, whether it stands; raises NotSignedIn once it does not."""
    found, rules = _found(file)

    def ask() -> None:
        if time.time() > found.since + rules.hours * 3600 or casework.sign_ins.ended(found.session):
            raise NotSignedIn("the session has ended", fix="sign in again")

    return ask


def acted() -> None:
    """The page was asked for, and not by a clock in it: the time until an idle session ends begins anew."""
    st.session_state[_ACTED] = time.time()


def leave(casework: Casebook, file: Path) -> None:
    """Sign out: this session ends, in all its tabs."""
    found, _rules = _found(file)
    casework.sign_ins.end(found.session, found.person)


def _found(file: Path) -> tuple[SignedIn, SignIn]:
    rules = rules_of(file)
    return signed_in(dict(st.user), rules), rules


def rules_of(file: Path) -> SignIn:
    """What the file says, read again once it has changed."""
    return _rules(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _rules(file: Path, _changed: int) -> SignIn:
    return read_sign_in(file)
