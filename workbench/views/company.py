"""Screen: one company: its owners as a tree at any date, circles, successive owners, what it owns and operates."""

from datetime import UTC, datetime, time

import streamlit as st

from ingest.lake import Lake
from workbench import dossier
from workbench.plain_text import escape_markdown
from workbench.views import address, show
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads_about import findings_about, leads_about
from workbench.views.models import dossier as model
from workbench.views.models.names import names_of
from workbench.views.remarks_part import remarks_part
from workbench.views.session import current_case


def page() -> None:
    show.heading(_("Company"), _("Who owns it, directly and through others, at any date, and what it operates."))
    case, company, owner = current_case(), address.given("company"), address.given("owner")
    if case is None:
        show.nothing(_("There is no case yet. Open **Sources** to make one and add files to it."), key="no_case")
        return
    words = words_here()
    with Lake(case) as lake:
        if owner and not company:
            _owned(lake, owner)
            return
        if not company:
            _choose(lake)
            return
        day = st.date_input(_("Owners on"), value=None, key="at", bind="query-params", min_value="1900-01-01",
                            help=_("Empty: the holdings that have no end"))
        at = datetime.combine(day, time(), UTC).replace(tzinfo=None) if day else None
        found = dossier.company_file(lake, company, at=at)
        if not found.names and not found.successive and not found.operates:
            show.nothing(_("The case holds no company of the id in this address."), key="unknown_company")
            return
        named = {company, *(level.owner for level in found.tree), *(level.owned for level in found.tree)}
        names = names_of(lake, named | {row[0] for row in found.successive} | {row[1] for row in found.owns})
    with st.container(key="company_title"):
        st.text(names.full(company))
    facts = [", ".join(found.jurisdictions), model.day(found.incorporated_at)]
    if found.operates:
        facts.append(_("operates {platforms}", platforms=", ".join(found.operates)))
    st.text(" · ".join(filter(None, facts)))
    tabs = st.tabs([_("Owners"), _("Successive owners"), _("What it owns"), _("Leads"), _("Notes and tags")])
    with tabs[0]:
        tree = model.owner_rows(found, names, words)
        show.table(tree, key="owner_tree", empty=_("No owner is recorded at that date."))
    with tabs[1]:
        show.table(model.holding_rows(found, names, words), key="successive", empty=_("No owner is recorded."))
    with tabs[2]:
        owned = [row[1] for row in found.owns]
        if not owned:
            st.caption(_("It holds nothing that is recorded."))
        for other in owned:
            if st.button(escape_markdown(names.full(other)), key=f"owned_{other}"):
                address.to("Company", {"company": other})
    with tabs[3]:
        leads_about(findings_about(case, company), names)
    with tabs[4]:
        remarks_part(case, f"company:{company}", key="company_remarks")


def _owned(lake: Lake, owner: str) -> None:
    """The companies that a person holds, a button each."""
    holdings = dossier.company_file(lake, owner).owns
    names = names_of(lake, {owner, *(row[1] for row in holdings)})
    with st.container(key="owner_title"):
        st.text(names.full(owner))
    st.caption(ngettext("{number} company is held directly", "{number} companies are held directly",
                        len({row[1] for row in holdings})))
    for other in dict.fromkeys(row[1] for row in holdings):
        if st.button(escape_markdown(names.full(other)), key=f"owned_{other}"):
            address.to("Company", {"company": other})


def _choose(lake: Lake) -> None:
    """The companies that operate a platform of the case come first: the way to "who owned it on a day"."""
    operators = lake.table("operators").select("company", "platform").distinct().to_pyarrow().to_pylist()
    if not operators:
        show.nothing(_("No company is chosen, and no operator of a platform is recorded."), key="no_company")
        return
    names = names_of(lake, {row["company"] for row in operators})
    show.bold(_("Who operates the platforms of this case"))
    for row in sorted(operators, key=lambda row: (row["platform"], row["company"])):
        label = f"{names.full(row['company'])} · {row['platform']}"
        if st.button(escape_markdown(label), key=f"operator_{row['company']}_{row['platform']}"):
            address.to("Company", {"company": row["company"]})
