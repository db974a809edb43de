"""Part of the Sources screen: who handed the files in, under which authority, and whether the case keeps them."""

import streamlit as st

from ingest.case_folder.kept_sources import Keep
from workbench.custody.receipt import Receipt
from workbench.views.language import _

_NOT, _COPY, _LINK = "not", "copy", "hard-link"


def receipt_part(*, uploaded: bool = False) -> tuple[Receipt, Keep | None]:
    """Ask for the receipt, which goes into the custody log with every file's hashes; what is left empty stays so.

    ``uploaded``: all of them are uploads, which lie in the case in any event.
    """
    with st.expander(_("Who handed them in"), key="receipt"):
        st.caption(_("For the custody log, beside the hashes of every file and who reads them in."))
        left, right = st.columns(2)
        received_from = left.text_input(_("Received from"), key="received_from")
        authority = right.text_input(
            _("Under which authority"), key="received_under",
            placeholder=_("an order, a consent, a number"),
        )
        note = st.text_input(_("Note on the receipt"), key="received_note")
        names = {
            _NOT: _("No: they stay where they are"), _COPY: _("Yes, as a copy that can only be read"),
            _LINK: _("Yes, as a hard link: no space, but the same file"),
        }
        chosen = _NOT if uploaded else st.segmented_control(
            _("Keep them in the case"), [*names], default=_NOT, key="received_keep", required=True,
            format_func=names.__getitem__,
        )
    keep: Keep | None = "copy" if chosen == _COPY else "hard-link" if chosen == _LINK else None
    return Receipt(received_from, authority, note), keep


def clear_receipt() -> None:
    """Forget what was said of these files: the next ones are others."""
    for key in ("received_from", "received_under", "received_note"):
        st.session_state.pop(key, None)
