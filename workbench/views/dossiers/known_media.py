"""The records of an account or a room that name a medium of a known list; where the case has such lists."""

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.hash_lists.kept import hash_lists
from ingest.lake import Lake
from workbench.views import show
from workbench.views.access.unmask import names_here
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.dossiers.known_media import known_media_rows


def known_media(case: CaseFolder, *, account: str | None = None, room: str | None = None) -> None:
    """One table; nothing at all where no list was added."""
    lists = {one.sha256: one.name for one in hash_lists(case)}
    if not lists:
        return
    with Lake(case) as lake:
        found = lake.known_media(account=account, room=room)
        people = {who for item in found for who in (item.account, item.room, item.recipient) if who}
        names = names_here(lake, people)
    records = len({item.record for item in found})
    show.bold(ngettext("{number} record of known media", "{number} records of known media", records))
    show.table(known_media_rows(found, lists, names, words_here()), key="known_media",
               empty=_("No record here names a file of the lists that were added to the case."))
    if found:
        st.caption(_("The hash of a file stands in a list that was added to the case. "
                     "The file itself is not kept and never shown."))
