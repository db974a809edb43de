"""The report's lists: whole up to a generous bound, else told at their head; in the words of the screens."""

import re
from dataclasses import replace

import pytest

from graph.detect.reason import CounterEvidence
from graph.detect.values import word
from graph.detect.wordings import Language
from ingest.lake import Record
from tests.unit.workbench.report.reported_case import ADULT, ALL, CASE, SECRET_IDS, content, findings_of, section
from workbench.bootstrap import Workbench
from workbench.language import words
from workbench.language.kinds import kind_label
from workbench.report.choice import Choice
from workbench.report.content import Content, Items, Table, Text
from workbench.report.make import compose
from workbench.report.parts import lead as lead_part
from workbench.report.parts import records
from workbench.report.parts.appendix import evidence_section, left_out_section
from workbench.report.rendering.formats import rendered
from workbench.views.models.words.marks import crowd_told


def test_all_cited_records_and_all_people_stand_in_the_report(workbench: Workbench) -> None:
    document = findings_of(workbench)
    owner = next(one for one in document.findings if one.kind == "owner")
    cited = len(owner.reasons[0].records)
    many = replace(
        next(one for one in document.findings if one.kind == "hub"),
        targets=tuple(f"{CASE}:nobody{number}" for number in range(73)),
    )
    told = compose(
        workbench, workbench.case(CASE), ALL, document=replace(document, findings=(many, owner))
    )[0]
    rows = section(section(told, "Lead 2 of 2"), "Fact").blocks[0]
    assert isinstance(rows, Table)
    assert cited > 60
    assert len(rows.rows) == cited
    people = section(section(told, "Lead 1 of 2"), "People").blocks[0]
    assert isinstance(people, Table)
    assert [row[0] for row in people.rows].count("target") == 73


def test_a_list_that_is_not_whole_says_so_before_its_first_row(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST_RECORDS", 40)
    monkeypatch.setattr(lead_part, "MOST_PEOPLE", 1)
    lead = section(content(workbench), "Lead 4 of 10: owner")
    for part, shown in (("Fact", 40), ("People", 1)):
        head, rows, *_ = section(lead, part).blocks
        assert isinstance(head, Text)
        assert isinstance(rows, Table)
        assert len(rows.rows) == shown
        assert re.match(rf"Showing {shown} of \d+: \d+ are left out\. \S", head.text), head.text
    assert "are left out" in rendered(content(workbench), "html").decode()


@pytest.mark.parametrize(("language", "session", "mark", "holding", "runs"), [
    ("en", "IP address 192.0.2.1, device d-1", "e-mail a@b.example", "Kind: shareholding, Share: 0.6",
     "operates causette-1"),
    ("fr", "adresse IP 192.0.2.1, appareil d-1", "courriel a@b.example",
     "Type\u00a0: participation, Part\u00a0: 0,6", "exploite causette-1"),
])
def test_cited_records_say_the_words_of_the_screens(
    workbench: Workbench, language: Language, session: str, mark: str, holding: str, runs: str
) -> None:
    heron, minor = f"{CASE}:heron", f"{CASE}:{SECRET_IDS[0]}"
    written = {
        "sessions:s1": {"account": heron, "started_at": "2024-01-01", "ip": "192.0.2.1", "device_id": "d-1"},
        "identifiers:i1": {"account": heron, "first_seen_at": "2024-01-02", "kind": "email", "value": "a@b.example"},
        "identifiers:i2": {"account": minor, "first_seen_at": "2024-01-03", "kind": "email", "value": "b@b.example"},
        "ownerships:o1": {"owner": "p:o", "owned": "p:c", "from": "2024-01-04", "kind": "shareholding", "share": "0.6"},
        "operators:c1": {"company": "p:c", "platform": "causette-1"},
    }
    material = compose(workbench, workbench.case(CASE), replace(ALL, language=language))[1]
    first = material.leads[0]
    lead = replace(
        first, finding=replace(first.finding, reasons=(replace(first.finding.reasons[0], records=tuple(written)),)),
        records={
            ref: (Record(ref, ref.partition(":")[0], "x.jsonl", "00", 1, dict(columns)),)
            for ref, columns in written.items()
        },
    )
    (table,) = [block for block in records.records_blocks(material, lead) if isinstance(block, Table)]
    counted = replace(lead, holders={("ip", "192.0.2.1"): 150, ("email", "a@b.example"): 2})
    (used,) = [block for block in records.records_blocks(material, counted) if isinstance(block, Table)]
    numbers = [words(language).ngettext("{number} account", "{number} accounts", number) for number in (150, 2)]
    assert [one in str(used) for one in (f"192.0.2.1 ({numbers[0]})", f"a@b.example ({numbers[1]})")] == [True, True]
    notes = [
        [block.text for block in records.records_blocks(material, one) if isinstance(block, Text)]
        for one in (lead, counted)
    ]
    assert [crowd_told(words(language)) in told for told in notes] == [False, True], "what they mean is said once"
    word = mark.partition(" ")[0]
    assert [row[3] for row in table.rows] == [runs, session, mark, f"{word} ▪▪▪", holding]


@pytest.mark.parametrize(("language", "status", "reasons", "against"), [
    ("en", "Status: active", "Reasons with no record of their own: 2.",
     "What speaks against it with no record of its own: b."),
    ("fr", "Statut\u00a0: actif", "Motifs sans enregistrement propre\u00a0: 2.",
     "Ce qui parle contre, sans enregistrement propre\u00a0: b."),
])
def test_what_has_no_record_is_named_below_the_records_by_its_mark(
    workbench: Workbench, language: Language, status: str, reasons: str, against: str
) -> None:
    material = compose(workbench, workbench.case(CASE), replace(ALL, language=language))[1]
    first = material.leads[0]
    row = Record("accounts:r1", "accounts", "x.jsonl", "00", 1, {"account": f"{CASE}:heron", "status": "active"})
    reason, role = first.finding.reasons[0], CounterEvidence("role", {"role": word("helpline")})
    lead = replace(first, records={row.ref: (row,)}, finding=replace(
        first.finding, reasons=(replace(reason, records=(row.ref,)), replace(reason, records=())),
        counter_evidence=(replace(role, records=(row.ref,)), role, CounterEvidence("what_would_clear_it")),
    ))
    table, *notes = records.records_blocks(material, lead)
    assert isinstance(table, Table)
    assert (table.rows[0][3], table.rows[0][-1]) == (status, "1, a")
    assert {reasons, against} < {note.text for note in notes if isinstance(note, Text)}


def test_tables_and_columns_of_the_evidence_stand_in_words(workbench: Workbench) -> None:
    evidence = str(section(content(workbench), "The evidence"))
    assert "'Messages: Sent at'" in evidence
    assert "'Evidence tables'" in evidence
    assert "sent_at" not in evidence


def test_zones_and_reasons_of_rejection_stand_in_words(workbench: Workbench) -> None:
    """“assumed:Europe/Paris” and “sender_id is empty” stood in a French report."""
    material = compose(workbench, workbench.case(CASE), Choice(top=1, language="fr"))[1]
    (batch,) = material.batches
    bases = {"messages.sent_at": {"assumed:Europe/Paris": 4, "assumed:Europe/Paris;ambiguous": 1, "epoch": 2}}
    told = replace(material, batches=(replace(batch, bases=bases),), rejects={"sender_id is empty": 3})
    table = section(evidence_section(told), "Base").blocks[1]
    assert isinstance(table, Table)
    assert [row[2] for row in table.rows] == [
        "le fuseau donné à la lecture, Europe/Paris",
        "le fuseau donné à la lecture, Europe/Paris\u00a0; ses horloges ont montré cette heure deux fois",
        "secondes depuis 1970, en UTC",
    ]
    left_out = str(left_out_section(told))
    assert "Expéditeur" in left_out
    assert "is empty" not in left_out


def test_headings_rows_and_related_leads_name_whom_they_are_about_minors_under_labels(full_report: Content) -> None:
    overview = section(section(full_report, "Summary"), "Leads").blocks[0]
    assert isinstance(overview, Table)
    about = [row[overview.heads.index("About")] for row in overview.rows]
    assert about[0] == ADULT
    leads = [part for part in full_report.sections if part.title.startswith("Lead ")]
    assert [part.title.partition(" – ")[2] for part in leads] == about
    crew = kind_label("ambush", words("en"))
    (ambush,) = [who for row, who in zip(overview.rows, about, strict=True) if row[1] == crew]
    assert re.fullmatch(rf"Grey-Crane, {ADULT}, .+ → minor ▪▪▪ [0-9a-f]+", ambush), ambush
    items = section(leads[0], "Related leads").blocks[-1]
    assert isinstance(items, Items)
    assert any(re.match(rf"extortion, weak – {ADULT} \(extortion-~[0-9a-f]+\): ", item) for item in items.items), items
    assert any(ambush in item for item in items.items)
