"""Which messages stand behind a link on the canvas?  Counted first, then the first few, texts hidden."""

import pandas as pd

from graph.subgraph import Edge
from ingest.lake import Lake
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


def message_rows(rows: list[dict[str, object]], names: Names, *, texts: bool) -> pd.DataFrame:
    """One row a message; its text only where texts were opened."""
    shown = [
        {
            "When (UTC)": row["sent_at"],
            "From": names.of(str(row["sender"]), limit=28),
            "Text": plain_text(str(row["text"] or ""), limit=4_000)
            if texts
            else f"hidden, {len(str(row['text'] or '')):,} characters",
            "Record": plain_text(f"messages:{row['record_id']}"),
        }
        for row in rows
    ]
    frame = pd.DataFrame(shown, columns=["When (UTC)", "From", "Text", "Record"])
    frame["When (UTC)"] = pd.to_datetime(frame["When (UTC)"], utc=True)
    return frame
