"""The report of a small case: what stands in it and what does not, minors under their labels, in both languages."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from graph.detect.finding import Finding
from graph.detect.registry import BY_KIND
from ingest.lake import Record
from tests.unit.workbench.report.reported_case import (
    ADULT,
    ALL,
    CASE,
    SECRET,
    SECRET_IDS,
    TEXT,
    build,
    coded,
    content,
    findings_of,
    named,
    pdf_text,
    section,
)
from workbench.bootstrap import Workbench
from workbench.casebook.mentions import mention
from workbench.errors import ExportError, WorkbenchError
from workbench.explore.board import Board, Group, Note
from workbench.explore.written import written
from workbench.masking.telling import Telling
from workbench.report.choice import Choice
from workbench.report.compose import content_of
from workbench.report.content import Content, Section, Table, Text
from workbench.report.make import compose, make_report
from workbench.report.parts.drawn import drawn_blocks
from workbench.report.rendering.formats import rendered

WITHHELD = "(text withheld: it has a minor's name or number)"


def test_the_title_names_the_lead_and_whom_it_is_about_minors_under_their_labels(workbench: Workbench) -> None:
    listed = {finding.kind: finding.finding_id for finding in findings_of(workbench).findings}
    one = content(workbench, Choice(findings=(listed["owner"],))).title
    assert re.fullmatch(rf"Case report: {CASE} – .*owner.*: .+", one), one
    crew = content(workbench, Choice(findings=(listed["ambush"], listed["convergence"]))).title
    assert crew.endswith(", and 1 more lead")
    french = content(workbench, replace(ALL, language="fr")).title
    assert re.match(rf"Rapport de l’affaire\u00a0: {CASE} – .+\u00a0: .+, et \d+ autres pistes$", french), french
    assert not any(secret in title for secret in SECRET for title in (one, crew, french))


def test_minors_stand_by_a_label_alone_where_texts_are_shown(workbench: Workbench, tmp_path: Path) -> None:
    choice = replace(ALL, texts=True)
    make_report(workbench, workbench.case(CASE), choice, to="html", path=tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text("utf-8")
    manifest = (tmp_path / "r.html.manifest.json").read_text("utf-8")
    assert named(page, pdf_text(rendered(content(workbench, choice), "pdf")) + manifest) == []


def test_facts_inference_and_counter_evidence_stand_apart(full_report: Content) -> None:
    lead = section(full_report, "Lead 1 of 10: hub, strong")
    roles = [block.role for block in lead.blocks if isinstance(block, Section)]
    assert roles == ["plain", "inference", "against", "fact", "plain", "plain", "plain"]
    fact = section(lead, "Fact").blocks[0]
    assert isinstance(fact, Table)
    at, written, who, what, place, source, reason = fact.rows[0]
    assert (at, written) == ("2024-03-01 01:00:00", "2024-03-01T01:00:00.000Z")
    assert who.startswith(f"{ADULT} → minor ▪▪▪ ")
    assert what == f"hidden, {len(TEXT)} characters"
    assert re.fullmatch(r"messages\.jsonl:\d+", place)
    assert re.fullmatch(r"S\d+ · [0-9a-f]{12}", source)
    assert reason == "1", "which reason rests on it"
    why, against = section(lead, "Inference").blocks[0], section(lead, "Counter-evidence").blocks
    assert isinstance(why, Table)
    assert why.rows[0][0].startswith("1. ")
    assert why.rows[0][2:] == ("2 people", "0.75 people")
    assert "Everybody writes to whoever is there." in str(section(lead, "Inference"))
    assert isinstance(against[0], Table)
    assert against[0].rows == (("a. circle of friends", "1 of them answered.", "1", "0.5"),)
    assert "A shared club." in str(against)
    assert "Nothing without ages." in str(against)


def test_an_age_is_said_with_the_file_and_row_that_tell_it_and_of_a_minor_s_own_row_with_the_file(
    full_report: Content,
) -> None:
    """That somebody is a minor is what most leads rest on; a row of accounts in the order of ids would tell the id."""
    people, meaning, *_ = section(section(full_report, "Lead 1 of 10: hub, strong"), "People").blocks
    assert isinstance(people, Table)
    assert people.heads[-2:] == ("Age by the evidence", "File and row")
    by_part = {row[0]: row[-2:] for row in people.rows}
    assert by_part["member"][0] == "adult (declared age)"
    assert re.fullmatch(r"accounts\.\w+:\d+", by_part["member"][1])
    assert by_part["target"][0].startswith("minor (declared")
    assert re.fullmatch(r"accounts\.\w+", by_part["target"][1])
    assert isinstance(meaning, Text)
    assert "the file alone is given" in meaning.text


def test_a_minor_s_own_row_among_the_cited_records_is_given_by_its_file_alone(full_report: Content) -> None:
    (lead,) = (part for part in full_report.sections if "linked accounts, strong" in part.title)
    (table,) = (block for block in section(lead, "Fact").blocks if isinstance(block, Table))
    places = {row[2].split()[0]: row[4] for row in table.rows}
    assert re.fullmatch(r"accounts\.\w+:\d+", places.pop(ADULT))
    assert re.fullmatch(r"accounts\.\w+", places.pop("minor"))
    assert not places
    assert table.rows[-1][:2] + table.rows[-1][3:4] == ("–", "–", "▪▪▪"), "its day, age and status find it in the file"
    assert any("own row" in block.text for block in section(lead, "Fact").blocks if isinstance(block, Text))


def test_texts_are_hidden_unless_asked_for_and_never_cut_in_silence(workbench: Workbench, full_report: Content) -> None:
    hidden, shown = full_report, content(workbench, replace(ALL, texts=True))
    assert TEXT not in str(hidden)
    assert "The texts of 2 messages are hidden: 5,437 characters." in str(hidden)
    assert f"“{TEXT}”" in str(shown)
    assert "(showing 2,000 of 5,400 characters)" in str(shown)


def test_a_note_may_name_whom_the_report_names_though_a_minor_is_called_so_too(workbench: Workbench) -> None:
    adult, minor = f"{CASE}:adult", f"{CASE}:{SECRET_IDS[0]}" if ":" not in SECRET_IDS[0] else SECRET_IDS[0]
    found = compose(workbench, workbench.case(CASE), ALL)[1].people
    names = replace(found.names, pseudonyms={adult: "Lea", minor: "lea"}, minors=frozenset({minor}))
    told = replace(found, names=names, telling=Telling(frozenset({"lea", "lea_2011"})))
    assert told.note("Spoke with Lea by phone.") == "Spoke with Lea by phone."
    assert told.note("Spoke with lea_2011 by phone.") == WITHHELD
    alone = replace(told, names=replace(names, pseudonyms={minor: "lea"}))
    assert alone.note("Spoke with Lea by phone.") == WITHHELD, "only a minor here is called so"


def test_judgements_stand_with_who_and_when_and_notes_that_name_a_minor_are_withheld(full_report: Content) -> None:
    lead = section(full_report, "Lead 1 of")
    rows = section(lead, "Judgements").blocks[0]
    assert isinstance(rows, Table)
    at = "1 Sep 2024, 00:00 UTC"
    assert rows.rows == (
        (at, "bea", "in review", "Looked at the records."), (at, "bea", "referred", WITHHELD),
    )
    assert "referred, by bea" in str(lead.blocks[1])
    assert "urgent" in str(lead.blocks[1])
    assert "Opened on a complaint of March." in str(full_report.sections[0])


def test_what_was_left_out_and_the_sources_are_said(workbench: Workbench) -> None:
    told = content(workbench, Choice(top=1))
    left = str(section(told, "What was left out"))
    assert "('room', '0', '0', '1')" in left
    assert "('linked accounts', '1', '0', '1')" in left
    assert "Rejected rows" in left
    case = workbench.case(CASE)
    evidence = section(told, "The evidence")
    with workbench.lake(case) as lake:
        counts = lake.counts()
    rows = section(evidence, "Rows read").blocks[0]
    assert isinstance(rows, Table)
    assert {row[1]: row[3] for row in rows.rows if row[3] != "0"} == {
        name.capitalize(): f"{number:,}" for name, number in counts.items() if number
    }
    assert [row[4] for row in rows.rows if row[1] == "Reports"] == ["1"]
    sources = section(evidence, "Sources").blocks[0]
    assert isinstance(sources, Table)
    assert all(len(row[2]) == 64 for row in sources.rows)
    assert "showing 160 of" in str(section(told, "Tools"))


def test_an_owner_s_tree_stands_as_a_table_under_a_word_of_its_own(full_report: Content) -> None:
    lead = section(full_report, "Lead 4 of 10: owner")
    assert "Picture" not in [part.title for part in lead.blocks if isinstance(part, Section)]
    tree = section(lead, "Chains of ownership").blocks[0]
    assert isinstance(tree, Table)
    assert [(row[2], row[4], row[-1]) for row in tree.rows] == [
        ("60 %", "1 Jan 2021", ""), ("80 %", "1 Jan 2020", ""), ("20 %", "1 Jan 2020", "closes a circle"),
    ]


def test_a_holding_says_its_row_where_the_lead_cites_it_and_where_it_has_no_beginning(workbench: Workbench) -> None:
    material = compose(workbench, workbench.case(CASE), Choice(top=99))[1]
    (lead,) = (one for one in material.leads if one.finding.kind == "owner")
    first, *_others = lead.drawn.tree
    row = Record("", "ownerships", "/x/ownerships.jsonl", "00", 7, {})
    level = replace(first, holding=replace(first.holding, since=None))
    cited = {f"ownerships:{first.holding.record}": (row,)}
    shown = replace(lead, drawn=replace(lead.drawn, tree=(level,)), records=cited)
    table = drawn_blocks(material, shown)[0]
    assert isinstance(table, Table)
    assert table.rows[0][4:6] == ("not recorded", "ownerships.jsonl:7")


def test_prose_that_may_name_a_minor_is_withheld(full_report: Content) -> None:
    (manual,) = [part for part in full_report.sections if "lead by a person" in part.title]
    assert WITHHELD in str(manual.blocks[0])


def test_a_choice_that_finds_nothing_is_refused(workbench: Workbench) -> None:
    with pytest.raises(WorkbenchError):
        Choice()
    with pytest.raises(WorkbenchError):
        Choice(findings=("a",), top=1)
    with pytest.raises(WorkbenchError, match="no finding hub-none"):
        content(workbench, Choice(findings=("hub-none",)))
    with pytest.raises(ExportError):
        rendered(content(workbench, Choice(top=1)), "docx")


def test_findings_are_chosen_by_id_in_the_order_of_the_case(workbench: Workbench) -> None:
    ids = [finding.finding_id for finding in findings_of(workbench).findings]
    chosen = Choice(findings=(ids[2], ids[0])).of(findings_of(workbench))
    assert [finding.finding_id for finding in chosen] == [ids[0], ids[2]]
    assert ids[:3] == [finding.finding_id for finding in Choice(top=3).of(findings_of(workbench))]


def test_a_report_of_older_evidence_says_so(workbench: Workbench) -> None:
    case, older = workbench.case(CASE), replace(findings_of(workbench), evidence_digest="sha256:older")
    told = compose(workbench, case, Choice(top=1), document=older)[0]
    assert "they ran on sha256:older, these leads do not know all of it." in str(told.sections[0])
    assert "they ran on" not in str(content(workbench, Choice(top=1)).sections[0])


def test_a_lead_that_changed_since_it_was_judged_says_what_it_was_then(workbench: Workbench) -> None:
    choice = Choice(top=1)
    material = compose(workbench, workbench.case(CASE), choice)[1]
    (lead,) = material.leads
    earlier = replace(lead.finding, tier="moderate", targets=lead.finding.targets[:1])
    told = content_of(replace(material, leads=(replace(lead, judged_as=earlier),)))
    for place in (0, 1):  # the list of leads, and the lead itself
        assert "; judged on earlier evidence (1 target, moderate)" in str(told.sections[place])
    assert "judged on earlier evidence" not in str(content(workbench, choice).sections)


def test_a_report_says_which_of_its_leads_an_earlier_version_of_a_method_found(workbench: Workbench) -> None:
    now = findings_of(workbench)
    taken = {"hub": {"version": BY_KIND["hub"].version - 1}, "owner": {"version": 1}, "minors": {"version": 1}}
    older, choice = replace(now, parameters=taken), Choice(findings=(now.findings[0].finding_id,))
    case = workbench.case(CASE)
    told = str(compose(workbench, case, choice, document=older)[0].sections[0])
    assert "Found by another version of the method: hub, Ages. The present one has not run." in told
    french = str(compose(workbench, case, replace(choice, language="fr"), document=older)[0].sections[0])
    assert "Trouvées par une autre version de la méthode\\xa0: hub, Âges." in french
    assert "version of the method" not in str(content(workbench, choice).sections[0])


def test_the_parameters_stand_in_a_report_under_their_labels_and_the_names_the_manifest_has(
    workbench: Workbench,
) -> None:
    first = Choice(findings=(next(one.finding_id for one in findings_of(workbench).findings if one.kind == "hub"),))
    said = {language: str(section(content(workbench, replace(first, language=language)), heading))
            for language, heading in (("en", "Tools and parameters"), ("fr", "Outils et paramètres"))}
    assert "('Ages', 'Age of majority (adult_age)', '18')" in said["en"]
    assert "('Âges', 'Âge de la majorité (adult_age)', '18')" in said["fr"]
    assert "('hub', 'alpha', '0.05')" in said["en"], "a parameter of another time"
    assert "('hub', 'alpha', '0,05')" in said["fr"], "as the language writes numbers"


def test_parameters_that_are_chosen_or_several_stand_in_words(workbench: Workbench) -> None:
    first = next(one for one in findings_of(workbench).findings if one.kind == "hub")
    taken = {"hub": {"parts": ["ages", "senders"], "contacts_cap": 10.0, "seeker_odds": [2.0, 3.5], "notes": []}}
    document = replace(findings_of(workbench), parameters=taken)
    choice = Choice(findings=(first.finding_id,), language="fr")
    told = compose(workbench, workbench.case(CASE), choice, document=document)[0]
    (table,) = (block for block in section(told, "Outils et paramètres").blocks
                if isinstance(block, Table) and len(block.heads) == 3)
    (cap, parts, odds) = (row[2] for row in table.rows)
    assert (cap, odds) == ("10", "2; 3,5")
    assert "ages" not in parts
    assert len(parts.split("; ")) == 2


def test_a_lead_without_records_and_people_can_be_reported(workbench: Workbench) -> None:
    first = findings_of(workbench).findings[0]
    bare = Finding("hub", (f"{CASE}:nobody",), "weak", 0.0, (replace(first.reasons[0], records=()),))
    document = replace(findings_of(workbench), findings=(bare,))
    told = compose(workbench, workbench.case(CASE), ALL, document=document)[0]
    assert "The lead cites no records." in str(told)
    assert "The cited records give nothing to draw." in str(told)
    assert rendered(told, "pdf").startswith(b"%PDF")


def test_chosen_accounts_and_conversations_stand_beside_the_leads_minors_under_labels(workbench: Workbench) -> None:
    heron, clem = f"{CASE}:heron", f"{CASE}:{SECRET_IDS[0]}"
    choice = Choice(top=1, accounts=(clem, heron), threads=((heron, clem), (clem, heron)), pictures=False)
    told, material = compose(workbench, workbench.case(CASE), choice)
    assert material.choice.threads == ((heron, clem),)
    accounts = section(told, "Accounts")
    assert len(accounts.blocks) == 2
    assert any(ADULT in str(block) for block in accounts.blocks)
    (conversation,) = section(told, "Conversations").blocks
    assert isinstance(conversation, Section)
    assert "Showing the first" in str(conversation)
    assert TEXT not in str(told)
    lead = next(part for part in told.sections if part.title.startswith("Lead 1"))
    assert section(lead, "Picture").blocks == ()
    for to in ("html", "pdf"):
        body = rendered(told, to)
        text = body.decode() if to == "html" else pdf_text(body)
        assert not [secret for secret in (*SECRET, *SECRET_IDS) if secret in text]
    shown = compose(workbench, workbench.case(CASE), replace(choice, texts=True))[0]
    assert TEXT in str(section(shown, "Conversations"))


def test_what_people_wrote_on_a_saved_picture_stands_in_the_report_minors_under_labels(workbench: Workbench) -> None:
    heron, clem = f"Account/{CASE}:heron", f"Account/{CASE}:{SECRET_IDS[0]}"
    board = Board(
        nodes=frozenset({heron, clem}),
        notes={
            "1": Note("Both were there at ten.", (0, 0), about=clem), "2": Note(f"It is {SECRET[0]}.", (0, 0)),
            "3": Note("He came first.", (1, 1), about=heron),
        },
        groups={"1": Group("From the lobby", (heron, clem, "Identifier/email:x@example.org"))}, marks={clem: "red"},
    )
    workbench.casebook.boards.save(CASE, "Lobby", written(board), user="ana", digest="sha256:before")
    told = content(workbench, Choice(top=1, views=("Lobby", "Lobby"), pictures=False))
    (picture,) = section(told, "Pictures with notes").blocks
    assert isinstance(picture, Section)
    tables = {block.heads[0]: block.rows for block in picture.blocks if isinstance(block, Table)}
    label = tables["Marked"][0][0]
    assert label.startswith("minor ▪▪▪")
    assert tables["Note"] == (
        ("Both were there at ten.", label), (WITHHELD, "–"), ("He came first.", ADULT),
    )
    assert tables["Group"] == (("From the lobby", "3", f"{ADULT}, {label}, e-mail: x@example.org"),)
    assert "The evidence has changed since this picture was saved." in str(picture)
    for to in ("html", "pdf"):
        body = rendered(told, to)
        text = body.decode() if to == "html" else pdf_text(body)
        assert not [secret for secret in (*SECRET, *SECRET_IDS) if secret in text]
    assert "Vues annotées" in str(content(workbench, Choice(top=1, language="fr", views=("Lobby",), pictures=False)))


def test_a_saved_picture_that_the_case_lacks_is_named_with_those_it_has(workbench: Workbench) -> None:
    workbench.casebook.boards.save(CASE, "Torn", "{}", user="ana", digest="sha256:before")
    with pytest.raises(WorkbenchError, match=r"no saved view 'Lobbi'.*Torn"):
        content(workbench, Choice(top=1, views=("Lobbi",)))
    with pytest.raises(WorkbenchError, match="the saved view 'Torn' cannot be read"):
        content(workbench, Choice(top=1, views=("Torn",)))


def test_an_account_or_a_conversation_that_the_case_lacks_is_named(workbench: Workbench) -> None:
    with pytest.raises(WorkbenchError, match="no account nobody"):
        content(workbench, Choice(top=1, accounts=("nobody",)))
    with pytest.raises(WorkbenchError, match="no private messages between a and b"):
        content(workbench, Choice(top=1, threads=(("b", "a"),)))


def test_authority_scope_and_description_are_the_case_s_where_the_choice_gives_none(tmp_path: Path) -> None:
    with coded(), build(tmp_path / "w") as opened:
        for kind, text in (("authority", "Order 9"), ("scope", "March alone"), ("description", "A complaint.")):
            opened.casebook.remarks.add(CASE, [f"case:{CASE}"], kind, text, user="ana")  # type: ignore[arg-type]
        summary = str(section(content(opened), "Summary"))
        assert "Order 9" in summary
        assert "March alone" in summary
        assert "A complaint." in summary
        assert "Order 10" in str(section(content(opened, replace(ALL, authority="Order 10")), "Summary"))


def test_a_minor_picked_into_a_note_stands_under_a_label(tmp_path: Path) -> None:
    with coded(), build(tmp_path / "w") as opened:
        note = f"Ask {mention(f'Account/{CASE}:{SECRET_IDS[1]}')} and {mention(f'Account/{CASE}:heron')}."
        opened.casebook.remarks.add(CASE, [f"case:{CASE}"], "note", note, user="ana")
        page = rendered(content(opened, Choice(top=1)), "html").decode()
        assert "Ask minor ▪▪▪" in page
        assert ADULT in page
        assert not [secret for secret in (*SECRET, *SECRET_IDS) if secret in page]
