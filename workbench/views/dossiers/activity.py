"""When did an account write, and in which rooms?  By hour and weekday, and day by day; all in UTC."""

import altair as alt
import pandas as pd
import streamlit as st

from ingest.lake import Lake
from workbench import dossier
from workbench.views import show
from workbench.views.access.unmask import names_here
from workbench.views.language import _, words_here
from workbench.views.models.dossiers import account as model
from workbench.views.navigation import address
from workbench.views.session import opaque

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PRIVATE, ROOMS = "#0072B2", "#E69F00"


def activity(lake: Lake, account: str) -> None:
    """Two pictures with their tables, and the rooms."""
    left, right = st.columns(2, gap="medium")
    with left:
        show.bold(_("Messages by weekday and hour (UTC)"))
        _rhythm(lake, account)
    with right:
        show.bold(_("Messages by day (UTC)"))
        _days(lake, account)
    rooms = dossier.rooms(lake, account)
    names = names_here(lake, {row[0] for row in rooms})
    show.bold(_("Rooms it wrote in"))
    place = show.opened_row(
        model.room_rows(rooms, names, words_here()), key=f"rooms_{opaque(account)}", empty=_("It wrote in no room."),
        height=318,
    )
    if place is not None:
        address.to("Room", {"room": rooms[place][0]})


def _rhythm(lake: Lake, account: str) -> None:
    """Every hour of the week, also those without a message."""
    counted = {(day, hour): n for day, hour, n in dossier.rhythm(lake, account)}
    if not counted:
        st.caption(_("It wrote nothing."))
        return
    days = [_(day) for day in DAYS]
    frame = pd.DataFrame(
        [(days[day], hour, counted.get((day, hour), 0)) for day in range(7) for hour in range(24)],
        columns=["day", "hour", "messages"],
    )
    show.chart(
        alt.Chart(frame).mark_rect(color=PRIVATE).encode(
            x=alt.X("hour:O", title=None, axis=alt.Axis(labelAngle=0, values=list(range(0, 24, 3)))),
            y=alt.Y("day:N", title=None, sort=days),
            opacity=alt.Opacity("messages:Q", title=_("Messages"), scale=alt.Scale(range=[0.04, 1.0]),
                                legend=alt.Legend(orient="bottom", tickCount=4, tickMinStep=1)),
            tooltip=[alt.Tooltip("day:N", title=_("Day")), alt.Tooltip("hour:O", title=_("Hour")),
                     alt.Tooltip("messages:Q", format=",", title=_("Messages"))],
        ).properties(height=250),
        key="account_rhythm", about=_("Messages sent by weekday and hour of day, in UTC"),
    )
    with st.expander(_("As a table"), key="rhythm_table"):
        wide = frame.pivot_table(index="day", columns="hour", values="messages", sort=False).astype(int)
        wide.columns = [f"{hour:02d}" for hour in wide.columns]
        show.table(wide.reset_index().rename(columns={"day": _("Day")}), key="rhythm_rows", empty="")


def _days(lake: Lake, account: str) -> None:
    counted = dossier.by_day(lake, account)
    if not counted:
        st.caption(_("It wrote nothing."))
        return
    parts = (_("private"), _("in rooms"))
    frame = pd.DataFrame(
        [(day, part, n) for day, *both in counted for part, n in zip(parts, both, strict=True) if n],
        columns=["day", "where", "messages"],
    )
    frame["day"] = pd.to_datetime(frame["day"], utc=True)
    span = (counted[0][0], counted[-1][0])
    width = max(1.0, min(14.0, 380 / ((span[1] - span[0]).days + 1)))
    show.chart(
        alt.Chart(frame).mark_bar(width=width).encode(
            x=alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(format=show.DAY, tickCount=5)),
            y=alt.Y("messages:Q", title=_("Messages"), axis=alt.Axis(tickMinStep=1)),
            color=alt.Color("where:N", title=None, scale=alt.Scale(domain=list(parts), range=[PRIVATE, ROOMS]),
                            legend=alt.Legend(orient="bottom")),
            tooltip=[alt.Tooltip("day:T", title=_("Day"), format=show.DAY, formatType="utc"),
                     alt.Tooltip("where:N", title=_("Where")),
                     alt.Tooltip("messages:Q", format=",", title=_("Messages"))],
        ).properties(height=250),
        key="account_days", about=_("Messages sent on each day, private and in rooms, in UTC"),
    )
    with st.expander(_("As a table"), key="days_table"):
        rows = [(f"{day:%Y-%m-%d}", private, posted) for day, private, posted in counted]
        show.table(pd.DataFrame(rows, columns=[_("Day (UTC)"), *parts]), key="days_rows", empty="")
