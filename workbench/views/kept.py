"""What a screen has read of the evidence stands until the evidence changes: a click reads nothing again.

Kept for the server, by case, digest and id; masks are put on afterwards, for whoever looks.
"""

from dataclasses import dataclass

import streamlit as st

from ingest.lake import Lake
from workbench import dossier
from workbench.views.models.names import Names, names_of

_MOST = 24


@dataclass(frozen=True)
class AccountRead:
    """An account's profile, ages, contacts and marks, and the names of whoever stands in them."""

    profile: dossier.Profile
    ages: list[dossier.AgeBasis]
    contacts: list[dossier.Contact]
    marks: list[dossier.Mark]
    names: Names


@dataclass(frozen=True)
class RoomRead:
    """A room's file, and the names of whoever stands in it."""

    file: dossier.RoomFile
    names: Names


def account(lake: Lake, identity: str) -> AccountRead:
    """All that an account's screen always shows."""
    return _account(str(lake.case.path), lake.digest(), identity, lake)


def room(lake: Lake, identity: str) -> RoomRead:
    """All that a room's screen shows."""
    return _room(str(lake.case.path), lake.digest(), identity, lake)


@st.cache_data(max_entries=_MOST, show_spinner=False)
def _account(path: str, digest: str, identity: str, _lake: Lake) -> AccountRead:  # noqa: ARG001
    profile = dossier.profile(_lake, identity)
    if not profile.known:
        return AccountRead(profile, [], [], [], Names())
    contacts, marks = dossier.contacts(_lake, identity), dossier.marks(_lake, identity)
    others = {item.other for item in contacts} | {other for mark in marks for other, _times in mark.others}
    ages = dossier.age_bases(_lake, [identity])
    return AccountRead(profile, ages, contacts, marks, names_of(_lake, {identity, *others}))


@st.cache_data(max_entries=_MOST, show_spinner=False)
def _room(path: str, digest: str, identity: str, _lake: Lake) -> RoomRead:  # noqa: ARG001
    file = dossier.room_file(_lake, identity)
    return RoomRead(file, names_of(_lake, {row[0] for row in file.writers} | {identity}))
