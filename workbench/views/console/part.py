"""Where a statement of one's own is written: the editor, what it asks for, and the buttons."""

from typing import Any

import streamlit as st

from graph.errors import GraphError
from ingest.case_folder import CaseFolder
from ingest.lake.digest import case_digest
from queries.naming import NotNamed
from queries.saved_query import Parameter, SavedQuery
from queries.statement.names_known import SCHEMA, KnownNames
from queries.value_types import BY_ID, item_type
from workbench.canvas.editor import Draft, Mark, draft_to_run, draft_written, statement_editor
from workbench.plain_text import escape_markdown
from workbench.querying.values import asked as read
from workbench.views import show
from workbench.views.access.rights import barred
from workbench.views.console.answer import forget_problem, last_answer, run_query, show_answer
from workbench.views.console.draft import (
    Written,
    chosen_types,
    keep_draft,
    preset_types,
    remember,
    was_put_aside,
    written,
)
from workbench.views.console.fields import values_given
from workbench.views.console.history import history
from workbench.views.console.save import save_form
from workbench.views.language import _, words_here
from workbench.views.models.queries import fault_text
from workbench.views.models.queries import statement as model
from workbench.views.session import reading, server

CONSOLE = "console"
EXAMPLE = "MATCH (a:Account)-[c:CONTACTED]->(b:Account) RETURN a, c, b LIMIT 50"
_GO, _PLAIN, _EDITOR = "console_go", "console_plain", "console_editor"

_RUNS = """<script>
window.filatureRuns ??= document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.closest?.(".st-key-console textarea"))
    setTimeout(() => document.querySelector(".st-key-run_console button")?.click(), 50);
}) ?? true;
</script>"""
"""In the plain field, too, Ctrl+Enter runs what is written, once the field has told it."""


def console(case: CaseFolder) -> None:
    """The editor, the values it asks for, the buttons and the answer."""
    now = written(case)
    declared = now.query.parameters if now.query else ()
    preset_types(model.wanted_types(now.draft.text, chosen_types()))
    editor, fields = st.container(key="console_write"), st.container(key="console_values")
    parameters = model.parameters_in(now.draft.text, declared, chosen_types())
    with fields:
        given = values_given(case, parameters, declared={one.name for one in declared})
    if st.session_state.pop(_GO, False):
        _run(case, now, parameters, given)
    with editor:
        if was_put_aside():
            st.info(_("What was written here before and had not run stands in the History."))
        _editor(case, now, parameters)
    _buttons(case, now, parameters)
    answer = last_answer(CONSOLE)
    if answer is not None and answer.ran is not None and model.is_of_before(
        now.draft, given, ran=answer.ran, asked=answer.asked.given
    ):
        st.info(_("The answer below is that of what ran before: the statement or its values have changed since."))
    show_answer(case, CONSOLE)


def _run(case: CaseFolder, now: Written, parameters: tuple[Parameter, ...], given: dict[str, str]) -> None:
    ran = model.chosen(now.draft)
    if not ran.text.strip():
        forget_problem(CONSOLE)
        st.info(_("Nothing is written yet: write a statement, or take one up from the History."))
        return
    remember(case.name, now.draft.text)
    asked = model.parameters_in(ran.text, parameters, {})
    forget_problem(CONSOLE)
    if wrong := model.unfit(asked, given, words_here()):
        st.error(escape_markdown(" ".join(wrong)))
        return
    with show.errors():
        try:
            values = _meant(case, asked, given)
        except NotNamed as error:
            for fault in error.faults:
                st.error(escape_markdown(fault_text(fault, words_here())))
            return
        kept = {one.name: given[one.name] for one in asked if one.name in given}
        types = {one.name: one.type for one in asked}
        run_query(case, CONSOLE, ran.text, values, ran=ran, given=kept, types=types)


def _meant(case: CaseFolder, parameters: tuple[Parameter, ...], given: dict[str, str]) -> dict[str, Any]:
    """The values by name; an id that nobody in the case has is said, as of a saved query."""
    about = tuple(one for one in parameters if one.name in given and item_type(one.type) in BY_ID)
    if about:
        query = SavedQuery(CONSOLE, "", "", "", about)
        named = {one.name: given[one.name] for one in about}
        with reading(case) as store:
            given = {**given, **model.written(read(server().workbench, case, query, named, store=store).values)}
    return model.bound(parameters, given)


def _editor(case: CaseFolder, now: Written, parameters: tuple[Parameter, ...]) -> None:
    label = _("Cypher, one read-only statement")
    if st.session_state.get(_PLAIN):
        if st.session_state.get("console_shown") != now.revision or CONSOLE not in st.session_state:
            st.session_state[CONSOLE] = now.draft.text
            st.session_state["console_shown"] = now.revision
        st.text_area(label, key=CONSOLE, height=180, placeholder=EXAMPLE, on_change=_typed)
        st.html(_RUNS, unsafe_allow_javascript=True)
        for mark in _marks(now):
            st.caption(escape_markdown(f"“{now.draft.text[mark.start:mark.end]}”: {mark.message}"))
        return
    statement_editor(
        now.draft, key=_EDITOR, revision=now.revision, label=label, example=EXAMPLE,
        names=model.names_to_complete(_known(case), parameters), marks=_marks(now), answered=_answered(),
        on_draft=lambda: keep_draft(draft_written(_EDITOR)), on_run=_run_asked,
    )


def _typed() -> None:
    keep_draft(Draft(st.session_state[CONSOLE]))


def _run_asked() -> None:
    keep_draft(draft_to_run(_EDITOR))
    st.session_state[_GO] = True


def _press_run() -> None:
    st.session_state[_GO] = True


def _answered() -> str:
    """The whole statement whose answer stands below; none where a part of it ran."""
    answer = last_answer(CONSOLE)
    return answer.ran.text if answer is not None and answer.ran is not None and not answer.ran.part else ""


def _marks(now: Written) -> list[Mark]:
    answer = last_answer(CONSOLE)
    if answer is None or answer.ran is None:
        return []
    warnings = answer.result.warnings if answer.result else ()
    return model.marks(now.draft, answer.ran, answer.problem, warnings, words_here())


def _buttons(case: CaseFolder, now: Written, parameters: tuple[Parameter, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="console_buttons"):
        st.button(
            _("Run"), type="primary", key="run_console", on_click=_press_run,
            help=_("Ctrl+Enter. What is selected runs alone. EXPLAIN before it shows the plan."),
        )
        with st.popover(_("Save as a query"), key="save_popover", **barred("save")):
            save_form(now, parameters)
        shown = st.popover(_("History"), key="console_history", on_change="rerun")
        if shown.open:
            with shown:
                history(case)
        if now.query is not None:
            st.caption(escape_markdown(_("From “{title}”", title=now.query.title)))
        st.space("stretch")
        st.toggle(
            _("Plain text field"), key=_PLAIN,
            help=_("For screen readers and for those who write elsewhere: no colours, no completion."),
        )


def _known(case: CaseFolder) -> KnownNames:
    """The names of the case's graph, read once for its evidence; the schema's own where the graph does not answer."""
    digest = case_digest(case)
    kept = st.session_state.get("console_names")
    if kept is not None and kept[0] == (case.name, digest):
        names: KnownNames = kept[1]
        return names
    try:
        with reading(case) as store:
            names = model.completions(store)
    except GraphError:
        return SCHEMA
    st.session_state["console_names"] = ((case.name, digest), names)
    return names
