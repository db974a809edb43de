"""Dumps of PostgreSQL and MySQL, read without a server: as the tools write them, and hostile ones."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from ingest.batch import IngestReport, ingest
from ingest.case_folder.manifest import manifests
from ingest.errors import SourceUnreadable
from ingest.sources.databases.mapped_database import Database
from tests.unit.ingest.evidence_folder import case_in, rejects, rows

# as pg_dump 16 and mysqldump 8.0 write them, by their documentation
POSTGRESQL = """--
-- PostgreSQL database dump
--

-- Dumped from database version 16.2
-- Dumped by pg_dump version 16.2

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

CREATE TABLE public.messages (
    id bigint NOT NULL,
    sender character varying(26) DEFAULT 'a, (b)'::character varying,
    room text,
    recipient text,
    sent_at timestamp with time zone NOT NULL,
    text text,
    gone boolean DEFAULT false,
    CONSTRAINT messages_check CHECK ((id > 0))
);

ALTER TABLE public.messages OWNER TO chat;
"""
COPIED = """
COPY public.messages (id, sender, room, recipient, sent_at, text, gone) FROM stdin;
{rows}\\.


--
-- PostgreSQL database dump complete
--
"""
MYSQL = """-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: chat
-- ------------------------------------------------------
-- Server version\t8.0.36

/*!50503 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `messages`;
CREATE TABLE `messages` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `sender` varchar(26) COLLATE utf8mb4_bin DEFAULT NULL COMMENT 'who, it (was)',
  `room` varchar(26) DEFAULT NULL,
  `recipient` varchar(26) DEFAULT NULL,
  `sent_at` bigint DEFAULT NULL,
  `text` longtext,
  `shown` bit(1) DEFAULT b'0',
  PRIMARY KEY (`id`),
  KEY `room` (`room`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES `messages` WRITE;
INSERT INTO `messages` VALUES {rows};
UNLOCK TABLES;
"""
AT = "2024-05-01 18:03:04+02"
TEXTS = ["hello", 'a "quoted"; (text),\r\nof two lines', "tab\there \\ and '", "é\u202e😀", "\\N", "\\.",
         "COPY x (y) FROM stdin;", "INSERT INTO `messages` VALUES (9);", "", "%_\x1a\b"]


def copied(*messages: str) -> str:
    """Rows as COPY writes them."""
    def hidden(text: str) -> str:
        for sign, written in (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\b", "\\b")):
            text = text.replace(sign, written)
        return text

    lines = [f"{n}\twolf\tquay\t\\N\t{AT}\t{hidden(text)}\tf\n" for n, text in enumerate(messages, 1)]
    return POSTGRESQL + COPIED.format(rows="".join(lines))


def inserted(*messages: str) -> str:
    """Rows as pg_dump --inserts writes them: one a statement, texts over several lines."""
    return POSTGRESQL + "".join(
        "INSERT INTO public.messages (id, sender, room, recipient, sent_at, text, gone) VALUES "
        f"({n}, 'wolf', 'quay', NULL, '{AT}', '{text.replace(chr(39), chr(39) * 2)}', false);\n"
        for n, text in enumerate(messages, 1)
    )


def mysql(*messages: str) -> str:
    """Rows as mysqldump writes them: all in one statement."""
    def hidden(text: str) -> str:
        signs = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("'", "\\'"), ('"', '\\"'), ("\x1a", "\\Z"))
        for sign, written in signs:
            text = text.replace(sign, written)
        return text

    return MYSQL.format(rows=",".join(
        f"({n},'wolf','quay',NULL,1714579384,'{hidden(text)}',b'1')" for n, text in enumerate(messages, 1)
    ))


def read(tmp_path: Path, body: str | bytes, name: str = "dump.sql", **options: Any) -> IngestReport:
    path = tmp_path / name
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return ingest([path], case=case_in(tmp_path), **options)


@pytest.mark.parametrize("written", [copied, inserted, mysql])
def test_every_text_comes_as_it_was_and_again_adds_nothing(tmp_path: Path, written: Any) -> None:
    report = read(tmp_path, written(*TEXTS))
    counts = report.tables["messages"]
    assert (counts.read, counts.accepted, counts.rejected) == (len(TEXTS), len(TEXTS), 0)
    assert rows(case_in(tmp_path), "messages", "row", "message_id", "text") == [
        (n, str(n), text or None) for n, text in enumerate(TEXTS, 1)
    ]
    assert {sender for (sender,) in rows(case_in(tmp_path), "messages", "sender")} == {"chat:wolf"}
    again = read(tmp_path, written(*TEXTS))
    assert (again.tables["messages"].accepted, again.tables["messages"].duplicate) == (0, len(TEXTS))
    context = json.loads(manifests(case_in(tmp_path))[0].sources[0].context)
    assert context["server"] == ("MySQL 8.0.36" if written is mysql else "PostgreSQL 16.2")
    assert context["queries"][0][2].startswith("SELECT id, sender, room")


def test_a_packed_dump_in_a_folder_is_read_and_an_unknown_layout_left_aside(tmp_path: Path) -> None:
    folder = tmp_path / "handed"
    folder.mkdir()
    (folder / "chat.sql.gz").write_bytes(gzip.compress(copied("one", "two").encode()))
    (folder / "shop.sql").write_text(POSTGRESQL.replace("messages", "goods"))
    (folder / "more.sql").write_text(mysql("three"))
    report = ingest([folder], case=case_in(tmp_path))
    assert report.tables["messages"].accepted == 3
    assert [Path(name).name for name in report.ignored] == ["shop.sql"]


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "dump.sql")
    assert not Database().recognises(tmp_path)


def test_what_cannot_be_read_is_a_reject_with_its_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    body = copied("one", "two", "three").replace("2\twolf\tquay", "2\twolf")
    report = read(tmp_path, body)
    assert (report.tables["messages"].accepted, report.tables["messages"].rejected) == (2, 1)
    (found,) = rejects(case_in(tmp_path))
    line = 1 + body.splitlines().index(next(one for one in body.splitlines() if one.startswith("2\twolf")))
    assert (found.row, found.column, found.reason) == (
        line, "", "the row of messages in this line of the dump has 6 values for 7 columns"
    )


HOSTILE: dict[str, tuple[bytes, int]] = {
    "cut in a row": (copied("one", "two").encode().partition(b"\ttwo")[0], 1),
    "cut before the end": (copied("one", "two").encode().partition(b"\\.")[0], 2),
    "cut in a text": (mysql("one", "two").encode().partition(b"two")[0], 1),
    "a text that never ends": (mysql("one").encode().replace(b"'one'", b"'one"), 0),
    "a call of a function": (mysql("one", "two").encode().replace(b"'two'", b"load_file('x')"), 1),
    "a value too many": (mysql("one", "two").encode().replace(b"'two'", b"'two',1"), 1),
    "deep brackets": (mysql("one").encode().replace(b"'one'", b"(" * 100_000), 0),
    "no texts": (mysql("one").encode().replace(b"'one'", b"@@@"), 0),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_dump_ends_in_rejects_and_loses_no_good_row(tmp_path: Path, name: str) -> None:
    body, good = HOSTILE[name]
    counts = read(tmp_path, body).tables["messages"]
    assert counts.accepted == good
    assert counts.rejected >= 1
    assert all(found.hint and found.row for found in rejects(case_in(tmp_path)))


def test_bytes_that_are_no_text_and_other_encodings(tmp_path: Path) -> None:
    latin = copied("caf\xe9").replace("'UTF8'", "'LATIN1'").encode("latin-1")
    read(tmp_path, latin)
    assert rows(case_in(tmp_path), "messages", "text") == [("caf\xe9",)]
    torn = tmp_path / "torn"
    torn.mkdir()
    read(torn, copied("x@y").encode().replace(b"x@y", b"x\xffy"))
    assert rows(case_in(torn), "messages", "text") == [("78ff79",)]


def test_what_is_no_dump_of_a_known_layout_ends_in_one_line(tmp_path: Path) -> None:
    for body, expected in (
        (b"PGDMP\x01\x0e" + bytes(90), "packed form"),
        (POSTGRESQL.replace("messages", "goods").encode(), "of no known layout"),
        (b"-- PostgreSQL database dump\n", "declares no table"), (b"", "no known format"),
    ):
        with pytest.raises(SourceUnreadable, match=expected):
            read(tmp_path, body)


def test_an_ejabberd_archive_tells_each_message_once(tmp_path: Path) -> None:
    def message(sender: str, to: str, body: str, stanza: str, kind: str = "chat") -> str:
        names = f"xmlns='jabber:client' from='{sender}' to='{to}' type='{kind}' id='{stanza}'"
        return f"<message {names}><body>{body}</body></message>"

    wolf, kid, room = "wolf@quay.example/phone", "kid@quay.example", "hall@conference.quay.example"
    stamp = 1714579384123456
    archived = [
        ("wolf", stamp, "kid@quay.example", message(wolf, kid, "hi &amp; hello", "s1"), "chat", ""),
        ("kid", stamp + 9, "wolf@quay.example", message(wolf, kid, "hi &amp; hello", "s1"), "chat", ""),
        ("wolf", stamp + 20, "kid@quay.example", message(wolf, kid, "hi &amp; hello", "s1"), "chat", ""),
        ("kid", stamp + 29, "wolf@quay.example", message(wolf, kid, "hi &amp; hello", "s1"), "chat", ""),
        ("kid", stamp + 30, "far@away.example", message("far@away.example/x", kid, "from elsewhere", "s2"), "chat", ""),
        (room, stamp + 40, "kid@quay.example", message(kid, room, "all of you", "s3", "groupchat"), "groupchat", "Kid"),
        ("wolf", stamp + 50, "kid@quay.example", "<message><composing/></message>", "chat", ""),
    ]
    body = POSTGRESQL.partition("CREATE")[0] + """
CREATE TABLE public.archive (
    username text NOT NULL,
    "timestamp" bigint NOT NULL,
    peer text NOT NULL,
    bare_peer text NOT NULL,
    xml text NOT NULL,
    txt text NOT NULL,
    id bigint NOT NULL,
    kind text,
    nick text,
    created_at timestamp without time zone DEFAULT now() NOT NULL
);
COPY public.archive (username, "timestamp", peer, bare_peer, xml, txt, id, kind, nick, created_at) FROM stdin;
""" + "".join(
        f"{who}\t{at}\t{peer}\t{peer}\t{xml}\t\t{n}\t{kind}\t{nick}\t2024-05-01 16:03:04\n"
        for n, (who, at, peer, xml, kind, nick) in enumerate(archived, 1)
    ) + "\\.\n"
    report = read(tmp_path, body)
    assert report.rejected == 0
    told = rows(case_in(tmp_path), "messages", "message_id", "sender", "recipient", "room", "text")
    moments = [f"{moment:%S.%f}" for (moment,) in rows(case_in(tmp_path), "messages", "sent_at")]
    assert moments == ["04.123456", "04.123476", "04.123486", "04.123496"]
    assert told == [
        ("1", "xmpp:wolf@quay.example", "xmpp:kid@quay.example", None, "hi & hello"),
        ("3", "xmpp:wolf@quay.example", "xmpp:kid@quay.example", None, "hi & hello"),
        ("5", "xmpp:far@away.example", "xmpp:kid@quay.example", None, "from elsewhere"),
        ("6", "xmpp:kid@quay.example", None, "xmpp:hall@conference.quay.example", "all of you"),
    ]


def test_a_prosody_archive_tells_each_message_once_and_who_is_behind_a_nick(tmp_path: Path) -> None:
    direct = ("<message from='wolf@quay.example/x' to='kid@quay.example' id='a'><html "
              "xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'><b>hi</b></body>"
              "</html><body>hi</body></message>").replace("'", "\\'")
    group = ("<message from='hall@muc.quay.example/Kid' type='groupchat'><body>all</body><x "
             "xmlns='http://jabber.org/protocol/muc#user'><item jid='kid@quay.example/y'/></x></message>"
             ).replace("'", "\\'")
    nameless = group.replace("<item jid=\\'kid@quay.example/y\\'/>", "")
    body = MYSQL.partition("DROP")[0] + """
CREATE TABLE `prosody` (`host` text NOT NULL, `user` text NOT NULL, `store` text NOT NULL, `key` text NOT NULL,
  `type` text NOT NULL, `value` mediumtext NOT NULL) ENGINE=InnoDB;
INSERT INTO `prosody` VALUES ('quay.example','wolf','accounts','password','string','-'),
('quay.example','wolf','accounts','x','string','-');
CREATE TABLE `prosodyarchive` (
  `sort_id` int NOT NULL AUTO_INCREMENT,
  `host` text NOT NULL,
  `user` text NOT NULL,
  `store` text NOT NULL,
  `key` text NOT NULL,
  `when` int NOT NULL,
  `with` text NOT NULL,
  `type` text NOT NULL,
  `value` mediumtext NOT NULL,
  PRIMARY KEY (`sort_id`)
);
INSERT INTO `prosodyarchive` VALUES """ + ",".join(
        f"({n},'{host}','{user}','{store}','k{n}',1714579384,'w','xml','{xml}')"
        for n, (host, user, store, xml) in enumerate((
            ("quay.example", "kid", "archive", direct), ("quay.example", "wolf", "archive", direct),
            ("muc.quay.example", "hall", "muc_log", group), ("muc.quay.example", "hall", "muc_log", nameless),
        ), 1)
    ) + ";\n"
    report = read(tmp_path, body)
    assert report.rejected == 0
    assert rows(case_in(tmp_path), "messages", "message_id", "sender", "recipient", "room", "text") == [
        ("2", "xmpp:wolf@quay.example", "xmpp:kid@quay.example", None, "hi"),
        ("3", "xmpp:kid@quay.example", None, "xmpp:hall@muc.quay.example", "all"),
        ("4", "xmpp:hall@muc.quay.example/Kid", None, "xmpp:hall@muc.quay.example", "all"),
    ]
    assert rows(case_in(tmp_path), "accounts", "account") == [("xmpp:wolf@quay.example",)]
