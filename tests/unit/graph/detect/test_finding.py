"""A finding's identity, order and JSON."""

import json
from datetime import datetime

import pytest

from graph.detect.finding import Finding, FindingsDocument, best_first
from graph.detect.reason import AS_WRITTEN, CounterEvidence, Reason, as_written
from graph.detect.values import Value, account, count
from graph.detect.wordings import moment_told

WHY = (
    Reason(
        AS_WRITTEN, as_written("count", "three of four", "trois sur quatre"), 3, 1.0, "accounts",
        ("messages:b", "messages:a", "messages:b"),
    ),
)
AGAINST = CounterEvidence(AS_WRITTEN, as_written("m", "against", "contre"), None, 2)


def finding(members=("p:b", "p:a"), **options):
    return Finding(**{"kind": "ambush", "members": members, "tier": "weak", "score": 0.5, "reasons": WHY, **options})


def test_identity_ignores_order_score_time_and_reasons():
    other = finding(("p:a", "p:b", "p:a"), score=0.9, tier="strong", first_at="2024-01-01T00:00:00Z", reasons=(
        Reason(AS_WRITTEN, as_written("other", "else"), 1),
    ))
    assert finding().finding_id == other.finding_id


def test_identity_tells_kinds_members_and_qualifiers_apart():
    ids = {
        finding().finding_id, finding(kind="shell").finding_id, finding(("p:a",)).finding_id,
        finding(qualifier="p:t").finding_id, finding(("p:a,p:b",)).finding_id,
    }
    assert len(ids) == 5


def test_members_targets_and_records_are_sets_in_order():
    one = finding(targets=("p:z", "p:y", "p:z"))
    assert one.members == ("p:a", "p:b")
    assert one.targets == ("p:y", "p:z")
    assert one.reasons[0].records == ("messages:a", "messages:b")


@pytest.mark.parametrize(
    "wrong", [{"kind": "no kind"}, {"tier": "certain"}, {"score": 1.1}, {"members": ()}, {"reasons": ()}]
)
def test_what_is_no_finding_is_refused(wrong):
    with pytest.raises(ValueError):
        finding(**wrong)


def test_best_first_goes_by_tier_then_score_then_kind_then_id():
    weak, strong = finding(score=0.9), finding(("p:c",), tier="strong", score=0.1)
    tied = [finding(("p:x",)), finding(("p:y",)), finding(("p:x",), kind="hub")]
    ordered = best_first((weak, *tied, strong))
    assert ordered[:2] == (strong, weak)
    assert ordered[-1].kind == "hub"
    assert [f.finding_id for f in ordered[2:4]] == sorted(f.finding_id for f in tied[:2])
    assert best_first(tuple(reversed(ordered))) == ordered


def test_the_json_is_the_contracts_and_numbers_have_twelve_digits():
    one = finding(q_value=1 / 3, counter_evidence=(AGAINST,))
    document = FindingsDocument("c", "run-1", "sha256:0", {"kinds": ["ambush"]}, (one,))
    body = json.loads(document.to_json())
    assert list(body) == ["case", "run_id", "evidence_digest", "parameters", "findings"]
    assert body["findings"][0]["q_value"] == 0.333333333333
    assert set(body["findings"][0]) == {
        "finding_id", "kind", "tier", "score", "q_value", "members", "targets", "first_at", "last_at", "reasons",
        "counter_evidence",
    }
    reason = body["findings"][0]["reasons"][0]
    assert reason.pop("values").keys() == {"measure", "detail", "detail_fr"}
    assert reason == {
        "measure": "count", "observed": 3, "expected": 1.0, "unit": "accounts", "detail": "three of four",
        "code": AS_WRITTEN, "records": ["messages:a", "messages:b"],
    }
    (against,) = body["findings"][0]["counter_evidence"]
    assert [against[key] for key in ("measure", "observed", "expected", "detail")] == ["m", None, 2, "against"]


@pytest.mark.parametrize(("language", "said"), [("en", "three of four"), ("fr", "trois sur quatre")])
def test_a_document_in_either_language_is_read_back_whole(language, said):
    one = finding(counter_evidence=(AGAINST,), targets=("p:t",), q_value=0.5, qualifier="p:t")
    body = one.to_dict(language=language)
    assert body["reasons"][0]["detail"] == said
    again = Finding.from_dict(json.loads(json.dumps(body)))
    assert again.finding_id == one.finding_id
    assert again.to_dict() == one.to_dict()


def test_what_speaks_against_keeps_its_records_and_a_part_without_has_no_such_field():
    against = CounterEvidence("answers", {"answered": count(1), "contacts": count(2)}, 1, None, "", ("messages:b",))
    one = finding(counter_evidence=(against, AGAINST))
    body = one.to_dict()
    assert [part.get("records") for part in body["counter_evidence"]] == [["messages:b"], None]
    again = Finding.from_dict(body)
    assert [part.records for part in again.counter_evidence] == [("messages:b",), ()]
    assert set(again.cited) == {*(ref for reason in one.reasons for ref in reason.records), "messages:b"}


def test_a_document_from_before_there_were_codes_is_read_as_written():
    body = finding().to_dict()
    body["reasons"] = [
        {"measure": "count", "observed": 3, "expected": 1.0, "detail": "three", "detail_fr": "trois", "records": ["a"]}
    ]
    old = Finding.from_dict(body)
    assert old.reasons[0].code == AS_WRITTEN
    assert [old.to_dict(language=language)["reasons"][0]["detail"] for language in ("en", "fr")] == ["three", "trois"]


@pytest.mark.parametrize("code", ["a_code_of_another_version", "minors_among_first_contacts"])
def test_what_this_version_has_no_words_for_is_read_as_it_was_written(code):
    """A signal that a later version dropped, or whose sentence asks for other values, does not close the screen."""
    body = finding().to_dict()
    told = {"measure": "hours", "observed": 3, "expected": 1.0, "unit": "", "detail": "three", "records": []}
    body["reasons"] = [{**told, "code": code, "values": {}}]
    body["counter_evidence"] = [{**told, "code": code, "values": {}}]
    old = Finding.from_dict(body)
    assert old.to_dict()["reasons"][0]["detail"] == "three"
    assert old.to_dict(language="fr")["counter_evidence"][0]["detail"] == "three"


def test_whom_a_sentence_names_is_a_value():
    reason = Reason("x", {"who": account("p:a"), "n": count(3)}, 3)
    assert reason.ids == ("p:a",)
    with pytest.raises(ValueError, match="n must be typed values"):
        Reason("x", {"n": 3})
    with pytest.raises(ValueError, match="snake_case"):
        Reason("Some words")


def test_names_that_attack_stay_text_in_the_json():
    name = 'p:</script>"\n=cmd|x \u202e'
    document = FindingsDocument("c", "r", "d", {}, (finding((name,)),))
    assert json.loads(document.to_json())["findings"][0]["members"] == [name]


@pytest.mark.parametrize(("type", "text"), [("instant", "2024"), ("instant", "soon"), ("day", "3 Mar 2024")])
def test_a_moment_or_day_that_is_none_is_refused_before_a_sentence_needs_it(type, text):
    with pytest.raises(ValueError, match=text):
        Value(type, text)
    with pytest.raises(ValueError, match=text):
        Value(type, ("2024-03-03", text))


def test_a_moment_of_another_zone_is_told_in_utc():
    assert moment_told(datetime.fromisoformat("2024-03-03T00:15+02:00"), "en") == "2 Mar 2024, 22:15 UTC"
    assert moment_told(datetime.fromisoformat("2024-03-02T22:15+00:00"), "en") == "2 Mar 2024, 22:15 UTC"
