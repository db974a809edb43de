"""Screen: what is called so, and which conversations and rooms hold the words in their messages, once a reason is
given."""

import streamlit as st

from graph.opaque import fleeting
from graph.search import Hit
from graph.search.phrase import LEAST, MOST, long_enough
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.views import kept, show
from workbench.views.access.texts import search_open
from workbench.views.access.unmask import names_here
from workbench.views.conversation import page as conversation
from workbench.views.language import _, ngettext, words_here
from workbench.views.models import phrase as model
from workbench.views.navigation import address
from workbench.views.widgets import search_everywhere as everywhere
from workbench.views.widgets.entity_picker import hits
from workbench.views.widgets.fields import too_long
from workbench.views.widgets.on_case import on_case
from workbench.views.widgets.pages import page_of

_SOUGHT, _WRITTEN, _PICKED = "searched", "searched_written", "searched_picked"
_PAGE, _FEW = 100, 5


@on_case(lambda: (_("Search"), _("What bears a name or an identifier, and who uses a phrase.")))
def page(case: CaseFolder) -> None:
    text = _sought()
    if not text or too_long((_("Search"), text, MOST)):
        return
    st.subheader(_("Names and identifiers"), anchor=False)
    hits(case, text, key="searched", pick=_pick, first=_FEW,
         nothing=_("Nothing in the case has that name or id. Message texts are searched below."))
    if (hit := st.session_state.pop(_PICKED, None)) is not None:
        everywhere.open_hit(hit)
    st.subheader(_("In message texts"), anchor=False)
    _in_texts(case, text)


def _sought() -> str:
    """What is searched for; the address holds it."""
    wanted = address.given(everywhere.SOUGHT)
    if _SOUGHT not in st.session_state or wanted != st.session_state.get(_WRITTEN):  # the sidebar, back, a bookmark
        st.session_state[_SOUGHT] = wanted or ""
    text: str = st.text_input(
        _("Name, identifier or phrase"), key=_SOUGHT, width=480,
        placeholder=_("Name, e-mail, phone, address, words of a message …"),
    ).strip()
    address.put(**{everywhere.SOUGHT: text or None})
    st.session_state[_WRITTEN] = text or None
    return text


def _pick(hit: Hit) -> None:
    """Remembered until the page runs: a callback cannot go to another page."""
    st.session_state[_PICKED] = hit


def _in_texts(case: CaseFolder, phrase: str) -> None:
    if not long_enough(phrase):
        st.caption(_("Texts are searched for a phrase of at least {least} letters or digits.", least=LEAST))
        return
    if not search_open(case, phrase):
        return
    with st.spinner(_("Searching message texts…")):
        found = kept.occurrences(case, phrase)
    if not found.total:
        show.nothing(_("No message of the case holds these words."), key="no_text")
        return
    messages = ngettext("{number} message holds these words", "{number} messages hold these words", found.messages)
    threads = ngettext("in {number} conversation or room", "in {number} conversations and rooms", found.total)
    st.text(f"{messages}, {threads}.")
    st.caption(_("Capital letters and accents make no difference. A click on a row opens it; its texts stay hidden "
                 "until a reason is given for them as well."))
    first = page_of(found.total, size=_PAGE, key=f"texts_page_{fleeting(phrase)}")  # another phrase begins anew
    listed = found.page(first, _PAGE)
    with Lake(case) as lake:
        names = names_here(lake, {who for one in listed for who in (one.one, one.other, one.room, one.writer)} - {""})
    place = show.opened_row(model.rows(listed, names, words_here()), key="texts_found", empty="", height=480,
                            pixels=(250, 250, 100, 110, 160, 160))
    if place is not None:
        conversation.open_found(listed[place], phrase)
