"""Where does a person name an account, room, identifier, company or person?  One box, all hits, the best first."""

from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from graph.search import Hit
from ingest.case_folder import CaseFolder
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.models import picker as model
from workbench.views.session import server


def search_box(key: str, *, width: int = 340) -> str:
    """The box alone; its text without blanks around it."""
    text: str = st.text_input(
        "Search", key=key, placeholder="Name, id, e-mail, phone, address, device, company", width=width
    )
    return text.strip()


def hits(case: CaseFolder, text: str, *, key: str, pick: Callable[[Hit], None], labels: Sequence[str] = ()) -> None:
    """What the text may mean, a row each with the line that tells it apart; ``more`` shows the next ones.

    ``pick`` is called with the hit whose button is pressed.
    """
    shown = _shown(key, case, text)
    with show.errors(), st.container(key=f"{key}_hits" if key != "search" else "hits", gap="xsmall"):
        found = model.resolve(server().workbench, case, text, labels=labels, limit=shown)
        if not found.hits:
            st.caption(escape_markdown(found.note) if found.note else "Nothing in the case has that name or id.")
            return
        st.caption(model.counted(found))
        opened = st.session_state.get("opened_minors", frozenset())
        for number, choice in enumerate(model.choices(found, opened=opened, leads=_leads(case))):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(
                    escape_markdown(choice.title, limit=60), key=f"{_short(key)}_{number}", on_click=pick,
                    args=(choice.hit,),
                )
                st.text(choice.line)
        if found.more:
            st.button(
                f"Show {min(found.more, model.PAGE):,} more", key=f"{key}_more", on_click=_show_more, args=(key,)
            )


def _short(key: str) -> str:
    return "hit" if key == "search" else f"{key}_hit"


def _shown(key: str, case: CaseFolder, text: str) -> int:
    """How many hits are shown of this text: the first page, until more are asked for."""
    state: tuple[str, str, int] = st.session_state.get(f"{key}_shown", ("", "", 0))
    if state[:2] != (case.name, text):
        state = (case.name, text, model.PAGE)
        st.session_state[f"{key}_shown"] = state
    return state[2]


def _show_more(key: str) -> None:
    case, text, shown = st.session_state[f"{key}_shown"]
    st.session_state[f"{key}_shown"] = (case, text, shown + model.PAGE)


def _leads(case: CaseFolder) -> Counter[str]:
    """By id, in how many leads it is a member."""
    document = server().workbench.findings(case)
    return Counter(identity for finding in document.findings for identity in finding.members) if document else Counter()
