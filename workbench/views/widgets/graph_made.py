"""Was the graph of the case made by another version?  Said where the graph is read, with what makes it anew.

Nothing is made by itself: of a large case it takes minutes, and whoever looks may not have the right to.
"""

from dataclasses import dataclass, field

import streamlit as st

from graph.load import of_another_version
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.errors import FilatureError
from ingest.lake.digest import evidence_digest
from workbench.jobs import Task
from workbench.views.access.rights import barred
from workbench.views.language import _
from workbench.views.pictures.ahead import Ahead
from workbench.views.session import Server, answering, person, reading, server
from workbench.views.widgets.job_board import board, jobs_of

_SEEN = "graph_rebuilds_seen"


def graph_made(case: CaseFolder, *, wait: bool) -> bool:
    """Say so, and offer to rebuild it.  Whether it has been rebuilt since this session last looked.

    ``wait``: for the graph to answer; else the page says so the next time that it runs, as with an answer: a page that
    asked each second would lose what is pressed meanwhile.
    """
    jobs = jobs_of("rebuild", case.name)
    done = sum(job.state == "done" for job in jobs)
    running = any(not job.finished for job in jobs)
    another = not running and _is_of_another(case, done, wait=wait)
    if running or another:
        board("rebuild", case.name, in_page=True)  # also why the last one failed
    if another:
        with st.container(horizontal=True, vertical_alignment="center", key="graph_made"):
            st.warning(_(
                "The graph of this case was made by another version of Filature. Queries and pictures of it may show "
                "less than the evidence holds. Rebuild it: evidence, leads, judgements and notes stay as they are."
            ))
            st.button(
                _("Rebuild the graph"), type="primary", key="rebuild_graph", on_click=_rebuild, args=(case,),
                **barred("detect", case),
            )
    seen: dict[str, int] = st.session_state.setdefault(_SEEN, {})
    before, seen[case.name] = seen.get(case.name, done), done
    return done > before


def _rebuild(case: CaseFolder) -> None:
    server().jobs.submit(Task("rebuild", server().workbench.settings, case.name), owner=person().name)


@dataclass(frozen=True)
class _Asked:
    """Of a case, its evidence and how often it was rebuilt; ``at``: the server as the first who asked has it."""

    case: CaseFolder
    digest: str
    rebuilt: int
    at: Server = field(compare=False)


def _is_of_another(case: CaseFolder, rebuilt: int, *, wait: bool) -> bool:
    """An engine that does not answer says nothing here: what asks it for more says why."""
    if not (committed := manifests(case)):
        return False
    asked = _Asked(case, evidence_digest(committed), rebuilt, server())
    try:
        if wait or not answering():
            return _OTHER.now(asked) and _other(asked)  # somebody may have rebuilt it by a command meanwhile
        if (found := _OTHER.known(asked)) is not None:
            return found and _other(asked)
    except FilatureError:
        return False
    _OTHER.soon(asked)
    return False


def _other(asked: _Asked) -> bool:
    with reading(asked.case, at=asked.at) as store:
        return of_another_version(store)


_OTHER: Ahead[_Asked, bool] = Ahead(_other, most=16)
