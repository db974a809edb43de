"""Who reported whom: a cited report says it on the screen and on paper, from the one who reported to the other."""

from types import SimpleNamespace

from ingest.lake import Record
from workbench.language import words
from workbench.report.parts.records import _row
from workbench.report.people import People
from workbench.views.models.names import Names
from workbench.views.models.records import table

EN, FR = words("en"), words("fr")
REPORT = Record(
    "reports:r1", "reports", "case/reports.csv", "ab" * 32, 67,
    {"report": "r1", "reported": "t:hub", "reporter": "t:child", "made_at": "2024-04-26T07:59:00", "reason": "pushy"},
)


def test_the_table_of_records_goes_from_who_reported_to_whom():
    (row,) = table([REPORT], Names(), EN, texts=False).itertuples(index=False)
    assert row[1] == "t:child → t:hub"
    assert row[2].startswith("report, ")


def test_the_report_says_who_reported_whom():
    material = SimpleNamespace(people=People(Names(), FR), words=FR, choice=SimpleNamespace(texts=False))
    row = _row(REPORT, material, {}, {})
    assert row[2] == "t:child → t:hub"
    assert row[3].startswith("signalement, ")
    assert "pushy" not in row[3]
