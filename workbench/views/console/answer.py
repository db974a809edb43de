"""What did a statement or a saved query answer?  It runs beside the screen; its rows are shown in the chosen way."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any

import streamlit as st

from graph.errors import StatementStopped
from graph.fetch import Fetched
from graph.subgraph import Subgraph
from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from ingest.lake import Lake
from queries.runner import MAX_ROWS, QueryResult
from queries.saved_query import SavedQuery
from queries.statement.error_span import by_lines
from workbench.canvas.acts import Act
from workbench.export_subgraph import selected_by
from workbench.language import Words
from workbench.masking.nodes import with_minors
from workbench.plain_text import escape_markdown
from workbench.querying.statement import StatementRun
from workbench.views import show
from workbench.views.access.rights import barred
from workbench.views.access.unmask import lifted
from workbench.views.console.chart import chart
from workbench.views.console.export import export_answer
from workbench.views.console.rows import answer_rows
from workbench.views.explore import state
from workbench.views.language import _, words_here
from workbench.views.models import explore as explore_model
from workbench.views.models import queries as model
from workbench.views.models.names import Names
from workbench.views.models.queries import statement as console_model
from workbench.views.navigation import address, choices
from workbench.views.session import person, reading, server
from workbench.views.widgets.graph_panel import beside, canvas

FIRST_ROWS = 1_000
_SOON_S = 0.7  # what ends so soon is shown at once
_ANSWER, _RUNNING, _FRESH = "query_answer", "query_running", "query_answered"


@dataclass(frozen=True)
class Asked:
    """What was asked of a case: ``what`` names the place on the screen, ``given`` the values as they were written."""

    case: str
    what: str
    query: SavedQuery | str
    parameters: Mapping[str, Any]
    given: Mapping[str, str]
    max_rows: int
    ran: console_model.Chosen | None = None
    types: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.query.cypher if isinstance(self.query, SavedQuery) else self.query

    @property
    def selection(self) -> dict[str, Any]:
        """For the manifest of what is exported of its answer."""
        revision = self.query.revision if isinstance(self.query, SavedQuery) else None
        return selected_by(self.what, self.text, self.given, revision=revision)


@dataclass(frozen=True)
class Answer:
    """What came of it: a result with its names and picture, or the problem."""

    asked: Asked
    seconds: float
    result: QueryResult | None = None
    view: explore_model.View = field(default_factory=explore_model.View)
    names: Names | None = None
    problem: FilatureError | None = None

    @property
    def ran(self) -> console_model.Chosen | None:
        return self.asked.ran


def run_query(
    case: CaseFolder, what: str, query: SavedQuery | str, parameters: Mapping[str, Any], *,
    max_rows: int | None = None, ran: console_model.Chosen | None = None, given: Mapping[str, str] | None = None,
    types: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Begin it, in the place of what ran before; what ends soon is there when this returns."""
    before: tuple[Asked, StatementRun] | None = st.session_state.pop(_RUNNING, None)
    if before is not None:
        before[1].stop()
        _write_down(before[0], "stopped for the next one")
    st.session_state.pop(_ANSWER, None)
    written = given if given is not None else parameters
    asked = Asked(case.name, what, query, parameters, written, max_rows or FIRST_ROWS, ran, types)
    run = StatementRun(partial(reading, case, at=server()), query, parameters, max_rows=asked.max_rows)
    st.session_state[_RUNNING] = (asked, run)
    run.wait(_SOON_S)
    _receive(case)


def is_answer(case: CaseFolder, what: str, parameters: Mapping[str, Any]) -> bool:
    """Is that what was asked last, answered or not?"""
    running: tuple[Asked, StatementRun] | None = st.session_state.get(_RUNNING)
    kept = running[0] if running else getattr(st.session_state.get(_ANSWER), "asked", None)
    return kept is not None and (kept.case, kept.what, kept.parameters) == (case.name, what, parameters)


def is_asked(case: CaseFolder, what: str) -> bool:
    """Does something run in that place, or stand there as the answer?"""
    running: tuple[Asked, StatementRun] | None = st.session_state.get(_RUNNING)
    kept = running[0] if running else getattr(st.session_state.get(_ANSWER), "asked", None)
    return kept is not None and (kept.case, kept.what) == (case.name, what)


def last_answer(what: str) -> Answer | None:
    """The answer that stands in that place."""
    kept: Answer | None = st.session_state.get(_ANSWER)
    return kept if kept is not None and kept.asked.what == what else None


def forget_problem(what: str) -> None:
    """What went wrong in that place is said no longer; an answer stays."""
    kept = last_answer(what)
    if kept is not None and kept.problem is not None:
        del st.session_state[_ANSWER]


def _receive(case: CaseFolder) -> None:
    """Make an answer of the run that has finished."""
    running: tuple[Asked, StatementRun] | None = st.session_state.get(_RUNNING)
    if running is None or not running[1].finished or running[0].case != case.name:
        return
    asked, run = running
    del st.session_state[_RUNNING]
    try:
        result = run.result()
        subgraph = with_minors(case, result.subgraph)
        with Lake(case) as lake:
            names = model.names_in_answer(lake, result, subgraph, asked.given)
        answer = Answer(asked, run.seconds, result, _pictured(subgraph, result), names)
        outcome = result.outcome
    except FilatureError as problem:
        answer, outcome = Answer(asked, run.seconds, problem=problem), str(problem)
    st.session_state[_ANSWER] = answer
    st.session_state[_FRESH] = True
    _write_down(asked, outcome)


def _write_down(asked: Asked, outcome: str) -> None:
    """Into the person's history goes what was written in the console, into the query's what was saved."""
    if isinstance(asked.query, SavedQuery):
        with show.errors():
            server().workbench.casebook.runs.add(
                asked.case, asked.query, asked.parameters, outcome, user=person().name
            )
    if asked.ran is not None:
        with show.errors():
            given = {name: str(value) for name, value in asked.given.items()}
            server().workbench.casebook.statements.add(
                asked.case, asked.text, given, outcome, user=person().name, types=asked.types
            )


def _pictured(subgraph: Subgraph, result: QueryResult) -> explore_model.View:
    found = Fetched.of(subgraph, truncated=result.truncated)
    return explore_model.begin(found, words_here(), what=_("Answer"), folding=False)


def show_answer(case: CaseFolder, what: str) -> None:
    """What runs, with a way to end it; else what was answered."""
    _receive(case)
    running: tuple[Asked, StatementRun] | None = st.session_state.get(_RUNNING)
    if running is not None and (running[0].case, running[0].what) == (case.name, what):
        _waiting(running[1])
        return
    answer = last_answer(what)
    if answer is None or answer.asked.case != case.name:
        return
    if isinstance(answer.problem, StatementStopped):
        st.info(_("Stopped after {seconds} s. The engine has ended the statement.", seconds=round(answer.seconds, 1)))
    elif answer.problem is not None:
        show.error(by_lines(answer.problem, answer.asked.text))
    elif answer.result is not None and answer.names is not None:
        _answered(case, answer, answer.result, lifted(answer.names))


def _waiting(run: StatementRun) -> None:
    @st.fragment(run_every=0.4)
    def running() -> None:
        if run.finished:
            st.rerun()
        with st.container(horizontal=True, vertical_alignment="center", key="statement_running"):
            st.text(_("Running for {seconds} s", seconds=int(run.seconds)))
            st.button(_("Cancel"), key="cancel_statement", on_click=_cancel, args=(run,))

    running()


def _cancel(run: StatementRun) -> None:
    run.stop()
    run.wait(1.0)


def _answered(case: CaseFolder, answer: Answer, result: QueryResult, names: Names) -> None:
    query, words = answer.asked.query, words_here()
    if isinstance(query, SavedQuery) and result.headline:
        with st.container(key="headline"):
            st.text(model.headline(query, result, answer.asked.parameters, names, words_here().language))
    for warning in result.warnings:
        st.warning(escape_markdown(console_model.warning_text(warning, words)))
    if not result.rows and (texts := console_model.numbers_as_texts(answer.asked.types, answer.asked.given)):
        st.warning(escape_markdown(_(
            "{names}: read as a text, which equals no number and is not above or below one. If a number is meant, "
            "choose its type beside the value and run again.", names=", ".join(f"${name}" for name in texts),
        )))
    rows = model.result_rows(result, names, words)
    if result.plan is not None:
        rows = rows.set_axis([_("Step"), _("Works on"), _("Expected rows")], axis="columns")
    drawable = 0 < len(answer.view.drawn.nodes) <= max(explore_model.LIMITS)
    chartable = result.plan is None and len(result.rows) > 0
    with st.container(horizontal=True, vertical_alignment="center", key="answer_bar"):
        offered = ["table", *(["graph"] if drawable else []), *(["chart"] if chartable else [])]
        which = choices.segments(
            _("Show as"), partial(_ways, offered, plan=result.plan is not None), key="answer_as", otherwise="table"
        )
        if result.plan is None:
            lasted = _("{seconds} s", seconds=round(answer.seconds, 2))
            cut = None if result.limit is None else _(
                "The query gives at most {number} rows: raise that number to see whether there are more.",
                number=result.limit,
            )
            st.caption(f"{model.counted(result, words)} · {lasted}", help=cut)
        asked = answer.asked
        if result.truncated and result.limit is None and asked.max_rows < MAX_ROWS:
            st.button(
                _("More"), key="answer_more", help=_("Ask again for at most {number} rows", number=MAX_ROWS),
                on_click=_ask_for_more, args=(case, asked),
            )
        if result.rows:
            panel = st.popover(_("Export"), key="query_export", on_change="rerun", **barred("export", case))
            if panel.open:
                with panel:
                    export_answer(case, asked.selection, result, answer.view if drawable else None)
        if st.session_state.pop(_FRESH, False):  # only in the run that received it: nobody is brought back to it later
            show.bring_into_view(".st-key-answer_bar", once=time.monotonic(), below=220)
        if drawable and st.button(_("Show in Explore"), key="answer_to_explore"):
            address.to("Explore", {"answer": state.pictured(case, answer.view.board)})
    if which == "graph" and drawable:
        canvas(answer.view, names, key="answer_canvas", hear=_hear, height=480)
        beside(answer.view, key="answer_canvas")
    elif which == "chart" and chartable:
        chart(result, rows, query.chart if isinstance(query, SavedQuery) else None)
    else:
        if names.minors - names.opened and isinstance(query, str):
            st.caption(_(
                "Minors are masked where a cell is a name or an id of theirs, in any letters, or holds an id (one "
                "that is a word or a number alone, only with its platform before it); what else a statement makes of "
                "them (a name joined to a text, cut, turned round) is not recognised."
            ))
        with st.container(key="answer_rows"):
            answer_rows(case, result, rows, names)
        if model.shares_names(rows, shared := _("(a name that a minor bears)")):
            st.caption(_(
                "{name}: several people may have this name, and no id in the row says who is meant. Add the account "
                "itself, or its id, to RETURN, and each row says whose it is.", name=shared,
            ))


def _ways(offered: Sequence[str], words: Words, *, plan: bool) -> dict[str, str]:
    """In which ways this answer is shown."""
    _ = words.gettext
    titles = {"table": _("Plan") if plan else _("Table"), "graph": _("Graph"), "chart": _("Chart")}
    return {way: titles[way] for way in offered}


def _ask_for_more(case: CaseFolder, asked: Asked) -> None:
    run_query(
        case, asked.what, asked.query, asked.parameters, max_rows=MAX_ROWS, ran=asked.ran, given=asked.given,
        types=asked.types,
    )


def _hear(acts: Sequence[Act]) -> None:
    """Here a picture is looked at: what is selected is shown, nothing is changed."""
    kept: Answer | None = st.session_state.get(_ANSWER)
    if kept is not None:
        view = kept.view
        for act in acts:
            if act.op == "select":
                view = explore_model.picked(view, nodes=act.nodes, edge=act.edge)
        st.session_state[_ANSWER] = replace(kept, view=view)
