"""What happened to an account, in order: a picture of it all, and every event by pages; a click leads to the thing."""

from collections.abc import Callable, Collection, Container, Sequence
from datetime import UTC, datetime, time
from functools import partial

import altair as alt
import streamlit as st

from graph.detect.finding import Finding
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench import dossier
from workbench.views import show
from workbench.views.access.unmask import names_here
from workbench.views.conversation import page as conversation
from workbench.views.dossiers.who import located, open_account
from workbench.views.language import _, ngettext, words_here
from workbench.views.models.dossiers import timeline as model
from workbench.views.models.leads import listing as leads_model
from workbench.views.models.names import Names, held_in
from workbench.views.navigation import address, choices
from workbench.views.session import opaque, server
from workbench.views.widgets.pages import page_of

PAGE = 200


def timeline(
    case: CaseFolder, lake: Lake, profile: dossier.Profile, contacts: list[dossier.Contact],
    findings: Sequence[Finding],
) -> None:
    """Sessions, messages, first contacts, marks, ages, reports, leads, judgements and notes."""
    account, casebook = profile.account, server().workbench.casebook
    about = {finding.finding_id for finding in findings}
    line = dossier.timeline(
        lake, profile, ages=dossier.age_bases(lake, [account]), contacts=contacts,
        reports=dossier.reports(lake, account), findings=findings,
        judgements=[item for item in casebook.judgements(case.name) if item.finding_id in about],
        remarks=[*casebook.remarks.of(case.name, f"account:{account}"), *(
            remark for finding in sorted(about) for remark in casebook.remarks.of(case.name, f"finding:{finding}")
        )],
    )
    days = line.days()
    if not days:
        st.caption(_("Nothing has a time."))
        return
    _picture(days)
    if undated := sum(not finding.first_at for finding in findings):
        st.caption(ngettext(
            "{number} lead has no time and stands under “Reports and leads”.",
            "{number} leads have no time and stand under “Reports and leads”.", undated,
        ))
    lanes = choices.pills(
        _("Only"), lambda spoken: {lane: model.lane_name(lane, spoken) for lane in dossier.LANES}, key="timeline_lanes"
    )
    first = first_of(line, lanes, account)
    _events(lake, account, line.page(lanes, first=first, most=PAGE), findings, key=opaque(account))


def first_of(line: dossier.Timeline, lanes: Collection[str], account: str) -> int:
    """Which event the page that is read begins with: that of a day somebody went to, or of a number."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        total, page = line.count(lanes), None
        st.text(ngettext("{number} event", "{number} events", total))
        day = st.date_input(
            _("Go to a day"), value=None, format="YYYY-MM-DD", min_value="1900-01-01", max_value="2262-01-01",
            width=190, key=f"timeline_day_{opaque(account)}",
        )
        gone = f"timeline_gone_{opaque(account)}"
        if day is not None and st.session_state.get(gone) != (day, tuple(lanes)):
            st.session_state[gone] = day, tuple(lanes)
            page = line.before(datetime.combine(day, time(), UTC).replace(tzinfo=None), lanes) // PAGE + 1
        return page_of(total, size=PAGE, key=f"timeline_{opaque(account)}", page=page)


def _picture(days: list[tuple[str, datetime, int]]) -> None:
    """A lane for each sort of event, a mark for each day with one, the larger the more."""
    words = words_here()
    frame = model.lane_days(days, words)
    order = [model.lane_name(lane, words) for lane in dossier.LANES]
    shown = [lane for lane in order if lane in set(frame["lane"])]
    show.chart(
        alt.Chart(frame).mark_circle(color="#0072B2", opacity=0.75).encode(
            x=alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(format=show.DAY, tickCount=8)),
            y=alt.Y("lane:N", title=None, sort=shown, axis=alt.Axis(labelLimit=200, grid=True)),
            size=alt.Size("events:Q", title=_("Events on the day"), scale=alt.Scale(range=[18, 220], type="sqrt"),
                          legend=None),
            tooltip=[alt.Tooltip("lane:N", title=_("What")),
                     alt.Tooltip("day:T", title=_("Day"), format=show.DAY, formatType="utc"),
                     alt.Tooltip("events:Q", title=_("Events"), format=",")],
        ).properties(height=24 * len(shown) + 40),
        key="timeline_picture", about=_("Events by day in lanes; the table below holds every one"),
    )


def _events(lake: Lake, account: str, events: list[dossier.Event], findings: Sequence[Finding], *, key: str) -> None:
    words, by_id = words_here(), {finding.finding_id: finding for finding in findings}
    names = names_here(lake, {account, *model.ids_in(events), *leads_model.people(findings)})
    names = names.and_of(Names(held=held_in(lake.case, model.marks_in(events))))  # also of those who share a mark
    places = located(lake, [event.record for event in events])
    frame = model.event_rows(
        events, names, places, words, lead=lambda found: leads_model.title(by_id[found], names, words)
        if found in by_id else found, account=account,
    )
    st.caption(_("A click on a row opens what it tells of: a conversation, an account, a lead, who else used a mark."))
    place = show.opened_row(
        frame, key=f"timeline_rows_{key}", empty=_("Nothing fits these filters."), height=460,
        opens=lambda place: _opening(events[place], account, by_id) is not None,
    )
    if place is not None and (open_it := _opening(events[place], account, by_id)) is not None:
        open_it()


def _opening(event: dossier.Event, account: str, by_id: Container[str]) -> Callable[[], None] | None:
    """What opens the screen of what it tells of; None where that has none."""
    record = event.record.removeprefix("messages:")
    if event.code in ("messages", "wrote_to", "written_by"):
        return partial(conversation.open_pair, account, event.who, at=record)
    if event.code == "posts":
        return partial(conversation.open_room, event.who, at=record)
    if event.code in ("lead", "judgement") and event.what in by_id:
        return partial(address.to, "Leads", {"lead": event.what})
    if event.code in ("reported", "reports") and event.who:
        return partial(open_account, event.who)
    if event.code == "mark":
        return partial(address.to, "Account", {"identifier": f"{event.word}:{event.what}", "account": account})
    return None
