"""What does a page's address hold?  The case and what is open in it: reload, back, a bookmark and a second tab agree.

Widgets that filter keep themselves in the address (``bind="query-params"``); what is opened otherwise (a lead, an
account, a room, a moment) is named here.  Values from an address are untrusted texts: whoever reads one looks it up.
An address is read over shoulders and kept by browsers, so minors' accounts, e-mails and telephones stand in it under
tokens, and so do leads, whose ids follow from whom they are about.
"""

from collections.abc import Mapping

import streamlit as st

from graph.detect.finding import FindingsDocument
from graph.opaque import token
from ingest.case_folder import CaseFolder, label_key
from queries.values import joined, split
from workbench.masking.leads import is_called, is_lead, lead_called, lead_meant
from workbench.masking.marks import mark_behind, mark_token
from workbench.masking.people import masked_among, masked_behind
from workbench.views.session import current_case, server

CASE, LANGUAGE = "case", "language"
KEPT = (CASE, LANGUAGE)
"""What every screen's address carries on."""
PEOPLE = ("account", "a", "b", "beside", "by")
"""Names whose values are accounts."""
LEADS = ("lead", "finding")
"""Names whose values are leads."""
MARK = "identifier"
"""The name whose value is an identifier."""
PARAMETER = "p_"
"""Before the name of a query's parameter, whose value may be an account's id."""
_OF_A_CASE = (
    *PEOPLE, *LEADS, MARK, "answer", "at", "company", "from", "message", "node", "owner", "person",
    "record", "room", "run", "view",
)  # what is opened of a case, and is not in another
_HIDDEN = "~"  # before a token; no id begins with it, as an id begins with its platform


def given(name: str) -> str | None:
    """The value that the page's address gives, the id of a minor's token and of a lead's; None where it gives none."""
    found = st.query_params.get(name)
    if not found or not _under_tokens(name):
        return found or None
    parts = _parts(name, found)
    if any(_hides(part) for part in parts):
        shown = [meant(part) for part in parts]
        return joined(shown) if len(shown) > 1 else shown[0]
    put(**{name: found})  # typed by hand, or of an older bookmark: from now on as ours are written
    return found


def put(**values: str | None) -> None:
    """Write values into the page's address; None takes one out.  Nothing happens where they stand there already."""
    for name, value in values.items():
        if value is None:
            if name in st.query_params:
                del st.query_params[name]
        elif st.query_params.get(name) != (shown := _written(name, value)):
            st.query_params[name] = shown


def leave_case() -> None:
    """Take out what is open of the case: another one was chosen, which has none of it."""
    left = [name for name in st.query_params if name in _OF_A_CASE or name.startswith(PARAMETER)]
    put(**dict.fromkeys(left))


def to(page: str, values: Mapping[str, str | None] | None = None) -> None:
    """Open another screen, with these values in its address beside what every screen carries on; does not return."""
    kept = {name: found for name in KEPT if (found := given(name))}
    wanted = {name: _written(name, value) for name, value in (values or {}).items() if value is not None}
    st.switch_page(st.session_state["pages"][page], query_params={**kept, **wanted})


def _under_tokens(name: str) -> bool:
    return name in PEOPLE or name in LEADS or name == MARK or name.startswith(PARAMETER)


def _written(name: str, value: str) -> str:
    """As it stands in an address, each of several values by its own."""
    if not _under_tokens(name):
        return value
    parts = _parts(name, value)
    shown = [_token_for(name, part) for part in parts]
    if len(parts) == 1:
        return _token_for(name, value)
    return value if shown == parts else joined(shown)  # a text with commas stays as it was written


def _parts(name: str, value: str) -> list[str]:
    """A query may take several accounts; every other value is one."""
    return split(value) if name.startswith(PARAMETER) else [value]


def _token_for(name: str, value: str) -> str:
    """A value under that name: whose value is an account's or a lead's id, no mark is looked for."""
    shown, case = written(value), current_case()
    if shown == value and case is not None and name not in (*PEOPLE, *LEADS) and (hidden := mark_token(case, value)):
        return _HIDDEN + hidden
    return shown


def written(identity: str) -> str:
    """An id as it stands in an address or a field: a minor's by its token, masked or not; a lead's as it is called."""
    case = current_case()
    if case is None:
        return identity
    if is_lead(identity) and any(document and document.of(identity) for document in _leads(case)):
        return lead_called(identity, label_key(case))
    return _HIDDEN + token(identity, label_key(case)) if masked_among(case, [identity]) else identity


def meant(text: str) -> str:
    """The id that was written so; the text itself where it hides none."""
    case = current_case()
    if case is None or not _hides(text):
        return text
    if is_called(text):
        return lead_meant(text, case, _leads(case))
    hidden = text.removeprefix(_HIDDEN)
    return masked_behind(case, hidden) or mark_behind(case, hidden) or text


def _leads(case: CaseFolder) -> tuple[FindingsDocument | None, ...]:
    """What the last run found and people wrote, and what the run before found: it is shown as gone."""
    workbench = server().workbench
    return workbench.findings(case), workbench.former_findings(case)


def _hides(text: str) -> bool:
    return text.startswith(_HIDDEN) or is_called(text)
