"""Random tables of good and bad rows: the counts reconcile, nothing is lost, every row number is right."""

import csv
import io
import string
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.ingest.evidence_folder import MESSAGES, case_in, ingest_text, rejects, rows

TEXT = st.text(st.sampled_from(string.ascii_letters + ' ,"\n\r;|é漢\t\x00\'%'), min_size=1, max_size=12).filter(
    lambda text: text != " " and text == text.strip(" ")
)
ID = st.text(st.sampled_from("ab01 :é,'\""), min_size=1, max_size=4).filter(lambda text: text == text.strip(" "))


@dataclass(frozen=True)
class Line:
    """A line of the file, and what is expected of it."""

    raw: bytes
    text: str | None = None
    sender: str | None = None
    blank: bool = False


def record(values: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(values)
    return buffer.getvalue().removesuffix("\r\n").encode()


@st.composite
def good(draw: st.DrawFn) -> Line:
    sender, text = draw(ID), draw(TEXT)
    return Line(record(["", "2024-05-01T18:00:00Z", sender, "", draw(ID), text]), text, sender)


@st.composite
def bad(draw: st.DrawFn) -> Line:
    moment, text = "2024-05-01T18:00:00Z", draw(st.sampled_from(["x", "y z"]))
    return Line(
        draw(
            st.sampled_from(
                [
                    record(["", "2023-02-29T00:00:00Z", "a", "", "b", text]),
                    record(["", moment, "", "", "b", text]),
                    record(["", moment, "a", "r", "b", text]),
                    record(["", moment, "a\tz", "", "b", text]),
                    record(["", moment, "a", "", "b"]),
                    record(["", moment, "a", "", "b", text, "more"]),
                    record(["", moment, "a", "", "b", text]) + b"\xfe",
                    f',{moment},a,,b,"{text}'.encode(),
                    f',{moment},a,,b,"{text}" z'.encode(),
                    MESSAGES.strip().encode(),
                ]
            )
        )
    )


LINES = st.lists(st.one_of(good(), good(), bad(), st.just(Line(b"", blank=True))), max_size=25)


def opens_a_quote(line: Line) -> bool:
    return line.text is None and line.raw.count(b'"') % 2 == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES, st.sampled_from([b"\n", b"\r\n"]))
def test_every_row_is_accepted_or_rejected_under_its_own_number(lines: list[Line], ending: bytes) -> None:
    # a quote that opens in one bad row and closes in a later row is one record by RFC 4180: keep such rows apart
    kept: list[Line] = []
    for line in lines:
        if opens_a_quote(line) and any(b'"' in other.raw for other in lines if other is not line):
            continue
        kept.append(line)
    records = [line for line in kept if not line.blank]
    with tempfile.TemporaryDirectory() as folder:
        tmp_path = Path(folder)
        content = MESSAGES.strip().encode() + ending + b"".join(line.raw + ending for line in kept)
        counts = ingest_text(tmp_path, "messages.csv", content).tables["messages"]
        accepted = rows(case_in(tmp_path), "messages", "row", "text", "sender")
        rejected = [(reject.row, reject.raw) for reject in rejects(case_in(tmp_path))]
    expected = [
        (number, line.text, f"harbour:{line.sender}") for number, line in enumerate(records, start=2) if line.text
    ]
    assert accepted == expected
    assert rejected == [
        (number, line.raw.decode("utf-8", "backslashreplace"))
        for number, line in enumerate(records, start=2)
        if not line.text
    ]
    assert counts.read == len(records)
    assert counts.read == counts.accepted + counts.rejected + counts.duplicate
    assert (counts.accepted, counts.duplicate) == (len(expected), 0)
