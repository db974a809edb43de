"""A company's owners as a tree and on a time line, with a table beside each picture."""

from collections.abc import Mapping, Sequence
from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from workbench.dossier import CompanyFile
from workbench.dossier.company import Level
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.dossiers import company as model
from workbench.views.models.names import Names
from workbench.views.navigation import address
from workbench.views.session import opaque

COLOURS = ("#0072B2", "#E69F00")
_PIXELS = (60, 150, 150, 80, 112, 128, 96, 115, 150)
"""Of the columns of every holding: all of them fit beside each other at 1366 pixels."""
MOST_LINKED = 60
"""So many steps of the tree have a name that opens."""


def owners(found: CompanyFile, names: Names, places: Mapping[str, str]) -> None:
    """Who owns it in the end, the chains, and every holding with its record; a click on a holding opens its owner."""
    words = words_here()
    left, right = st.columns([5, 4], gap="medium")
    with left:
        show.bold(_("Chains of ownership"))
        if found.tree:
            _tree(found, names)
            if any(level.holding.nominator for level in found.tree):
                st.caption(_(
                    "What a nominee holds for a nominator is one holding, recorded on both sides, and one step of a "
                    "chain."
                ))
        else:
            st.caption(_("No owner is recorded at that date."))
    with right:
        show.bold(_("Ultimate owners, through all chains and circles"))
        parties = [next((one for one in owner.members if one != found.company), found.company)
                   for owner in found.owners]
        chosen = show.opened_row(
            model.ultimate_rows(found, names, words), key=f"ultimate_{opaque(found.company)}",
            empty=_("No ultimate owner is recorded at that date."),
            opens=lambda place: parties[place] != found.company,
        )
        if chosen is not None:
            open_party(parties[chosen], found)
        unknown = 1.0 - sum(owner.share for owner in found.owners)
        if found.owners and unknown > 0.0005:
            st.caption(_("{share} has no recorded ultimate owner.", share=model.percent(unknown, words)))
        for circle in found.circles:
            st.caption(_("These own each other or themselves: {names}",
                         names=", ".join(names.of(who) for who in circle)))
        st.caption(_("Shares on the left are those recorded; those on the right are counted through all chains, as in "
                     "the leads of owners."))
    show.bold(_("Every holding of these chains"))
    _opening(
        model.owner_rows(found, names, places, words), [level.owner for level in found.tree], found, key="owner_tree",
        how=_("A click on a row opens the owner."), empty=_("No owner is recorded at that date."), pixels=_PIXELS,
    )


def open_party(identity: str, found: CompanyFile) -> None:
    """The screen of an owner: of a company that has owners or is in the register, else what the person holds.

    Who owns itself is on the screen already.
    """
    if identity == found.company:
        return
    company = any(level.holding.owned == identity for level in found.tree) or identity in found.companies
    address.to("Company", {"company": identity} if company else {"owner": identity})


def _opening(
    rows: pd.DataFrame, parties: Sequence[str], found: CompanyFile, *, key: str, how: str, empty: str,
    pixels: Sequence[int] = (),
) -> None:
    """A table of which a click on a row opens the party of that row; ``how`` says so where there are rows."""
    if parties:
        st.caption(how)
    place = show.opened_row(
        rows, key=f"{key}_{opaque(found.company)}", empty=empty, pixels=pixels,
        opens=lambda place: parties[place] != found.company,
    )
    if place is not None:
        open_party(parties[place], found)


def _tree(found: CompanyFile, names: Names) -> None:
    """Owners above a company, each step further in: share, name, kind, circle; a name opens that owner."""
    with st.container(key="owner_tree", gap=None):
        st.html(f'<div class="tree-root"><bdi>{escape(names.of(found.company, limit=60))}</bdi></div>')
        for place, level in enumerate(found.tree[:MOST_LINKED]):
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"owner_step_{place}"):
                st.html(_share_html(level), width="content")
                name = escape_markdown(names.of(level.owner, limit=60))
                if st.button(name, key=f"owner_of_{place}", type="tertiary"):
                    open_party(level.owner, found)
                st.html(_notes_html(level), width="content")
        if others := found.tree[MOST_LINKED:]:  # so many buttons would make the page slow
            st.html("".join(
                f'<div class="tree-row">{_share_html(level)}<bdi>{escape(names.of(level.owner, limit=60))}</bdi>'
                f'{_notes_html(level)}</div>' for level in others
            ))
            st.caption(_("The others are opened from the table below."))


def _share_html(level: Level) -> str:
    """As far in as it stands in the chain: the share and its bar."""
    low = level.holding.interval[0] if level.holding.interval else 0.0
    return (
        f'<div class="tree-held" style="margin-left:{1.5 * level.depth:.1f}rem"><span class="tree-share">'
        f'{escape(model.held(level.holding, words_here()))}</span><span class="tree-bar">'
        f'<span style="width:{100 * low:.1f}%"></span></span></div>'
    )


def _notes_html(level: Level) -> str:
    notes = [model.kind(level.holding, words_here())]
    if level.circle:
        notes.append(_("closes a circle"))
    if level.more:
        notes.append(_("its owners are not followed further"))
    return f'<span class="tree-kind"><bdi>{escape(", ".join(filter(None, notes)))}</bdi></span>'


def in_turn(found: CompanyFile, names: Names, places: Mapping[str, str]) -> None:
    """Successive owners: direct holdings, and owners of note through all chains."""
    words = words_here()
    frame = model.turns(found, names, words)
    if not frame.empty:
        lanes = [_("directly"), _("through all chains")]
        show.chart(
            alt.Chart(frame).mark_bar().encode(  # as high as its lane: none lies over another
                x=alt.X("from:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(format=show.DAY)),
                x2="to:T",
                y=alt.Y("owner:N", title=None, sort=alt.EncodingSortField("from"), axis=alt.Axis(labelLimit=260)),
                yOffset=alt.YOffset("lane:N", sort=lanes),
                color=alt.Color("lane:N", title=None, legend=alt.Legend(orient="top"),
                                scale=alt.Scale(domain=lanes, range=list(COLOURS))),
                tooltip=[alt.Tooltip("owner:N", title=_("Owner")), alt.Tooltip("held:N", title=_("Share")),
                         alt.Tooltip("lane:N", title=_("How")), alt.Tooltip("since:N", title=_("Since")),
                         alt.Tooltip("until:N", title=_("Until"))],
            ).properties(height=40 * frame["owner"].nunique() + 90),  # with legend and axis
            key="owners_in_turn", about=_("Successive owners on a time line; the tables below hold the same"),
        )
        st.caption(_("A bar without a recorded beginning or end reaches the edge of the picture. Through all chains: "
                     "owners of a quarter or more, else the largest."))
    show.bold(_("Owners in turn, through all chains"))
    if not found.whole:
        st.caption(_("The register names more dates than are looked at: earlier owners are missing here."))
    show.table(model.period_rows(found, names, words), key="periods", empty=_("No owner is recorded."))
    show.bold(ngettext("{number} direct holding, ever", "{number} direct holdings, ever", len(found.successive)))
    _opening(
        model.holding_rows(found, names, places, words), [one.owner for one in found.successive], found,
        key="successive", how=_("A click on a row opens the owner."), empty=_("No owner is recorded."),
    )


def seats_and_addresses(found: CompanyFile, names: Names, places: Mapping[str, str]) -> None:
    """Directors and other posts, and the addresses as they are written."""
    words = words_here()
    show.bold(_("Directors and other posts"))
    _opening(
        model.seat_rows(found, names, places, words), [one.owner for one in found.seats], found, key="seats",
        how=_("A click on a row opens who holds the post."), empty=_("The register names no posts."),
    )
    show.bold(_("Addresses"))
    show.table(model.address_rows(found, places, words), key="addresses", empty=_("The register tells no address."))
