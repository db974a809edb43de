"""What are the tables and columns of the contract called on screen, and how are a property and its value said?"""

from datetime import date, datetime, time
from types import MappingProxyType

from graph.detect.wordings import quoted
from ingest.tables import ROLES
from workbench.language import Words
from workbench.plain_text import plain_text


def _(message: str) -> str:
    return message


TABLES = MappingProxyType({
    "accounts": _("Accounts"), "rooms": _("Rooms"), "messages": _("Messages"), "sessions": _("Sessions"),
    "identifiers": _("Identifiers"), "reports": _("Reports"), "companies": _("Companies"), "persons": _("Persons"),
    "ownerships": _("Ownerships"), "operators": _("Operators"),
})
COLUMNS = MappingProxyType({
    "account_id": _("Account id"), "platform": _("Platform"), "pseudonym": _("Pseudonym"),
    "created_at": _("Made at"), "declared_age": _("Declared age"), "declared_gender": _("Declared gender"),
    "role": _("Role"), "status": _("Status"), "room_id": _("Room id"), "name": _("Name"), "kind": _("Kind"),
    "message_id": _("Message id"), "sent_at": _("Sent at"), "sender_id": _("Sender"),
    "recipient_id": _("Recipient"), "text": _("Text"), "started_at": _("Begins at"), "ended_at": _("Ends at"),
    "ip": _("IP address"), "device_id": _("Device id"), "user_agent": _("Browser or client"), "value": _("Value"),
    "first_seen_at": _("First seen at"), "last_seen_at": _("Last seen at"), "report_id": _("Report id"),
    "reported_id": _("Reported account"), "reporter_id": _("Reporter"), "made_at": _("Reported at"),
    "reason": _("Reason"), "company_id": _("Company id"), "jurisdiction": _("Jurisdiction"),
    "incorporated_at": _("Founded on"), "person_id": _("Person id"), "owner_id": _("Owner"),
    "owned_id": _("Company owned"), "share": _("Share"), "from": _("Since"), "to": _("Until"),
})
STORED = MappingProxyType({  # what evidence makes of them
    "account": _("Account"), "room": _("Room"), "sender": _("Sender"), "recipient": _("Recipient"),
    "reported": _("Reported account"), "reporter": _("Reporter"), "company": _("Company"), "person": _("Person"),
    "owner": _("Owner"), "owned": _("Company owned"), "attributes": _("Attributes"), "batch_id": _("Batch"),
})
FORMATS = MappingProxyType({
    "evidence": _("Evidence tables"), "bods": _("Ownership statements (BODS)"), "irc": _("IRC logs"),
    "delimited": _("Table with a mapping"), "discord": _("Discord channels (DiscordChatExporter)"),
    "telegram": _("Telegram Desktop export"), "whatsapp": _("WhatsApp chats"),
    "whatsapp-day-first": _("WhatsApp chats, the day before the month"),
    "whatsapp-month-first": _("WhatsApp chats, the month before the day"), "signal": _("Signal chats (text)"),
    "meta": _("Facebook or Instagram download"), "slack": _("Slack export"), "matrix": _("Matrix rooms (Element)"),
    "discord-csv": _("Discord channels (DiscordChatExporter, CSV)"), "discord-package": _("Discord data package"),
    "discord-return": _("Discord return to an authority"), "telegram-html": _("Telegram Desktop export (HTML)"),
    "meta-html": _("Facebook or Instagram download (HTML)"), "meta-return": _("Meta return to an authority"),
    "google-chat": _("Google Chat archive"), "kik": _("Kik return"), "snapchat": _("Snapchat return"),
    "roblox": _("Roblox return"), "x": _("X (Twitter) archive or return"), "mastodon": _("Mastodon archive"),
    "imageboard": _("Threads of image boards"), "signal-export": _("Signal export"), "mail": _("Mail (mbox, eml)"),
    "axiom": _("Magnet AXIOM export"),
    "lava": _("iLEAPP, ALEAPP, RLEAPP output (LAVA)"),
    "database": _("Database (SQLite or SQL dump)"), "archive": _("Archive (zip, tar, gzip)"),
    "ufdr": _("Cellebrite report (UFDR)"), "case-uco": _("CASE/UCO bundle"), "snapshot": _("Snapshot of a database"),
    "table": _("Excel, Parquet or JSON lines with a mapping"),
    "uk-psc": _("British register of control (PSC)"), "icij": _("ICIJ Offshore Leaks"),
})


GENDERS = MappingProxyType({"f": _("female"), "h": _("male"), "m": _("male"), "w": _("female")})
"""Letters that accounts' tables have for a declared gender, French (h, f), German (m, w) and English (m, f)."""

ACCOUNT_STATUSES = frozenset((
    "active", "inactive", "left", "deleted", "banned", "suspended", "blocked", "disabled", "deactivated", "closed",
))
"""What platforms call an account's state; sources write what they like."""


def table_word(table: str, words: Words) -> str:
    return words.gettext(TABLES[table]) if table in TABLES else table


def column_word(column: str, words: Words) -> str:
    """A column of the contract, or of evidence, in words; any other name as it is."""
    found = COLUMNS.get(column) or STORED.get(column)
    return words.gettext(found) if found else column


def property_word(name: str, words: Words) -> str:
    """A property as columns of evidence are called, else as the graph's own are; what nobody foresaw by its name."""
    if name == "id":
        return words.gettext("Id")
    found = column_word(name, words)
    found = words.gettext(name) if found == name else found
    return found[:1].upper() + found[1:]


def property_value(name: str, value: object, words: Words) -> str | None:
    """What a property holds, in words; None where it is a text or a number, which stands as it is.

    A register's day has no time of day, though the graph keeps it as the instant at which it begins.
    """
    if name in _OF_ACCOUNTS:
        return _OF_ACCOUNTS[name](value, words)
    if isinstance(value, bool):
        return words.gettext("yes") if value else words.gettext("no")
    if isinstance(value, datetime) and not (name in _DAYS and value.time() == time()):
        return words.second(value)
    return words.short_day(value) if isinstance(value, date) else None


def role_word(role: object, words: Words) -> str:
    """An account's role in words; one that the contract does not know as it stands."""
    return words.gettext(role) if isinstance(role, str) and role in ROLES else plain_text(str(role), limit=400)


def account_status_word(status: object, words: Words) -> str:
    """An account's status in words where it is one of the usual; any other as its source writes it."""
    told = plain_text(str(status), limit=400)
    usual = told.strip().casefold()
    return words.gettext(usual) if usual in ACCOUNT_STATUSES else told


def gender_word(gender: str, words: Words) -> str:
    """A declared gender: a usual letter in words beside itself, as tables differ; anything else as it stands."""
    told = quoted(plain_text(gender, limit=60), words.language)
    found = GENDERS.get(gender.strip().casefold())
    return f"{words.gettext(found)} ({told})" if found else told


def format_word(format: str, words: Words) -> str:
    return words.gettext(FORMATS[format]) if format in FORMATS else format.capitalize()


_OF_ACCOUNTS = MappingProxyType({"role": role_word, "status": account_status_word})
_DAYS = frozenset(("incorporated_at", "from", "to"))
