"""Which messages stand behind a link on the canvas?  Counted first, then the first few, texts hidden."""

import pandas as pd

from graph.subgraph import Edge
from ingest.lake import Lake
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.names import Names

MOST = 200


def messages(lake: Lake, edge: Edge) -> tuple[list[dict[str, object]], int]:
    """The earliest messages behind a CONTACTED (both ways) or POSTED_IN link, and how many there are."""
    source, target = (key.partition("/")[2] for key in (edge.source, edge.target))
    table = lake.table("messages")
    if edge.type == "CONTACTED":
        there = (table.sender == source) & (table.recipient == target)
        back = (table.sender == target) & (table.recipient == source)
        found = table.filter(there | back)
    elif edge.type == "POSTED_IN":
        found = table.filter((table.sender == source) & (table.room == target))
    else:
        return [], 0
    total = int(found.count().to_pyarrow().as_py())
    first = found.order_by("sent_at", "record_id").limit(MOST)
    rows = first.select("record_id", "sent_at", "sender", "recipient", "text").to_pyarrow().to_pylist()
    return rows, total


def message_rows(rows: list[dict[str, object]], names: Names, words: Words, *, texts: bool) -> pd.DataFrame:
    """One row a message; its text only where texts were opened."""
    _ = words.gettext
    shown = []
    for row in rows:
        text = str(row["text"] or "")
        hidden = words.ngettext("hidden, {number} character", "hidden, {number} characters", len(text))
        shown.append((
            row["sent_at"], names.of(str(row["sender"]), limit=28), plain_text(text, limit=4_000) if texts else hidden,
            plain_text(f"messages:{row['record_id']}"),
        ))
    frame = pd.DataFrame(shown, columns=[_("When (UTC)"), _("From"), _("Text"), _("Record")])
    frame[_("When (UTC)")] = pd.to_datetime(frame[_("When (UTC)")], utc=True)
    return frame
