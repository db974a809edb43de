"""A finding's identity, order and JSON."""

import json

import pytest

from graph.detect.finding import Finding, FindingsDocument, best_first
from graph.detect.written import CounterEvidence, Reason

WHY = (Reason("count", 3, 1.0, "three of four", ("messages:b", "messages:a", "messages:b")),)


def finding(members=("p:b", "p:a"), **options):
    return Finding(**{"kind": "ambush", "members": members, "tier": "weak", "score": 0.5, "reasons": WHY, **options})


def test_identity_ignores_order_score_time_and_reasons():
    other = finding(("p:a", "p:b", "p:a"), score=0.9, tier="strong", first_at="2024-01-01T00:00:00Z", reasons=(
        Reason("other", 1, None, "else"),
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
    assert ordered[2].kind == "hub"
    assert [f.finding_id for f in ordered[3:]] == sorted(f.finding_id for f in tied[:2])
    assert best_first(tuple(reversed(ordered))) == ordered


def test_the_json_is_the_contracts_and_numbers_have_twelve_digits():
    one = finding(q_value=1 / 3, counter_evidence=(CounterEvidence("m", None, 2, "against"),))
    document = FindingsDocument("c", "run-1", "sha256:0", {"kinds": ["ambush"]}, (one,))
    body = json.loads(document.to_json())
    assert list(body) == ["case", "run_id", "evidence_digest", "parameters", "findings"]
    assert body["findings"][0]["q_value"] == 0.333333333333
    assert set(body["findings"][0]) == {
        "finding_id", "kind", "tier", "score", "q_value", "members", "targets", "first_at", "last_at", "reasons",
        "counter_evidence",
    }
    assert body["findings"][0]["reasons"][0] == {
        "measure": "count", "observed": 3, "expected": 1.0, "detail": "three of four",
        "records": ["messages:a", "messages:b"],
    }
    assert body["findings"][0]["counter_evidence"] == [
        {"measure": "m", "observed": None, "expected": 2, "detail": "against"}
    ]


def test_the_sentences_come_in_either_language_or_in_both():
    one = finding(counter_evidence=(CounterEvidence("m", None, 2, "against", "contre"),))
    document = FindingsDocument("c", "run-1", "sha256:0", {}, (one,))
    told = {
        language: json.loads(document.to_json(language=language))["findings"][0]["counter_evidence"][0]
        for language in ("en", "fr", None)
    }
    assert told["en"] == {"measure": "m", "observed": None, "expected": 2, "detail": "against"}
    assert told["fr"] == {**told["en"], "detail": "contre"}
    assert told[None] == {**told["en"], "detail_fr": "contre"}


def test_names_that_attack_stay_text_in_the_json():
    name = 'p:</script>"\n=cmd|x \u202e'
    document = FindingsDocument("c", "r", "d", {}, (finding((name,)),))
    assert json.loads(document.to_json())["findings"][0]["members"] == [name]
