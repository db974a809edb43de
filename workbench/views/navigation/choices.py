"""How is one of several chosen on a screen, so that its address says it in no language?

Streamlit's own binding writes a choice into the address by its label, which another language does not have.  Here each
choice has a name of its own: that stands in the address, whoever reads it sees the label of the own language, and a
change of language changes no choice.  Addresses that hold a label, in any language, are read as well.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from graph.detect.wordings import LANGUAGES
from workbench.language import Words, words
from workbench.views.language import language, words_here

Labels = Callable[[Words], Mapping[str, str]]
"""Name in addresses to what a screen calls it, in the order shown."""
_ABSENT = object()


@dataclass(frozen=True)
class _Kept:
    """What was chosen when it was last drawn, what the address was given then, and in which language."""

    chosen: tuple[str, ...]
    written: tuple[str, ...]
    language: str


def tabs(labels: Labels, *, key: str) -> Sequence[Any]:
    """Streamlit's tabs, the first one open before any choice; of each, ``open`` tells whether it is drawn."""
    here = labels(words_here())
    _begin(key, labels, otherwise=(next(iter(here)),), held=lambda names: here[names[0]])
    return st.tabs(list(here.values()), key=key, on_change="rerun")


def drawn_tabs(labels: Labels, parts: Sequence[Callable[[], None]], *, key: str) -> None:
    """Tabs, each with what draws it; only the one that is open is drawn: an account may have 100,000 messages."""
    for tab, draw in zip(tabs(labels, key=key), parts, strict=True):
        if tab.open:
            with tab:
                draw()


def segments(title: str, labels: Labels, *, key: str, otherwise: str | None = None, **looks: Any) -> str | None:
    """A segmented control; ``otherwise``: what is chosen before any choice, so that something always is."""
    here = labels(words_here())
    _begin(key, labels, otherwise=(otherwise,) if otherwise else (), held=lambda names: names[0] if names else None)
    chosen: str | None = st.segmented_control(
        title, list(here), key=key, format_func=here.__getitem__, required=otherwise is not None,
        label_visibility="collapsed", **looks,
    )
    return chosen


def one(title: str, labels: Labels, *, key: str, otherwise: str, **looks: Any) -> str:
    """A list of which one is taken."""
    here = labels(words_here())
    _begin(key, labels, otherwise=(otherwise,), held=lambda names: names[0])
    return str(st.selectbox(title, list(here), key=key, format_func=here.__getitem__, **looks))


def pills(title: str, labels: Labels, *, key: str, **looks: Any) -> tuple[str, ...]:
    """Pills of which several may be pressed."""
    here = labels(words_here())
    _begin(key, labels, otherwise=(), held=list)
    return tuple(st.pills(title, list(here), selection_mode="multi", key=key, format_func=here.__getitem__, **looks))


def several(title: str, labels: Labels, *, key: str, **looks: Any) -> tuple[str, ...]:
    """A list of which several may be taken."""
    here = labels(words_here())
    _begin(key, labels, otherwise=(), held=list)
    return tuple(st.multiselect(title, list(here), key=key, format_func=here.__getitem__, **looks))


def _begin(key: str, labels: Labels, *, otherwise: tuple[str, ...], held: Callable[[tuple[str, ...]], object]) -> None:
    """Before the widget is drawn: choose what the address asks for, else what is chosen, else ``otherwise``.

    ``held`` gives the widget's value for names.  An address that was changed by somebody else than us (back, a
    bookmark, a link) goes before; on the way to another screen and back, where it holds nothing, the choice stays.
    """
    here = labels(words_here())
    kept: _Kept | None = st.session_state.get(f"chosen_{key}")
    drawn, given = st.session_state.get(key, _ABSENT), tuple(st.query_params.get_all(key))
    if given != (kept.written if kept else ()) and (given or drawn is not _ABSENT):
        chosen = tuple(name for text in given if (name := _meant(text, labels)) is not None)
    elif drawn is not _ABSENT and kept is not None and kept.language == language():
        chosen = _names(drawn, here)
    else:
        chosen = kept.chosen if kept else ()
    chosen = tuple(name for name in chosen if name in here) or otherwise
    if drawn is _ABSENT or held(chosen) != drawn or (kept is not None and kept.language != language()):
        st.session_state[key] = held(chosen)
    written = () if chosen == otherwise else chosen
    if not written and given:
        del st.query_params[key]
    elif written != given:
        st.query_params[key] = list(written)
    st.session_state[f"chosen_{key}"] = _Kept(chosen, written, language())


def _names(drawn: object, here: Mapping[str, str]) -> tuple[str, ...]:
    """The names of a widget's value: one, several, or a tab's label."""
    values = drawn if isinstance(drawn, list | tuple) else [] if drawn is None else [drawn]
    by_label = {label: name for name, label in here.items()}
    return tuple(str(value) if value in here else by_label.get(str(value), str(value)) for value in values)


def _meant(text: str, labels: Labels) -> str | None:
    """The name that an address holds, or whose label in any language it holds."""
    if text in labels(words_here()):
        return text
    spoken = (labels(words(code)) for code in LANGUAGES)
    return next((name for told in spoken for name, label in told.items() if label == text), None)
