"""Every format with as many messages as wanted, and what independent code finds in the file at each row's number.

A builder writes the texts, in order, into an export as small as it can be, after the public descriptions that the tests
of each reader name.  ``units`` cuts the raw file, without the reader, into what the rows' numbers count.
"""

import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.mapping import find_mapping
from tests.unit.ingest.chat_exports import channel, chat, put, said, user, wrote
from tests.unit.ingest.chats import samples
from tests.unit.ingest.raw_units import (
    asked,
    between,
    csv_records,
    elements,
    lines,
    mails,
    models,
    sheet_rows,
    snapshot_texts,
)
from tests.unit.ingest.test_bods import held, shares
from tests.unit.ingest.test_case_uco import APP, A, B, bundle
from tests.unit.ingest.test_case_uco import said as case_said
from tests.unit.ingest.test_lava import folder as lava_folder
from tests.unit.ingest.test_lava import whatsapp as lava_whatsapp
from tests.unit.ingest.test_registers import psc
from tests.unit.ingest.test_sql_dumps import copied
from tests.unit.ingest.test_structured import JSON as MAPPED
from tests.unit.ingest.test_structured import said as line_said
from tests.unit.ingest.test_ufdr import KID, PAIR, WOLF, message, party, report
from tests.unit.ingest.test_ufdr import chat as ufdr_chat

AT = 1714579384
Texts = Sequence[str]
Files = tuple[Path, Path]


@dataclass(frozen=True)
class Sample:
    """``build``: (what is ingested, the file the rows stand in); ``units``: of that file, the first is row 1.

    ``table`` and ``column``: where the text comes to stand.  ``mapping``: text or name of what is given with it.
    """

    build: Callable[[Path, Texts], Files]
    units: Callable[[Path], list[str]]
    table: str = "messages"
    column: str = "text"
    mapping: str | None = None


def _one(path: Path) -> Files:
    return path, path


def _whole(folder: Path, sample: Callable[[Path], Path], file: str, change: Callable[[Any], object]) -> Files:
    """A JSON file of a small sample, changed."""
    root = sample(folder)
    path = next(root.rglob(file)) if root.is_dir() else root
    body = path.read_text(encoding="utf-8")
    head = re.match(r"window\.[\w.]+ = ", body)
    told = json.loads(body[head.end():] if head else body)
    change(told)
    put(path, (head[0] if head else "") + json.dumps(told, ensure_ascii=False, indent=1))
    return root, path


def _evidence(folder: Path, texts: Texts) -> Files:
    rows = [[str(n), str(AT + n), "a", "", "r", text] for n, text in enumerate(texts)]
    head = "message_id,sent_at,sender_id,recipient_id,room_id,text"
    return _one(put(folder / "messages.csv", samples.table(head, *rows)))


def _discord_csv(folder: Path, texts: Texts) -> Files:
    rows = [[samples.WOLF, "w", "2024-05-01T18:03:04+02:00", text, "", ""] for text in texts]
    head = "AuthorID,Author,Date,Content,Attachments,Reactions"
    return _one(put(folder / f"S - C - room [{samples.CHANNEL}].csv", samples.table(head, *rows)))


def _discord_package(folder: Path, texts: Texts) -> Files:
    told = [{"ID": 10**18 + n, "Timestamp": "2024-05-01 16:03:04", "Contents": text} for n, text in enumerate(texts)]
    root = samples.discord_package(folder)
    return root, put(root / "messages" / "c11" / "messages.json", told)


def _discord_return(folder: Path, texts: Texts) -> Files:
    rows = [[str(10**18 + n), samples.CHANNEL, samples.WOLF, "2024-05-01T16:03:04", "w", text, ""]
            for n, text in enumerate(texts)]
    root = samples.discord_return(folder)
    head = "id,channel_id,author_id,timestamp,username,contents,attachments"
    return root, put(root / "messages" / "servers" / "harbour.csv", samples.table(head, *rows))


def _telegram_html(folder: Path, texts: Texts) -> Files:
    told = [samples._named(n, "01.05.2024 18:03:04 UTC+02:00", "Wolf", f'<div class="text">{escape(text)}</div>')
            for n, text in enumerate(texts, 1)]
    return _one(put(folder / "messages.html", samples._PAGE.format(title="Harbour", messages="\n".join(told))))


def _meta(folder: Path, texts: Texts) -> Files:
    told = [{"sender_name": "a", "timestamp_ms": AT * 1000 + n, "content": text.encode().decode("latin-1")}
            for n, text in enumerate(texts)]
    people = [{"name": name} for name in "ab"]
    thread = {"participants": people, "title": "b", "thread_path": "inbox/us_1", "messages": told}
    return folder, put(folder / "inbox" / "us_1" / "message_1.json", thread)


def _meta_html(folder: Path, texts: Texts) -> Files:
    block = ('<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">Kid</h2>'
             '<div class="_3-95 _a6-p"><div><div></div><div>{}</div><div></div><div></div></div></div>'
             '<div class="_3-94 _a6-o">May 01, 2024 6:03:05 pm</div></div>').format
    body = "".join(block(escape(text)) for text in texts)
    return _one(put(folder / "inbox" / "kid_12" / "message_1.html",
                    f"<html><head><title>Kid</title></head><body><div class=\"_a706\">{body}</div></body></html>"))


def _meta_return(folder: Path, texts: Texts) -> Files:
    path = samples.meta_return(folder)
    body, mark = path.read_text(), "<table><tr><th>Author</th><td>"
    at = body.index(mark)
    told = "".join(
        f"{mark}w0lf_17 (Instagram: 1001)</td></tr></table><table><tr><th>Sent</th>"
        "<td>2024-05-01 16:03:04 UTC</td></tr></table>"
        f"<table><tr><th>Body</th><td>{escape(text)}</td></tr></table>" for text in texts
    )
    return _one(put(path, body[:at] + told + body[at:]))


def _slack(folder: Path, texts: Texts) -> Files:
    put(folder / "users.json", [{"id": "U1", "name": "ann", "profile": {}}])
    put(folder / "channels.json", [{"id": "C1", "name": "general", "members": ["U1"]}])
    told = [{"type": "message", "user": "U1", "text": text, "ts": f"{AT}.{n:06d}"} for n, text in enumerate(texts)]
    return folder, put(folder / "general" / "2024-05-01.json", told)


def _matrix(folder: Path, texts: Texts) -> Files:
    told = [{"type": "m.room.message", "sender": "@w:hs.example", "event_id": f"${n}", "room_id": "!r:hs.example",
             "origin_server_ts": AT * 1000 + n, "content": {"msgtype": "m.text", "body": text}}
            for n, text in enumerate(texts)]
    return _one(put(folder / "export.json", {"room_name": "Room 9", "room_creator": "@w:hs.example", "topic": "",
                                             "export_date": "now", "exported_by": "w", "messages": told}))


def _signal(folder: Path, texts: Texts) -> Files:
    path = samples.signal_backup(folder)
    frames = path.read_text().splitlines()[:7]
    frames += [json.dumps({"chatItem": {"chatId": "1", "authorId": "2", "dateSent": str(AT * 1000 + n), "incoming": {},
                                        "standardMessage": {"text": {"body": text}}}}) for n, text in enumerate(texts)]
    return _one(put(path, "\n".join(frames) + "\n"))


def _snapchat(folder: Path, texts: Texts) -> Files:
    root = samples.snapchat(folder)
    path = root / "conversations.csv"
    head = path.read_text().split("TEXT,SNAP_TEXT")[0]
    rows = [["TEXT", "SNAP_TEXT", "c-1", f"m-{n}", "w0lf_17", "kid", text, "", "false", "true",
             "Wed May 01 16:03:04 UTC 2024"] for n, text in enumerate(texts)]
    return root, put(path, samples.table(head.rstrip("\r\n"), *rows))


def _kik(folder: Path, texts: Texts) -> Files:
    root = samples.kik(folder)
    path = root / "content" / "data-text.csv"
    people = ["w@talk.kik.com", "k@talk.kik.com"]
    rows = [[f"k{n}", text, *people, "2024-05-01 16:03:04", str(AT * 1000 + n), "all", "c", "", "192.0.2.7", "1", ""]
            for n, text in enumerate(texts)]
    return root, put(path, samples.table(path.read_text().splitlines()[0], *rows))


def _roblox(folder: Path, texts: Texts) -> Files:
    root = samples.roblox(folder)
    path = next(root.glob("Chat records*"))
    before = ["2024-05-01T16:03:04.123Z", "2024-05-01", "conv1", "chat/app", "77", "w"]
    rows = [[*before, text, "false", "true", "false", "77"] for text in texts]
    return root, put(path, samples.table(path.read_text().splitlines()[0], *rows))


def _x(folder: Path, texts: Texts) -> Files:
    def change(told: Any) -> None:
        held = told[0]["dmConversation"]["messages"]
        held[:] = [{"messageCreate": {**held[0]["messageCreate"], "id": str(10**18 + n), "text": text}}
                   for n, text in enumerate(texts)]

    return _whole(folder, samples.x_archive, "direct-messages.js", change)


def _google(folder: Path, texts: Texts) -> Files:
    def change(told: Any) -> None:
        one = told["messages"][0]
        told["messages"] = [{**one, "message_id": f"a/{n}", "text": text} for n, text in enumerate(texts)]

    return _whole(folder, samples.google_chat, "messages.json", change)


def _mastodon(folder: Path, texts: Texts) -> Files:
    def change(told: Any) -> None:
        one = told["orderedItems"][0]
        told["orderedItems"] = [
            {**one, "id": f"{n}", "object": {**one["object"], "id": f"s/{n}", "content": f"<p>{escape(text)}</p>"}}
            for n, text in enumerate(texts)
        ]

    return _whole(folder, samples.mastodon, "outbox.json", change)


def _imageboard(folder: Path, texts: Texts) -> Files:
    def change(told: Any) -> None:
        told["posts"] = [{**told["posts"][0], "no": 100 + n, "resto": 100 if n else 0, "com": escape(text)}
                         for n, text in enumerate(texts)]

    return _whole(folder, samples.imageboard, "*", change)


def _axiom(folder: Path, texts: Texts) -> Files:
    path = samples.axiom(folder)
    body = path.read_text()
    hit = re.search(r"<Hit .*?</Hit>", body)
    assert hit is not None
    hits = "".join(hit[0].replace("the boat &amp; the sea&#x0;", escape(text)) for text in texts)
    return _one(put(path, body.replace(hit[0], hits, 1)))


def _mail(folder: Path, texts: Texts) -> Files:
    head = ("From: a@example.org\nTo: b@example.org\nDate: Wed, 1 May 2024 18:03:04 +0200\n"
            "Content-Type: text/plain; charset=utf-8\n\n")
    told = [f"From {n}@xxx Wed May 01 16:03:04 2024\n{head}{text}\n\n" for n, text in enumerate(texts)]
    return _one(put(folder / "many.mbox", "".join(told)))


def _database(folder: Path, texts: Texts) -> Files:
    folder.mkdir(parents=True)
    path = folder / "chat.db"
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("CREATE TABLE messages (id INTEGER, sender, room, recipient, sent_at, text)")
        rows = [(n, "w", "r", None, AT, text) for n, text in enumerate(texts)]
        base.executemany("INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?)", reversed(rows))
    return _one(path)


def _snapshot(folder: Path, texts: Texts) -> Files:
    folder.mkdir(parents=True)
    path = folder / "taken.snapshot"
    columns = {"id": [str(n) for n in range(len(texts))], "sender": ["w"] * len(texts), "room": ["r"] * len(texts),
               "recipient": [None] * len(texts), "sent_at": [str(AT)] * len(texts), "text": list(texts)}
    pq.write_table(pa.table({name: pa.array(value, pa.string()) for name, value in columns.items()}), folder / "0")
    facts = {"form": 1, "address": "postgresql://h/b", "server": "PostgreSQL", "mapping": "messages", "taken_at": "now",
             "mapping_text": find_mapping("messages").read_text(), "queries": [["messages", "SELECT 1", len(texts)]]}
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("snapshot.json", json.dumps(facts))
        packed.write(folder / "0", "0.parquet")
    return _one(path)


def _sheet(folder: Path, texts: Texts) -> Files:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["kind", "at", "who", "where", "what"])
    for text in texts:
        book.active.append(["text", "2024-05-01T16:03:04Z", "w", "r", text])
    folder.mkdir(parents=True)
    book.save(folder / "chat.xlsx")
    return _one(folder / "chat.xlsx")


def _ufdr(folder: Path, texts: Texts) -> Files:
    told = [message(party(WOLF), text, number=f"A{n}") for n, text in enumerate(texts)]
    return _one(put(folder / "report.xml", report(ufdr_chat("WhatsApp", KID, PAIR, *told))))


def _lava(folder: Path, texts: Texts) -> Files:
    rows = [(AT + n, "Kid", "Incoming", text, None, "m.db") for n, text in enumerate(texts)]
    path = lava_folder(folder / "out", lava_whatsapp(rows))
    return path, path / "_lava_artifacts.db"


def _lines_of(form: str) -> Callable[[Path, Texts], Files]:
    names = {"irc": "2024-05-01.log", "signal": "chat.txt"}
    day = "5/13/24" if form == "whatsapp-month-first" else "13/05/24"
    line = {
        "irc": "[18:{m:02d}:{s:02d}] <Wolf> {text}\n", "signal": "[2019-12-24, 12:{m:02d}] Wolf: {text}\n",
    }.get(form, f"{day}, 10:{{m:02d}} - {{who}}: {{text}}\n")

    def build(folder: Path, texts: Texts) -> Files:
        body = "".join(line.format(m=n // 60, s=n % 60, who=("Ann", "Ben", "Cleo")[n % 3], text=text)
                       for n, text in enumerate(texts))
        return _one(put(folder / names.get(form, "WhatsApp Chat with Us.txt"), body))

    return build


EVERY: dict[str, Sample] = {
    "evidence": Sample(_evidence, csv_records),
    "discord": Sample(lambda at, texts: _one(put(at / "room.json", channel(*(
        said(n, user(77, "w"), text) for n, text in enumerate(texts, 1))))), elements("messages")),
    "discord-csv": Sample(_discord_csv, csv_records),
    "discord-package": Sample(_discord_package, elements()),
    "discord-return": Sample(_discord_return, csv_records),
    "telegram": Sample(lambda at, texts: _one(put(at / "result.json", chat(5, "private_group", "Room", *(
        wrote(n, 7, "Wolf", text) for n, text in enumerate(texts, 1))))), elements("messages")),
    "telegram-html": Sample(_telegram_html, between(r'<div class="message ')),
    "meta": Sample(_meta, elements("messages")),
    "meta-html": Sample(_meta_html, between('<div class="pam ')),
    "meta-return": Sample(_meta_return, between("<th>Author</th>|<th>Time</th>")),
    "slack": Sample(_slack, elements()),
    "matrix": Sample(_matrix, elements("messages")),
    "signal-export": Sample(_signal, lines),
    "snapchat": Sample(_snapchat, lines),
    "kik": Sample(_kik, csv_records),
    "roblox": Sample(_roblox, csv_records),
    "x": Sample(_x, elements(0, "dmConversation", "messages")),
    "google-chat": Sample(_google, elements("messages")),
    "mastodon": Sample(_mastodon, elements("orderedItems")),
    "imageboard": Sample(_imageboard, elements("posts")),
    "axiom": Sample(_axiom, between("<Hit ")),
    "mail": Sample(_mail, mails),
    "irc": Sample(_lines_of("irc"), lines),
    "signal": Sample(_lines_of("signal"), lines),
    "whatsapp": Sample(_lines_of("whatsapp"), lines),
    "whatsapp-day-first": Sample(_lines_of("whatsapp-day-first"), lines),
    "whatsapp-month-first": Sample(_lines_of("whatsapp-month-first"), lines),
    "ufdr": Sample(_ufdr, models),
    "case-uco": Sample(lambda at, texts: _one(put(at / "b.jsonld", bundle(APP, A, B, *(
        case_said(f"m{n}", "a", "b", text=text) for n, text in enumerate(texts))))), elements("@graph")),
    "lava": Sample(_lava, asked("SELECT message FROM table_0 ORDER BY rowid")),
    "database": Sample(_database, asked("SELECT text FROM messages ORDER BY id")),
    "database, a dump": Sample(lambda at, texts: _one(put(at / "d.sql", copied(*texts))),
                               lambda path: [line for line in lines(path) if "\twolf\t" in line]),
    "snapshot": Sample(_snapshot, snapshot_texts),
    "delimited": Sample(lambda at, texts: _one(put(at / "m.txt", "".join(
        f"{n} {text.split()[0]} {AT}\n" for n, text in enumerate(texts)))), lines, column="recipient_id",
        mapping="collegemsg"),
    "table": Sample(lambda at, texts: _one(put(at / "log.jsonl", "".join(
        line_said("w", text) + "\n" for text in texts))), lines, mapping=MAPPED),
    "table, a sheet": Sample(_sheet, sheet_rows, mapping="[sheet]\n[[table]]" + MAPPED.partition("[[table]]")[2]),
    "uk-psc": Sample(lambda at, texts: _one(put(at / "psc.txt", "".join(
        psc("01234567", "individual-person-with-significant-control", text, notified_on="2016-04-06",
            natures_of_control=["ownership-of-shares-25-to-50-percent"]) + "\n" for text in texts
    ))), lines, "persons", "name"),
    "bods": Sample(lambda at, texts: _one(put(at / "r.json", [
        held(text.split()[0], shares(30)) for text in texts])), elements(), "ownerships", "attributes"),
    "icij": Sample(lambda at, texts: (at, put(at / "nodes-entities.csv", samples.table(
        "node_id,name,jurisdiction", *([str(n), text, "BVI"] for n, text in enumerate(texts))))),
        csv_records, "companies", "name"),
}
"""By the reader's name, and a second form of some behind a comma."""
