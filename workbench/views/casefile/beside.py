"""Which accounts, conversations and saved views stand in the report beside its leads?  Picked by name, taken off."""

from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from graph.search import Hit
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.views.access.unmask import names_here
from workbench.views.language import _
from workbench.views.session import opaque, server
from workbench.views.widgets.entity_picker import entity_field

_CHOSEN = "report_beside"


@dataclass
class Chosen:
    """What was picked until now; ``ends`` are those of a conversation that is being picked."""

    accounts: tuple[str, ...] = ()
    threads: tuple[tuple[str, str], ...] = ()
    ends: dict[str, str | None] = field(default_factory=dict)
    views: tuple[str, ...] = ()


def chosen_beside(case: CaseFolder) -> Chosen:
    """The pickers, and what was picked in this session for the report of the case."""
    chosen: Chosen = st.session_state.setdefault(f"{_CHOSEN}_{case.name}", Chosen())
    with st.expander(_("Accounts, conversations and pictures beside the leads"), key="report_beside"):
        entity_field(
            case, key="report_account", title=_("Add an account"), value=None, labels=("Account",),
            pick=partial(_add_account, chosen),
        )
        for end, title in (("report_one", _("Conversation of")), ("report_other", _("with"))):
            entity_field(
                case, key=end, title=title, value=chosen.ends.get(end), labels=("Account",),
                pick=partial(_end, chosen, end),
            )
        _listed(case, chosen)
        if saved := [view.name for view in server().workbench.casebook.boards.views(case.name)]:
            key = f"report_views_{case.name}"
            st.session_state[key] = [name for name in st.session_state.get(key, []) if name in saved]
            chosen.views = tuple(st.multiselect(
                _("Saved views, with what is written on them"), saved, key=key, placeholder=_("none")
            ))
    return chosen


def _listed(case: CaseFolder, chosen: Chosen) -> None:
    people = {*chosen.accounts, *(end for pair in chosen.threads for end in pair)}
    if not people:
        return
    with Lake(case) as lake:
        names = names_here(lake, people)
    for account in chosen.accounts:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(names.full(account))
            st.button(_("Take off"), key=f"report_off_{opaque(account)}", type="tertiary", on_click=_drop,
                      args=(chosen, account))
    for pair in chosen.threads:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(" – ".join(names.full(end) for end in pair))
            st.button(_("Take off"), key=f"report_off_{opaque(' '.join(pair))}", type="tertiary", on_click=_drop,
                      args=(chosen, pair))


def _add_account(chosen: Chosen, hit: Hit | None) -> None:
    if hit is not None:
        chosen.accounts = tuple(dict.fromkeys((*chosen.accounts, hit.id)))
        st.session_state["report_account_box"] = ""


def _end(chosen: Chosen, end: str, hit: Hit | None) -> None:
    """An end was picked; both make a conversation."""
    chosen.ends[end] = hit.id if hit else None
    one, other = chosen.ends.get("report_one"), chosen.ends.get("report_other")
    if one and other and one != other:
        chosen.threads = tuple(dict.fromkeys((*chosen.threads, (one, other))))
        chosen.ends.clear()
        st.session_state["report_one_box"] = st.session_state["report_other_box"] = ""


def _drop(chosen: Chosen, what: str | tuple[str, str]) -> None:
    chosen.accounts = tuple(one for one in chosen.accounts if one != what)
    chosen.threads = tuple(pair for pair in chosen.threads if pair != what)
