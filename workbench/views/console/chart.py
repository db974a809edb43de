"""The answer as a chart: the columns are chosen, the names are those of the table, minors masked."""

import altair as alt
import streamlit as st

from graph.opaque import token
from queries.runner import QueryResult
from queries.saved_query import Chart
from workbench.views import show
from workbench.views.language import _
from workbench.views.models.queries import chart as model

_HEIGHT = 360


def chart(result: QueryResult, rows: "model.Frame", declared: Chart | None = None) -> None:
    """Bars, a line or points of two columns, chosen above it; at first as a saved query says."""
    columns = model.columns(result, rows, declared)
    if not columns.measures:
        st.caption(_("A chart needs a column of numbers."))
        return
    names = list(rows.columns)
    one = token("\n".join(result.columns))  # other columns are other choices
    with st.container(horizontal=True, key="chart_choices"):
        kind = st.selectbox(
            _("Kind"), model.KINDS, index=model.KINDS.index(columns.kind), key=f"chart_kind_{one}", width=160,
            format_func={"bars": _("Bars"), "line": _("Line"), "points": _("Points")}.__getitem__,
        )
        along = st.selectbox(
            _("Along"), range(len(names)), index=columns.along, key=f"chart_x_{one}", width=240,
            format_func=names.__getitem__,
        )
        measure = st.selectbox(
            _("Measure"), columns.measures, index=columns.measures.index(columns.measure), key=f"chart_y_{one}",
            width=240, format_func=names.__getitem__,
        )
    drawn = model.charted(result, rows, str(kind), int(along), int(measure))
    if drawn.shown < drawn.total:
        st.caption(_("Showing {shown} of {total} rows, the largest first", shown=drawn.shown, total=drawn.total))
    if model.of_several(rows, int(along), shared := _("(a name that a minor bears)")):
        st.caption(_("{name} may stand for several people at once: what is drawn over it is no one person’s.",
                     name=shared))
    base = alt.Chart(drawn.frame, height=_HEIGHT)
    marks = {"bars": base.mark_bar, "line": lambda: base.mark_line(point=True), "points": base.mark_circle}[str(kind)]()
    x_scale = alt.Scale(type="utc") if drawn.along == "temporal" else alt.Undefined
    show.chart(
        marks.encode(
            x=alt.X("x", type=drawn.along, title=names[int(along)], scale=x_scale, sort=None),
            y=alt.Y("y", type="quantitative", title=names[int(measure)]),
        ),
        key="answer_chart", about=_("{measure} along {along}", measure=names[int(measure)], along=names[int(along)]),
    )
