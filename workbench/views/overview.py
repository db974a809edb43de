"""Screen: what does the case hold, over time, and what has been found in it?"""

import time

import altair as alt
import pandas as pd
import streamlit as st

from graph.detect.finding import FindingsDocument
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.lake import Lake
from workbench.views import show
from workbench.views.language import _, ngettext, words_here
from workbench.views.leads.outdated import warn_if_outdated
from workbench.views.leads.run_detections import other_parameters
from workbench.views.models import overview as model
from workbench.views.session import server
from workbench.views.sources.rejects import open_in
from workbench.views.team.watching import watched_table
from workbench.views.widgets.on_case import on_case

_AXIS = {"hour": "%-d %b, %H:%M", "day": show.DAY, "week": show.DAY, "month": "%b %Y"}

_DRAWN, _DRAWN_WITHIN_S = "first_figures_drawn", 0.2
_PER = {  # title and description; marked for the catalogues in workbench.language.vocabulary
    "hour": ("Messages per hour", "Messages per hour, private and in rooms, in UTC"),
    "day": ("Messages per day", "Messages per day, private and in rooms, in UTC"),
    "week": ("Messages per week", "Messages per week, private and in rooms, in UTC"),
    "month": ("Messages per month", "Messages per month, private and in rooms, in UTC"),
}


@on_case(lambda: (_("Overview"), _("What the case holds, when it happened, and what has been found in it.")))
def page(case: CaseFolder) -> None:
    with Lake(case) as lake:
        counts, digest = lake.counts(), lake.digest()
    committed = manifests(case)
    rejected = open_in(case).rows
    # what manifests tell stands there at once; leads and whom the messages name are counted while these are read
    accounts, rooms, strong = show.figures(
        [
            (_("Accounts"), None),
            (_("Messages"), counts["messages"]),
            (_("Rooms"), None),
            (_("Batches"), len(committed)),
            (_("Rejected rows, open"), rejected),
            (_("Leads, strong"), None),
        ]
    )
    _let_be_drawn()
    document = server().workbench.findings(case)
    strong(sum(finding.tier == "strong" for finding in document.findings) if document else 0)
    times = _times(str(case.path), case, digest)
    accounts(times[0])
    rooms(times[1])
    if not committed:
        show.nothing(_("This case holds no evidence yet. Open **Sources** to add files to it."), key="no_evidence")
        return
    watched_table(case)
    _over_time(*times[2:])
    left, right = st.columns([2, 3], gap="large")
    with left:
        _findings(case, document)
    with right:
        st.header(_("Evidence"), anchor=False)
        show.table(model.evidence_counts(counts, words_here()), key="evidence_tables", empty="")
        if unlisted := times[0] - counts["accounts"]:
            st.caption(ngettext(
                "{number} account is known from messages alone: no row of accounts has it, the figure above counts it.",
                "{number} accounts are known from messages alone: no row of accounts has them, the figure above counts "
                "them.", unlisted,
            ))
        st.caption(_("Digest of the committed evidence: equal evidence has the same digest in any workspace."))
        st.code(digest, language=None, wrap_lines=True)
    st.header(_("Batches"), anchor=False)
    show.table(model.batches(committed, words_here()), key="batches", empty="")


def _let_be_drawn() -> None:
    """A browser draws all that has come at once, when all of it is ready: of a new session the figures come alone."""
    if _DRAWN not in st.session_state:
        st.session_state[_DRAWN] = True
        time.sleep(_DRAWN_WITHIN_S)


def _findings(case: CaseFolder, document: FindingsDocument | None) -> None:
    st.header(_("Leads"), anchor=False)
    if document is None:
        show.nothing(_("No detection has run yet. **Leads** runs them."), key="no_findings")
        return
    warn_if_outdated(case, document)
    with show.errors():
        other_parameters(document)
    show.table(model.findings_by_kind(document, words_here()), key="findings_by_kind", empty=_("No leads."))
    st.caption(_("Leads to be judged by a person; a tier says how strong the evidence is, not who is guilty."))


def _over_time(unit: str, over_time: pd.DataFrame, rhythm: pd.DataFrame) -> None:
    if over_time.empty:
        return
    over_time = over_time.assign(kind=[_(kind) for kind in over_time["kind"]])
    rhythm = rhythm.assign(weekday=[_(day) for day in rhythm["weekday"]])
    left, right = st.columns([3, 2], gap="large")
    with left:
        title, in_words = _PER[unit]
        st.header(_(title), anchor=False)
        named = [show.moment(at) for at in model.named_times(over_time)]
        bars = (
            alt.Chart(over_time)
            .mark_bar()
            .encode(
                x=alt.X(
                    "time:T",
                    title=None,
                    scale=alt.Scale(type="utc"),
                    axis=alt.Axis(format=_AXIS[unit], labelOverlap=True, values=named),
                ),
                y=alt.Y("messages:Q", title=_("Messages"), stack=True, axis=alt.Axis(tickMinStep=1)),
                color=alt.Color("kind:N", title=None, legend=alt.Legend(orient="top")),
                tooltip=[
                    alt.Tooltip("time:T", title=_("From (UTC)"), format=f"{show.DAY}, %H:%M", formatType="utc"),
                    alt.Tooltip("kind:N", title=_("Kind")),
                    alt.Tooltip("messages:Q", title=_("Messages"), format=","),
                ],
            )
            .properties(height=240)
        )
        show.chart(bars, key="over_time", about=_(in_words))
    with right:
        st.header(_("By weekday and hour, UTC"), anchor=False)
        heat = (
            alt.Chart(rhythm)
            .mark_rect(color="#0072B2")
            .encode(
                x=alt.X("hour:O", title=None, axis=alt.Axis(labelAngle=0, values=list(range(0, 24, 3)))),
                y=alt.Y("weekday:N", title=None, sort=[_(day) for day in model.WEEKDAYS]),
                opacity=alt.Opacity("messages:Q", title=_("Messages"), legend=alt.Legend(tickMinStep=1),
                                    scale=alt.Scale(range=[0.04, 1.0], zero=True)),
                tooltip=[alt.Tooltip("weekday:N", title=_("Weekday")), alt.Tooltip("hour:O", title=_("Hour")),
                         alt.Tooltip("messages:Q", title=_("Messages"), format=",")],
            )
            .properties(height=240)
        )
        show.chart(heat, key="rhythm", about=_("Messages by weekday and hour of day, in UTC"))


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs={CaseFolder: repr})
def _times(_place: str, case: CaseFolder, digest: str) -> tuple[int, int, str, pd.DataFrame, pd.DataFrame]:  # noqa: ARG001
    """Keyed by the case and its evidence digest: new evidence, new counts."""
    with Lake(case) as lake:
        unit, over_time = model.activity(lake)
        return model.people(lake), model.rooms(lake), unit, over_time, model.rhythm(lake)
