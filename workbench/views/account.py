"""Screen: all that the case holds on one account, and two accounts side by side."""

from collections import Counter
from datetime import datetime

import altair as alt
import pandas as pd
import streamlit as st

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench import dossier
from workbench.plain_text import plain_text
from workbench.views import address, conversation, show
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads_about import findings_about, leads_about
from workbench.views.models import dossier as model
from workbench.views.models.names import Names, names_of
from workbench.views.remarks_part import remarks_part
from workbench.views.session import current_case, opened_minors, server
from workbench.views.unmask import lift

MOST_PICKED = 500


def page() -> None:
    show.heading(_("Account"), _("Who it is, by which evidence, with whom it wrote, and who else used its marks."))
    case = current_case()
    if case is None:
        show.nothing(_("There is no case yet. Open **Sources** to make one and add files to it."), key="no_case")
        return
    account, identifier = address.given("account"), address.given("identifier")
    if identifier and not account:
        _holders(case, identifier)
        return
    if not account:
        show.nothing(_("No account is chosen. Open one from a lead, from Explore or by the search."), key="no_account")
        return
    with Lake(case) as lake:
        profile = dossier.profile(lake, account)
        if not profile.known:
            show.nothing(_("The case holds no account of the id in this address."), key="unknown_account")
            return
        _draw(case, lake, profile)


def _holders(case: CaseFolder, identifier: str) -> None:
    """Who used a device, an address, an e-mail or another mark; a click opens the account."""
    kind, _colon, value = identifier.partition(":")
    with Lake(case) as lake:
        found = dossier.holders(lake, kind, value)
        names = _names(lake, {row[0] for row in found})
    with st.container(key="identifier_title"):
        st.text(f"{_(kind)} {plain_text(value, limit=200)}")
    st.caption(ngettext("{number} account used it. A click on a row opens the account.",
                        "{number} accounts used it. A click on a row opens the account.", len(found)))
    place = show.chosen_row(
        model.holder_rows(found, names, words_here()), key="holders", empty=_("No account of the case used it.")
    )
    if place is not None:
        open_account(found[place][0])


def open_account(account: str) -> None:
    """Go to the dossier of an account."""
    address.to("Account", {"account": account})


def _draw(case: CaseFolder, lake: Lake, profile: dossier.Profile) -> None:
    account, words = profile.account, words_here()
    contacts, marks, rooms = dossier.contacts(lake, account), dossier.marks(lake, account), dossier.rooms(lake, account)
    reports, ages = dossier.reports(lake, account), dossier.age_bases(lake, [account])
    findings = findings_about(case, account)
    others = {item.other for item in contacts} | {other for mark in marks for other, _times in mark.others}
    others |= {who for report in reports for who in (report.reporter, report.reported) if who}
    names = _names(lake, {account, *others, *(row[0] for row in rooms)})
    with st.container(horizontal=True, vertical_alignment="center", key="account_title"):
        st.text(names.full(account))
        lift(case, account, names, key="lift_account")
        if st.button(_("Show in Explore"), key="account_explore", icon=":material/hub:"):
            st.session_state["explore_account"] = account
            address.to("Explore")
    st.caption(_summary(profile, contacts, findings))
    tabs = st.tabs([
        _("Who, and who else"), _("Contacts"), _("Activity and rooms"), _("Reports and leads"), _("Timeline"),
        _("Side by side"), _("Notes and tags"),
    ], key="account_tab", bind="query-params", on_change="rerun")
    with tabs[0]:
        _who(profile, ages, marks, names)
    with tabs[1]:
        _contacts(contacts, names, account, case)
    with tabs[2]:
        _activity(lake, account, rooms, names)
    with tabs[3]:
        show.table(model.report_rows(reports, account, names, words), key="account_reports",
                   empty=_("Nobody reported this account, and it reported nobody."))
        show.bold(_("Leads"))
        leads_about(findings, names)
    with tabs[4]:
        events = dossier.timeline(profile, ages, marks, contacts, reports, findings)
        show.table(model.event_rows(events, names, words), key="account_timeline", empty=_("Nothing has a time."))
    with tabs[5]:
        _beside(lake, account, contacts, marks, names)
    with tabs[6]:
        remarks_part(case, f"account:{account}", key="account_remarks")


def _names(lake: Lake, identities: set[str]) -> Names:
    found = names_of(lake, identities)
    return Names(found.pseudonyms, found.minors, opened_minors())


def _summary(profile: dossier.Profile, contacts: list[dossier.Contact], findings: tuple[Finding, ...]) -> str:
    minors = sum(item.minor for item in contacts)
    began = sum(item.minor and item.initiator for item in contacts)
    parts = [
        ngettext("{number} private contact", "{number} private contacts", len(contacts)),
        _("{minors} with minors, {began} of them begun by this account", minors=minors, began=began),
        ngettext("{number} lead", "{number} leads", len(findings)),
    ]
    if profile.first_at and profile.last_at:
        words = words_here()
        parts.append(_("{first} to {last}", first=words.day(profile.first_at), last=words.day(profile.last_at)))
    return " · ".join(parts)


def _who(
    profile: dossier.Profile, ages: list[dossier.AgeBasis], marks: list[dossier.Mark], names: Names
) -> None:
    words = words_here()
    left, right = st.columns([2, 5], gap="medium")
    with left:
        show.fields(model.profile_rows(profile, words), key="profile", names=(_("Property"), _("Value")))
    with right:
        show.bold(_("Devices, addresses and other marks"))
        show.table(model.mark_rows(marks, names, words), key="marks", empty=_("No sessions and no identifiers."))
        shared = [(mark, other) for mark in marks if mark.others for other, _times in mark.others][:MOST_PICKED]
        if shared:
            chosen = st.selectbox(
                _("Open an account that used the same"), range(len(shared)), index=None, key="open_sharer",
                format_func=lambda place: f"{names.of(shared[place][1])} · {_(shared[place][0].kind)} "
                f"{plain_text(shared[place][0].value, limit=40)}",
            )
            if chosen is not None:
                open_account(shared[chosen][1])
        show.bold(_("Age, by every basis"))
        show.table(model.age_rows(ages, words), key="ages", empty=_("Nothing tells the age of its holder."))


def _contacts(contacts: list[dossier.Contact], names: Names, account: str, case: CaseFolder) -> None:
    document = server().workbench.findings(case)
    counted = Counter(
        who for finding in (document.findings if document else ()) for who in (*finding.members, *finding.targets)
    )
    st.caption(_("A click on a row chooses the counterpart."))
    frame = model.contact_rows(contacts, names, words_here(), counted)
    place = show.chosen_row(frame, key="contacts", empty=_("It wrote with nobody in private."))
    if place is not None:
        other = contacts[place].other
        with st.container(horizontal=True, vertical_alignment="center", key="contact_actions"):
            st.text(names.full(other))
            if st.button(_("Read the conversation"), key="read_contact", type="primary"):
                conversation.open_pair(account, other)
            if st.button(_("Open the account"), key="open_contact"):
                open_account(other)
            lift(case, other, names, key="lift_contact")


def _activity(lake: Lake, account: str, rooms: list[tuple[str, int, datetime, datetime]], names: Names) -> None:
    words = words_here()
    hours = pd.DataFrame(dossier.activity(lake, account), columns=["weekday", "hour", "messages"])
    left, right = st.columns(2, gap="medium")
    with left:
        show.bold(_("By weekday and hour, UTC"))
        if not hours.empty:
            days = [_(day) for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")]
            hours["day"] = [days[number] for number in hours["weekday"]]
            st.altair_chart(
                alt.Chart(hours).mark_rect(color="#0072B2").encode(
                    x=alt.X("hour:O", title=None, scale=alt.Scale(domain=list(range(24))),
                            axis=alt.Axis(labelAngle=0, values=list(range(0, 24, 3)))),
                    y=alt.Y("day:N", title=None, sort=days, scale=alt.Scale(domain=days)),
                    opacity=alt.Opacity("messages:Q", title=_("Messages"), scale=alt.Scale(range=[0.08, 1.0])),
                    tooltip=["day:N", "hour:O", alt.Tooltip("messages:Q", format=",")],
                ).properties(height=220),
                key="account_rhythm", alt=_("Messages sent by weekday and hour of day, in UTC"),
            )
    with right:
        show.bold(_("Rooms"))
        show.table(model.room_rows(rooms, names, words), key="account_rooms",
                   empty=_("It wrote in no room."))


def _beside(
    lake: Lake, account: str, contacts: list[dossier.Contact], marks: list[dossier.Mark], names: Names
) -> None:
    sharers = [other for mark in marks for other, _times in mark.others]
    options = list(dict.fromkeys([*sharers, *(item.other for item in contacts)]))[:MOST_PICKED]
    wanted = address.given("beside")
    if wanted and wanted not in options:
        options = [wanted, *options]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        other = st.selectbox(
            _("Compare with"), options, index=options.index(wanted) if wanted in options else None,
            format_func=names.full, key="beside_account", placeholder=_("who shares a mark, or wrote with it"),
        )
        typed = st.text_input(_("or an id"), key="beside_id")
    other = typed.strip() or other
    address.put(beside=other or None)
    if not other:
        return
    names = Names({**names.pseudonyms, **names_of(lake, {other}).pseudonyms}, names.minors, names.opened)
    found = dossier.shared(lake, account, other)
    if found.wrote:
        st.text(_("They wrote to each other: {there} and {back} messages.", there=found.wrote[0], back=found.wrote[1]))
        if st.button(_("Read the conversation"), key="read_beside"):
            conversation.open_pair(account, other)
    else:
        st.text(_("The evidence holds no private message between them."))
    more = names_of(lake, {row[0] for row in found.counterparts} | {row[0] for row in found.rooms})
    names = Names({**more.pseudonyms, **names.pseudonyms}, more.minors | names.minors, names.opened)
    for number, (title, frame) in enumerate(
        model.shared_tables(found, (account, other), names, words_here()).items()
    ):
        show.bold(title)
        show.table(frame, key=f"shared_{number}", empty=_("Nothing in common."))
