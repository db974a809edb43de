"""Part of the Sources screen: a database on a server.  A snapshot of it is taken and read; nothing is written to it."""

from collections.abc import Sequence

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.case_folder.kept_sources import Keep
from ingest.errors import FilatureError
from ingest.mapping import parse_mapping, read_mapping, shipped_mappings
from ingest.snapshots.address import with_password
from workbench.bootstrap import Reading
from workbench.custody.receipt import Receipt
from workbench.views import show
from workbench.views.language import _
from workbench.views.models.sources.tray import keep_mapping

_OWN, _TURN = " own", "database_turn"  # no mapping is named so


def database_part() -> tuple[str, str | None, str | None]:
    """(address with its password, name of a shipped mapping, text of one's own); nothing where something is missing."""
    st.caption(_("A snapshot is taken with one of the mappings and read. Use a user who may only read."))
    left, right = st.columns([3, 2])
    address = left.text_input(
        _("Address"), key="database_address", placeholder="postgresql://reader@host/chat",
    ).strip()
    password = right.text_input(
        _("Password"), key=f"database_password_{st.session_state.get(_TURN, 0)}", type="password"
    )
    shipped = [name for name, path in shipped_mappings().items() if read_mapping(path).database]
    chosen = st.selectbox(
        _("Mapping"), [*shipped, _OWN], index=None, key="database_mapping",
        format_func=lambda name: _("A mapping of your own (TOML)") if name == _OWN else str(name),
        placeholder=_("Which program's database is it?"),
    )
    text = None
    if chosen == _OWN:
        upload = st.file_uploader(_("Mapping file"), type=["toml"], key="database_own")
        if upload is not None:
            text = _mapping_text(upload.getvalue())
        chosen = None
    if not address or (chosen is None and text is None):
        return "", None, None
    try:
        return with_password(address, password), chosen, text
    except FilatureError as problem:
        show.error(problem)
        return "", None, None


def _mapping_text(body: bytes) -> str | None:
    try:
        parse_mapping(body, name="mapping", where=_("The mapping file"))
    except FilatureError as problem:
        show.error(problem)
        return None
    return body.decode()


def database_readings(
    case: CaseFolder, address: str, shipped: str | None, text: str | None, zone: str | None, receipt: Receipt,
    keep: Keep | None,
) -> Sequence[Reading]:
    """The one reading of a snapshot of that database; a mapping of one's own is kept in the case."""
    mapping = shipped if text is None else keep_mapping(case, text)
    return (Reading((), mapping=mapping, timezone=zone, receipt=receipt, keep=keep, database=address),)


def forget_password() -> None:
    """It was handed to the worker, which keeps it no longer than it reads; the next is asked in a field of its own."""
    turn = st.session_state.get(_TURN, 0)
    st.session_state.pop(f"database_password_{turn}", None)
    st.session_state[_TURN] = turn + 1
