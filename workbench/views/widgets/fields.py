"""A text that a person writes or pastes: whole, whatever its length; what is too long to be kept is said, never cut.

A field that stops at a length (``max_chars``) drops the end of what is pasted without a word.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from workbench.views.language import ngettext

_COUNTS = """<script>
window.filatureTyped ??= {};
window.filatureTyped[%(key)s] ??= document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.closest?.(".st-key-" + %(key)s)) return;
  clearTimeout(field.filatureTyped);
  field.filatureTyped = setTimeout(() => field.dispatchEvent(
    new KeyboardEvent("keydown", {key: "Enter", code: "Enter", keyCode: 13, bubbles: true})
  ), 400);
}) ?? true;
</script>"""
_EMPTY = "emptied_fields"
_ABOUT, _DRAFTS = "fields_about", "fields_drafts"


def line(label: str, *, key: str, **how: Any) -> str:
    """A field of one line; ``empty`` empties it at the next run."""
    _prepare(key)
    return str(st.text_input(label, key=key, **how))


def lines(label: str, *, key: str, **how: Any) -> str:
    """A field of several lines."""
    _prepare(key)
    return str(st.text_area(label, key=key, **how))


def counts_while_typed(key: str) -> None:
    """What is typed in this field of one line counts as soon as typing pauses, not only once the field is left."""
    st.html(_COUNTS % {"key": json.dumps(key)}, unsafe_allow_javascript=True)


def empty(*keys: str) -> None:
    """What was written in these was kept: they are empty at the next run.  A form that is cleared whenever it is sent
    loses what was not kept."""
    st.session_state.setdefault(_EMPTY, set()).update(keys)


def begin_about(subjects: Collection[str], fields: Mapping[str, Any], *, draft: str = "") -> None:
    """Before the fields are drawn: they begin anew (by key, what stands in each at first) where those of whom they are
    about are others than before.  What was written about one and not sent is nothing that was meant of the next; it
    stays where somebody is added.

    ``draft``: under that name it is kept for these subjects, and stands in the fields when they are about them again
    (see ``keep_draft``).
    """
    known: dict[tuple[str, ...], frozenset[str]] = st.session_state.setdefault(_ABOUT, {})
    place, about = tuple(fields), frozenset(subjects)
    before = known.get(place, frozenset())
    other = not before <= about
    known[place] = about
    drafts: dict[tuple[str, frozenset[str]], list[Any]] = st.session_state.setdefault(_DRAFTS, {})
    if draft and before and all(key in st.session_state for key in fields):
        emptied = st.session_state.get(_EMPTY, set())
        drafts[draft, before] = [first if key in emptied else st.session_state[key] for key, first in fields.items()]
    kept = drafts.get((draft, about), list(fields.values()))
    for key, value in zip(fields, kept, strict=True):
        if other or key not in st.session_state:
            st.session_state[key] = value


def keep_draft(subjects: Collection[str], fields: Collection[str], draft: str) -> None:
    """What stands in the fields (by key) is kept under that name: for their ``on_change``, since a click that leaves
    the screen comes with what was written, and by then no ``begin_about`` of these fields is run."""
    if all(key in st.session_state for key in fields):
        drafts = st.session_state.setdefault(_DRAFTS, {})
        drafts[draft, frozenset(subjects)] = [st.session_state[key] for key in fields]


def sent(subjects: Collection[str], draft: str) -> None:
    """What was written about these under that name was kept: it is no draft any more."""
    st.session_state.get(_DRAFTS, {}).pop((draft, frozenset(subjects)), None)


def too_long(*written: tuple[str, str, int]) -> bool:
    """Whether one of these (its label, the text, how many characters are kept) is too long, which is said."""
    over = [(label, len(text.strip()) - most, most) for label, text, most in written if len(text.strip()) > most]
    for label, by, most in over:
        st.error(ngettext("{label}: too long by {number} character; at most {most}.",
                          "{label}: too long by {number} characters; at most {most}.", by, label=label, most=most))
    return bool(over)


def lacking(label: str, text: str, most: int, *, missing: str) -> bool:
    """Whether a text that has to be given is ``missing``, or too long; either is said."""
    if not text.strip():
        st.error(missing)
        return True
    return too_long((label, text, most))


def _prepare(key: str) -> None:
    emptied: set[str] = st.session_state.get(_EMPTY, set())
    if key in emptied:
        emptied.discard(key)
        st.session_state[key] = ""
