"""What the picture of a lead shows: the cited records, no more and no less, with masks where minors stand."""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from graph.detect.finding import Finding
from graph.detect.reason import Reason
from graph.detect.values import count, number, quote, seconds, word
from graph.detect.wordings import Language
from ingest.lake import Lake, Record
from tests.unit.graph.detect.small_platform import Platform, lake_of, moment, write_folder
from tests.unit.workbench.hostile import HOSTILE
from workbench.language import words
from workbench.plain_text import plain_text
from workbench.report.pictures.drawing import _drawn
from workbench.report.pictures.shapes import Lanes, Point
from workbench.views.models import records as records_model
from workbench.views.models.names import MASK, Names
from workbench.views.models.pictures import by_kind, over_time, shell_pairs
from workbench.views.models.pictures.picture import Picture, told_apart
from workbench.views.pictures.charts import _days, _steps, chart

EN = words("en")
MARKUP = HOSTILE[1]
LANES = ["place", "lane", "turn", "series", "at", "told", "number"]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """One hub who writes to three minors, two adults (one with markup for a name) and one of unknown age."""
    folder = tmp_path_factory.mktemp("pictures")
    platform = Platform(adults=0, teens=0)
    for name, age in (("hub", 40), ("k1", 13), ("k2", 15), ("k3", None), ("g1", 30), ("g2", 44), ("g3", None)):
        platform.account(name, age=age)
    for account in platform.accounts:
        account["pseudonym"] = {"g1": MARKUP, "k1": "little_fox", "g2": "twin", "g3": "twin"}.get(
            account["account_id"], account["account_id"]
        )
    platform.post("k3", 1, text="im 14")  # no declared age: what it wrote makes it a minor
    for hour, name in enumerate(("k1", "k2", "k3", "g1", "g3"), start=2):
        platform.private("hub", name, hour)
        platform.private("hub", name, hour + 0.5)
    platform.private("g2", "hub", 10)
    platform.private("g1", "k1", 2.5)
    platform.private("g2", "k1", 3)
    platform.private("g2", "g3", 20)
    sessions = [
        {"account_id": name, "started_at": moment(hour), "ended_at": moment(hour + 1), "ip": ip, "device_id": device}
        for name, hour, ip, device in (
            ("g1", 9, "198.51.100.7", "d1"), ("g2", 10.01, "198.51.100.9", "d1"), ("g3", 40, "198.51.100.7", "d2")
        )
    ]
    identifiers = [{"account_id": name, "kind": "email", "value": "x@example.org"} for name in ("g2", "g3")]
    register = {
        "companies": [{"company_id": "c1", "name": "Quay"}, {"company_id": "c2", "name": "Pier"}],
        "persons": [{"person_id": "p1", "name": MARKUP}],
        "ownerships": [
            {"owner_id": "c2", "owned_id": "c1", "share": 0.6},
            {"owner_id": "p1", "owned_id": "c2", "share": 0.8},
            {"owner_id": "p1", "owned_id": "c1", "share": 0.9, "to": "2021-01-01T00:00:00Z"},
            {"owner_id": "c1", "owned_id": "c2", "share": 0.1},
        ],
    }
    tables = {**platform.tables(), "sessions": sessions, "identifiers": identifiers, **register}
    with lake_of(folder / "w", [write_folder(folder / "s", tables)]) as opened:
        yield opened


def test_whom_records_alone_name_is_called_and_masked_as_elsewhere(lake: Lake) -> None:
    records = lake.records(refs(lake, "messages", sender="hub"))
    names = records_model.called(lake, records, Names({"small:hub": "hub"}))
    who = list(records_model.table(records, names, EN, texts=False)["Who"])
    assert {one.partition(" → ")[2] for one in who} == {
        *map(names.mask, ("small:k1", "small:k2", "small:k3")), plain_text(MARKUP, limit=28), "twin",
    }, "a minor by what it told is masked, others stand by their names"


def test_a_reference_stands_without_its_table_where_all_records_are_of_one(lake: Lake) -> None:
    cited = refs(lake, "messages", sender="hub")
    records = lake.records([*cited, *refs(lake, "ownerships")])

    def references(shown: list[Record]) -> list[str]:
        cells = records_model.table(shown, Names(), EN, texts=False)["File and row"]
        return [cell.rpartition("\n")[2] for cell in cells]

    both = references(records)
    messages = [record for record in records if record.table == "messages"]
    alone = references(messages)
    assert set(cited) <= set(both)
    assert {f"messages:{one}" for one in alone} == set(cited)


def test_every_line_of_an_axis_is_named_and_names_of_lanes_stand_in_line_with_their_marks(lake: Lake) -> None:
    assert _steps(400.0) == [0, 5, 20, 60, 360]
    assert _steps(0.0) == [0]
    for days in (0.01, 1, 40, 900):
        start = pd.Timestamp("2024-03-05T15:11:00")
        axis = _days(pd.DataFrame({"at": [start, start + pd.Timedelta(days=days)]})).to_dict()
        assert axis["labelOverlap"] is False
        assert 1 <= len(axis["values"]) <= 5
        ticks = [pd.Timestamp(f"{one['year']}-{one['month']}-{one['date']}") for one in axis["values"]]
        assert all(start.normalize() <= tick <= start + pd.Timedelta(days=days) for tick in ticks)
    frame = pd.DataFrame([(0, "one", 0, "x", 0.0, "", 1)], columns=LANES)
    drawn = json.dumps(chart(Picture("lanes", frame, frame, "")).to_dict())
    assert '"labelFlush": false' in drawn


def refs(lake: Lake, table: str, **wanted: str) -> list[str]:
    """References of the rows whose columns have these values, in order of time where they have one."""
    frame = lake.table(table).to_pyarrow().to_pylist()
    found = [row for row in frame if all(str(row[name]).endswith(value) for name, value in wanted.items())]
    found.sort(key=lambda row: str(row.get("sent_at") or row["record_id"]))
    return [f"{table}:{row['record_id']}" for row in found]


def drawn(lake: Lake, finding: Finding, names: Names | None = None) -> Picture:
    read = by_kind.read(lake, finding, EN)
    assert read is not None
    return by_kind.picture(read, finding, names or Names(), EN)


def hub(lake: Lake) -> Finding:
    told = {
        "minors": count(3), "contacts": count(4), "usual": number(1),
        "records": word("all"), "beyond": word("more"), "cited": count(3),
    }
    cited = tuple(refs(lake, "messages", sender="small:hub", recipient=kid)[0] for kid in ("k1", "k2", "k3"))
    return Finding(
        "hub", ("small:hub",), "strong", 0.9, (Reason("minors_among_first_contacts", told, 3, 1, "minors", cited),),
        targets=("small:k1", "small:k2", "small:k3"),
    )


def test_a_hub_s_dots_are_all_it_wrote_to_first_and_the_filled_ones_are_the_cited_records(lake: Lake) -> None:
    finding = hub(lake)
    shown = drawn(lake, finding)
    filled = shown.frame[shown.frame["cited"] == "cited by the lead"]
    assert set(filled["record"]) == set(finding.reasons[0].records)
    assert list(shown.frame["group"].value_counts().sort_index().items()) == [
        ("adults", 1), ("age unknown", 1), ("minors", 3)
    ]
    assert len(shown.table) == len(shown.frame) == 5, "who wrote to it first is not among them"
    assert "minors 3, adults 1, age unknown 1. Filled: the 3 " in shown.caption


def test_minors_are_masked_in_every_picture_and_its_table(lake: Lake) -> None:
    crew = Finding(
        "ambush", ("small:g1", "small:g2"), "weak", 0.2,
        (Reason("replay", records=(*refs(lake, "messages", sender="small:g1"), *refs(lake, "messages", sender="g2"))),),
        targets=("small:k1", "small:g3"),
    )
    for finding in (hub(lake), crew):
        shown = drawn(lake, finding)
        text = shown.frame.to_string() + shown.table.to_string() + json.dumps(chart(shown).to_dict(), default=str)
        assert "little_fox" not in text, finding.kind
        assert "small:k" not in text, finding.kind
        assert MASK in text
    opened = Names({"small:k1": "little_fox"}, opened=frozenset({"small:k1"}))  # as the screen knows whom a lead names
    assert "little_fox" in drawn(lake, hub(lake), opened).table.to_string(), "whose mask was lifted has a name"


def test_a_crew_s_lanes_hold_each_member_s_first_cited_message_to_each_target(lake: Lake) -> None:
    cited = [ref for name in ("g1", "g2") for ref in refs(lake, "messages", sender=f"small:{name}")]
    finding = Finding(
        "ambush", ("small:g1", "small:g2"), "weak", 0.2, (Reason("replay", records=tuple(cited)),),
        targets=("small:k1", "small:g3"),
    )
    shown = drawn(lake, finding)
    came = [(row.lane.startswith(MASK), row.number, row.at) for row in shown.frame.itertuples()]
    assert came == [(True, 1, 0.0), (True, 2, 30.0), (False, 1, 0.0)]
    assert "2 of 2 targets" in shown.caption
    assert "within" not in shown.caption, "this lead does not tell what it counts as together"


def test_a_crew_s_members_have_one_colour_and_shape_on_the_screen_and_in_the_report() -> None:
    points = (Point(0, 1, 0.0), Point(0, 0, 3.0), Point(1, 0, 0.0))  # who came first is not whom the report names first
    given = Lanes(("small:k1", "small:g3"), ("small:g2", "small:g1"), points, "after the first")
    body = chart(over_time.lanes(given, Names({}), EN, heads=("Target", "Member"), caption="")).to_dict()
    color = body["layer"][-1]["encoding"]["color"]["scale"]
    assert color["domain"] == list(map(Names({}).of, given.series))
    with _drawn(given) as figure:
        lines = figure.axes[0].get_lines()
        assert [line.get_label() for line in lines] == list(given.series)
        assert [line.get_color() for line in lines] == color["range"]
        assert [line.get_marker() for line in lines] == ["o", "s"]


@pytest.mark.parametrize(("language", "minutes", "told"), [
    ("en", 15, "within 15 minutes of"), ("fr", 15, "à 15\u00a0minutes au plus"), ("en", 30, ""),
])
def test_what_a_crew_s_lead_counts_as_together_stands_below_those_who_came_later(
    lake: Lake, language: Language, minutes: int, told: str
) -> None:
    """The two come 30 minutes apart."""
    together = Reason("meetings", {"window": seconds(minutes * 60)})
    cited = tuple(ref for name in ("g1", "g2") for ref in refs(lake, "messages", sender=f"small:{name}"))
    finding = Finding(
        "ambush", ("small:g1", "small:g2"), "weak", 0.2, (together, Reason("replay", records=cited)),
        targets=("small:k1", "small:g3"),
    )
    read = by_kind.read(lake, finding, words(language))
    assert read is not None
    caption = by_kind.picture(read, finding, Names(), words(language)).caption
    assert told in caption if told else "within" not in caption


def test_a_sequence_has_a_dot_for_every_cited_message(lake: Lake) -> None:
    cited = refs(lake, "messages", sender="small:hub")
    finding = Finding("extortion", ("small:hub",), "weak", 0.2, (Reason("minors_pressed", records=tuple(cited)),))
    assert len(drawn(lake, finding).frame) == len(cited) == 10


def test_a_shell_s_pairs_are_those_whose_cited_records_agree(lake: Lake) -> None:
    members = tuple(f"small:g{n}" for n in (1, 2, 3))
    device = tuple(refs(lake, "sessions"))
    finding = Finding(
        "shell", members, "weak", 0.4,
        (
            Reason("same_device", records=device),
            Reason("same_address", records=device),
            Reason("same_line", records=device),
            Reason("hand_overs", {"within": seconds(120)}, records=device),
            Reason("same_email", records=tuple(refs(lake, "identifiers"))),
            Reason("same_name", records=tuple(ref for g in ("g2", "g3") for ref in refs(lake, "accounts", account=g))),
            Reason("never_at_once", records=tuple(refs(lake, "accounts", account="g1"))),
        ),
    )
    read = by_kind.read(lake, finding, EN)
    assert read is not None
    found = {(tie.code, tie.pair): tie.number for tie in read.drawn}
    one, two, three = members
    assert found == {
        ("same_device", (one, two)): 1, ("same_line", (one, three)): 1, ("hand_overs", (one, two)): 1,
        ("same_email", (two, three)): 1, ("same_name", (two, three)): 1,
    }
    # of an address a day is in common: the two were there on different ones
    cited = {ref for reason in finding.reasons for ref in reason.records}
    assert {ref for tie in read.drawn for ref in tie.records} <= cited
    shown = by_kind.picture(read, finding, Names(), EN)
    assert "3 of 3 pairs" in shown.caption
    assert "Not told by pair" in shown.caption
    assert list(shown.table) == ["Pair", "Evidence", "In common"], "a column a kind was cut beside the lead"
    assert sorted(shown.table["Evidence"]) == sorted(shown.frame["family"])
    assert shown.frame["pair"].nunique() == 3, "two accounts of one name are told apart"


def test_names_of_three_letters_that_read_alike_tie_a_pair() -> None:
    """They have no stem: the sentence counted them, and the picture said nothing of them."""
    borne = {"p:a": "lea", "p:b": "l3a", "p:c": "lea77"}
    profiles = [
        Record(f"accounts:{who}", "accounts", "a.csv", "", row, {"account": who, "pseudonym": name})
        for row, (who, name) in enumerate(borne.items())
    ]
    reason = Reason("same_name", records=tuple(record.ref for record in profiles))
    finding = Finding("shell", tuple(borne), "weak", 0.2, (reason,))
    assert [tie.pair for tie in shell_pairs.ties(finding, profiles)] == [("p:a", "p:b")]


def test_an_owner_s_tree_has_the_cited_holdings_and_closes_circles(lake: Lake) -> None:
    cited = refs(lake, "ownerships")
    finding = Finding(
        "owner", ("small:p1",), "strong", 0.7, (Reason("integrated_share", records=tuple(cited)),),
        targets=("small:c1",),
    )
    shown = drawn(lake, finding)
    assert set(shown.frame["record"]) - {""} == set(cited)
    depths = [(row.depth, row.below) for row in shown.frame.itertuples()]
    assert depths == [(0, 0), (1, 0), (2, 1), (2, 1), (1, 0)]
    assert list(shown.table["Remark"]).count("closes a circle") == 1
    assert list(shown.table["Until"]) == ["", "", "", "2021-01-01"]
    assert shown.parties == ("small:c1", "small:c2", "small:p1"), "each once, as the picture names them"
    assert f"{len(cited)} of {len(cited)} rows of the register" in shown.caption, "a step of a chain may be two"


def test_a_room_s_bars_are_its_writers_by_month(lake: Lake) -> None:
    finding = Finding("room", ("small:hall",), "weak", 0.2, (Reason("replay"),))
    shown = drawn(lake, finding)
    assert list(shown.frame["count"]) == [1, 0, 0], "one wrote, and said there how old"


def test_a_lead_whose_records_give_nothing_has_no_picture(lake: Lake) -> None:
    finding = Finding(
        "manual", ("small:hub",), "weak", 0.1, (Reason("as_written", {"measure": quote("x"), "detail": quote("y"),
                                                                     "detail_fr": quote("")}),),
    )
    assert by_kind.read(lake, finding, EN) is None


def test_charts_hold_names_as_text_alone_and_fetch_nothing(lake: Lake) -> None:
    owner = Finding(
        "owner", ("small:p1",), "weak", 0.2, (Reason("x", records=tuple(refs(lake, "ownerships"))),),
        targets=("small:c1",),
    )
    for finding in (hub(lake), owner):
        body = chart(drawn(lake, finding)).to_dict()
        marks = json.dumps({key: value for key, value in body.items() if key != "datasets"}, default=str)
        assert "href" not in marks
        assert '"url"' not in marks
        assert '"image"' not in marks
        assert "alert(" not in marks, "names stand in the rows, never in an expression"


def test_a_crew_of_many_targets_is_seen_whole_in_a_small_window() -> None:
    def high(targets: int) -> int:
        rows = [(place, f"t{place}", member, f"m{member}", 7.0 * member, "told", member + 1)
                for place in range(targets) for member in range(3)]
        frame = pd.DataFrame(rows, columns=LANES)
        return int(chart(Picture("lanes", frame, frame, "")).to_dict()["height"])

    assert high(3) == 3 * 22 + 96, "few lanes stand as far apart as they did"
    assert high(24) <= 430
    assert high(60) >= 60 * 13, "no name covers the next"


def test_heads_of_a_matrix_stand_upright_and_whole_above_rows_of_full_height() -> None:
    """Aslant, ten of them lay over each other, and the longest was cut."""
    def body(heads: tuple[str, ...]) -> dict[str, Any]:
        rows = [(row, f"p{row}", column, head, 1) for row in range(28) for column, head in enumerate(heads)]
        frame = pd.DataFrame(rows, columns=["row", "pair", "column", "family", "number"])
        told: dict[str, Any] = chart(Picture("pairs", frame, frame, "")).to_dict()
        return told

    short, long = body(("same name",)), body(("same name", "même adresse à des jours différents"))
    axis = long["layer"][0]["encoding"]["x"]["axis"]
    assert (axis["labelAngle"], axis["labelLimit"]) == (-90, 0)
    assert long["height"] - short["height"] >= 5 * (len("même adresse à des jours différents") - len("same name"))
    assert short["height"] >= 28 * 22 + 5 * len("same name")


def test_no_two_labels_are_alike() -> None:
    names = Names({"p:a": "tom", "p:b": "tom", "p:c": "tam"}, frozenset({"p:k"}))
    assert told_apart(("p:a", "p:b", "p:c"), names) == ["tom (a)", "tom (b)", "tam"]
    assert len(set(told_apart(("p:a", "q:a", "p:b"), Names({"p:a": "x", "q:a": "x"})))) == 3
    (label,) = told_apart(("p:k",), names)
    assert label.startswith(MASK)
