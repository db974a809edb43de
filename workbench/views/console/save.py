"""The form that keeps a statement as a query of one's own, or as the next revision of one."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from queries.catalog import merge
from queries.errors import RevisedMeanwhile, UnknownQuery
from queries.saved_query import Parameter, SavedQuery
from workbench.casebook.saved import Revision, Sharing, changed
from workbench.plain_text import escape_markdown
from workbench.querying.watching import lost_by
from workbench.views import show
from workbench.views.console.draft import Written, compared_with, saved_as
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import queries as model
from workbench.views.models.queries import statement as console_model
from workbench.views.models.team import changed_lines, revision_text, sharing_text
from workbench.views.navigation import address
from workbench.views.session import person, server
from workbench.views.widgets.fields import too_long

MOST_TITLE, MOST_DESCRIPTION = 120, 2_000  # characters
_DIFFERENCE = 150  # pixels of the box in which changed lines scroll


def save_form(now: Written, parameters: Sequence[Parameter]) -> None:
    """Title, description, and whether the team sees it; what was taken over keeps all else that it had."""
    withdrawn = now.query is not None and _withdrawn(now.query)
    revises = not withdrawn and _revises(now.query)
    taken = console_model.to_save(now.query, now.draft.text, parameters, revises=revises)
    title_key, about_key, shared_key = (f"save_{part}_{now.revision}" for part in ("title", "description", "shared"))
    sharing = _sharing(taken)
    stands = sharing is not None and sharing.everyone
    may_share = sharing is None or taken is None or taken.owner == person().name
    # values of the session would be lost by any click before the panel is opened: these are the fields' own
    told, beside = st.empty(), st.empty()  # above the form, whose foot may lie below what a panel over the page shows
    with st.container(key="save_form"), st.form("save_query", border=False):
        title = st.text_input(_("Title"), taken.title if taken else "", key=title_key)
        description = st.text_area(
            _("What it answers"), taken.description if taken else "", key=about_key, height=80
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            sent = st.form_submit_button(_("Save"), type="primary", key="save_query")
            shared = st.checkbox(_("Share with the team"), stands, key=shared_key) if may_share else stands
            anew = taken is not None and sharing is not None and st.checkbox(
                _("As a new query"), key=f"save_anew_{now.revision}_{taken.id}"  # unticked once saved
            )
    if anew and taken is not None:
        taken, sharing, stands = replace(taken, id="", owner="", revision=1), None, False
    mine = _query(taken, now.draft.text, parameters, title.strip(), description.strip()) if title.strip() else None
    if now.newer is not None and mine is not None and not sent:
        _compared(beside, now.newer, mine)
    if now.query is not None and withdrawn:
        st.caption(escape_markdown(_("{owner} no longer shares “{title}” with you: saved, this becomes a query of your "
                                     "own.", owner=now.query.owner, title=now.query.title)))
    revised = st.empty()
    if taken is not None and sharing is not None:
        _next_revision(revised, taken, sharing)
    if not sent:
        return
    if not now.draft.text.strip():
        told.error(_("There is no statement to save."))
        return
    if mine is None:
        told.error(_("A query needs a title."))
        return
    with told.container():
        over = too_long((_("Title"), title, MOST_TITLE), (_("What it answers"), description, MOST_DESCRIPTION))
    if over:
        return
    based_on = now.newer.query if now.newer is not None else taken
    with show.errors():
        try:
            saved = server().workbench.casebook.save_query(
                mine, user=person().name, shared=True if shared and not stands else None,
                owner=taken.owner if taken and taken.id else None,
                based_on=based_on.revision if taken and taken.id and based_on else None,
            )
        except RevisedMeanwhile as error:
            newer = server().workbench.casebook.saved.revisions(model.handle(mine), person().name)[-1]
            compared_with(newer)
            with told.container():
                show.error(error)
            _compared(beside, newer, mine)
            return
        if sharing is not None and stands and not shared:  # whom it is shared with by name stays so
            server().workbench.casebook.saved.share(
                model.handle(saved), replace(sharing, everyone=False), user=person().name
            )
        saved_as(saved)
        filled = [name for name in st.query_params if name.startswith(address.PARAMETER)]
        address.put(**dict.fromkeys(filled), query=model.handle(saved), run=None)  # it stands open under the saved ones
        with told.container():
            st.success(
                escape_markdown(_("Saved as {name}, revision {revision}.", name=saved.id, revision=saved.revision))
            )
            _warn_of_watches(saved)
        if (sharing := _sharing(saved)) is not None:
            _next_revision(revised, saved, sharing)


def _next_revision(place: DeltaGenerator, query: SavedQuery, sharing: Sharing) -> None:
    """Of which query saving makes the next revision, and who sees that one now."""
    place.caption(escape_markdown(" ".join((
        _("Saving makes the next revision of {name}.", name=query.id),
        sharing_text(sharing, query.owner, words_here()),
    ))))


def _compared(place: DeltaGenerator, newer: Revision, mine: SavedQuery) -> None:
    """What a colleague saved meanwhile and what is written here, as the lines in which they differ."""
    with place.container(key="save_compared"):
        theirs, lines = revision_text(newer, words_here()), changed_lines(changed(newer.query, mine))
        if not lines:
            st.caption(escape_markdown(_("What you have written is the same as {theirs}.", theirs=theirs)))
            return
        st.text("\n".join((f"− {theirs}", _("+ what you have written"))))
        st.code("\n".join(lines), language="diff", wrap_lines=True, height=_DIFFERENCE)
        st.caption(_("Take over in the console what is to stay of theirs. Saved again, yours becomes the next "
                     "revision; theirs stays among the revisions."))


def _warn_of_watches(saved: SavedQuery) -> None:
    """Where watches compare rows by a column that the statement no longer gives, whoever's they are."""
    number, columns = lost_by(saved, server().workbench.casebook.watches.columns_watched(saved))
    if number:
        st.warning(escape_markdown(ngettext(
            "{number} watch tells rows apart by {columns}, which this revision no longer gives: it finds nothing new "
            "until the column is back or another one is chosen.",
            "{number} watches tell rows apart by {columns}, which this revision no longer gives: they find nothing new "
            "until the column is back or another one is chosen.",
            number, columns=", ".join(columns),
        )))


def _sharing(query: SavedQuery | None) -> Sharing | None:
    """Whom the query is shared with now that gets its next revision; None where a new one is made."""
    if query is None or not query.id:
        return None
    return server().workbench.casebook.saved.sharing(model.handle(query), person().name)


def _revises(query: SavedQuery | None) -> bool:
    """May this person, with whom it is shared, add a revision to what the console took over?"""
    if query is None or not query.owner:
        return False
    return server().workbench.casebook.saved.may_edit(model.handle(query), person().name)


def _withdrawn(query: SavedQuery) -> bool:
    """Does its owner share it no longer with this person?"""
    if query.owner in ("", person().name):
        return False
    try:
        server().workbench.casebook.saved.one(model.handle(query), person().name)
    except UnknownQuery:
        return True
    return False


def _query(
    taken: SavedQuery | None, text: str, parameters: Sequence[Parameter], title: str, description: str
) -> SavedQuery:
    query = taken or SavedQuery("", title, "", text.strip(), tuple(parameters))
    about = description or title
    if about != query.description:  # a person's own words stand in every language
        query = replace(query, description=about, french=replace(query.french, description=""))
    known = merge(server().workbench.casebook.queries(person().name, archived=True))
    identity = query.id or model.free_identifier(title, known)  # a title that stands already covers up no query
    return replace(query if title == query.title else query.called(title), id=identity)
