"""A small case in which minors are named wherever a text may stand: rooms, devices, files, reasons, notes, queries."""

from datetime import UTC, datetime
from pathlib import Path

from graph.detect.finding import Finding, FindingsDocument, best_first
from graph.detect.reason import CounterEvidence, Reason, as_written
from graph.detect.values import account, accounts, count, number, quote, room, word
from ingest.batch import ingest
from ingest.lake import Lake
from tests.labels import known_key
from tests.unit.graph.detect.small_platform import Platform, moment, write_folder
from workbench.bootstrap import Workbench
from workbench.casebook import Casebook
from workbench.explore.board import Board, Group, Note
from workbench.explore.written import written
from workbench.runs.findings_file import store_findings
from workbench.settings import Settings

CASE = "small"
MINORS = ("Zéphyrine-Quartz", "Ondine-Saphir")
"""Whom leads are about, and one of whom no lead knows."""
MINOR_IDS = ("zephy-q-71", "ondi-s-82")
MARKS = ("zq@mail.example", "+33699887766")
ADULTS = ("Heronet-Brume", "Cendrine-Basalte")
ADULT_IDS = ("herbru-5", "cenbas-6")
PLACES = ("den-of-zephy-q-71", "Chez Ondine-Saphir", "iphone-Zéphyrine-Quartz", "tablet-of-ondi-s-82")
THINGS = ("Granite-Company", "Persona-Talweg", "hallebarde-9", "granite-77", "talweg-88")
BOARD_NAME = "Around Ondine-Saphir"


def build(workspace: Path) -> Workbench:
    """The case in a new workspace, with leads, notes and a saved view; its clock stands still."""
    folder = write_folder(workspace / "source", _tables())
    chat = workspace / "WhatsApp Chat with Ondine-Saphir.txt"
    chat.write_text("25/03/2024, 18:05 - Heronet: hello\n25/03/2024, 18:06 - Basalte: good evening\n", "utf-8")
    workbench = Workbench(Settings(workspace, "ana"))
    case = known_key(workbench.case(CASE, create=True))
    ingest([folder], case=case)
    ingest([chat], case=case, format="whatsapp-day-first", timezone="UTC")
    book = Casebook(workbench.settings.casework_url, clock=lambda: datetime(2024, 9, 1, tzinfo=UTC))
    workbench.casebook = book.signed_in("ana")
    with workbench.lake(case) as lake:
        found = _document(lake)
    store_findings(case, found)
    for finding in found.findings:
        book.judge(finding.finding_id, "in review", "Looked at the records.", "bea", case=CASE)
        book.judge(finding.finding_id, "in review", f"{MINORS[1]} and {MINORS[0]} are friends.", "bea", case=CASE)
        workbench.casebook.remarks.add(
            CASE, [f"finding:{finding.finding_id}"], "tag", f"near {MINORS[1]}", user="ana"
        )
    remarks = workbench.casebook.remarks
    remarks.add(CASE, [f"case:{CASE}"], "note", f"Opened by the mother of {MINORS[1].upper()}.", user="ana")
    remarks.add(CASE, [f"case:{CASE}"], "authority", f"Order on {MINORS[0]}", user="ana")
    remarks.add(CASE, [f"case:{CASE}"], "scope", f"all of {MINOR_IDS[1]}", user="ana")
    workbench.casebook.boards.save(
        CASE, BOARD_NAME, written(board(tuple(one.finding_id for one in found.findings))), user="ana", digest="sha256:1"
    )
    return workbench


def board(leads: tuple[str, ...] = ()) -> Board:
    """What somebody drew, with words on it."""
    keys = (
        *(f"Account/{CASE}:{one}" for one in (*ADULT_IDS, MINOR_IDS[0])), f"Room/{CASE}:{PLACES[0]}",
        f"Room/{CASE}:zibeline-33", f"Identifier/device:{PLACES[2]}", f"Identifier/email:{MARKS[0]}",
        f"Person/{THINGS[4]}",
    )
    return Board(
        nodes=frozenset(keys), places={key: (float(place), float(place % 3)) for place, key in enumerate(keys)},
        notes={"1": Note(f"Is it {MINORS[1]}?", (1, 1)), "2": Note("Both at ten.", (2, 1), about=keys[0])},
        groups={
            "1": Group(f"Friends of {MINORS[0]}", keys[:2]), "2": Group(f"with {MINORS[1]}", keys[3:5], folded=True),
        },
        leads=leads, folding=False,
    )


def _document(lake: Lake) -> FindingsDocument:
    sent = lake.table("messages").to_pyarrow()["record_id"].to_pylist()
    cited = tuple(f"messages:{one}" for one in sent)
    first, second = (f"{CASE}:{one}" for one in ADULT_IDS)
    minor = f"{CASE}:{MINOR_IDS[0]}"
    called = Reason(
        "people_sent_to_one_subject",
        {"recipients": count(2), "partners": count(3), "subject": word("person"), "expected": number(0.5),
         "names": quote((MINORS[1], "zibeline-33")), "bearers": accounts((minor, second))},
        2, 0.5, "people", cited,
    )
    shared = Reason(
        "same_device",
        {"held": count(2), "members": count(2), "value": quote(PLACES[2]), "ever": count(2), "accounts": count(9),
         "more_pairs": count(0)},
        records=(f"accounts:{first}", f"accounts:{minor}"),
    )
    crowd = CounterEvidence("public_occasion", {
        "members": count(1), "of": count(2), "room": room(f"{CASE}:{PLACES[0]}"), "crowd": count(9),
        "usual": number(2.0),
    })
    others = Reason(
        "other_minors", {"writers": count(1), "members": count(2), "usual": number(0.5)}, records=cited
    )
    own = Reason(
        "as_written", as_written(f"seen by {MINORS[1]}", f"{MINORS[1]} knows {ADULTS[0]}."), records=cited
    )
    own_of = Reason("as_written", {**own.values, "who": account(first)})
    found = (
        Finding("recruitment", (first,), "strong", 0.9, (called,), (), (second,), 1e-9, moment(1), moment(90)),
        Finding("shell", (first, second), "moderate", 0.5, (shared,)),
        Finding("convergence", (first, second), "weak", 0.2, (others,), (crowd,), (minor,)),
        Finding("manual", (first,), "weak", 0.1, (own, own_of), (), (second,)),
        Finding("room", (f"{CASE}:{PLACES[0]}",), "weak", 0.1, (own,), (), (minor,)),
        Finding("hub", (first,), "weak", 0.3, (own,), (), (minor,)),
    )
    parameters = {"hub": {"who": f"not {MINORS[1]}"}, "minors": {"adult_age": 18}}
    return FindingsDocument(CASE, "run-0123456789abcdef", lake.digest(), parameters, best_first(found))


def _tables() -> dict[str, list[dict[str, object]]]:
    platform = Platform(adults=2, teens=2)
    for name, pseudonym, age in (
        (ADULT_IDS[0], ADULTS[0], 41), (ADULT_IDS[1], ADULTS[1], 38), (MINOR_IDS[0], MINORS[0], 14),
        (MINOR_IDS[1], MINORS[1], 13),
    ):
        platform.account(name, age=age)
        platform.accounts[-1]["pseudonym"] = pseudonym
    platform.private(ADULT_IDS[0], MINOR_IDS[0], 1, text=f"are you a friend of {MINORS[1]}?")
    platform.private(ADULT_IDS[0], ADULT_IDS[1], 2, text="good evening")
    platform.private(ADULT_IDS[1], MINOR_IDS[0], 3)
    platform.private(ADULT_IDS[1], MINOR_IDS[1], 4)
    for place, who in enumerate((*ADULT_IDS, *MINOR_IDS, "t0")):
        for where in (PLACES[0], "zibeline-33", "hallebarde-9"):
            platform._message(who, 5.0 + place, "hello all", room_id=where)
    reports = [
        {"report_id": "r1", "reported_id": ADULT_IDS[0], "reporter_id": ADULT_IDS[1], "made_at": moment(9),
         "reason": f"he writes to {MINORS[1]}"},
        {"report_id": "r2", "reported_id": ADULT_IDS[0], "reporter_id": MINOR_IDS[0], "made_at": moment(10),
         "reason": "he asks my school"},
    ]
    return {
        **platform.tables(),
        "reports": reports,
        "rooms": [
            {"room_id": PLACES[0], "name": "A den"}, {"room_id": "zibeline-33", "name": PLACES[1]},
            {"room_id": "hallebarde-9"},
        ],
        "sessions": [
            {"account_id": who, "started_at": moment(place), "device_id": device, "ip": "203.0.113.7"}
            for place, (who, device) in enumerate((
                (ADULT_IDS[0], PLACES[2]), (MINOR_IDS[0], PLACES[2]), (ADULT_IDS[1], PLACES[3]),
            ))
        ],
        "identifiers": [
            {"account_id": MINOR_IDS[0], "kind": "email", "value": MARKS[0]},
            {"account_id": MINOR_IDS[1], "kind": "phone", "value": MARKS[1]},
            {"account_id": ADULT_IDS[1], "kind": "email", "value": "mother.of.ondine-saphir@mail.example"},
        ],
        "companies": [{"company_id": THINGS[3], "name": THINGS[0]}],
        "persons": [{"person_id": THINGS[4], "name": f"{THINGS[1]}, uncle of {MINORS[0]}"}],
        "ownerships": [
            {"owner_id": THINGS[4], "owned_id": THINGS[3], "share": 0.8, "from": "2020-01-01T00:00:00Z"},
        ],
    }
