"""Findings as the Leads screen lists and tells them."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.shells.leads import CODES
from graph.detect.tiers import Tier
from graph.detect.values import account, accounts, count, number, quote, share, word
from graph.detect.wordings import catalogue
from ingest.lake import Record
from tests.written_reasons import reason
from workbench.casebook import Judgement
from workbench.language import words
from workbench.language.glossary import glossary
from workbench.language.units import UNITS
from workbench.related import part_in, related, tie_told, ties
from workbench.views.models import records as record_model
from workbench.views.models.leads import lead, who
from workbench.views.models.leads import listing as leads
from workbench.views.models.leads.listing import Casework, Wanted
from workbench.views.models.names import MASK, Names, mask

EN, FR = words("en"), words("fr")
TOLD = {"minors": count(41), "contacts": count(52), "usual": number(6.25), "records": word("some"), "cited": count(1)}
HUB = Finding(
    "hub", ("p:adult",), "strong", 0.9,
    (Reason("minors_among_first_contacts", TOLD, 41, 6.25, "minors", ("messages:m1",)),),
    (CounterEvidence("most_answered", {"answered": count(4), "minors": count(8)}, 4, None, "minors"),),
    targets=("p:kid",), first_at="2024-03-01T10:00:00Z", last_at="2024-03-09T10:00:00Z",
)
SHELL = Finding(
    "shell", ("p:x", "p:y"), "weak", 0.4,
    (Reason("device_changed_hands", {"first": account("p:x"), "second": account("p:y")}),),
    (CounterEvidence("what_would_clear_it"),),
)
NAMES = Names({"p:adult": "old_oak", "p:kid": "little_fox"}, frozenset({"p:kid"}))
JUDGED = {SHELL.finding_id: Judgement("c", SHELL.finding_id, "cleared", "one household", "ann", "2024-01-02T03:04:05Z")}
CASEWORK = Casework(
    status=JUDGED, tags={HUB.finding_id: ("night",)}, assigned={HUB.finding_id: "bea"},
    notes={HUB.finding_id: ("ask the school",)},
)


def test_targets_that_are_minors_are_masked_everywhere() -> None:
    text = who.table(HUB, NAMES, EN, {}).to_string() + str(lead.reasons(HUB, NAMES, "en"))
    assert "little_fox" not in text
    assert "p:kid" not in text
    assert MASK in text
    assert "old_oak" in text


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        (Wanted(), ["hub", "shell"]),
        (Wanted(kinds=("shell",)), ["shell"]),
        (Wanted(tiers=("strong",)), ["hub"]),
        (Wanted(states=("cleared",)), ["shell"]),
        (Wanted(states=("open",)), ["hub"]),
        (Wanted(judged_by=("ann",)), ["shell"]),
        (Wanted(assigned=("bea",)), ["hub"]),
        (Wanted(assigned=("nobody",)), ["shell"]),
        (Wanted(tags=("night",)), ["hub"]),
        (Wanted(platforms=("q",)), []),
        (Wanted(kinds=("hub",), since="2024-03-10"), []),
        (Wanted(kinds=("hub",), since="2024-03-05", until="2024-03-06"), ["hub"]),
        (Wanted(kinds=("hub",), until="2024-02-29"), []),
        (Wanted(text="OLD_oak"), ["hub"]),
        (Wanted(text="ask the SCHOOL"), ["hub"]),
        (Wanted(text="one household"), ["shell"]),
        (Wanted(text="little_fox"), []),
        (Wanted(text="p:kid"), []),
    ],
)
def test_a_list_is_narrowed_by_what_is_asked_for(wanted: Wanted, kinds: list[str]) -> None:
    assert [finding.kind for finding in leads.matching((HUB, SHELL), NAMES, CASEWORK, wanted)] == kinds


def test_a_sentence_is_found_in_both_languages() -> None:
    for text in ("people of known age", "41 des 52"):
        assert leads.matching((HUB, SHELL), NAMES, CASEWORK, Wanted(text=text)) == (HUB,), text


def test_what_the_closed_panel_narrows_a_list_to_is_said_beside_it() -> None:
    assert leads.narrowed(Wanted(kinds=("hub",), tiers=("weak",), states=("open",), text="oak"), words("en")) == ""
    wanted = Wanted(
        judged_by=("ann",), assigned=(leads.NOBODY,), tags=("urgent",), platforms=("p",), since="2024-03-01",
        until="2024-04-01",
    )
    assert leads.narrowed(wanted, words("en")) == "ann, nobody, urgent, p, ≥ 2024-03-01, ≤ 2024-04-01"


def test_a_table_row_says_tier_score_kind_who_and_status_which_nothing_cuts() -> None:
    listed = (HUB, SHELL)
    english = leads.beginnings(listed, NAMES, EN)
    rows = leads.table(listed, english, CASEWORK, EN).to_dict("records")
    assert rows[0] == {
        "Tier": "strong", "Score": "0.90", "Kind": "hub", "Who": "old_oak", "Targets": 1, "Status": "open",
    }
    assert rows[1]["Status"] == "cleared"
    judged = replace(CASEWORK, status={HUB.finding_id: Judgement("c", HUB.finding_id, "open", "again", "ann", "")})
    assert list(leads.table(listed, english, judged, EN)["Status"]) == ["open, judged", "open"]
    french = leads.table(listed, leads.beginnings(listed, NAMES, FR), CASEWORK, FR)
    assert list(french.columns)[:3] == ["Niveau", "Score", "Type"]
    assert list(french["Score"]) == ["0,90", "0,40"]
    assert french.iloc[0]["Niveau"] == "fort"
    marked = leads.table(listed, english, CASEWORK, EN, marks={SHELL.finding_id: "new"})
    assert list(marked["Change"]) == ["", "new"]


def test_the_list_says_what_its_order_compares() -> None:
    assert leads.counted(3, 12, EN) == "3 of 12 leads, by tier, kind and score"
    assert leads.counted(1, 1, EN) == "1 of 1 lead, by tier, kind and score"
    assert leads.counted(3, 12, FR) == "3 pistes sur 12, par niveau, type et score"


def test_a_list_compares_no_scores_of_two_kinds() -> None:
    def lead(kind: str, tier: Tier, score: float) -> Finding:
        return Finding(kind, (f"p:{score}",), tier, score, SHELL.reasons)

    given = (lead("shell", "strong", 0.9), lead("hub", "strong", 0.8), lead("shell", "strong", 0.7),
             lead("hub", "strong", 0.6), lead("own", "strong", 0.5), lead("hub", "weak", 0.4))
    assert [(one.kind, one.score) for one in leads.ordered(given)] == [
        ("hub", 0.8), ("hub", 0.6), ("shell", 0.9), ("shell", 0.7), ("own", 0.5), ("hub", 0.4),
    ]


def test_the_lead_beside_the_open_one_is_found_by_id() -> None:
    assert leads.beside((HUB, SHELL), HUB, 1) == SHELL
    assert leads.beside((HUB, SHELL), SHELL, 1) is None
    assert leads.beside((HUB, SHELL), HUB, -1) is None
    assert leads.beside((SHELL,), HUB, 1) == SHELL, "an open lead that the filters hide leads to the first shown"


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


def test_a_long_name_in_the_list_is_cut_with_a_sign_and_how_many_more_there_are_is_not() -> None:
    def listed(name: str, *more: str) -> str:
        one = Finding("shell", ("p:a", *more), "weak", 0.4, SHELL.reasons)
        begun = leads.beginnings((one,), Names({"p:a": name}), EN)
        return str(leads.table((one,), begun, Casework(), EN, letters=13)["Who"][0])

    assert listed("violette-xeno1993", "p:b", "p:c", "p:d") == "viole…1993 +3"
    assert listed("violette-xeno1993") == "violet…no1993"
    assert listed("lea", *(f"p:b{nth}" for nth in range(1_200))) == "lea +1,200"


def test_a_mask_in_the_list_keeps_the_digits_that_tell_it_apart() -> None:
    digits = mask("p:kid").rpartition(" ")[2]
    for likely, letters, more, said in (
        (False, 17, (), f"minor ▪▪▪ {digits}"), (True, 16, (), f"▪▪▪ {digits}"),
        (True, 11, ("p:x",), f"▪ {digits} +1"), (True, 11, ("p:x", "p:y"), f"▪ {digits} +2"),
    ):
        one = Finding("shell", ("p:kid", *more), "weak", 0.4, SHELL.reasons)
        names = Names({}, frozenset({"p:kid"}), likely=frozenset({"p:kid"} if likely else ()))
        listed = leads.table((one,), leads.beginnings((one,), names, EN), Casework(), EN, letters=letters)
        assert listed["Who"][0] == said


@pytest.mark.parametrize(
    ("q", "english", "french"),
    [(None, "–", "–"), (0.034, "0.034", "0,034"), (1e-4, "at most 1 in 10,000", "au plus 1 sur 10\u202f000"),
     (3e-14, "at most 1 in 1,000,000,000", "au plus 1 sur 1\u202f000\u202f000\u202f000"),
     (0.0, "at most 1 in 1,000,000,000", "au plus 1 sur 1\u202f000\u202f000\u202f000")],
)
def test_a_small_q_value_is_said_as_one_in_how_many(q: float | None, english: str, french: str) -> None:
    one = Finding("hub", ("p:a",), "weak", 0.4, HUB.reasons, q_value=q)
    assert (lead.q_value(one, EN), lead.q_value(one, FR)) == (english, french)


def test_a_lead_of_many_on_one_says_on_whom() -> None:
    many = Finding("convergence", ("p:x", "p:y"), "weak", 0.4, SHELL.reasons, targets=("p:kid",))
    assert leads.title(many, NAMES, EN).endswith(f" → {mask('p:kid')}")
    assert "→" not in leads.title(HUB, NAMES, EN)


def test_likely_minors_are_not_counted_as_minors() -> None:
    values = {
        "minors": count(17), "people": count(17), "unknown": count(25), "least": share(0.9), "usual": number(4.7),
    }
    likely = Reason("likely_minors", values, 17, 4.7, "likely minors", ("messages:m1",))
    finding = Finding("hub", ("p:hub",), "weak", 0.1, (likely,))
    for spoken, called in ((EN, "likely minors"), (FR, "mineurs probables")):
        (row,) = lead.figures(finding, spoken).to_numpy().tolist()
        assert row[3] == called
    assert "Likely minor" in dict(glossary(EN))


def test_figures_are_written_as_people_write_them() -> None:
    shown = [lead.figure(value, EN) for value in (None, 41, 6.25, 1234567.0, 0.000123, 1e-9)]
    assert shown == ["–", "41", "6.25", "1,234,567", "0.00012", "1e-09"]
    assert lead.figure(1234.0, FR) == "1\u202f234"


@pytest.mark.parametrize(("value", "unit", "english", "french"), [
    (1, "paths", "1 path", "1 chemin"),
    (2, "periods", "2 periods", "2 périodes"),
    (64, "pairs", "64 pairs", "64 paires"),
    (330.74, "pairs", "331 pairs", "331 paires"),
    (22.33, "minors", "22.3 minors", "22,3 mineurs"),
    (0.0264, "minors", "0.026 minors", "0,026 mineur"),
    (0.5, "people", "0.5 people", "0,5 personne"),
    (1.0, "nominees", "1 nominee", "1 prête-nom"),
    (0.004, "minors", "0.004 minors", "0,004 mineur"),
    (0.7476, "share", "74.76%", "74,76\u00a0%"),
    (0.25, "share of sessions", "25% of sessions", "25\u00a0% des sessions"),
    (3, "widgets of an older version", "3 widgets of an older version", "3 widgets of an older version"),
    (0.6, "", "0.6", "0,6"),
    (None, "pairs", "–", "–"),
])
def test_a_figure_stands_with_its_unit_as_the_language_counts(
    value: float | None, unit: str, english: str, french: str
) -> None:
    assert [lead.told_figure(value, unit, spoken) for spoken in (EN, FR)] == [english, french]


def test_a_figure_stands_beside_its_sentence_as_the_sentence_has_it() -> None:
    values = {"minors": count(1), "people": count(1), "unknown": count(3), "least": share(0.9), "usual": number(0.3)}
    likely = Reason("likely_minors", values, 1, 0.27, "likely minors", ("messages:m1",))
    finding = Finding("hub", ("p:hub",), "weak", 0.1, (likely,))
    (line,) = lead.reasons(finding, Names(), "en")
    (row,) = lead.figures(finding, EN).to_numpy().tolist()
    assert "0.3 " in line.sentence
    assert (lead.figure(line.expected, EN), row[2]) == ("0.3", "0.3")


def test_reasons_without_records_are_named() -> None:
    finding = Finding("hub", ("p:hub",), "weak", 0.1, (
        reason("first contacts", 4, 1, "", records=("messages:m1",)), reason("circle", 1, 2, ""),
    ))
    assert list(lead.citing(finding, EN).values()) == ["first contacts: 1 record"]
    assert lead.uncited(finding, EN) == ["circle"]


def test_every_unit_of_a_reason_is_known_and_french() -> None:
    written = set(filter(None, CODES.values()))
    for path in (Path(__file__).parents[5] / "graph" / "detect").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Reason", "CounterEvidence"):
                given = [*call.args[4:5], *(one.value for one in call.keywords if one.arg == "unit")]
                written |= {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    assert len(written) > 25
    assert written <= set(UNITS)
    for single, several in UNITS.values():
        assert single in FR.messages
        assert several in FR.messages


def test_reasons_carry_observed_beside_expected_and_their_sentence() -> None:
    (line,) = lead.reasons(HUB, NAMES, "en")
    assert (line.measure, line.observed, line.expected) == ("minors among first contacts", 41, 6.25)
    assert line.sentence.startswith("41 of the 52 people of known age it wrote to first were minors")
    assert line.shares == (1.0, 6.25 / 41)
    (against,) = lead.against(HUB, NAMES, "en")
    assert against.sentence == "4 of 8 minors answered."
    assert against.shares is None
    assert lead.citing(HUB, EN) == {0: "minors among first contacts: 1 record"}
    assert lead.citing(SHELL, EN) == {}


def test_sentences_are_french_where_they_are_asked_for() -> None:
    assert "41 des 52" in lead.sentence(HUB, NAMES, "fr")
    assert lead.citing(HUB, FR)[0].endswith("1 enregistrement")
    assert lead.clears(HUB, NAMES, "fr") == catalogue("hub", "fr").described["clears"]


def test_whom_a_sentence_names_is_masked_by_id_and_never_by_its_text() -> None:
    named = Finding(
        "shell", ("p:tom_1996", "p:tom"), "weak", 0.1,
        (Reason("device_changed_hands", {"first": account("p:tom_1996"), "second": account("p:tom")}),),
    )
    names = Names({"p:tom_1996": "tom_1996", "p:tom": "tom"}, frozenset({"p:tom"}))
    told = lead.sentence(named, names, "en")
    assert "“tom_1996” (p:tom_1996)" in told
    assert "p:tom " not in told
    assert MASK in told
    assert leads.people((named,)) == ("p:tom", "p:tom_1996")


def test_a_quoted_name_that_is_a_masked_minor_s_is_masked_in_its_sentence_and_a_room_is_not() -> None:
    names = Names({"p:kid": "Little_Fox9", "p:old": "oak"}, frozenset({"p:kid"}))
    values = {
        "recipients": count(9), "partners": count(20), "expected": number(0.5), "subject": word("person"),
        "names": quote(("little_fox9", "animals", "littlefox")), "bearers": accounts(["p:kid"]),
    }
    item = Reason("people_sent_to_one_subject", values, 9, 0.5, "people")
    recruiter = Finding("recruitment", ("p:old",), "weak", 0.1, (item,))
    told = lead.rendered(recruiter, item, names, "en").detail
    assert "fox" not in told.casefold()
    assert "animals" in told
    assert told.count(names.of("p:kid")) == 3
    opened = replace(names, opened=frozenset({"p:kid"}))
    assert "little_fox9" in lead.rendered(recruiter, item, opened, "en").detail


@pytest.mark.parametrize(("code", "kind", "value", "shown"), [
    ("same_email", "", "little_fox@mail.example", "▪▪▪ 55"), ("same_phone", "", "+33 6 99 88 77 66", "▪▪▪ bf"),
    ("same_value", "messenger", "little_fox_9", "▪▪▪ 7a"), ("same_device", "", "d-1", "d-1"),
    ("same_address", "", "192.0.2.1", "192.0.2.1"), ("same_avatar", "", "0aff", "0aff"),
    ("same_value", "cookie", "c-1", "c-1"),
])
def test_a_mark_that_says_whose_it_is_is_shortened_while_a_member_of_its_lead_is_masked(
    code: str, kind: str, value: str, shown: str
) -> None:
    values = {
        "first": account("p:x"), "second": account("p:y"), "held": count(3), "members": count(3), "ever": count(3),
        "accounts": count(90), "value": quote(value), "day": quote("2024-03-01"), "pairs": count(3), "all": count(3),
        **({"kind": quote(kind)} if kind else {}),
    }
    found = Finding("shell", ("p:kid", "p:x", "p:y"), "weak", 0.4, (Reason(code, values),))
    opened = replace(NAMES, opened=frozenset({"p:kid"}))
    for names, told in ((NAMES, shown), (opened, value)):
        for language in ("en", "fr"):
            assert told in lead.sentence(found, names, language)
            assert (value in lead.reasons(found, names, language)[0].sentence) == (told == value)


def test_prose_of_an_older_document_is_not_shown_while_a_minor_is_masked() -> None:
    old = Finding(
        "hub", ("p:adult",), "weak", 0.1,
        (Reason("as_written", {"measure": quote("x"), "detail": quote("p:kid wrote"), "detail_fr": quote("")}),),
        targets=("p:kid",),
    )
    assert "p:kid" not in lead.sentence(old, NAMES, "en")
    assert lead.sentence(old, Names(), "en") == "p:kid wrote"


def test_accounts_that_a_reason_cites_are_among_the_people() -> None:
    cited = Finding(
        "recruitment", ("p:a",), "weak", 0.1, (Reason("replay", records=("accounts:p:b", "messages:m1")),)
    )
    assert leads.people((cited,)) == ("p:a", "p:b")


def test_leads_of_one_owner_are_told_apart_by_the_company() -> None:
    names = Names({"h1": "Eden Garnier", "c1": "Jonquille Média 1", "c2": "Jonquille Média 2"})
    found = [
        Finding("owner", ("h1",), "weak", 0.1, (Reason("replay"),), targets=(company,), qualifier=company)
        for company in ("c1", "c2")
    ]
    begun = leads.beginnings(found, names, EN)
    assert list(leads.table(found, begun, CASEWORK, EN)["Who"]) == [
        "Eden Garnier → Jonquille Média 1", "Eden Garnier → Jonquille Média 2"
    ]
    assert leads.title(found[0], names, EN).endswith(": Eden Garnier → Jonquille Média 1")
    fitted = ((31, "Eden Garni… → Jonquille Média 2"), (18, "Eden… → Jonqu…ia 2"), (11, "E… → Jo…2"))
    for letters, cut in fitted:
        assert list(leads.table(found, begun, CASEWORK, EN, letters=letters, kinds=False)["Who"])[1] == cut


def row(ref: str, place: int, *, source: str = "/in/messages.csv", **columns: str) -> Record:
    return Record(ref, ref.partition(":")[0], source, "00", place, columns)


def test_texts_stay_hidden_until_they_are_opened() -> None:
    record = row("messages:m1", 7, sender="p:adult", recipient="p:kid", text="hello there")
    hidden = record_model.table([record], NAMES, EN, texts=False).iloc[0]
    assert hidden["File and row"] == "messages.csv:7\nm1"
    assert hidden["Content"] == "hidden, 11 characters"
    assert hidden["Who"].startswith("old_oak → " + MASK)
    assert record_model.table([record], NAMES, EN, texts=True).iloc[0]["Content"] == "hello there"


def test_what_a_row_tells_stands_under_words_not_under_names_of_columns() -> None:
    session = row("sessions:s1", 2, account="p:adult", ip="192.0.2.1", device_id="d-1")
    told = [record_model.table([session], NAMES, words_, texts=False).iloc[0, 2] for words_ in (EN, FR)]
    assert told == ["IP address 192.0.2.1, device d-1", "adresse IP 192.0.2.1, appareil d-1"]


def test_a_row_of_operators_says_which_platform_the_company_runs() -> None:
    rows = [row("operators:o1", 2, company="c1", platform="causette-1"), row("persons:h1", 3, person="h1")]
    told = [list(record_model.table(rows, NAMES, words_, texts=False).iloc[:, 2]) for words_ in (EN, FR)]
    assert told == [["operates causette-1", "–"], ["exploite causette-1", "–"]]


def test_the_id_of_a_minor_is_masked_in_references_too() -> None:
    shown = record_model.table([row("accounts:p:kid", 2)], NAMES, EN, texts=False).to_string()
    assert "p:kid" not in shown
    assert MASK in shown


def test_files_of_one_name_are_told_apart_by_their_paths() -> None:
    records = [row("messages:m1", 2, source="/march/messages.csv"), row("messages:m1", 2, source="/may/messages.csv")]
    assert list(record_model.table(records, NAMES, EN, texts=False)["File and row"]) == [
        "/march/messages.csv:2\nm1", "/may/messages.csv:2\nm1"
    ]


def test_a_chain_of_ownership_is_told_by_names_whose_ids_stand_beside_it() -> None:
    chain = Reason("ownership_paths", {
        "paths": count(1), "counted": word("all"), "shallowest": count(2), "deepest": count(2),
        "lengths": word("one"),
        "largest": quote(["c:p -0.94-> c:h -0.5-> c:t = 0.47"]), "circles": word("none"), "jurisdictions": word("none"),
    })
    finding = Finding("owner", ("c:p",), "strong", 0.8, (chain,), targets=("c:t",))
    assert leads.people([finding]) == ("c:h", "c:p", "c:t")
    (line,) = lead.reasons(finding, Names({"c:p": "Ada", "c:h": "Nord Ltd", "c:t": "Chat SA"}), "en")
    assert "“Ada” ―94%→ “Nord Ltd” ―50%→ “Chat SA” (47% in all)" in line.sentence
    assert line.ids == "Ada (c:p)\nNord Ltd (c:h)\nChat SA (c:t)"


def test_a_lead_that_may_well_be_chance_says_so_in_words() -> None:
    said = [lead.chance(replace(HUB, q_value=q), EN) for q in (None, 0.01, 0.21, 1.0)]
    assert said == [
        None, None, "Of leads as rare as this one, about 21 in 100 are expected to be chance.",
        "Of leads as rare as this one, about 100 in 100 are expected to be chance.",
    ]


def test_owners_of_the_only_company_of_the_list_stand_alone_where_there_is_no_room() -> None:
    names = Names({"h1": "Eden Garnier", "h2": "Ines Morel", "c1": "Jonquille Média"})
    found = [
        Finding("owner", (who,), "weak", 0.1, (Reason("replay"),), targets=("c1",), qualifier="c1")
        for who in ("h1", "h2")
    ]
    begun = leads.beginnings(found, names, EN)
    assert list(leads.table(found, begun, CASEWORK, EN, letters=11)["Who"]) == ["Eden…rnier", "Ines Morel"]
