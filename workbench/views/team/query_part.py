"""What colleagues do with a saved query: who sees it, what it was before, who ran it, a copy, a watch."""

import time
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from queries.catalog import library, merge
from queries.naming import NotNamed
from queries.parameters import defaults_of
from queries.saved_query import SavedQuery
from workbench.casebook.saved import Sharing
from workbench.plain_text import escape_markdown
from workbench.querying.values import asked
from workbench.querying.watching import begin_watch, usual_keys
from workbench.views import show
from workbench.views.access.rights import Barred, barred
from workbench.views.access.unmask import lifted
from workbench.views.console.save import MOST_TITLE
from workbench.views.language import _, words_here
from workbench.views.models import queries as queries_model
from workbench.views.models import team as model
from workbench.views.models.names import names_in_cells
from workbench.views.navigation import address
from workbench.views.queries.fields import hinders
from workbench.views.session import person, reading, server
from workbench.views.widgets.fields import lacking

_DIFFERENCE = 150  # pixels of the box in which changed lines scroll
_DONE = "query_panel_done"  # the panel whose work is done: it is closed at the next run


def query_part(case: CaseFolder, query: SavedQuery, values: Mapping[str, str]) -> None:
    """A row of small panels, each read only once it is opened; ``values`` are those that are filled in now."""
    done = st.session_state.pop(_DONE, None)
    if done:
        st.session_state[done] = False
    with st.container(horizontal=True, key="query_team"):
        parts: list[tuple[str, str, Callable[[], None], Barred] | None] = [
            (_("Share it"), "share", lambda: _share(query), {}) if query.owner else None,
            (_("Revisions"), "revisions", lambda: _revisions(query), {}) if query.owner else None,
            (_("Who ran it"), "ran", lambda: _ran(case, query), {}),
            (_("Duplicate it"), "duplicate", lambda: _duplicate(query, values), barred("save")),
            (_("Watch"), "watch", lambda: _watch(case, query, values), {}) if query.reviewed else None,
        ]
        for title, key, draw, dimmed in filter(None, parts):
            panel = st.popover(title, key=f"query_{key}", on_change="rerun", **dimmed)
            if panel.open:
                with panel, st.container(key=f"query_{key}_open"), show.errors():
                    draw()
        if query.owner == person().name:
            archived = (query.id, query.owner) in server().workbench.casebook.saved.archived(person().name)
            st.button(
                _("Bring it back") if archived else _("Archive it"), key="query_archive", on_click=_archive,
                args=(query, not archived), **barred("save"),
            )
    if done:
        show.go_on_at([f".st-key-{done} button"], once=time.monotonic())


def _share(query: SavedQuery) -> None:
    book, name = server().workbench.casebook, queries_model.handle(query)
    sharing = book.saved.sharing(name, person().name)
    st.text(model.sharing_text(sharing, query.owner, words_here()))
    if query.owner != person().name:
        st.caption(_("Its owner says who sees it; a duplicate is yours to share."))
        return
    names = {one.name for one in book.roster.members(seen_by=person().name)}
    known = sorted(names - {query.owner} | set(sharing.people))
    more = not book.roster.is_team()
    with st.form("share_query", border=False):
        everyone = st.checkbox(_("Everybody may find and run it"), value=sharing.everyone, key="share_everyone")
        runners, editors = (
            st.multiselect(
                title, known, [who for who in sorted(sharing.people) if sharing.people[who] == part],
                key=f"share_{part}", accept_new_options=more, placeholder=_("Names"),
            )
            for part, title in (("run", _("These may run it")), ("edit", _("These may edit it too")))
        )
        sent = st.form_submit_button(_("Share it"), type="primary", key="share_send", **barred("save"))
    if sent:
        people = {**dict.fromkeys(runners, "run"), **dict.fromkeys(editors, "edit")}
        _shared(query, sharing, Sharing(everyone, people))  # type: ignore[arg-type]


def _shared(query: SavedQuery, before: Sharing, sharing: Sharing) -> None:
    """Shared so from now on, and said; what changes nothing is said to."""
    if sharing != before:
        server().workbench.casebook.saved.share(queries_model.handle(query), sharing, user=person().name)
        st.toast(escape_markdown(model.sharing_text(sharing, query.owner, words_here())))
        st.rerun()
    elif sharing.everyone or sharing.people:
        st.caption(_("Nothing was changed: it is shared like this already."))
    else:
        st.error(_("Nobody is chosen: say who may run it or edit it, or that everybody may."))


def _revisions(query: SavedQuery) -> None:
    book, name, who = server().workbench.casebook, queries_model.handle(query), person().name
    found = book.saved.revisions(name, who)
    frame = model.revisions(found, words_here())
    st.dataframe(
        frame, hide_index=True, key="revisions_table", width=640, height=show.height_of(len(found), most=160),
        column_config=show.widths(frame, (80, 150, 180, 230)),
    )
    numbers = [one.query.revision for one in found]
    if len(numbers) < 2:
        st.caption(_("There is one revision that you may see."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = st.selectbox(_("From revision"), numbers, index=len(numbers) - 2, key="compare_from", width=150)
        second = st.selectbox(_("to revision"), numbers, index=len(numbers) - 1, key="compare_to", width=150)
        if book.saved.may_edit(name, who):
            st.button(
                _("Restore revision {number}", number=first), key="restore_query", on_click=_restore,
                args=(name, first), **barred("save"),
            )
    lines = model.changed_lines(book.saved.difference(name, first, second, user=who))
    if lines:
        chosen = {one.query.revision: model.revision_text(one, words_here()) for one in found}
        st.text(f"− {chosen[first]}\n+ {chosen[second]}")
        st.code("\n".join(lines), language="diff", wrap_lines=True, height=_DIFFERENCE)
    else:
        st.caption(_("They say the same: title, description, statement and parameters."))


def _archive(query: SavedQuery, archived: bool) -> None:
    """It leaves the lists of all who see it, or stands there again; it stays open here."""
    with show.errors():
        server().workbench.casebook.saved.archive(queries_model.handle(query), user=person().name, archived=archived)
        st.toast(_("Archived: it leaves the lists of all who see it. The category “Archived” holds it.") if archived
                 else _("It stands in the lists again."))


def _restore(name: str, revision: int) -> None:
    with show.errors():
        server().workbench.casebook.saved.restore(name, revision, user=person().name)


def _ran(case: CaseFolder, query: SavedQuery) -> None:
    found = server().workbench.casebook.runs.of(case.name, query)
    if not found:
        st.caption(_("Nobody has run it in this case yet."))
        return
    with Lake(case) as lake:
        names = lifted(names_in_cells(lake, model.texts_in(one.parameters for one in found)))
    frame = model.runs(found, names, words_here())
    st.dataframe(
        frame, hide_index=True, key="runs_table", width=720, row_height=show.LINES,
        height=show.height_of(len(found), most=320, row=show.LINES),
        column_config=show.widths(frame, (160, 130, 80, 200, 150)),
    )


def _duplicate(query: SavedQuery, values: Mapping[str, str]) -> None:
    with st.form("duplicate_query", border=False):
        title = st.text_input(
            _("Title of the copy"), value=_("{title} (copy)", title=query.title[:100]), key="duplicate_title"
        )
        sent = st.form_submit_button(_("Duplicate it"), type="primary", key="duplicate_send")
    st.caption(_("The copy is yours, private until you share it, and begins with the values that are filled in now; "
                 "open it in the console to change it."))
    if sent and not lacking(_("Title of the copy"), title, MOST_TITLE, missing=_("Write a title for the copy.")):
        plain = next((one for one in library() if one.id == query.id and not query.owner), query)
        known = merge(server().workbench.casebook.queries(person().name, archived=True))
        identity = queries_model.free_identifier(title, known)
        made = server().workbench.casebook.saved.duplicate(
            plain, identity, user=person().name, title=title.strip(), defaults=defaults_of(plain.parameters, values)
        )
        address.put(query=queries_model.handle(made), run=None)
        st.toast(_("Duplicated: {title} is yours and open here.", title=escape_markdown(made.title)))
        st.session_state[_DONE] = "query_duplicate"
        st.rerun()


def _watch(case: CaseFolder, query: SavedQuery, values: Mapping[str, str]) -> None:
    st.text(_("After each ingest it is asked again with these values, and says which rows are new."))
    if values:
        with Lake(case) as lake:
            names = lifted(names_in_cells(lake, model.texts_in([values])))
        with st.container(key="watch_values"):
            st.text(model.values(values, names, words_here()))
    columns: Sequence[str] = [column.name for column in query.columns]
    titles = {column.name: column.title or column.name for column in query.columns}
    keys = st.multiselect(
        _("Rows are told apart by"), columns, usual_keys(query), key="watch_keys", placeholder=_("All columns"),
        format_func=lambda name: titles.get(name, name),
    ) if columns else []
    if st.button(_("Watch this case"), type="primary", key="watch_begin"):
        if hindering := hinders(query, values, words_here()):
            st.error(escape_markdown(" ".join(hindering)))
            return
        try:
            with reading(case) as store:
                read = asked(server().workbench, case, query, values, store=store)
                begin_watch(server().workbench, case, query, read.values, keys, store=store)
        except NotNamed as error:
            for fault in error.faults:
                st.error(escape_markdown(queries_model.fault_text(fault, words_here())))
            return
        st.success(escape_markdown(_("“{title}” watches this case from now on.", title=query.title)))
