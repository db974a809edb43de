"""Which lead is open?  It stands in the address, and in this session for whoever comes back."""

import streamlit as st

from workbench.views.navigation import address

_LEAD = "lead"


def open_lead(finding_id: str) -> None:
    """Open it from now on; a page that is drawn already shows it when it runs again."""
    st.session_state[_LEAD] = finding_id
    address.put(lead=finding_id)


def opened_lead() -> str | None:
    """The id that the address names, else the one opened last."""
    return address.given(_LEAD) or st.session_state.get(_LEAD)
