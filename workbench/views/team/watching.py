"""What is new in the queries that watch this case for the person at the screen?"""

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from queries.catalog import merge
from workbench.casebook.saved import Look, Watch
from workbench.querying.watching import news
from workbench.views import show
from workbench.views.access.unmask import lifted
from workbench.views.language import _, words_here
from workbench.views.models import queries as queries_model
from workbench.views.models import team as model
from workbench.views.models.names import names_in_cells
from workbench.views.navigation import address
from workbench.views.session import person, reading, server

_OPEN = "watch"


def watched_table(case: CaseFolder) -> None:
    """On the overview: the watched queries and what is new in them; nothing where none is watched."""
    found = server().workbench.casebook.watches.of(case.name, person().name)
    if not found:
        return
    st.header(_("Watched queries"), anchor=False)
    with Lake(case) as lake:
        names = lifted(names_in_cells(lake, model.texts_in(watch.parameters for watch, _look in found)))
    show.table(model.watches(found, _titles(), names, words_here()), key="watched", empty="", pixels=(300, 260, 200))
    if any(look.fresh for _watch, look in found) and st.button(_("Show what is new"), key="to_watched"):
        address.to("Queries")


def watched_part(case: CaseFolder) -> None:
    """On the queries' screen: each watch with its news, the new rows, and the way to end it."""
    found = server().workbench.casebook.watches.of(case.name, person().name)
    if not found:
        return
    fresh = sum(look.fresh for _watch, look in found)
    titles = _titles()
    label = _("Watched queries: {number} new rows", number=fresh) if fresh else _("Watched queries")
    with st.expander(label, key="watched_queries", expanded=bool(fresh)):
        with Lake(case) as lake:
            names = lifted(names_in_cells(lake, model.texts_in(watch.parameters for watch, _look in found)))
        for watch, look in found:
            title = titles.get(watch.name, watch.query)
            with st.container(horizontal=True, vertical_alignment="center", key=f"watch_{watch.number}"):
                st.text(" · ".join(filter(None, (
                    title, model.values(watch.parameters, names, words_here()), model.news(look, words_here())
                ))))
                st.space("stretch")
                st.button(_("Show what is new"), key=f"news_{watch.number}", on_click=_show, args=(watch.number,))
                st.button(_("End"), key=f"unwatch_{watch.number}", type="tertiary", on_click=_end, args=(watch.number,))
            if st.session_state.get(_OPEN) == watch.number:
                with show.errors():
                    _news(case, watch, look)


def _news(case: CaseFolder, watch: Watch, look: Look) -> None:
    with reading(case) as store:
        _watch, now, result = news(server().workbench, case, watch.number, store=store)
    with Lake(case) as lake:
        names = lifted(queries_model.names_in_answer(lake, result, result.subgraph, {}))
    show.table(
        queries_model.result_rows(result, names, words_here()), key=f"news_rows_{watch.number}",
        empty=_("Nothing is new since {moment}.", moment=words_here().instant(look.seen_at)),
    )
    if now.fresh:
        st.button(_("I have seen them"), key=f"seen_{watch.number}", on_click=_seen, args=(watch.number,))


def _show(number: int) -> None:
    st.session_state[_OPEN] = None if st.session_state.get(_OPEN) == number else number


def _seen(number: int) -> None:
    with show.errors():
        server().workbench.casebook.watches.looked(number, user=person().name)


def _end(number: int) -> None:
    with show.errors():
        server().workbench.casebook.watches.end(number, user=person().name)


def _titles() -> dict[str, str]:
    seen = server().workbench.casebook.queries(person().name, archived=True)
    known = queries_model.in_words(merge(seen), words_here())
    return {queries_model.handle(one): one.title for one in known}
