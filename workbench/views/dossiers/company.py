"""Screen: one company: its owners as a tree at any date, circles, successive owners, who directs it, what it owns."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

import streamlit as st

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench import dossier
from workbench.language import Words
from workbench.plain_text import escape_markdown, plain_text
from workbench.views import show
from workbench.views.dossiers.owners import in_turn, owners, seats_and_addresses
from workbench.views.dossiers.who import located
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads.about import findings_about, leads_about
from workbench.views.models.dossiers import company as model
from workbench.views.models.names import Names, names_of
from workbench.views.navigation import address, choices
from workbench.views.session import opaque
from workbench.views.widgets.on_case import on_case
from workbench.views.widgets.remarks import remarks_part

LISTED = 500


@on_case(lambda: (_("Company"), _("Who owns it, directly and through others, at any date, and what it operates.")))
def page(case: CaseFolder) -> None:
    company, owner = address.given("company"), address.given("owner")
    with Lake(case) as lake:
        if company and dossier.only_owns(lake, company):  # a person, whoever sent here: nobody owns it
            company, owner = "", company
        if owner and not company:
            _owned(case, lake, owner)
            return
        if not company:
            _choose(lake)
            return
        title = st.container(horizontal=True, vertical_alignment="bottom", key="company_title")
        with title:
            called = st.empty()
            day: date | None = st.date_input(
                _("Owners on"), value=None, format="YYYY-MM-DD", key="at", bind="query-params", min_value="1900-01-01",
                max_value="2262-01-01", width=190, help=_("Empty: the last day that these holdings name"),
            )
        at = datetime.combine(day, time(), UTC).replace(tzinfo=None) if day else None
        found = dossier.company_file(lake, company, at=at)
        if not found.known:
            show.nothing(_("The case holds no company of the id in this address."), key="unknown_company")
            _choose(lake, near=dossier.companies_called(lake, company))
            return
        names, places = names_of(lake, found.parties), located(lake, model.records_of(found))
    called.text(names.full(company))
    with title:
        _to_explore("company", company)
    st.text(" · ".join(_facts(found, asked=at is not None)))
    choices.drawn_tabs(_tabs, (
        lambda: owners(found, names, places), lambda: in_turn(found, names, places),
        lambda: seats_and_addresses(found, names, places), lambda: _holdings(found.owns, names, places, company),
        lambda: leads_about(case, findings_about(case, company), identity=company),
        lambda: remarks_part(case, f"company:{company}", key="company_remarks"),
    ), key="company_tab")


def _tabs(words: Words) -> dict[str, str]:
    _ = words.gettext
    return {
        "owners": _("Owners"), "in-turn": _("Successive owners"), "seats": _("Directors and addresses"),
        "owns": _("What it owns"), "leads": _("Leads"), "notes": _("Notes and tags"),
    }


def _facts(found: dossier.CompanyFile, *, asked: bool) -> list[str]:
    facts = [plain_text(place, limit=60) for place in found.jurisdictions]
    if found.incorporated_at:
        facts.append(_("incorporated {day}", day=words_here().day(found.incorporated_at)))
    if found.operates:
        facts.append(_("operates {platforms}", platforms=", ".join(plain_text(name) for name in found.operates)))
    if found.at is not None:
        when = words_here().day(found.at)
        facts.append(_("owners on {day}", day=when) if asked else _(
            "owners on {day}, the last day these holdings name; a lead tells the last of the whole register", day=when
        ))
    return facts


def _holdings(
    holdings: tuple[dossier.Holding, ...], names: Names, places: Mapping[str, str], owner: str
) -> None:
    """What somebody holds or held directly; a click opens the company."""
    if holdings:
        st.caption(_("A click on a row opens the company."))
    place = show.opened_row(model.owned_rows(holdings, names, places, words_here()), key=f"owned_{opaque(owner)}",
                            empty=_("It holds nothing that is recorded."), height=480)
    if place is not None:
        address.to("Company", {"company": holdings[place].owned})


def _owned(case: CaseFolder, lake: Lake, owner: str) -> None:
    """The companies that a person holds or directs, and the leads that name the person."""
    holdings = dossier.holdings_of(lake, owner)
    names = names_of(lake, {owner, *(row.owned for row in holdings)})
    places = located(lake, list(map(model.record_of, holdings)))
    with st.container(horizontal=True, vertical_alignment="center", key="owner_title"):
        st.text(names.full(owner))
        if holdings:  # who is in no holding may be no node of the graph
            _to_explore("person" if dossier.is_person(lake, owner) else "company", owner)
    st.caption(ngettext("{number} company is held directly", "{number} companies are held directly",
                        len({row.owned for row in holdings if not row.office})))
    _holdings(holdings, names, places, owner)
    show.bold(_("Leads"))
    leads_about(case, findings_about(case, owner), identity=owner)


def _to_explore(name: str, identity: str) -> None:
    if st.button(_("Show in Explore"), key="company_explore", icon=":material/hub:"):
        address.to("Explore", {name: identity})


def _choose(lake: Lake, *, near: tuple[str, ...] = ()) -> None:
    """The companies that operate a platform of the case come first: the way to "who owned it on a day".

    ``near``: those that may have been meant, before all.
    """
    operators = lake.table("operators").select("company", "platform").distinct().to_pyarrow().to_pylist()
    listed, total = dossier.companies_of_case(lake, most=LISTED)
    if not operators and not listed:
        show.nothing(_("No company is chosen, and the case holds none."), key="no_company")
        return
    names = names_of(lake, {row["company"] for row in operators} | {*listed, *near})
    for who in near:
        if st.button(escape_markdown(names.full(who)), key=f"near_{who}"):
            address.to("Company", {"company": who})
    if operators:
        show.bold(_("Who operates the platforms of this case"))
    for row in sorted(operators, key=lambda row: (row["platform"], row["company"])):
        label = f"{names.full(row['company'])} · {row['platform']}"
        if st.button(escape_markdown(label), key=f"operator_{row['company']}_{row['platform']}"):
            address.to("Company", {"company": row["company"]})
    show.bold(_("Companies of the register"))
    st.caption(_("Showing {shown} of {total} by name; the search finds every one. A click on a row opens the company.",
                 shown=len(listed), total=total))
    place = show.opened_row(model.case_companies(listed, names, words_here()), key="case_companies", empty="")
    if place is not None:
        address.to("Company", {"company": listed[place]})
