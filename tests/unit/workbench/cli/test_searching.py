"""``filature search``: the contract's options and JSON, the total, hostile names on a terminal; no engine needed."""

import json
from pathlib import Path

import pytest

from tests.unit.graph.detect.small_platform import moment
from tests.unit.graph.search.cases import CASE, case_of, lines, named
from tests.unit.workbench.cli.test_cli import say
from workbench.bootstrap import Workbench
from workbench.settings import Settings


@pytest.fixture(scope="module")
def common(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    names = ["lea", "leander", "azulea", "l3a", "\u202eevil\x07", *(f"lea{number}" for number in range(30))]
    case = case_of(
        tmp_path_factory.mktemp("search"),
        {"accounts": named(*(name.replace("\x07", "") for name in names)), "messages": lines(a0=2),
         "rooms": [{"room_id": "r", "name": "lea"}]},
    )
    return ("--workspace", str(case.workspace), "--case", case.name)


def test_json_is_an_array_of_hits_and_the_total_stands_on_stderr(common, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = say(capsys, "search", "lea", *common, "--format", "json")
    hits = json.loads(out)
    assert code == 0
    assert len(hits) == 20
    assert hits[0] == {
        "id": f"{CASE}:a0", "label": "Account", "name": "lea", "match": "exact", "platform": CASE, "via": None,
        "about": "age unknown · 2 messages · 2024-03-01",
    }
    assert (hits[1]["label"], hits[1]["match"]) == ("Room", "exact")
    assert "showing 20 of 35 hits" in err
    assert "--limit" in err


def test_every_hit_is_reached_by_the_limit_and_kept_apart_by_the_label(common, capsys) -> None:
    hits = json.loads(say(capsys, "search", "lea", *common, "--format", "json", "--limit", "1000")[1])
    assert len(hits) == 35
    assert [hit["match"] for hit in hits if hit["match"] != "prefix"] == ["exact", "exact", "lookalike", "within"]
    code, out, err = say(capsys, "search", "LEA", "--label", "room", *common, "--format", "json")
    assert [hit["id"] for hit in json.loads(out)] == [f"{CASE}:r"]
    assert (code, "showing 1 of 1 hits" in err) == (0, True)


def test_the_table_has_the_telling_line_and_no_name_moves_the_cursor(common, capsys) -> None:
    code, out, _ = say(capsys, "search", "lea", *common)
    assert code == 0
    assert out.splitlines()[0].split() == ["match", "label", "name", "id", "platform", "about"]
    assert "age unknown · 2 messages" in out
    out = say(capsys, "search", "evil", *common)[1]
    assert "\\u202eevil" in out
    assert "\u202e" not in out


def test_nothing_found_is_an_answer(common, capsys) -> None:
    code, out, err = say(capsys, "search", "zzzzzz", *common, "--format", "json")
    assert (code, json.loads(out), "showing 0 of 0 hits" in err) == (0, [], True)
    assert say(capsys, "search", "zzzzzz", *common)[:2] == (0, "")


@pytest.mark.parametrize("arguments", [
    ("search",), ("search", ""), ("search", "lea", "--label", "Message"), ("search", "lea", "--limit", "0"),
    ("search", "lea", "--format", "csv"), ("search", "lea", "--case", "none"), ("search", "a" * 2_000),
])
def test_bad_usage_is_one_line_and_exit_2(common, arguments, capsys) -> None:
    code, out, err = say(capsys, *common, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_case_without_evidence_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = say(capsys, "search", "lea", "--workspace", str(tmp_path))
    assert code == 2
    assert "no case" in err


@pytest.fixture
def talk(tmp_path: Path) -> tuple[str, ...]:
    said = (
        ("a0", "a1", "See you TONIGHT"), ("a1", "a0", "tonight!"), ("a2", "a0", "tonight?"), ("a2", None, "tonight"),
    )
    messages = [
        {"message_id": f"m{number}", "sender_id": one, "recipient_id": other, "sent_at": moment(number), "text": text,
         "room_id": None if other else "hall"}
        for number, (one, other, text) in enumerate(said)
    ]
    people = [*named("\u202eevil", "oak"), {"account_id": "a2", "pseudonym": "little", "declared_age": 13}]
    case = case_of(tmp_path, {"accounts": people, "messages": messages, "rooms": [{"room_id": "hall", "name": "Hall"}]})
    return ("--workspace", str(case.workspace), "--case", case.name)


def logged(talk: tuple[str, ...]) -> list[dict[str, object]]:
    with Workbench(Settings(workspace=Path(talk[1]), user="ann")) as workbench:
        return [json.loads(entry.detail) for entry in workbench.casebook.audit() if entry.action == "search texts"]


def test_texts_say_who_uses_a_phrase_most_first_minors_masked_and_the_reason_is_logged(talk, capsys) -> None:
    asked = ("search", "tónight", *talk, "--texts", "--reason", "who else says so")
    code, out, err = say(capsys, *asked, "--format", "json")
    body = json.loads(out)
    assert code == 0
    assert body[0] == {
        "messages": 2, "first_at": "2024-03-01T00:00:00Z", "last_at": "2024-03-01T01:00:00Z", "one": f"{CASE}:a0",
        "one_name": "\ufffdevil", "other": f"{CASE}:a1", "other_name": "oak", "room": None, "room_name": None,
    }
    assert [(row["messages"], row["room_name"]) for row in body[1:]] == [(1, None), (1, "Hall")]
    assert body[1]["other"] == body[1]["other_name"]
    assert body[1]["other"].startswith("minor ▪▪▪ ")
    assert "showing 3 of 3 conversations and rooms, which hold it in 4 messages" in err
    assert logged(talk) == [{"phrase": "tónight", "reason": "who else says so", "stated": True}]
    code, out, err = say(capsys, *asked, "--limit", "1")
    assert out.splitlines()[0].split() == ["messages", "first_at", "last_at", "one", "other", "room"]
    assert len(out.splitlines()) == 2
    assert "showing 1 of 3 conversations and rooms, which hold it in 4 messages; --limit N shows more" in err
    assert not any(word in out for word in ("TONIGHT", "tonight", "little", "a2", "\u202e"))


def test_a_phrase_that_no_text_holds_is_an_answer(talk, capsys) -> None:
    code, out, err = say(capsys, "search", "' OR '1'='1", *talk, "--texts", "--reason", "x", "--format", "json")
    assert (code, json.loads(out), "showing 0 of 0" in err) == (0, [], True)
    assert say(capsys, "search", "yesterday", *talk, "--texts", "--reason", "x")[:2] == (0, "")


@pytest.mark.parametrize("arguments", [
    ("tonight", "--texts"), ("tonight", "--texts", "--reason", "  "), ("tonight", "--texts", "--reason", "x" * 401),
    ("to", "--texts", "--reason", "x"), ("t" * 1_001, "--texts", "--reason", "x"), ("tonight", "--reason", "x"),
    ("tonight", "--texts", "--reason", "x", "--label", "Room"), ("ton\udce9ght", "--texts", "--reason", "x"),
])
def test_without_a_reason_or_a_phrase_nothing_is_searched_or_logged(talk, arguments, capsys) -> None:
    code, out, err = say(capsys, "search", *arguments, *talk)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "unexpected" not in err
    assert logged(talk) == []
