"""Will what a person wrote be withheld where it leaves the workbench, as it names a minor?  Said when it is kept.

Who reads the report would find that a text is missing; who wrote it can write it anew without the name.
"""

from collections.abc import Collection, Iterable

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.casebook.mentions import told
from workbench.masking.telling import telling_of
from workbench.views import show
from workbench.views.language import _
from workbench.views.models.leads.listing import people
from workbench.views.models.names import names_of
from workbench.views.session import server

SUBJECTS = ("account", "room", "company", "person")
"""Before the id of what a remark is about."""


def warn_if_withheld(case: CaseFolder, texts: Iterable[str], subjects: Collection[str] = ()) -> None:
    """A warning that stays until it is put away; ``subjects``: what the texts are about (``finding:ID``), of whom one
    that is not masked may be named though a minor is called so too."""
    with show.errors():
        if withheld(case, texts, subjects):
            st.toast(_(
                "Kept. A minor’s name or number is among its words: reports and exports withhold such a text as a "
                "whole. To have it in them, add it again without the name."
            ), icon=":material/visibility_off:", duration="infinite")


def withheld(case: CaseFolder, texts: Iterable[str], subjects: Collection[str] = ()) -> bool:
    """Would a report on these subjects withhold one of the texts?  Who was picked into a text stands by a label."""
    written = [text for text in (told(one, lambda _identity: "") for one in texts) if text.strip()]
    telling = telling_of(case)
    if not any(map(telling.tells, written)):
        return False
    with Lake(case) as lake:
        names = names_of(lake, _about(case, subjects))
    return any(map(telling.beside(names.shown).tells, written))


def _about(case: CaseFolder, subjects: Collection[str]) -> set[str]:
    """Whom the subjects name."""
    document, found = server().workbench.findings(case), set()
    for subject in subjects:
        kind, _colon, identity = subject.partition(":")
        if kind in SUBJECTS:
            found.add(identity)
        elif kind == "finding" and document and (finding := document.of(identity)):
            found.update(people((finding,)))
    return found
