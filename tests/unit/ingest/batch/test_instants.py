"""Every accepted way to write a moment, each with the instant, the basis and the text it came from."""

import datetime
import itertools
import zoneinfo
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.batch.instants import instant_sql
from ingest.errors import IngestError
from ingest.lake.engine import Engine, literal
from tests.unit.ingest.evidence_folder import case_in, rejects, write

PARIS = "Europe/Paris"


def parsed(
    tmp_path: Path, text: str, column: str = "sent_at", timezone: str | None = None
) -> tuple[str | None, str | None]:
    sql = instant_sql("t", column, timezone)
    with Engine(tmp_path) as engine:
        ((moment, basis),) = engine.run(
            f"SELECT ({sql.moment})::VARCHAR, CASE WHEN ({sql.moment}) IS NOT NULL THEN {sql.basis} END "
            f"FROM (SELECT {literal(text)} AS t)"
        )
    return moment, basis


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-01T18:03:04Z", "2024-05-01 18:03:04"),
        ("2024-05-01T18:03:04+00:00", "2024-05-01 18:03:04"),
        ("2024-05-01T18:03:04+02:00", "2024-05-01 16:03:04"),
        ("2024-05-01 18:03:04-0530", "2024-05-01 23:33:04"),
        ("2024-05-01T18:03:04+02", "2024-05-01 16:03:04"),
        ("2024-05-01T18:03Z", "2024-05-01 18:03:00"),
        ("2024-05-01T18:03:04.123456789Z", "2024-05-01 18:03:04.123456"),
        ("2024-05-01T18:03:04,5Z", "2024-05-01 18:03:04.5"),
        ("2024-02-29T00:00:00Z", "2024-02-29 00:00:00"),
    ],
)
def test_an_offset_is_applied_exactly(tmp_path: Path, text: str, moment: str) -> None:
    assert parsed(tmp_path, text) == (moment, "explicit-offset")
    assert parsed(tmp_path, text, timezone=PARIS) == (moment, "explicit-offset")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1714586584", "2024-05-01 18:03:04"),
        ("1714586584123", "2024-05-01 18:03:04.123"),
        ("1714586584.000200", "2024-05-01 18:03:04.0002"),
        ("99999999999", "5138-11-16 09:46:39"),
        ("100000000000", "1973-03-03 09:46:40"),
        ("-1", "1969-12-31 23:59:59"),
    ],
)
def test_the_magnitude_of_an_epoch_time_tells_seconds_from_milliseconds(tmp_path: Path, text: str, moment: str) -> None:
    assert parsed(tmp_path, text, timezone=PARIS) == (moment, "epoch")


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-05-01T25:00:00Z", "2024-05-01T18:03:60Z",
        "2024-05-01T18:03:04+25:00", "01/05/2024 18:03", "2024-05-01", "20240501", "now", "infinity", "epoch", "",
        " 2024-05-01T18:03:04Z", "2024-05-01T18:03:04Z\n", "2024-05-01T18:03:04", "2024-05-01T18:03:04 Europe/Paris",
        "1e9", "+1714586584", "171458658412345678",
    ],
)
def test_what_is_no_instant_stays_none(tmp_path: Path, text: str) -> None:
    moment, basis = parsed(tmp_path, text)
    assert moment is None or text == "20240501"  # as an epoch time, 1970: outside of the plausible range
    assert basis in (None, "epoch")


@pytest.mark.parametrize(
    ("text", "zone", "moment", "basis"),
    [
        ("2024-05-01T18:03:04", PARIS, "2024-05-01 16:03:04", f"assumed:{PARIS}"),
        ("2024-12-01 18:03", PARIS, "2024-12-01 17:03:00", f"assumed:{PARIS}"),
        ("2024-05-01T18:03:04", "UTC", "2024-05-01 18:03:04", "assumed:UTC"),
        ("2024-05-01T18:03:04", "+05:30", "2024-05-01 12:33:04", "assumed:+05:30"),
        ("2024-03-31T02:30:00", PARIS, None, None),
        ("2024-03-31T01:59:59", PARIS, "2024-03-31 00:59:59", f"assumed:{PARIS}"),
        ("2024-03-31T03:00:00", PARIS, "2024-03-31 01:00:00", f"assumed:{PARIS}"),
        ("2024-10-27T02:30:00", PARIS, "2024-10-27 00:30:00", f"assumed:{PARIS};ambiguous"),
        ("2024-10-27T03:00:00", PARIS, "2024-10-27 02:00:00", f"assumed:{PARIS}"),
        ("2024-04-07T01:45:00", "Australia/Lord_Howe", "2024-04-06 14:45:00", "assumed:Australia/Lord_Howe;ambiguous"),
        ("2024-11-03T01:30:00", "America/New_York", "2024-11-03 05:30:00", "assumed:America/New_York;ambiguous"),
        ("2011-12-30T12:00:00", "Pacific/Apia", None, None),
    ],
)
def test_a_local_time_takes_the_zone_its_gaps_and_its_doubled_hours(
    tmp_path: Path, text: str, zone: str, moment: str | None, basis: str | None
) -> None:
    assert parsed(tmp_path, text, timezone=zone) == (moment, basis)


def test_local_times_agree_with_the_zone_database_of_python(tmp_path: Path) -> None:
    """Every half hour around the changes of clocks, in zones with odd rules; the first of two moments."""
    starts = [datetime.datetime(2024, 3, 30), datetime.datetime(2024, 4, 6), datetime.datetime(2024, 10, 26),  # noqa: DTZ001
              datetime.datetime(2024, 11, 2)]  # noqa: DTZ001
    locals_ = [start + datetime.timedelta(minutes=30 * step) for start in starts for step in range(96)]
    with Engine(tmp_path) as engine:
        engine.run("CREATE TABLE times AS SELECT unnest(?::VARCHAR[]) AS t", [[str(local) for local in locals_]])
        for zone in ("Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago"):
            sql = instant_sql("t", "sent_at", zone)
            found = engine.run(f"SELECT {sql.moment}, {sql.basis} FROM times")
            info = zoneinfo.ZoneInfo(zone)
            for local, (moment, basis) in zip(locals_, found, strict=True):
                both = [local.replace(tzinfo=info, fold=fold).astimezone(datetime.UTC) for fold in (0, 1)]
                exist = [one for one in both if one.astimezone(info).replace(tzinfo=None) == local]
                expected = min(exist).replace(tzinfo=None) if exist else None
                assert moment == expected, (zone, local)
                if exist:
                    assert basis.endswith(";ambiguous") == (both[0] != both[1]), (zone, local)


@pytest.mark.parametrize("column", ["created_at", "incorporated_at", "from", "to"])
def test_a_day_is_enough_where_a_day_is_all_that_is_known(tmp_path: Path, column: str) -> None:
    assert parsed(tmp_path, "2024-05-01", column, PARIS) == ("2024-05-01 00:00:00", "date")
    assert parsed(tmp_path, "2023-02-29", column) == (None, None)


def test_the_original_text_and_the_basis_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "source"
    times = ("2024-05-01T20:00:00+02:00", "1714586584", "2024-10-27T02:30")
    write(folder, "sessions.csv", "account_id,started_at\n" + "".join(f"a,{time}\n" for time in times))
    ingest([folder], case=case_in(tmp_path), timezone=PARIS)
    (path,) = (case_in(tmp_path).evidence / "sessions").glob("*.parquet")
    with Engine(tmp_path / "scratch") as engine:
        found = engine.run(f"SELECT started_at_raw, started_at_basis FROM read_parquet('{path}')")
    assert found == [
        ("2024-05-01T20:00:00+02:00", "explicit-offset"), ("1714586584", "epoch"),
        ("2024-10-27T02:30", f"assumed:{PARIS};ambiguous"),
    ]


def test_implausible_times_are_rejected_and_register_dates_may_be_old_or_open(tmp_path: Path) -> None:
    folder = tmp_path / "source"
    write(folder, "sessions.csv", "account_id,started_at\na,1970-01-01T00:00:00Z\na,2150-01-01T00:00:00Z\na,20240501\n")
    write(folder, "ownerships.csv", "owner_id,owned_id,share,from,to\np,c,1,1852-03-01,9999-12-31\n")
    report = ingest([folder], case=case_in(tmp_path))
    assert report.tables["sessions"].rejected == 3
    assert report.tables["ownerships"].accepted == 1
    reasons = {reject.reason for reject in rejects(case_in(tmp_path))}
    assert reasons == {"started_at is far outside of any plausible time"}


@pytest.mark.parametrize("text", ["1999", "199901", "19990131", "9999", "16000101"])
def test_a_register_date_without_dashes_is_no_moment_of_1970(tmp_path: Path, text: str) -> None:
    assert parsed(tmp_path, text, "incorporated_at") == (None, None)
    write(tmp_path / "source", "companies.csv", f"company_id,incorporated_at\nc,{text}\n")
    write(tmp_path / "source", "ownerships.csv", f"owner_id,owned_id,from\np,c,{text}\n")
    ingest([tmp_path / "source"], case=case_in(tmp_path))
    found = [(reject.reason, reject.hint) for reject in rejects(case_in(tmp_path))]
    assert found == [
        (f"{column} may be a date, or seconds since 1970", "write a date with its dashes, as in 1999-01-31")
        for column in ("incorporated_at", "from")
    ]


@pytest.mark.parametrize("text", ["0", "86400", "20995200", "157766400", "-2208988800", "1714586584", "1999.5"])
def test_other_numbers_in_a_register_are_seconds(tmp_path: Path, text: str) -> None:
    assert parsed(tmp_path, text, "incorporated_at")[1] == "epoch"


@pytest.mark.parametrize("zone", ["Paris", "europe/paris", "'; DROP TABLE x; --", "", "+25:00", "2024"])
def test_an_unknown_zone_is_refused(tmp_path: Path, zone: str) -> None:
    with pytest.raises(IngestError, match="time zone"):
        ingest([write(tmp_path, "rooms.csv", "room_id\na\n")], case=case_in(tmp_path), timezone=zone)


def test_bases_are_counted_in_the_manifest(tmp_path: Path) -> None:
    folder = tmp_path / "source"
    write(folder, "sessions.csv", "account_id,started_at\na,2024-05-01T20:00:00+02:00\na,1714586584\nb,1714586584\n")
    ingest([folder], case=case_in(tmp_path))
    text = next(case_in(tmp_path).batches.glob("*.json")).read_text()
    assert '"sessions.started_at": {\n   "epoch": 2,\n   "explicit-offset": 1\n  }' in text


def test_every_pair_of_date_and_time_separator_is_read(tmp_path: Path) -> None:
    for separator, zone in itertools.product("T ", ("Z", "+01:00")):
        assert parsed(tmp_path, f"2024-05-01{separator}18:03:04{zone}")[0] is not None
