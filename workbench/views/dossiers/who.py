"""Who is an account: its profile, every basis of an age, its marks and who else used them, its sessions."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench import dossier
from workbench.exports.tables.columns import Sheet
from workbench.language.vocabulary import mark_kind
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.access.unmask import names_here
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.dossiers import account as model
from workbench.views.models.dossiers.sharers import sharer_rows
from workbench.views.models.names import Names, names_of
from workbench.views.models.names_in_files import accounts_in_file
from workbench.views.models.table_file import frame_sheet
from workbench.views.models.words.marks import holders_told
from workbench.views.navigation import address
from workbench.views.session import opaque, opened_minors
from workbench.views.widgets.pages import page_of
from workbench.views.widgets.table_download import table_download

SESSIONS = 200
_OF_SHARED, _OF_ALONE = 45, 40  # signs of a mark's value that its cell has room for
_AGENT = 84  # signs of a user agent that three lines hold


def open_account(account: str) -> None:
    """Go to the dossier of an account."""
    address.to("Account", {"account": account})


def who(
    lake: Lake, profile: dossier.Profile, ages: list[dossier.AgeBasis], marks: list[dossier.Mark], names: Names
) -> None:
    """Profile and ages on the left, marks with who else used them on the right."""
    words = words_here()
    left, right = st.columns([33, 67], gap="medium")  # a moment of the profile, and days of marks, are whole
    with left, st.container(key="account_profile"):
        show.fields(model.profile_rows(profile, names, words), key="profile", names=(_("Property"), _("Value")))
    with right:
        shared = [mark for mark in marks if mark.holders > 1]
        show.bold(ngettext("{number} mark that others used too", "{number} marks that others used too", len(shared)))
        if shared:
            st.caption(_("Devices, addresses, e-mails and the like; the rarest first. "
                         "A click on a row lists everybody who used it."))
        if told := model.crowds_told(shared, names, words, account=profile.account):
            st.caption(escape_markdown(told))
        if told := model.alone_told(marks, words):  # who else has its device is asked first, and may be nobody
            st.caption(escape_markdown(told))
        place = show.chosen_row(
            model.mark_rows(shared, names, words, account=profile.account, letters=_OF_SHARED),
            key=f"marks_{opaque(profile.account)}",
            empty=_("The evidence names nobody else who used a device, an address or another mark of it."), height=330,
            pixels=(90, 126, 44, 72, 148, 99, 99), row=show.LINES,
        )
        if place is not None:
            _holders(lake, shared[place], profile.account)
        if shared:
            sharers_download(lake.case, [(mark.kind, mark.value) for mark in shared], key="marks_csv",
                             own=profile.account)
        alone = [mark for mark in marks if mark.holders == 1]
        if alone:
            show.bold(ngettext("{number} mark of this account alone", "{number} marks of this account alone",
                               len(alone)))
            frame = model.mark_rows(alone, names, words, account=profile.account, letters=_OF_ALONE)
            frame = frame.drop(columns=[_("Accounts"), _("Also used by")])
            show.table(frame, key="marks_alone", empty="", height=318, pixels=(140, 286, 54, 99, 99))
    show.bold(_("Age, by every basis"))
    places = located(lake, [basis.record for basis in ages])
    show.table(model.age_rows(ages, names, places, words), key="ages",
               empty=_("No age of its holder is declared, reported or read in its messages."))


def _holders(lake: Lake, mark: dossier.Mark, account: str) -> None:
    """Everybody else who used one mark; a click opens the account."""
    found = [row for row in dossier.holders(lake, mark.kind, mark.value) if row[0] != account]
    names = names_here(lake, {account, *(row[0] for row in found)})
    value = names.mark_value(mark.kind, mark.value, (account, *(row[0] for row in found)), limit=80)
    with st.container(key="mark_title"):
        st.text(_("{kind} {value}: who else used it. A click on a row opens the account.",
                  kind=mark_kind(mark.kind, words_here()), value=value))
        show.bring_into_view(".st-key-mark_title", once=opaque(account + mark.kind + mark.value), below=300)
    if mark.holders > dossier.CROWD:
        st.caption(escape_markdown(holders_told(mark.kind, mark.holders, words_here())))
    place = show.opened_row(
        model.holder_rows(found, names, words_here()), key=f"sharers_{opaque(account + mark.kind + mark.value)}",
        empty="", height=318,
    )
    if place is not None:
        open_account(found[place][0])


def sharers_download(
    case: CaseFolder, marks: Sequence[tuple[str, str]], *, key: str, own: str = "", crowds: bool = False
) -> None:
    """Everybody who used one of these marks (kind and value), as a file in the order given; of marks of a crowd ``own``
    alone, or with ``crowds`` all."""
    words, opened = words_here(), opened_minors()

    def made() -> Sheet:
        with Lake(case) as lake:
            held = dossier.holders_of(lake, marks)
            accounts = {row[0] for found in held.values() for row in found}
            names = replace(names_of(lake, accounts), opened=opened)
        shown = accounts_in_file(names, case, accounts, words)
        return frame_sheet(sharer_rows(held, shown, words, own=own, crowds=crowds))

    table_download(case, made, name="marks", key=key)


def sessions(lake: Lake, account: str, marks: list[dossier.Mark]) -> None:
    """Every session by pages, with how many accounts used its device and its address."""
    words = words_here()
    total = dossier.sessions_count(lake, account)
    st.caption(ngettext("{number} session", "{number} sessions", total))
    first = page_of(total, size=SESSIONS, key=f"sessions_{opaque(account)}")
    found = dossier.sessions(lake, account, first=first, most=SESSIONS)
    places = located(lake, [item.record for item in found])
    longest = max((len(item.agent or "") for item in found), default=0)
    show.table(model.session_rows(found, marks, places, words), key="sessions",
               empty=_("The case holds no session of this account."), height=520,
               pixels=(104, 74, 152, 108, 112, 136, 148, 210), row=show.LINES if longest <= _AGENT else show.SIX_LINES)


def located(lake: Lake, records: list[str]) -> dict[str, str]:
    """``file:row`` by record; of several rows the first."""
    places: dict[str, str] = {}
    for record in lake.records(list(dict.fromkeys(record for record in records if record))):
        places.setdefault(record.ref, record.location)
    return places
