"""IRC logs: each client's lines, dates, zones, encodings, and what becomes of lines that are none."""

from pathlib import Path

import pandas as pd
import pytest

from ingest.batch import ingest
from ingest.batch.report import IngestReport
from ingest.case_folder import CaseFolder
from ingest.errors import SourceUnreadable
from ingest.lake import Lake
from ingest.rejects import read_rejects
from ingest.sources.irc.dialects import dialect_of
from ingest.sources.irc.names import log_name

UBUNTU = """\
[23:58] <nubs0r> DShepherd, i played movies
=== Widoff [n=Widoff@1-1-3-22a.example.se]  has joined #ubuntu
[23:59] <Red-Sox> Widoff: hi
=== l4f wants to be a hacker
=== mode/#ubuntu [+o Amaranth]  by ChanServ
=== Red-Sox is now known as red_away
[00:01]  * l4f waves
=== Widoff [n=Widoff@1-1-3-22a.example.se]  has left #ubuntu ["Leaving"]
this is no line of a log
"""
IRSSI = """\
--- Log opened Wed May 01 18:00:00 2024
18:03 -!- Kid [~kid@192.0.2.7] has joined #Room
18:03 <@Wolf> hi \x0304,01red\x03 and \x02bold\x0f
18:04  * Wolf waves
18:05 -!- mode/#Room [+o Kid] by Wolf
18:06 -!- Kid is now known as Kid|away
--- Day changed Thu May 02 2024
00:07 -!- Kid|away [~kid@192.0.2.7] has quit [bye]
00:08 < Ann> good night
--- Log closed Thu May 02 00:09:00 2024
"""
WEECHAT = """\
2024-05-01 18:03:04\t-->\tKid (~kid@host.example) has joined #r
2024-05-01 18:03:05\t@Wolf\thi there
2024-05-01 18:03:06\t *\tWolf waves
2024-05-01 18:03:07\t--\tKid is now known as Kiddo
2024-05-01 18:03:08\t<--\tKiddo (~kid@host.example) has quit (bye)
2024-05-01 18:03:09\t--\tMode #r [+o Wolf] by ChanServ
"""
ZNC = """\
[18:03:04] *** Joins: Kid (ident@host.example)
[18:03:05] <Wolf> hi
[18:03:06] * Wolf waves
[18:03:07] *** Kid is now known as Kiddo
[18:03:08] *** Wolf sets mode: +o Kiddo
[18:03:09] -ChanServ- welcome
[18:03:10] *** Quits: Kiddo (ident@host.example) (bye)
"""


def read(tmp_path: Path, path: Path, *, timezone: str | None = "UTC") -> tuple[IngestReport, dict[str, pd.DataFrame]]:
    case = CaseFolder(tmp_path / "ws", "case")
    report = ingest([path], case=case, timezone=timezone)
    for counts in report.tables.values():
        assert counts.read == counts.accepted + counts.rejected + counts.duplicate
    with Lake(case) as lake:
        names = ("accounts", "rooms", "messages", "identifiers", "sessions")
        return report, {
            name: lake.table(name).to_pyarrow().to_pandas().sort_values(["source_sha256", "row"]) for name in names
        }


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def stamps(frame: pd.DataFrame, column: str = "sent_at") -> list[str]:
    return frame[column].dt.strftime("%Y-%m-%d %H:%M:%S").tolist()


def test_the_ubuntu_archive_form_gives_messages_actions_hosts_aliases_and_sessions(tmp_path: Path) -> None:
    report, tables = read(tmp_path, write(tmp_path / "log" / "2005-12-04.ascii.txt", UBUNTU))
    messages = tables["messages"]
    assert messages["sender"].tolist() == ["irc:nubs0r", "irc:red-sox", "irc:l4f", "irc:l4f"]
    assert messages["text"].tolist() == ["DShepherd, i played movies", "Widoff: hi", "wants to be a hacker", "waves"]
    assert set(messages["room"]) == {"irc:#ubuntu"}
    # an action without a time takes that of the line before; the clock fell back over midnight
    assert stamps(messages) == [
        "2005-12-04 23:58:00",
        "2005-12-04 23:59:00",
        "2005-12-04 23:59:00",
        "2005-12-05 00:01:00",
    ]
    assert messages["row"].tolist() == [1, 3, 4, 7]
    marks = tables["identifiers"][["account", "kind", "value"]].values.tolist()
    assert sorted(map(tuple, marks)) == [
        ("irc:red-sox", "alias", "red_away"),
        ("irc:red_away", "alias", "red_away"),
        ("irc:widoff", "host", "n=Widoff@1-1-3-22a.example.se"),
    ]
    assert tables["sessions"]["account"].tolist() == ["irc:widoff"]
    assert tables["accounts"].set_index("account")["pseudonym"]["irc:red-sox"] == "Red-Sox"
    assert report.tables["messages"].rejected == 1
    (reject,) = read_rejects(CaseFolder(tmp_path / "ws", "case"))
    assert (reject.row, reject.raw, reject.reason) == (9, "this is no line of a log", "is no line of this IRC log")
    assert reject.hint


def test_a_host_that_is_an_address_is_one_and_a_cloak_is_none(tmp_path: Path) -> None:
    addresses = ("192.0.2.7", "2001:db8::a", "2001:db8:0:0:0:0:0:b", "::ffff:192.0.2.9")
    cloaks = ("192.0.2.7.isp.example", "999.0.2.7", "192.0.2", "A1B2:C3D4:E5F6:IP", "ab:cd:ef:12", "1:2:3:4:5:6:7:8:9",
              "1::2::3", "gateway/web/ip.192.0.2.7", "192.0.2.7@hidden.example")
    lines = [f"[18:03:{number:02d}] *** Joins: n{number} (u{number}@{host})"
             for number, host in enumerate(addresses + cloaks)]
    lines.append("[18:04:00] *** Quits: n1 (u1@2001:db8::a) (bye)")
    path = tmp_path / "ann" / "net" / "#r" / "2024-05-01.log"
    report, tables = read(tmp_path, write(path, "\n".join(lines) + "\n"))
    marks = tables["identifiers"]
    found = marks.query("kind == 'ip'")
    assert sorted(zip(found.row, found.value, strict=True)) == list(enumerate(addresses, start=1))
    assert stamps(found, "first_seen_at")[:1] == ["2024-05-01 18:03:00"]
    assert len(marks.query("kind == 'host'")) == len(lines) - 1, "every host is kept as it stands"
    assert tables["sessions"].ip.tolist() == ["2001:db8::a"]
    assert not report.tables["identifiers"].rejected


def test_names_with_brackets_are_whole_though_the_client_put_a_space_behind_each(tmp_path: Path) -> None:
    log = """\
[18:00] <[A]ndy> hi
=== [koji]  [n=koji@host]  has joined #r
=== [A] ndy [n=[A] nd@host]  has joined #r
=== Rubin[work]  is now known as Rubin
=== Gonzo is now known as [M] Gonzo
=== [koji]  waves
=== [A] ndy nods
=== [n0mad] is now known as lil
=== [koji]  [n=koji@host]  has left #r ["bye"]
"""
    _, tables = read(tmp_path, write(tmp_path / "2005-12-04.txt", log))
    told = tables["messages"][["sender", "text"]].values.tolist()
    assert told == [["irc:{a}ndy", "hi"], ["irc:{koji}", "waves"], ["irc:{a}ndy", "nods"]]
    marks = set(tables["identifiers"][["account", "value"]].itertuples(index=False, name=None))
    assert {("irc:{koji}", "n=koji@host"), ("irc:{a}ndy", "n=[A]nd@host"), ("irc:rubin", "rubin")} <= marks
    assert {("irc:rubin{work}", "rubin"), ("irc:gonzo", "{m}gonzo"), ("irc:{n0mad}", "lil")} <= marks
    assert tables["sessions"]["account"].tolist() == ["irc:{koji}"]


def test_a_line_that_names_its_room_is_a_message_there_and_by_the_name_before_it(tmp_path: Path) -> None:
    log = "[18:00] <a> hi\n[18:01] (koji/#other) psst\n(koji/#other) again\n[18:02] <b/#Third> so\n[18:03] <c/d> x\n"
    _, tables = read(tmp_path, write(tmp_path / "#r_2024-05-01.log", log))
    assert tables["messages"][["sender", "room", "text"]].values.tolist() == [
        ["irc:a", "irc:#r", "hi"], ["irc:koji", "irc:#other", "psst"], ["irc:koji", "irc:#other", "again"],
        ["irc:b", "irc:#third", "so"], ["irc:c/d", "irc:#r", "x"],
    ]


def test_irssi_takes_its_dates_from_header_and_day_lines_and_colours_and_modes_are_stripped(tmp_path: Path) -> None:
    _, tables = read(tmp_path, write(tmp_path / "#Room.log", IRSSI))
    messages = tables["messages"]
    assert messages["sender"].tolist() == ["irc:wolf", "irc:wolf", "irc:ann"]
    assert messages["text"].tolist() == ["hi red and bold", "waves", "good night"]
    assert stamps(messages) == ["2024-05-01 18:03:00", "2024-05-01 18:04:00", "2024-05-02 00:08:00"]
    assert set(messages["room"]) == {"irc:#room"}
    aliases = tables["identifiers"].query("kind == 'alias'")
    assert set(aliases["account"]) == {"irc:kid", "irc:kid|away"}
    assert tables["sessions"].empty  # the nick that joined did not leave under that name


def test_weechat_lines_carry_their_own_date(tmp_path: Path) -> None:
    _, tables = read(tmp_path, write(tmp_path / "irc.libera.#r.weechatlog", WEECHAT))
    assert tables["messages"]["sender"].tolist() == ["libera:wolf", "libera:wolf"]
    assert tables["messages"]["text"].tolist() == ["hi there", "waves"]
    assert stamps(tables["messages"])[0] == "2024-05-01 18:03:05"
    assert set(tables["messages"]["room"]) == {"libera:#r"}
    assert set(tables["identifiers"]["value"]) == {"~kid@host.example", "kiddo"}


def test_znc_takes_network_and_window_from_the_folders_and_a_chat_of_two_is_private(tmp_path: Path) -> None:
    root = tmp_path / "log"
    write(root / "me" / "libera" / "#r" / "2024-05-01.log", ZNC)
    write(root / "me" / "libera" / "wolf" / "2024-05-01.log", "[18:00:00] <Wolf> psst\n[18:00:09] <me> oui\n")
    _, tables = read(tmp_path, root)
    rooms = tables["messages"].dropna(subset=["room"])
    assert set(rooms["room"]) == {"libera:#r"}
    assert rooms["text"].tolist() == ["hi", "waves", "welcome"]
    private = tables["messages"].dropna(subset=["recipient"]).sort_values("sent_at")
    assert private[["sender", "recipient"]].values.tolist() == [
        ["libera:wolf", "libera:me"],
        ["libera:me", "libera:wolf"],
    ]


def test_without_a_zone_every_message_is_a_reject_that_says_so(tmp_path: Path) -> None:
    report, tables = read(tmp_path, write(tmp_path / "2024-05-01.log", ZNC), timezone=None)
    assert tables["messages"].empty
    assert report.tables["messages"].rejected == report.tables["messages"].read == 3
    assert all("--timezone" in reject.hint for reject in read_rejects(CaseFolder(tmp_path / "ws", "case")))


def test_the_hour_that_comes_twice_is_read_as_the_first_and_the_missing_hour_is_a_reject(tmp_path: Path) -> None:
    write(tmp_path / "log" / "2024-10-27.log", "[02:30:00] <a> x\n[04:00:00] <a> y\n")
    write(tmp_path / "log" / "2024-03-31.log", "[02:30:00] <a> x\n[04:00:00] <a> y\n")
    report, tables = read(tmp_path, tmp_path / "log", timezone="Europe/Paris")
    assert sorted(stamps(tables["messages"])) == ["2024-03-31 02:00:00", "2024-10-27 00:30:00", "2024-10-27 03:00:00"]
    assert report.tables["messages"].rejected == 1


def test_a_file_without_any_date_gives_rejects_with_a_hint(tmp_path: Path) -> None:
    report, _ = read(tmp_path, write(tmp_path / "notes.log", ZNC))
    assert report.tables["messages"].rejected == 3
    hints = {reject.hint for reject in read_rejects(CaseFolder(tmp_path / "ws", "case"))}
    assert any("2024-05-01.log" in hint for hint in hints)


def test_29_february_2023_in_a_name_is_no_date(tmp_path: Path) -> None:
    report, tables = read(tmp_path, write(tmp_path / "2023-02-29.log", ZNC))
    assert tables["messages"].empty
    assert report.tables["messages"].rejected == 3


def test_each_line_has_its_own_encoding_and_odd_bytes_are_kept(tmp_path: Path) -> None:
    data = "[18:00] <a> café\n".encode() + "[18:01] <a> café\n".encode("cp1252") + b"[18:02] <a> plain\n"
    _, tables = read(tmp_path, write(tmp_path / "2024-05-01.log", data))
    assert tables["messages"]["text"].tolist() == ["café", "café", "plain"]
    assert r"caf\\xe9" in tables["messages"]["attributes"].tolist()[1]


def test_nicks_that_differ_by_case_or_by_rfc1459_brackets_are_one_account(tmp_path: Path) -> None:
    _, tables = read(tmp_path, write(tmp_path / "2024-05-01.log", "[18:00] <Foo[x]> a\n[18:01] <foo{X}> b\n"))
    assert tables["messages"]["sender"].unique().tolist() == ["irc:foo{x}"]
    assert tables["accounts"]["pseudonym"].tolist() == ["Foo[x]"]


def test_a_twelve_hour_clock_is_recognised_where_it_falls_back_from_twelve_to_one(tmp_path: Path) -> None:
    log = "[11:50] <a> x\n[12:57] <a> y\n[01:03] <a> z\n"
    _, tables = read(tmp_path, write(tmp_path / "2005-02-08.log", log))
    assert stamps(tables["messages"]) == ["2005-02-08 11:50:00", "2005-02-08 12:57:00", "2005-02-08 13:03:00"]


def test_a_folder_of_many_days_is_one_batch_and_a_second_run_adds_nothing(tmp_path: Path) -> None:
    for day in range(1, 8):
        write(tmp_path / "log" / f"2024-05-0{day}.log", ZNC.replace("hi", f"hi {day}"))
    write(tmp_path / "log" / "readme.md", "# nothing of a log\n")
    first, _ = read(tmp_path, tmp_path / "log")
    second, tables = read(tmp_path, tmp_path / "log")
    assert len(first.sources) == 7
    assert first.tables["messages"].accepted == 21
    assert second.tables["messages"].accepted == 0
    assert second.tables["messages"].duplicate == 21
    assert len(tables["messages"]) == 21


def test_a_folder_without_a_log_is_refused_in_one_line(tmp_path: Path) -> None:
    write(tmp_path / "log" / "readme.md", "# nothing of a log\n")
    with pytest.raises(SourceUnreadable) as refused:
        ingest([tmp_path / "log"], case=CaseFolder(tmp_path / "ws", "case"), format="irc", timezone="UTC")
    assert "holds no IRC log" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        (UBUNTU, "bracketed"),
        (IRSSI, "irssi"),
        (WEECHAT, "weechat"),
        (ZNC, "bracketed"),
        ("a,b\n1,2\n", None),
        ("", None),
        ("--- nothing\n--- but rules\n", None),
    ],
)
def test_the_dialect_is_told_by_the_lines(text: str, dialect: str | None) -> None:
    assert dialect_of(text.splitlines()) == dialect


@pytest.mark.parametrize(
    ("path", "dialect", "date", "window", "network"),
    [
        ("2005-12-04.ascii.txt", "bracketed", "2005-12-04", "", ""),
        ("#ubuntu_20051204.log", "bracketed", "2005-12-04", "#ubuntu", ""),
        ("libera/#r.log", "irssi", "", "#r", "libera"),
        ("irc.oftc.#debian.weechatlog", "weechat", "", "#debian", "oftc"),
        ("me/libera/#r/2024-05-01.log", "bracketed", "2024-05-01", "#r", "libera"),
        ("2005/2005-12-04.txt", "bracketed", "2005-12-04", "", ""),
    ],
)
def test_names_tell_date_window_and_network(path: str, dialect: str, date: str, window: str, network: str) -> None:
    root = Path("/logs/archive")
    name = log_name(root / path, root, dialect)
    assert (name.date, name.window, name.network) == (date, window, network)
