"""What is open while the server runs: one workbench, one worker; and who is at this screen, on which case."""

import os
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

import streamlit as st

from graph.opaque import NOBODYS_KEY, token
from graph.store import Store
from ingest.case_folder import CaseFolder, label_key
from workbench.access import proved_person
from workbench.bootstrap import Workbench
from workbench.casebook.people import Right, Role
from workbench.jobs import Jobs
from workbench.settings import Settings
from workbench.views.access.signed_in import at_screen, standing
from workbench.views.sources.handed_files import HandedFiles

OPENED_MINORS = "opened_minors"
CASE = "case"  # the case's name in session state and in the page's address


@dataclass(frozen=True)
class Person:
    """The person at the screen, whose name stands under what they write; ``role`` is None where one works alone."""

    name: str
    role: Role | None = None


@dataclass(frozen=True)
class Server:
    """What the sessions of one server share, with the workbench as this session's person has it.

    ``lock`` guards the opening of leases and connections.
    """

    workbench: Workbench
    jobs: Jobs
    lock: threading.Lock
    files: HandedFiles = field(default_factory=HandedFiles)

    def close(self) -> None:
        self.jobs.close()
        self.workbench.close()


_ANSWERING = threading.Event()  # while there is a server that gives back at its end what is open
_HANDED: ContextVar[Server | None] = ContextVar("handed", default=None)  # while a download is made


@st.cache_resource(show_spinner=False, hash_funcs={Settings: repr}, on_release=lambda server: server.close())
def _server(settings: Settings) -> Server:
    workbench = Workbench(settings)
    _ = workbench.engine, workbench.casework  # made once, before threads could race for them
    return Server(workbench, Jobs(), threading.Lock())


@asynccontextmanager
async def closing(_app: object) -> AsyncIterator[None]:
    """For as long as the server answers; then what is open is given back.

    At the interpreter's end it would be too late: Python first waits there for work in process pools to be done.
    """
    _ANSWERING.set()
    yield
    _ANSWERING.clear()
    _server.clear()


def answering() -> bool:
    """May something be begun that the server gives back at its end?"""
    return _ANSWERING.is_set()


def shared_server() -> Server:
    """The server with nobody signed in, for the sign-in itself; raises SettingsInvalid naming every fault."""
    return _server(_settings(tuple(sorted(item for item in os.environ.items() if item[0].startswith("FILATURE_")))))


@lru_cache(maxsize=8)  # every run of a page asks some thirty times
def _settings(environ: tuple[tuple[str, str], ...]) -> Settings:
    return Settings.load(dict(environ))


def server() -> Server:
    """The server's workbench and worker for the person at this screen.

    Raises SettingsInvalid naming every fault, NotSignedIn where nobody is signed in, the session has ended, or nothing
    proves who works here: it is asked at every act, in callbacks and downloads too.
    """
    if (handed_to := _HANDED.get()) is not None:
        return handed_to
    shared = shared_server()
    return replace(shared, workbench=shared.workbench.acting(_name(shared)))


def handed(make: Callable[[], bytes], case: CaseFolder | None) -> Callable[[], bytes]:
    """What a download calls: Streamlit does so outside of the session, and so the person is the one it was drawn for.

    It asks again whether the session, or what else proves who they are, stands; what it makes asks whether they may
    have it.  The file is theirs alone, and of ``case``, also by its address (``guarded_media``).
    """
    bound = server()
    settings, casework = bound.workbench.settings, bound.workbench.casework
    stands: Callable[[], object] = partial(proved_person, settings, casework)
    if settings.sign_in is not None:
        stands = standing(casework, settings.sign_in)

    def run() -> bytes:
        stands()
        token = _HANDED.set(bound)
        try:
            made = make()
        finally:
            _HANDED.reset(token)
        bound.files.add(made, bound.workbench.person, case.name if case else "")
        return made

    return run


def _name(shared: Server) -> str:
    settings, casework = shared.workbench.settings, shared.workbench.casework
    if settings.sign_in is None:
        return proved_person(settings, casework)  # not as it was at the start: a team may have begun since
    return at_screen(casework, settings.sign_in)


def person() -> Person:
    """Who is at this screen; raises NotSignedIn."""
    if (handed_to := _HANDED.get()) is not None:
        name, roster = handed_to.workbench.person, handed_to.workbench.casework.roster
    else:
        shared = shared_server()
        name, roster = _name(shared), shared.workbench.casework.roster
    return Person(name, roster.role(name))


def may(right: Right, case: CaseFolder | None = None) -> bool:
    """May the person at this screen do that?  For what is offered; what is done asks again."""
    workbench = server().workbench
    return workbench.casebook.roster.may(workbench.person, right, case.name if case else "")


def opened_minors() -> frozenset[str]:
    """The minors whose masks this person lifted in this session."""
    found: frozenset[str] = st.session_state.setdefault(OPENED_MINORS, frozenset())
    return found


def opaque(text: str) -> str:
    """What stands for an id where a page of this person's case names a widget, or an address somebody
    (``graph.opaque``)."""
    case = current_case()
    return token(text, label_key(case) if case is not None else NOBODYS_KEY)


def case_names() -> tuple[str, ...]:
    """The cases that the person at this screen may open."""
    return server().workbench.cases()


def current_case() -> CaseFolder | None:
    """The case this person works on; None while the workspace is empty."""
    names = case_names()
    wanted = st.session_state.get(CASE) or st.query_params.get(CASE) or os.environ.get("FILATURE_CASE")
    name = wanted if wanted in names else (names[0] if names else None)
    return server().workbench.case(name) if name else None


@contextmanager
def reading(case: CaseFolder, *, at: Server | None = None) -> Iterator[Store]:
    """A read-only store of the case; the first one of a case starts the embedded engine.

    ``at``: the server, for a thread that has no session.
    """
    shared = at or server()
    with ExitStack() as stack:
        with shared.lock:
            store = stack.enter_context(shared.workbench.reader(case))
        yield store


def record(case: CaseFolder, action: str, detail: str) -> None:
    """Put an act of this person into the audit log."""
    server().workbench.casebook.record(person().name, case.name, action, detail)
