"""The answer as a chart: the columns are chosen, the names are those of the table, minors masked."""

import altair as alt
import streamlit as st

from graph.opaque import fleeting
from queries.runner import QueryResult
from queries.saved_query import Chart
from workbench.plain_text import escape_markdown
from workbench.views import show
from workbench.views.language import _, words_here
from workbench.views.models.queries import chart as model

_HEIGHT = 360


def chart(result: QueryResult, rows: "model.Frame", declared: Chart | None = None) -> None:
    """Bars, a line or points of two columns, chosen above it; at first as a saved query says."""
    columns = model.columns(result, rows, declared)
    if not columns.measures:
        st.caption(_("A chart needs a column of numbers."))
        return
    names = list(rows.columns)
    one = fleeting("\n".join(result.columns))  # other columns are other choices
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
    words = words_here()
    drawn = model.charted(result, rows, str(kind), int(along), int(measure), words.figure)
    if drawn.shown < drawn.total:
        st.caption(escape_markdown(_(
            "Showing {shown} of {total} rows, those with the largest {measure}",
            shown=drawn.shown, total=drawn.total, measure=names[int(measure)],
        )))
    if drawn.by is not None:
        st.caption(escape_markdown(_(
            "Several rows have the same {along}: each {by} has a colour.", along=names[int(along)], by=names[drawn.by],
        )))
    elif drawn.repeats and kind == "bars":
        st.caption(escape_markdown(_(
            "Several rows have the same {along}: a bar is as high as they are together.", along=names[int(along)],
        )))
    if model.of_several(rows, int(along), shared := _("(a name that a minor bears)")):
        st.caption(_("{name} may stand for several people at once: what is drawn over it is no one person’s.",
                     name=shared))
    base = alt.Chart(drawn.frame, height=_HEIGHT)
    marks = {"bars": base.mark_bar, "line": lambda: base.mark_line(point=True), "points": base.mark_circle}[str(kind)]()
    x_scale = alt.Scale(type="utc") if drawn.along == "temporal" else alt.Undefined
    axes = [_axis(rows.iloc[:, int(place)]) for place in (along, measure)]
    show.chart(
        marks.encode(
            x=alt.X("x", type=drawn.along, title=names[int(along)], scale=x_scale, sort=None, axis=axes[0]),
            y=alt.Y("y", type="quantitative", title=names[int(measure)], axis=axes[1]),
            color=alt.Undefined if drawn.by is None else alt.Color("by", type="nominal", title=names[drawn.by]),
        ),
        key="answer_chart", about=_("{measure} along {along}", measure=names[int(measure)], along=names[int(along)]),
    )


def _axis(column: "model.Column") -> "alt.Axis":
    """Of whole numbers it has no marks between them."""
    return alt.Axis(tickMinStep=1) if model.is_whole(column) else alt.Axis()
