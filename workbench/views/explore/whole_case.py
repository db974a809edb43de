"""Measures over the private contacts of the whole case, computed once an evidence: for style, table and filter.

What was measured before, by whatever server of this workspace, is read from the case's folder.  What was not is
measured at once where there are few messages, else by the worker: the page answers meanwhile, and takes it up when it
is there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake.digest import case_digest
from workbench.case_measures import Measured, kept, measured, messages_of
from workbench.jobs import Task
from workbench.views.language import _, words_here
from workbench.views.models.explore import View
from workbench.views.session import person, server
from workbench.views.widgets import job_board

_AT_ONCE = 20_000
"""Messages of a case whose measures nobody has to wait for."""
_ASKED = "explore_measures_asked"  # what the worker was asked for in this session, and is not asked for again
_REMEMBERED = 32
Remembered = dict[tuple[str, str, str], Measured]


def scope_field(key: str, **options: Any) -> None:
    """What a measure is taken on: ``drawn`` or ``case``."""
    st.segmented_control(
        _("Measured on"), ("drawn", "case"), key=key, required=True,
        format_func={"drawn": _("What is drawn"), "case": _("The whole case")}.__getitem__, **options,
    )


def of_case(case: CaseFolder, names: Collection[str]) -> Mapping[str, Mapping[str, float]]:
    """Of each measure its values by account's key, over the private contacts of the whole case.

    What is not measured yet is left out, and the worker asked for it.
    """
    return {name: found.values for name, found in _of_case(case, names).items()}


def ranked(case: CaseFolder, view: View) -> View:
    """The view with the values of the measure that it is filtered by, where that is of the whole case, and known."""
    filters = view.filters
    wanted = filters.measure if filters.of_case else ""
    values = of_case(case, [wanted]).get(wanted) if wanted else None
    if values is None:
        return view if view.ranks is None else replace(view, ranks=None)
    same = view.ranks is not None and view.ranks[0] == wanted and view.ranks[1] is values
    return view if same else replace(view, ranks=(wanted, values))


def provenance(case: CaseFolder, names: Collection[str]) -> None:
    """What computed these measures, when and in how long; what is not measured, and that it can be."""
    words, digest = words_here(), case_digest(case)
    known = {name: _known(case, digest, name) for name in names}
    for name, found in known.items():
        if found is None:
            continue
        by = found.by or _("counted")
        line = _("{by}, {at}, {seconds} s", by=by, at=words.instant(found.at), seconds=found.seconds)
        if found.sampled:
            line += " " + _("(estimated from {some} of {all} accounts)", some=found.sampled, all=len(found.values))
        st.caption(words.pair(words.gettext(name), line))
    if lacking := [name for name, found in known.items() if found is None]:
        listed = ", ".join(words.gettext(name) for name in lacking)
        st.caption(_("Not measured yet: {names}.", names=listed))
        if all(job.finished for job in job_board.jobs_of("measure", case.name)):
            st.button(_("Measure now"), key=f"measure_{'_'.join(lacking)}", on_click=_again, args=(case,))


def measuring(case: CaseFolder) -> None:
    """How far the worker is, over a corner of the page, which takes up what it has measured."""
    job_board.board("measure", case.name)


def _of_case(case: CaseFolder, names: Collection[str]) -> Mapping[str, Measured]:
    digest = case_digest(case)
    found = {name: known for name in names if (known := _known(case, digest, name)) is not None}
    lacking = [name for name in names if name not in found]
    if not lacking:
        return found
    if messages_of(case) <= _AT_ONCE:
        with st.spinner(_("Measuring the whole case…")):
            made = measured(case, partial(server().workbench.lake, case), lacking)
        for name in made:
            _remember(case, digest, made[name])
        return {**found, **made}
    _ask(case, digest, lacking)
    return found


def _ask(case: CaseFolder, digest: str, names: Sequence[str]) -> None:
    """Have the worker measure these, each once in a session: what was given up or failed waits for another evidence."""
    asked: set[tuple[str, str, str]] = st.session_state.setdefault(_ASKED, set())
    fresh = tuple(name for name in names if (case.name, digest, name) not in asked)
    if fresh:
        asked |= {(case.name, digest, name) for name in fresh}
        task = Task("measure", server().workbench.settings, case.name, measures=fresh)
        server().jobs.submit(task, owner=person().name)


def _again(case: CaseFolder) -> None:
    """What was given up or failed may be asked for again."""
    asked: set[tuple[str, str, str]] = st.session_state.setdefault(_ASKED, set())
    asked -= {one for one in asked if one[0] == case.name}


def _known(case: CaseFolder, digest: str, name: str) -> Measured | None:
    found = _remembered().get((str(case.path), digest, name))
    if found is None and (found := kept(case, digest, name)) is not None:
        _remember(case, digest, found)
    return found


def _remember(case: CaseFolder, digest: str, found: Measured) -> None:
    remembered = _remembered()
    remembered[str(case.path), digest, found.name] = found
    for old in list(remembered)[:-_REMEMBERED]:
        remembered.pop(old, None)


@st.cache_resource(show_spinner=False)
def _remembered() -> Remembered:
    """By case, evidence and measure, for all sessions: the same values stay the same object."""
    return {}
