"""Who is named in an extraction?  Parties, contacts and the device's own accounts, by identifier or by name alone."""

import re
from collections.abc import Iterable, Sequence

from ingest.sources.chats.rows import ChatRows
from ingest.sources.extractions.xml_models import Model

_NUMBER = re.compile(r"\+?[\d ()./-]{5,24}")
_WHATSAPP = re.compile(r"(\d{5,20})(?::\d+)?@(?:s\.whatsapp\.net|c\.us)")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")
_ENTRY_KINDS = {"PhoneNumber": "phone", "EMailAddress": "email"}
_TRUE = frozenset(("true", "yes", "1"))


def platform_of(source: str | None, default: str = "phone") -> str:
    """The platform's name as evidence has it; ``default`` where the report names no application."""
    name = (source or "").strip().lower().replace(":", "-")
    return {"": default, "native messages": "sms"}.get(name, name)


def _is_whatsapp(identifier: str) -> str | None:
    found = _WHATSAPP.fullmatch(identifier)
    return None if found is None else f"+{found[1]}"


class People:
    """Accounts and identifiers of one report, each written once.

    ``scope``: what the device is called, to which the names it gives people belong.
    """

    def __init__(self, rows: ChatRows, index: int, scope: str) -> None:
        self._rows, self._index, self.scope = rows, index, scope
        self._owners: dict[str, str] = {}

    def party(self, party: Model, platform: str, row: int) -> str | None:
        """The account of a party; None where it names nobody."""
        identifier, name = party.text("Identifier"), party.text("Name")
        if identifier is None and name is None:
            return None
        account = self._account(identifier, name, platform, row)
        if (party.text("IsPhoneOwner") or "").lower() in _TRUE:
            self._owners.setdefault(platform, account)
        return account

    def parties(self, parties: Sequence[Model] | Iterable[Model], platform: str, row: int) -> list[str]:
        """The accounts of parties, each once, in their order."""
        found = (self.party(one, platform, row) for one in parties)
        return list(dict.fromkeys(one for one in found if one is not None))

    def owner(self, platform: str, row: int) -> str:
        """The account of whoever the device belongs to: as a party said, else one that stands for him."""
        if platform not in self._owners:
            self._owners[platform] = account = f"owner of {self.scope}"
            self._rows.once("accounts", self._index, row, {"weak_identity": True}, platform=platform,
                            account_id=account, pseudonym=account)
        return self._owners[platform]

    def system(self, platform: str, row: int) -> str:
        account = f"system of {self.scope}"
        self._rows.once("accounts", self._index, row, {"weak_identity": True}, platform=platform, account_id=account,
                        role="bot")
        return account

    def contact(self, contact: Model) -> None:
        """A contact is an account for each identifier of the application that has it."""
        platform = platform_of(contact.text("Source"))
        name = contact.text("Name")
        entries = [(entry.type, entry.text("Value")) for entry in contact.inner("Entries")]
        ids = [value for kind, value in entries if kind == "UserID" and value]
        ids = ids or [value for kind, value in entries if kind in _ENTRY_KINDS and value]
        more: dict[str, object] = {"contact": True, "deleted": True if contact.deleted else None}
        if not ids and name is None:
            self._rows.reject("accounts", self._index, contact.number, reason="the contact names nobody",
                              hint="the report gives neither a name nor an identifier", raw="")
            return
        for account in [self._account(value, name, platform, contact.number, more) for value in ids] or [
            self._account(None, name, platform, contact.number, more)
        ]:
            for kind, value in entries:
                if kind in _ENTRY_KINDS and value:
                    self._identifier(account, _ENTRY_KINDS[kind], value, platform, contact.number)

    def own_account(self, told: Model) -> None:
        """An account that the device is signed in to."""
        platform = platform_of(told.text("Source", "ServiceType"))
        entries = [(entry.type, entry.text("Value")) for entry in told.inner("Entries")]
        user = next((value for kind, value in entries if kind == "UserID" and value), None)
        identifier = user or told.text("Username") or next((value for _, value in entries if value), None)
        if identifier is None and told.text("Name") is None:
            self._rows.reject("accounts", self._index, told.number, reason="the account names nobody",
                              hint="the report gives neither a name nor an identifier", raw="")
            return
        account = self._account(
            identifier, told.text("Name", "Username"), platform, told.number,
            {"device_owner": True, "service": told.text("ServiceType"), "deleted": True if told.deleted else None},
        )
        self._owners.setdefault(platform, account)
        for kind, value in entries:
            if kind in _ENTRY_KINDS and value:
                self._identifier(account, _ENTRY_KINDS[kind], value, platform, told.number)

    def _account(
        self, identifier: str | None, name: str | None, platform: str, row: int,
        more: dict[str, object] | None = None,
    ) -> str:
        """An identifier is the account; a name is this device's word for somebody, and weak."""
        weak = f"{name} in {self.scope}"
        account = weak if identifier is None else _is_whatsapp(identifier) or identifier
        attributes = {**(more or {}), "weak_identity": True if identifier is None else None,
                      "identifier": identifier if identifier != account else None}
        self._rows.once("accounts", self._index, row, attributes, platform=platform, account_id=account,
                        pseudonym=name)
        if identifier is not None:
            number = account if account != identifier else identifier
            if _NUMBER.fullmatch(number):
                self._identifier(account, "phone", number, platform, row)
            elif _MAIL.fullmatch(identifier) and account == identifier:
                self._identifier(account, "email", identifier, platform, row)
        return account

    def _identifier(self, account: str, kind: str, value: str, platform: str, row: int) -> None:
        plain = re.sub(r"[ ()./-]", "", value) if kind == "phone" else value
        self._rows.once("identifiers", self._index, row, platform=platform, account_id=account, kind=kind, value=plain)
