"""Who is known to be a minor, when, and on what basis."""

from datetime import datetime, timedelta

import ibis
import pyarrow as pa
import pytest

from graph.detect.context import DetectionContext
from graph.detect.minors import MinorParameters
from graph.detect.minors.reported import ReportedMinor, reported_minor
from tests.unit.graph.detect.small_platform import START, Platform, lake_of, moment, write_folder

DAY = 24.0


@pytest.fixture
def people():
    """An empty platform to which a test adds people."""
    return Platform(adults=0, teens=0)


def known(platform, tmp_path, asked, **parameters):
    """What is known of each (account, hours) of ``asked``: (age, minor, band, basis)."""
    source = write_folder(tmp_path / "source", platform.tables())
    with lake_of(tmp_path / "workspace", [source]) as lake:
        context = DetectionContext(lake, minors=MinorParameters(**parameters))
        at = [datetime.fromisoformat(moment(hours)[:-1]) for _, hours in asked]
        events = pa.table(
            {
                "n": list(range(len(asked))), "who": [f"small:{name}" for name, _ in asked],
                "at": pa.array(at, pa.timestamp("us")),
            }
        )
        rows = context.rows(context.with_minority(ibis.memtable(events), account="who", at="at"))
        context.close()
    assert [row[0] for row in rows] == list(range(len(asked)))
    return [row[3:] for row in rows]


def test_a_declared_age_grows_from_the_accounts_creation(people, tmp_path):
    people.account("x", age=17, since=0.0)
    people.post("x", 1)
    assert known(people, tmp_path, [("x", 1), ("x", 366 * DAY)]) == [
        (17, True, "16-17", "declared"), (18, False, "18-24", "declared")
    ]


def test_a_declared_age_without_creation_stays_as_it_is(people, tmp_path):
    people.account("x", age=17)
    people.accounts[0]["created_at"] = None
    people.post("x", 1)
    assert known(people, tmp_path, [("x", 9000 * DAY)]) == [(17, True, "16-17", "declared")]


def test_nothing_known_is_no_minor_and_no_band(people, tmp_path):
    people.account("x")
    people.post("x", 1)
    assert known(people, tmp_path, [("x", 1), ("nobody", 1)]) == [(None, False, None, None)] * 2


def test_a_stated_age_counts_from_its_moment_and_overrules_the_declared_one(people, tmp_path):
    people.account("x", age=30, since=0.0)
    people.post("x", 5, "j'ai 13 ans")
    before, at, after = known(people, tmp_path, [("x", 4.9), ("x", 5), ("x", 400 * DAY)])
    assert before == (30, False, "25-34", "declared")
    assert at == (13, True, "13-15", "stated")  # contradicts what was declared
    assert after[:2] == (14, True)


def test_a_correction_counts_from_its_own_moment_and_is_less_certain(people, tmp_path):
    people.account("x")
    people.post("x", 1, "im 14")
    people.private("x", "y", 10, "i am 22")
    assert known(people, tmp_path, [("x", 0), ("x", 2), ("x", 10)]) == [
        (None, False, None, None), (14, True, "13-15", "stated"), (22, False, "18-24", "stated")
    ]


@pytest.mark.parametrize("text", ["en fait j'ai 15", "non 15 pas 14", "enfin 15", "*15", "j'en ai 15 en vrai"])
def test_a_bare_number_that_takes_back_another_is_an_age_only_soon_after_one(text, people, tmp_path):
    for name in ("soon", "late", "alone"):
        people.account(name)
    people.post("soon", 1, text="j'ai 14 ans")
    people.post("soon", 1.1, text=text)
    people.post("late", 1, text="j'ai 14 ans")
    people.post("late", 9, text=text)
    people.post("alone", 1, text=text)
    ages = [row[0] for row in known(people, tmp_path, [("soon", 1.05), ("soon", 10), ("late", 10), ("alone", 10)])]
    assert ages == [14, 15, 14, None]


def test_repeating_an_age_changes_nothing_and_a_birthday_is_no_contradiction(people, tmp_path):
    people.account("x")
    people.post("x", 1, "im 14")
    people.post("x", 50, "im 14")
    people.post("x", 90, "i just turned 15")
    source = write_folder(tmp_path / "source", people.tables())
    with lake_of(tmp_path / "workspace", [source]) as lake:
        context = DetectionContext(lake)
        rows = context.rows(context.minors.select("from_at", "until_at", "age", "record"))
    stated, turned = START + timedelta(hours=1), START + timedelta(hours=90)
    assert rows == [(stated, turned, 14, "messages:m00000"), (turned, None, 15, "messages:m00002")]


def test_a_report_counts_only_where_the_account_says_nothing_of_its_age(people, tmp_path):
    people.account("x")
    people.account("y", age=40)
    for number, name in enumerate(("x", "y")):
        people.reports.append(
            {"report_id": f"r{number}", "reported_id": name, "made_at": moment(3), "reason": "user is 12 years old"}
        )
    people.post("x", 1)
    assert known(people, tmp_path, [("x", 2), ("x", 3), ("y", 3)]) == [
        (None, False, None, None), (12, True, "under 13", "report"), (40, False, "35-44", "declared")
    ]


def test_a_report_without_a_number_makes_a_minor_of_unknown_age(people, tmp_path):
    people.account("x")
    people.reports.append({"report_id": "r0", "reported_id": "x", "made_at": moment(3), "reason": "underage"})
    people.post("x", 1)
    assert known(people, tmp_path, [("x", 4)]) == [(None, True, None, "report")]


def test_the_age_of_majority_is_a_parameter(people, tmp_path):
    people.account("x", age=17, since=0.0)
    people.post("x", 1)
    assert known(people, tmp_path, [("x", 1)], adult_age=16)[0][1] is False
    with pytest.raises(ValueError):
        MinorParameters(adult_age=99)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("she said she is 13", ReportedMinor(13)), ("Mineure", ReportedMinor(None)),
        ("is a minor", ReportedMinor(None)),
        ("claims to be 14, lies", ReportedMinor(14)), ("il a 12 ans", ReportedMinor(12)), ("he is 35 years old", None),
        ("writes to minors", None), ("asks a minor for photos", None), ("spam", None), ("minors", None),
    ],
)
def test_a_report_on_somebody_who_writes_to_minors_makes_no_minor(reason, said):
    assert reported_minor(reason) == said
