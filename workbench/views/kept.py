"""What a screen has read of the evidence stands until the evidence changes: a click reads nothing again.

Kept for the server, by case, digest and id; masks are put on afterwards, for whoever looks.  What stands in findings
is kept for as long as their document is the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

import streamlit as st

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.wordings import Language
from graph.search.phrase import Occurrences
from graph.search.phrase import occurrences as occurrences_in
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from ingest.lake.digest import case_digest
from workbench import dossier
from workbench.language import Words, words
from workbench.runs.changes import Changes, compare
from workbench.runs.findings_file import findings_state
from workbench.views.models.conversation import Cited, Thread
from workbench.views.models.conversation import citing as citing_of
from workbench.views.models.leads.listing import Beginning, beginnings, people
from workbench.views.models.leads.who import people_sent_to
from workbench.views.models.names import Names, names_of
from workbench.views.session import opened_minors

T = TypeVar("T")
_MOST = 24
_FEW = 4


class Same(Generic[T]):
    """A value that is never changed, equal to nothing but itself: comparing large ones would cost what is saved."""

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


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


@dataclass(frozen=True)
class LeadsRead:
    """Leads of a run, then those that are gone since the one before; and the names of whoever stands in them.

    Minors are masked (``workbench.masking.people``) but those whose mask was lifted.
    """

    every: tuple[Finding, ...]
    names: Names


def account(lake: Lake, identity: str) -> AccountRead:
    """All that an account's screen always shows."""
    return _account(str(lake.case.path), _state(lake.case, lake.digest()), identity, lake)


def room(lake: Lake, identity: str) -> RoomRead:
    """All that a room's screen shows."""
    return _room(str(lake.case.path), _state(lake.case, lake.digest()), identity, lake)


def rooms(lake: Lake) -> tuple[list[tuple[str, int, int]], Names]:
    """The rooms of the case, and their names."""
    return _rooms(str(lake.case.path), _state(lake.case, lake.digest()), lake)


def changes(former: FindingsDocument | None, latest: FindingsDocument) -> Changes | None:
    """What the last run that changed anything changed; None before there were two."""
    return None if former is None else _changes(Same(former), Same(latest))


def leads(case: CaseFolder, findings: tuple[Finding, ...], gone: tuple[Finding, ...] = ()) -> LeadsRead:
    """These leads and those that are gone, with the names that the person at the screen may see."""
    return _leads(case, case_digest(case), Same(findings), Same(gone), opened_minors())


def exchanged(case: CaseFolder, finding: Finding) -> Mapping[tuple[str, str], dossier.Exchanged]:
    """What members and targets of a lead wrote to each other, by (member, target), with how much the lead cites.

    Of a hub those count with the targets who were not known to be minors then (``beyond``).
    """
    return _exchanged(str(case.path), case_digest(case), finding.finding_id, finding, case)


def beyond(case: CaseFolder, finding: Finding) -> Mapping[str, str]:
    """By id whom a hub wrote to first who was not known to be a minor then (``later``, ``likely``), and to whom a
    recruiter sent people (``sent to``)."""
    return _beyond(str(case.path), case_digest(case), finding.finding_id, finding, case)


def occurrences(case: CaseFolder, phrase: str) -> Occurrences:
    """The conversations and rooms whose messages hold the phrase."""
    return _occurrences(case, case_digest(case), phrase)


def cited_by(case: CaseFolder, thread: Thread, findings: tuple[Finding, ...]) -> Mapping[str, frozenset[str]]:
    """By id the leads that cite messages of a conversation, with the record ids of these."""
    return _cited_by(str(case.path), _state(case, case_digest(case)), thread, _cited(Same(findings)), case)


def citing(case: CaseFolder, account: str, findings: tuple[Finding, ...]) -> frozenset[str]:
    """Ids of the leads that cite a message of the account or a report of it, whether they name it or not."""
    return _citing(str(case.path), _state(case, case_digest(case)), account, findings, case)


def named_with_beyond(case: CaseFolder, finding: Finding, names: Names) -> Names:
    """The names with those of ``beyond``, masked where they are minors: no lead names them."""
    found = _beyond_named(str(case.path), _state(case, case_digest(case)), finding.finding_id, finding, case)
    if not found.pseudonyms and not found.minors:
        return names
    return names.and_of(found)


def lead_rows(read: LeadsRead, words: Words) -> Mapping[str, Beginning]:
    """What their rows say whatever people added, by id."""
    return _lead_rows(Same(read), words.language)


def _state(case: CaseFolder, digest: str) -> str:
    """Evidence, and leads: these tell who is masked."""
    return f"{digest} {findings_state(case)}"


@st.cache_data(max_entries=_MOST, show_spinner=False)
def _account(path: str, state: str, identity: str, _lake: Lake) -> AccountRead:  # noqa: ARG001
    profile = dossier.profile(_lake, identity)
    if not profile.known:
        return AccountRead(profile, [], [], [], Names())
    contacts, marks = dossier.contacts(_lake, identity), dossier.marks(_lake, identity)
    others = {item.other for item in contacts} | {other for mark in marks for other, _times in mark.others}
    ages = dossier.age_bases(_lake, [identity])
    return AccountRead(profile, ages, contacts, marks, names_of(_lake, {identity, *others}))


@st.cache_data(max_entries=_MOST, show_spinner=False)
def _room(path: str, state: str, identity: str, _lake: Lake) -> RoomRead:  # noqa: ARG001
    file = dossier.room_file(_lake, identity)
    return RoomRead(file, names_of(_lake, {row[0] for row in file.writers} | {identity}))


@st.cache_data(max_entries=_FEW, show_spinner=False)
def _rooms(path: str, state: str, _lake: Lake) -> tuple[list[tuple[str, int, int]], Names]:  # noqa: ARG001
    listed = dossier.rooms_of_case(_lake)
    return listed, names_of(_lake, {row[0] for row in listed})


@st.cache_data(max_entries=_MOST, show_spinner=False)
def _exchanged(
    path: str, digest: str, identity: str, _finding: Finding, _case: CaseFolder  # noqa: ARG001
) -> dict[tuple[str, str], dossier.Exchanged]:
    cited = [ref.removeprefix("messages:") for reason in _finding.reasons for ref in reason.records
             if ref.startswith("messages:")]
    others = (*_finding.targets, *beyond(_case, _finding))
    with Lake(_case) as lake:
        return dossier.exchanged(lake, _finding.members, others, cited=cited)


@st.cache_data(max_entries=_MOST, show_spinner=False)
def _beyond(path: str, digest: str, identity: str, _finding: Finding, _case: CaseFolder) -> dict[str, str]:  # noqa: ARG001
    with Lake(_case) as lake:
        return dossier.not_known_then(lake, _finding) | people_sent_to(_finding)


@st.cache_data(max_entries=_MOST, show_spinner=False, hash_funcs={Thread: repr})
def _cited_by(
    path: str, state: str, thread: Thread, _cited: Cited, _case: CaseFolder  # noqa: ARG001
) -> dict[str, frozenset[str]]:
    with Lake(_case) as lake:
        return dict(_cited.within(lake, thread))


@st.cache_data(max_entries=_MOST, show_spinner=False)
def _citing(
    path: str, state: str, account: str, _findings: tuple[Finding, ...], _case: CaseFolder  # noqa: ARG001
) -> frozenset[str]:
    with Lake(_case) as lake:
        return citing_of(lake, account, _findings)


@lru_cache(maxsize=_FEW)
def _occurrences(case: CaseFolder, digest: str, phrase: str) -> Occurrences:  # noqa: ARG001
    with Lake(case) as lake:
        return occurrences_in(lake, phrase)


@lru_cache(maxsize=_FEW)
def _cited(findings: Same[tuple[Finding, ...]]) -> Cited:
    return Cited.by(findings.value)


@st.cache_data(max_entries=_MOST, show_spinner=False)
def _beyond_named(path: str, state: str, identity: str, _finding: Finding, _case: CaseFolder) -> Names:  # noqa: ARG001
    there = beyond(_case, _finding)
    if not there:
        return Names()
    with Lake(_case) as lake:
        return names_of(lake, there)


@lru_cache(maxsize=_FEW)
def _changes(former: Same[FindingsDocument], latest: Same[FindingsDocument]) -> Changes:
    return compare(former.value, latest.value)


@lru_cache(maxsize=2 * _FEW)
def _leads(
    case: CaseFolder, digest: str, findings: Same[tuple[Finding, ...]], gone: Same[tuple[Finding, ...]],
    opened: frozenset[str],
) -> LeadsRead:
    """By the masks that are lifted as well: one person's are never another's."""
    every = (*findings.value, *gone.value)
    return LeadsRead(every, replace(_named(case, digest, findings, gone), opened=opened))


@lru_cache(maxsize=2 * _FEW)
def _lead_rows(read: Same[LeadsRead], language: Language) -> Mapping[str, Beginning]:
    return beginnings(read.value.every, read.value.names, words(language))


@lru_cache(maxsize=_FEW)
def _named(
    case: CaseFolder, digest: str, findings: Same[tuple[Finding, ...]], gone: Same[tuple[Finding, ...]]  # noqa: ARG001
) -> Names:
    with Lake(case) as lake:
        return names_of(lake, people((*findings.value, *gone.value)))
