"""Leads on the same people, and on the same reasons."""



from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from tests.unit.workbench.views.models.two_leads import EN, HUB, SHELL
from workbench.related import part_in, related, tie_told, ties
from workbench.views.models.leads import listing as leads


def test_leads_on_the_same_people_are_related() -> None:
    other = Finding("convergence", ("p:y",), "weak", 0.1, (Reason("replay"),), targets=("p:kid", "p:z"))
    assert related(HUB, (HUB, SHELL, other)) == (other,)
    assert related(SHELL, (HUB, SHELL, other)) == (other,)
    wide, one_in_common = (
        Finding("convergence", (f"p:{name}",), "weak", 0.1, (Reason("replay"),), targets=targets)
        for name, targets in (("v", ("p:kid", "p:a", "p:b")), ("w", ("p:kid",)))
    )
    (tie,) = ties(wide, (wide, one_in_common, SHELL))
    assert (tie.other, tie.near) == (one_in_common, False)
    assert tie_told(wide, tie, EN) == "1 of its 3 targets is one there too"
    assert [(tie.other, tie.near) for tie in ties(one_in_common, (wide, one_in_common))] == [(wide, True)]


def test_what_two_leads_have_in_common_says_who_is_what_in_each() -> None:
    def other(members: tuple[str, ...], *targets: str) -> Finding:
        return Finding("ambush", members, "weak", 0.1, (Reason("replay"),), targets=targets)

    aimed, same, both = other(("p:m",), "p:adult"), other(("p:adult", "p:n")), other(("p:o",), "p:kid", "p:adult")
    told = [tie_told(HUB, tie, EN) for tie in ties(HUB, (SHELL, aimed, HUB, same, both, other(("p:kid",))))]
    assert told == [
        "its member is a target there", "its member is a member there too",
        "its member is a target there · its target is a target there too", "its target is a member there",
    ]
    crew = other(("p:a", "p:b", "p:c"), *(f"p:{number}" for number in range(5)))
    few, many = other(("p:d",), "p:1"), other(("p:2",), "p:3", "p:4", "p:0")
    assert [tie.other for tie in ties(crew, (few, many))] == [many, few], "half of the targets, then fewer"
    assert tie_told(crew, ties(crew, (many,))[0], EN) == (
        "1 of its 5 targets is a member there · 3 of its 5 targets are targets there too"
    )
    assert [part_in(HUB, who) for who in ("p:adult", "p:kid", "p:x")] == ["member", "target", ""]


def test_leads_that_rest_on_the_same_reasons_are_similar_and_the_nearest_score_comes_first() -> None:
    def hub(name: str, score: float, *codes: str, against: tuple[str, ...] = ("most_answered",)) -> Finding:
        return Finding(
            "hub", (f"p:{name}",), "weak", score, tuple(Reason(code) for code in codes),
            (*(CounterEvidence(code) for code in against), CounterEvidence("what_would_clear_it")),
        )

    one = hub("one", 0.9, "minors_among_first_contacts", "chats_begun")
    near = hub("near", 0.8, "minors_among_first_contacts", "chats_begun")
    far = hub("far", 0.1, "minors_among_first_contacts", "chats_begun")
    part = hub("part", 0.9, "minors_among_first_contacts", "reports_by_targets")
    none = hub("none", 0.9, "reports_by_targets", against=("role",))
    same = Finding("hub", ("p:one",), "weak", 0.9, one.reasons, one.counter_evidence, finding_id="hub-x")
    assert leads.similar(one, (none, far, part, SHELL, near, one, same)) == (
        (near, 3, 3), (far, 3, 3), (part, 2, 4)
    ), "another kind, too little in common and leads on the same people are left out"
    assert leads.similar(one, (near, far), most=1) == ((near, 3, 3),)
