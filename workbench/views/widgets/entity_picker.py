"""Where does a person name an account, room, identifier, company or person?  One box, all hits, the best first."""

from collections import Counter
from collections.abc import Callable, Sequence, Set

import streamlit as st

from graph.search import Hit
from ingest.case_folder import CaseFolder, label_key
from ingest.lake import Lake
from workbench.plain_text import escape_markdown, label_text
from workbench.views import show
from workbench.views.access.unmask import names_here
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads.about import findings_about
from workbench.views.models import picker as model
from workbench.views.session import opened_minors, server

FEW = 5


def entity_field(
    case: CaseFolder, *, key: str, title: str, value: str | None, pick: Callable[[Hit | None], None],
    labels: Sequence[str] = (),
) -> None:
    """What is chosen, by its name or mask, with a button to choose another; else the box and its hits.

    ``title``: plain text.  ``value``: the id that is chosen; ``pick`` is given the hit, or None to choose anew.
    """
    if value is None:
        text = search_box(f"{key}_box", title=label_text(title), width="stretch")
        if text:
            hits(case, text, key=f"{key}_box", pick=pick, labels=labels, first=FEW, beside=False)
        return
    with Lake(case) as lake:
        names = names_here(lake, [value])
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_chosen"):
        st.text(words_here().pair(title, names.full(value)))
        st.button(_("Choose another"), key=f"{key}_other", type="tertiary", on_click=pick, args=(None,))


def search_box(key: str, *, title: str = "", width: int | str = 340, labelled: bool = True) -> str:
    """The box alone; its text without blanks around it.  ``labelled``: what it is stands above it."""
    text: str = st.text_input(  # type: ignore[call-overload]
        title or _("Search"), key=key, placeholder=_("Name, e-mail, phone, address …"),
        width=width,
        label_visibility="visible" if labelled else "collapsed",
    )
    return text.strip()


def hits(
    case: CaseFolder, text: str, *, key: str, pick: Callable[[Hit], None], labels: Sequence[str] = (),
    first: int = model.PAGE, beside: bool = True, nothing: str = "",
) -> None:
    """What the text may mean, a row each with the line that tells it apart; ``more`` shows the next ones.

    ``pick`` is the callback of the hits' buttons.  ``first``: how many are shown
    before more are asked for.  ``beside``: the line stands beside the button, else below it.
    ``nothing``: said where nothing is found.
    """
    shown = _shown(key, case, text, first)
    with show.errors(), st.container(key=f"{key}_hits", gap="xsmall"):
        found = model.resolve(server().workbench, case, text, labels=labels, limit=shown)
        if not found.hits:
            st.caption(nothing or _("Nothing in the case has that name or id."))
            if left_out := model.left_out(found, words_here()):
                st.caption(words_here().joined(left_out))
            return
        leads = _leads(case, {hit.id for hit in found.hits})
        held = model.held_by_masked(case, found)
        listed = model.choices(
            found, words_here(), opened=opened_minors(), leads=leads, held=held, key=label_key(case), text=text,
        )
        told = (model.counted(found, words_here()), model.masked_last(listed, words_here()))
        st.caption(words_here().joined([part for part in told if part]))
        for number, choice in enumerate(listed):
            with st.container(
                horizontal=beside, vertical_alignment="center", gap="small" if beside else None,
                key=f"{key}_row_{number}",
            ):
                st.button(
                    escape_markdown(choice.title, limit=60), key=f"{key}_hit_{number}", on_click=pick,
                    args=(choice.hit,),
                )
                st.text(choice.line)
        if found.more:
            label = (
                ngettext("Show all hits ({number})", "Show all hits ({number})", found.total)
                if first < model.PAGE and shown == first
                else _("Show {number} more", number=min(found.more, model.PAGE))
            )
            total = found.total if first < model.PAGE else 0
            st.button(label, key=f"{key}_more", on_click=_show_more, args=(key, total))


def _shown(key: str, case: CaseFolder, text: str, first: int) -> int:
    """How many hits are shown of this text: the first page, until more are asked for."""
    state: tuple[str, str, int] = st.session_state.get(f"{key}_shown", ("", "", 0))
    if state[:2] != (case.name, text):
        state = (case.name, text, first)
        st.session_state[f"{key}_shown"] = state
    return state[2]


def _show_more(key: str, total: int) -> None:
    """The next page; of a short list all of them, at most ``MOST_AT_ONCE`` more at a time."""
    case, text, shown = st.session_state[f"{key}_shown"]
    more = min(max(total - shown, model.PAGE), model.MOST_AT_ONCE)
    st.session_state[f"{key}_shown"] = (case, text, shown + more)


def _leads(case: CaseFolder, ids: Set[str]) -> Counter[str]:
    """By id, how many leads name it, as a member or as a target: the number that its own page has."""
    return Counter(identity for identity in ids for _finding in findings_about(case, identity))
