"""Screen: all that the case holds on one account, and two accounts side by side."""

import streamlit as st

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench import dossier
from workbench.language import Words
from workbench.views import kept, show
from workbench.views.access.unmask import lift, lifted, names_here
from workbench.views.dossiers.activity import activity
from workbench.views.dossiers.beside import beside
from workbench.views.dossiers.contacts import contacts as contacts_part
from workbench.views.dossiers.identifier import identifier_page
from workbench.views.dossiers.known_media import known_media
from workbench.views.dossiers.timeline import timeline
from workbench.views.dossiers.who import sessions, who
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads.about import findings_about, findings_citing, leads_about
from workbench.views.models.dossiers import account as model
from workbench.views.navigation import address, choices
from workbench.views.queries.about import queries_about
from workbench.views.session import server
from workbench.views.widgets.judgements import shown_judgements
from workbench.views.widgets.on_case import on_case
from workbench.views.widgets.remarks import remarks_part
from workbench.views.widgets.search_everywhere import not_here, search_here


@on_case(lambda: _heading())
def page(case: CaseFolder) -> None:
    account, identifier = address.given("account"), address.given("identifier")
    if identifier:
        identifier_page(case, identifier, back=account)
        return
    if not account:
        show.nothing(_("No account is chosen. Open one from a lead, from Explore or by the search."), key="no_account")
        search_here(case, key="account_search", title=_("Account or identifier"), labels=("Account", "Identifier"))
        return
    with Lake(case) as lake:
        read = kept.account(lake, account)
        if not read.profile.known:
            not_here(case, account, _("The case holds no account of the id in this address."), label="Account")
            return
        _draw(case, lake, read)


def _heading() -> tuple[str, str]:
    if address.given("identifier"):
        return _("Identifier"), _("Which accounts used a device, an address, an e-mail or the like, and what is noted "
                                  "of it.")
    return _("Account"), _("Who it is, by which evidence, with whom it wrote, and who else used its marks.")


def _draw(case: CaseFolder, lake: Lake, read: kept.AccountRead) -> None:
    profile, contacts, marks, names = read.profile, read.contacts, read.marks, lifted(read.names)
    account = profile.account
    findings, citing = findings_about(case, account), findings_citing(case, account)
    with st.container(horizontal=True, vertical_alignment="center", key="account_title"):
        st.text(names.full(account))
        lift(case, account, names, key="lift_account")
        if st.button(_("Show in Explore"), key="account_explore", icon=":material/hub:"):
            address.to("Explore", {"account": account})
        queries_about(account, key="account_queries")
    st.caption(_summary(profile, contacts, findings, citing))
    choices.drawn_tabs(_tabs, (
        lambda: who(lake, profile, read.ages, marks, names), lambda: sessions(lake, account, marks),
        lambda: contacts_part(case, account, contacts, names), lambda: activity(lake, account),
        lambda: _reports(case, lake, account, contacts, findings, citing),
        lambda: timeline(case, lake, profile, contacts, findings),
        lambda: beside(case, lake, account, contacts, marks, names),
        lambda: remarks_part(case, f"account:{account}", key="account_remarks"),
    ), key="account_tab")


def _tabs(words: Words) -> dict[str, str]:
    _ = words.gettext
    return {
        "who": _("Who, and who else"), "sessions": _("Sessions"), "contacts": _("Contacts"),
        "activity": _("Activity and rooms"), "leads": _("Reports and leads"), "timeline": _("Timeline"),
        "beside": _("Side by side"), "notes": _("Notes and tags"),
    }


def _summary(
    profile: dossier.Profile, contacts: list[dossier.Contact], findings: tuple[Finding, ...],
    citing: tuple[Finding, ...],
) -> str:
    counted = dossier.figures(contacts)
    parts = [
        _("{contacts} private contacts, {begun} begun by this account", contacts=counted.contacts,
          begun=counted.begun),
        _("{minors} with minors: it wrote first to {then} known as minors then, and to {later} known only later",
          minors=counted.minors, then=counted.begun_minors, later=counted.begun_later) if counted.begun_later else
        _("{minors} with minors: it wrote first to {then} known as minors then",
          minors=counted.minors, then=counted.begun_minors),
        ngettext("{number} lead", "{number} leads", len(findings)),
    ]
    if citing:
        parts.append(ngettext("{number} more cites it", "{number} more cite it", len(citing)))
    if profile.first_at and profile.last_at:
        words = words_here()
        parts.append(_("{first} to {last}", first=words.day(profile.first_at), last=words.day(profile.last_at)))
    return " · ".join(parts)


def _reports(
    case: CaseFolder, lake: Lake, account: str, contacts: list[dossier.Contact], findings: tuple[Finding, ...],
    citing: tuple[Finding, ...],
) -> None:
    """Reports of it and by it, the leads that name it or cite a record of it, and how they were judged."""
    words = words_here()
    reports = dossier.reports(lake, account)
    people = {who for report in reports for who in (report.reporter, report.reported) if who}
    names = names_here(lake, {account, *people})
    show.bold(ngettext("{number} report", "{number} reports", len(reports)))
    if reports:
        st.caption(model.reported_told(dossier.reported(reports, account, contacts), words))
    show.table(model.report_rows(reports, account, names, words), key="account_reports",
               empty=_("Nobody reported this account, and it reported nobody."))
    show.bold(ngettext("{number} lead names it", "{number} leads name it", len(findings)))
    leads_about(case, findings, identity=account)
    if citing:
        show.bold(ngettext("{number} lead cites a message of it, or a report, without naming it",
                           "{number} leads cite messages of it, or reports, without naming it", len(citing)))
        leads_about(case, citing, identity=account)
    about = {finding.finding_id for finding in (*findings, *citing)}
    judged = [item for item in server().workbench.casebook.judgements(case.name) if item.finding_id in about]
    show.bold(_("Judgements of these leads"))
    if judged:
        shown_judgements(judged, key="account_judgements")
    else:
        st.caption(_("Nobody judged them yet."))
    known_media(case, account=account)
