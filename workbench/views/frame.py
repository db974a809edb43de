"""The frame around every screen: page set-up, navigation, the choice of case and language."""

import json
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

import streamlit as st

from graph.detect.wordings import LANGUAGES, Language
from ingest.errors import FilatureError
from workbench.language import NAMES, words
from workbench.language.glossary import glossary
from workbench.views import overview, search, show
from workbench.views.casefile import page as casefile
from workbench.views.conversation import page as conversation
from workbench.views.dossiers import account, company, room
from workbench.views.explore import page as explore
from workbench.views.explore import ready
from workbench.views.language import KEY as LANGUAGE
from workbench.views.language import _, language, minor_here, words_here
from workbench.views.leads import page as leads
from workbench.views.models.names import call_minors
from workbench.views.models.team import role_word
from workbench.views.models.words.streamlit import spoken
from workbench.views.navigation import address, memory
from workbench.views.queries import page as queries
from workbench.views.session import CASE, case_names, current_case, may, person, server
from workbench.views.sources import page as sources
from workbench.views.team import people
from workbench.views.team.sign_in import purpose_known, sign_out, somebody
from workbench.views.widgets.job_board import come_to
from workbench.views.widgets.search_everywhere import search_everywhere

_ASSETS = Path(__file__).parent / "assets"
_ICONS = _ASSETS / "icons"
_STYLE = _ASSETS / "style.css"
_WRITTEN = "case_written"  # the case that the address was last given: another one there is somebody's move
_NEW, _ASKED = " new", "asked"  # no case can have such a name


def screens() -> dict[str, tuple[tuple[str, str, Callable[[], None], str], ...]]:
    """Section to its screens: name in addresses and among ourselves, title, what draws it, icon."""
    return {
        "": (  # no heading: the case itself stands among them
            ("Overview", _("Overview"), overview.page, "monitoring"),
            ("Case", _("Case"), casefile.page, "folder_open"),
            ("Sources", _("Sources"), sources.page, "database"),
        ),
        _("Investigate"): (
            ("Leads", _("Leads"), leads.page, "fact_check"),
            ("Account", _("Account"), account.page, "person"),
            ("Room", _("Room"), room.page, "meeting_room"),
            ("Company", _("Company"), company.page, "apartment"),
            ("Conversation", _("Conversation"), conversation.page, "forum"),
            ("Explore", _("Explore"), explore.page, "hub"),
            ("Search", _("Search"), search.page, "search"),
            ("Queries", _("Queries"), queries.page, "manage_search"),
        ),
        _("Team"): (("People", _("People"), people.page, "group"),),
    }


def main() -> None:
    """Lay out the page and run the chosen screen."""
    call_minors(minor_here)
    st.set_page_config(page_title="Filature", page_icon=str(_ICONS / "icon.png"), layout="wide")
    st.logo(str(_ICONS / "wordmark.svg"), size="large", icon_image=str(_ICONS / "icon.png"))
    st.html(_style())
    known = False
    with show.errors():
        known = somebody()
        if known:
            memory.speak()
    st.html(_script(language()), unsafe_allow_javascript=True)
    with show.errors():
        if known:
            _screen()
    if not known:
        _languages()
        # every path stays known, and what stood in the sidebar leaves it
        st.navigation(
            [st.Page(_nothing, title=_("Sign in"), url_path=name.lower(), default=name == "Overview")
             for listed in screens().values() for name, *_rest in listed],
            position="hidden",
        )


@cache
def _style() -> str:
    """The style sheet, with something beside it: alone it stands among the toasts, where one takes its place."""
    return f"<i hidden></i><style>{_STYLE.read_text(encoding='utf-8')}</style>"


@cache
def _script(language: Language) -> str:
    """What a browser is told once a language: what becomes history, who uses a pointer, that what is being written
    is kept, Streamlit's own words."""
    said = json.dumps(spoken(words(language))).replace("<", "\\u003c")
    names = ("running", "history", "pointer", "tables", "panels", "writing", "language")
    scripts = "".join((_ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in names)
    return f'<script>{scripts}filatureSpeak("{language}", {said});</script>'


def _nothing() -> None:
    """What stands on any screen for who is not signed in."""


def _offered(name: str) -> bool:
    """Is the screen of use to this person?  What is asked of it asks again."""
    workbench = server().workbench
    roster, who = workbench.casebook.roster, workbench.person
    if name == "People":
        return roster.is_team() and roster.role(who) is not None
    return name != "Sources" or not roster.is_team() or roster.role(who) != "reader"


def _not_offered(name: str, title: str) -> None:
    """What stands at the address of a screen that is of no use to this person: it is not unknown."""
    st.title(title, anchor=False)
    if name == "People" and not server().workbench.casebook.roster.is_team():
        sentence = _(
            "One person works here. A team begins with its first role, an administrator’s, which whoever runs the "
            "workbench gives on its machine; the page *Team* of the documentation says how."
        )
    else:
        sentence = _("This screen is not for your role.")
    show.nothing(sentence, key="not_offered")


def _screen() -> None:
    pages: dict[str, st.Page] = {}
    sections: dict[str, list[st.Page]] = {}
    for section, listed in screens().items():
        for name, title, run, icon in listed:
            offered = _offered(name)
            page = st.Page(
                run if offered else partial(_not_offered, name, title), title=title, icon=f":material/{icon}:",
                url_path=name.lower(), default=name == "Overview", visibility="visible" if offered else "hidden",
            )
            if offered:
                pages[name] = page
            sections.setdefault(section, []).append(page)
    st.session_state["pages"] = pages  # screens call each other by these names (``address.to``), not by paths
    chosen = st.navigation(sections)
    try:
        # the other screens have a path, and so an address of their own
        memory.resume(tuple(pages), case_names(), bare=chosen == pages["Overview"] and not st.query_params)
        _sidebar()
    except FilatureError as problem:
        show.error(problem)
        st.stop()
    with show.errors():
        case = current_case()
        if case is not None and chosen is not pages.get("People") and not purpose_known(case):
            return
        come_to(chosen.url_path)
        chosen.run()
        if case is not None:
            ready.soon(case)
        for name in (name for name, page in pages.items() if page == chosen):
            memory.keep(name)


def _sidebar() -> None:
    names = case_names()
    with st.sidebar:
        if names:
            if st.session_state.get("case_wanted") in names:  # a case just made, or read into for the first time
                st.session_state[CASE] = st.session_state.pop("case_wanted")
            _begin(CASE, names, current_case().name)  # type: ignore[union-attr]
            if st.session_state.get(sources.NEW_WANTED) == _ASKED:
                st.session_state[sources.NEW_WANTED] = True
                address.to("Sources")
            new = (_NEW,) if may("create") else ()
            st.selectbox(
                _("Chosen case"), (*names, *new), index=None, key=CASE, on_change=_another_case,
                format_func=lambda name: _("A new case…") if name == _NEW else name,
            )
            st.session_state[_WRITTEN] = st.session_state[CASE]
            address.put(case=st.session_state[CASE])
            if (case := current_case()) is not None:
                search_everywhere(case)
        _languages(memory.spoken)
        if st.button(_("What the words mean"), key="words_mean", type="tertiary", icon=":material/menu_book:"):
            _glossary()
        with st.container(key="whoami"):
            st.caption(_("Working as"))
            who = person()
            st.text(who.name)
            if who.role is not None:
                st.caption(role_word(who.role, words_here()))
            if server().workbench.settings.sign_in is not None:
                sign_out()


def _another_case() -> None:
    """Another case was chosen, or a new one is to be made: that is done where its files are given."""
    if st.session_state[CASE] == _NEW:
        st.session_state[CASE] = st.session_state[_WRITTEN]
        st.session_state[sources.NEW_WANTED] = _ASKED
    else:
        address.leave_case()


def _languages(chosen: Callable[[], None] | None = None) -> None:
    """The choice of the language; ``chosen`` is called with another one."""
    st.session_state.setdefault(LANGUAGE, language())
    st.segmented_control(
        _("Language"), LANGUAGES, format_func=lambda code: NAMES[code], key=LANGUAGE, required=True,
        label_visibility="collapsed", persist_state="session", on_change=chosen,
    )
    address.put(language=None if language() == LANGUAGES[0] else language())


def _glossary() -> None:
    @st.dialog(_("What the words mean"), width="large")
    def told() -> None:
        st.markdown("\n\n".join(f"**{word}**  \n{meaning}" for word, meaning in glossary(words_here())))

    told()


def _begin(key: str, known: Sequence[str], otherwise: str) -> None:
    """Before the widget of that key is drawn: what the address asks for, else what is open, else ``otherwise``.

    An address that names nothing known is said.
    """
    wanted = address.given(key)
    if wanted is not None and wanted not in known:
        st.warning(_("This address names a case that is not here; another one is shown."))
    moved = wanted in known and wanted != st.session_state.get(_WRITTEN)  # back, a bookmark, a link
    if moved or st.session_state.get(key) not in known:
        st.session_state[key] = wanted if wanted in known else otherwise
