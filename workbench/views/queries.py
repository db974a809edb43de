"""Screen: pick a saved query or write one, fill its parameters, run it, see table and graph, save it."""

from collections.abc import Sequence

import streamlit as st

from graph.opaque import token
from graph.search import Hit
from ingest.case_folder import CaseFolder
from queries.catalog import merge
from queries.saved_query import ENTITIES, Parameter, SavedQuery
from workbench.plain_text import plain_text
from workbench.views import address, show
from workbench.views.console.answer import is_answer, run_query, show_answer
from workbench.views.console.draft import TAKEN
from workbench.views.console.part import console
from workbench.views.entity_picker import entity_field
from workbench.views.language import _, words_here
from workbench.views.models import queries as model
from workbench.views.on_case import on_case
from workbench.views.session import person, server

QUERY, RUN = "query", "run"  # names in the address


@on_case(lambda: (
    _("Queries"), _("The library and the team's own: pick, fill in, run; what you write runs read-only."),
))
def page(case: CaseFolder) -> None:
    tab = st.segmented_control(
        _("What to run"),
        ["saved", "console"],
        default="saved",
        format_func={"saved": _("Saved queries"), "console": _("Cypher console")}.__getitem__,
        key="query_mode",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )
    if tab == "saved":
        _saved(case)
    else:
        console(case)


def _saved(case: CaseFolder) -> None:
    user = person().name
    known = model.in_words(merge(server().workbench.casebook.queries(user)), words_here())
    left, right = st.columns(2, gap="medium")
    with left:
        text = st.text_input(
            _("Find a query"), key="query_filter", placeholder=_("Title, id or words"), bind="query-params"
        )
        shown = model.matching(known, text or "")
        st.caption(_("Showing {shown} of {total} queries", shown=len(shown), total=len(known)))
        key = f"query_list_{token(text)}" if text else "query_list"  # another list has no row that was clicked
        st.dataframe(
            model.table(shown, user, words_here())[[_("Title")]],
            hide_index=True,
            key=key,
            on_select=lambda: _clicked(key, shown),
            selection_mode=["single-row", "single-cell"],
            height=560,
        )
    wanted = address.given(QUERY)
    query = next((one for one in shown if model.handle(one) == wanted), shown[0] if shown else None)
    with right:
        if wanted is not None and all(model.handle(one) != wanted for one in known):
            st.warning(_("The query of this address is not in the library, nor one of yours or shared."))
        if query is None:
            show.nothing(_("No query has these words."), key="no_query")
            return
        _form(case, query)
        show_answer(case, model.handle(query))


def _clicked(key: str, shown: Sequence[SavedQuery]) -> None:
    """A row of the list was chosen: its query is open, and nothing is filled in."""
    selection = st.session_state[key].selection
    rows = [*selection.rows, *(row for row, _column in selection.cells)]
    if rows and rows[0] < len(shown):
        _open(shown[rows[0]])


def _open(query: SavedQuery) -> None:
    filled = [name for name in st.query_params if name.startswith(address.PARAMETER)]
    address.put(**dict.fromkeys(filled), **{QUERY: model.handle(query), RUN: None})


def _form(case: CaseFolder, query: SavedQuery) -> None:
    """What the query asks for: things by the picker, the rest in fields; an address that has been run is run again."""
    if address.given(QUERY) != model.handle(query):
        _open(query)
    with st.container(key="query_title"):
        st.text(query.title)
    with st.container(key="about"):
        st.text(query.description)
        st.text(" · ".join((
            model.origin(query, person().name, words_here()),
            _("revision {number}", number=query.revision), plain_text(query.id, limit=60),
        )))
    entities = [parameter for parameter in query.parameters if parameter.type in ENTITIES]
    values = {parameter.name: _entity(case, query, parameter) for parameter in entities}
    fields = [parameter for parameter in query.parameters if parameter not in entities]
    with st.form(f"parameters_{query.id}_{query.owner}", border=bool(fields)):
        values |= {parameter.name: _field(query, parameter, number) for number, parameter in enumerate(fields)}
        start = st.form_submit_button(_("Run"), type="primary", key="run_query")
    with st.expander(_("Statement")):
        st.code(query.cypher, language="cypher", wrap_lines=True)
        st.button(_("Open in the console"), key="to_console", on_click=_to_console, args=(query,))
    given = model.given(values)
    if start:
        address.put(**{f"{address.PARAMETER}{name}": given.get(name) for name in values}, **{RUN: "1"})
    if start or (address.given(RUN) and not is_answer(case, model.handle(query), given)):
        run_query(case, model.handle(query), query, given)


def _entity(case: CaseFolder, query: SavedQuery, parameter: Parameter) -> str:
    name = f"{address.PARAMETER}{parameter.name}"
    value = address.given(name)

    def pick(hit: Hit | None) -> None:
        address.put(**{name: hit.id if hit else None, RUN: None})

    entity_field(
        case, key=f"parameter_{query.id}_{parameter.name}", title=model.entity_title(query, parameter, words_here()),
        value=value, pick=pick, labels=ENTITIES[parameter.type],
    )
    return value or ""


def _field(query: SavedQuery, parameter: Parameter, number: int) -> str:
    """A field of the form; it follows the address where that changes (back, a bookmark)."""
    with st.container(key=f"about_{number}"):
        st.text(f"{parameter.name}: {parameter.description or model.hint(parameter, words_here())}")
    key = f"parameter_{query.id}_{parameter.name}"
    stands = address.given(f"{address.PARAMETER}{parameter.name}")
    if key not in st.session_state or (stands is not None and stands != st.session_state.get(f"{key}_followed")):
        st.session_state[key] = stands or model.default_text(parameter)
    st.session_state[f"{key}_followed"] = stands
    text: str = st.text_input(
        _("Value {number}", number=number + 1), placeholder=model.hint(parameter, words_here()), key=key,
        label_visibility="collapsed",
    )
    return text


def _to_console(query: SavedQuery) -> None:
    """The whole query is handed over: the console asks for its values, and saves it with everything it had."""
    st.session_state.update({"query_mode": "console", TAKEN: query})
