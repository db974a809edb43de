"""What is open while the server runs: one workbench, one worker, and this person's choice of case."""

import os
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from graph.store import Store
from ingest.case_folder import CaseFolder
from workbench.access import Person, person_at_screen
from workbench.bootstrap import Workbench
from workbench.jobs import Jobs
from workbench.settings import Settings

OPENED_MINORS = "opened_minors"
CASE = "case"  # the case's name in session state and in the page's address


@dataclass(frozen=True)
class Server:
    """What all sessions of one server share; ``lock`` guards the opening of leases and connections."""

    workbench: Workbench
    jobs: Jobs
    lock: threading.Lock

    def close(self) -> None:
        self.jobs.close()
        self.workbench.close()


@st.cache_resource(show_spinner=False, hash_funcs={Settings: repr}, on_release=lambda server: server.close())
def _server(settings: Settings) -> Server:
    workbench = Workbench(settings)
    _ = workbench.engine, workbench.casebook  # made once, before threads could race for them
    return Server(workbench, Jobs(), threading.Lock())


@asynccontextmanager
async def closing(_app: object) -> AsyncIterator[None]:
    """For as long as the server answers; then what is open is given back.

    At the interpreter's end it would be too late: Python first waits there for work in process pools to be done.
    """
    yield
    _server.clear()


def server() -> Server:
    """The server's workbench and worker; raises SettingsInvalid naming every fault."""
    return _server(_settings(tuple(sorted(item for item in os.environ.items() if item[0].startswith("FILATURE_")))))


@lru_cache(maxsize=8)  # every run of a page asks some thirty times
def _settings(environ: tuple[tuple[str, str], ...]) -> Settings:
    return Settings.load(dict(environ))


def person() -> Person:
    return person_at_screen(server().workbench.settings)


def opened_minors() -> frozenset[str]:
    """The minors whose masks this person lifted in this session."""
    found: frozenset[str] = st.session_state.setdefault(OPENED_MINORS, frozenset())
    return found


def case_names() -> tuple[str, ...]:
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
