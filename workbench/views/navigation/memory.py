"""What did this person have open last, and in which language?  Kept as it changes, opened again at the bare address."""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlencode

import streamlit as st

from graph.detect.wordings import LANGUAGES
from workbench.views.language import KEY as LANGUAGE
from workbench.views.language import language
from workbench.views.navigation import address
from workbench.views.session import person, server

_LAST, _BEGUN, _KEPT, _SPOKEN = "last", "session_begun", "last_kept", "language"


def speak() -> None:
    """The language of a new session: of the address; where it tells none, the one that this person chose last."""
    if LANGUAGE in st.session_state:
        return
    last = server().workbench.casebook.places.remembered(person().name, "", _SPOKEN).get(_SPOKEN)
    told = st.query_params.get(LANGUAGE) in LANGUAGES or last not in LANGUAGES
    st.session_state[LANGUAGE] = language() if told else last


def spoken() -> None:
    """The language of this session is the one that this person chose."""
    server().workbench.casebook.places.remember(person().name, "", _SPOKEN, {_SPOKEN: language()})


def resume(screens: Sequence[str], cases: Sequence[str], *, bare: bool) -> None:
    """In a new session at the bare address: go to what was open last; does not return where there is anything."""
    begun = st.session_state.get(_BEGUN)
    st.session_state[_BEGUN] = True
    if begun or not bare:
        return
    last = server().workbench.casebook.places.remembered(person().name, "", _LAST)
    values = parse_qs(last.get("address", ""))
    if last.get("screen") in screens and values.get(address.CASE, [""])[0] in cases:
        st.switch_page(st.session_state["pages"][last["screen"]], query_params=values)


def keep(screen: str) -> None:
    """The screen and its address are what is open now."""
    values = {name: st.query_params.get_all(name) for name in sorted(st.query_params)}
    now = {"screen": screen, "address": urlencode(values, doseq=True)}
    if address.CASE in values and st.session_state.get(_KEPT) != now:
        server().workbench.casebook.places.remember(person().name, "", _LAST, now)
        st.session_state[_KEPT] = now
