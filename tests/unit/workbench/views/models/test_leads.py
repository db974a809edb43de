"""Findings as the Leads screen lists them."""

from dataclasses import replace

import pytest

from graph.detect.finding import Finding
from graph.detect.reason import Reason
from graph.detect.tiers import Tier
from tests.unit.workbench.views.models.two_leads import CASEWORK, EN, FR, HUB, NAMES, SHELL
from workbench.casebook import Judgement
from workbench.language import words
from workbench.views.leads import page
from workbench.views.models import names as names_model
from workbench.views.models.leads import lead, who
from workbench.views.models.leads import listing as leads
from workbench.views.models.leads.listing import Casework, Wanted
from workbench.views.models.names import MASK, Names, Said, mask


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
        (Wanted(since="2024-03-05"), ["hub"]),
        (Wanted(until="2024-03-06"), ["hub"]),
        (Wanted(text="OLD_oak"), ["hub"]),
        (Wanted(text="óld_oâk"), ["hub"]),
        (Wanted(text="ask the SCHOOL"), ["hub"]),
        (Wanted(text="one household"), ["shell"]),
        (Wanted(text="little_fox"), []),
        (Wanted(text="p:kid"), []),
    ],
)
def test_a_list_is_narrowed_by_what_is_asked_for(wanted: Wanted, kinds: list[str]) -> None:
    assert [finding.kind for finding in leads.matching((HUB, SHELL), NAMES, CASEWORK, wanted)] == kinds


def test_leads_without_a_time_are_in_no_period_and_those_that_it_leaves_out_are_counted() -> None:
    """They stood in every list of a period, whatever it was."""
    holding = replace(SHELL, kind="owner", first_at="2024-03-02T00:00:00Z", last_at=None)
    found = (HUB, SHELL, holding)

    def listed(wanted: Wanted) -> tuple[list[str], int]:
        shown = leads.matching(found, NAMES, CASEWORK, wanted)
        return [finding.kind for finding in shown], leads.without_time(found, NAMES, CASEWORK, wanted)

    assert listed(Wanted()) == (["hub", "shell", "owner"], 0)
    assert listed(Wanted(since="2030-01-01")) == (["owner"], 1), "a holding without a recorded end lasts"
    assert listed(Wanted(until="2024-03-01")) == (["hub"], 1)
    assert listed(Wanted(kinds=("hub",), until="2024-03-01")) == (["hub"], 0), "no shell was asked for"


def test_a_sentence_is_found_in_both_languages() -> None:
    for text in ("people of known age", "41 des 52", "mineures ; on en", "mineures\u00a0; on en"):
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
    assert leads.counted(1, 12, FR) == "1 sur 12 pistes, par niveau, type et score"


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


def test_a_status_says_what_the_lead_was_when_it_was_judged_if_it_changed_since() -> None:
    then = replace(SHELL, tier="weak", targets=("p:kid",))
    changed = replace(CASEWORK, earlier={SHELL.finding_id: then})
    assert CASEWORK.status_told(SHELL, EN) == "cleared"
    assert changed.status_told(SHELL, EN) == "cleared · judged on earlier evidence (1 target, weak)"
    assert changed.status_told(SHELL, FR) == "écarté · avis donné sur des éléments antérieurs (1 cible, faible)"
    assert changed.status_told(HUB, EN) == CASEWORK.status_told(HUB, EN)


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


def test_the_list_of_leads_has_room_for_a_mask_in_either_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names_model, "_SAID", [Said])
    one, names = Finding("hub", ("p:kid",), "weak", 0.4, SHELL.reasons), Names({}, frozenset({"p:kid"}))
    digits = mask("p:kid").rpartition(" ")[2]
    for spoken, word in ((EN, "minor"), (FR, "mineur")):
        said = Said.of(spoken)
        names_model.call_minors(lambda said=said: said)
        begun = leads.beginnings((one,), names, spoken)
        for letters, whole in ((page._LETTERS[0], f"{word} ▪▪▪ {digits}"), (page._LETTERS[1], f"▪▪▪ {digits}")):
            listed = leads.table((one,), begun, Casework(), spoken, letters=letters)
            assert list(listed.iloc[:, 3]) == [whole]


def test_a_lead_of_many_on_one_says_on_whom() -> None:
    many = Finding("convergence", ("p:x", "p:y"), "weak", 0.4, SHELL.reasons, targets=("p:kid",))
    assert leads.title(many, NAMES, EN).endswith(f" → {mask('p:kid')}")
    assert "→" not in leads.title(HUB, NAMES, EN)


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
    letters = page._LETTERS[0] + page._MORE_LETTERS
    assert list(leads.table(found, begun, CASEWORK, EN, letters=letters, kinds=False)["Who"])[1].startswith(
        "Eden Garnier → "
    ), "it was cut where the list of one kind had room"
    fitted = ((31, "Eden Garni… → Jonquille Média 2"), (18, "Eden… → Jonqu…ia 2"), (11, "E… → Jo…2"))
    for letters, cut in fitted:
        assert list(leads.table(found, begun, CASEWORK, EN, letters=letters, kinds=False)["Who"])[1] == cut


def test_owners_of_the_only_company_of_the_list_stand_alone_where_there_is_no_room() -> None:
    names = Names({"h1": "Eden Garnier", "h2": "Ines Morel", "c1": "Jonquille Média"})
    found = [
        Finding("owner", (who,), "weak", 0.1, (Reason("replay"),), targets=("c1",), qualifier="c1")
        for who in ("h1", "h2")
    ]
    begun = leads.beginnings(found, names, EN)
    assert list(leads.table(found, begun, CASEWORK, EN, letters=11)["Who"]) == ["Eden…rnier", "Ines Morel"]
