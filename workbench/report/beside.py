"""Which accounts and conversations stand in a report beside its leads?  Read here, and said as sections."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.lake import Lake
from workbench import dossier
from workbench.cited import hidden_text
from workbench.errors import WorkbenchError
from workbench.language import Words
from workbench.masking.sentences import withheld
from workbench.plain_text import plain_text
from workbench.report.content import Block, Pairs, Section, Table, Text
from workbench.report.parts.bounds import shown_of
from workbench.report.people import People
from workbench.views.models import conversation
from workbench.views.models.conversation import Message, Page, Thread

if TYPE_CHECKING:
    from workbench.report.material import Material

MOST_CONTACTS, MOST_MESSAGES, LONGEST_TEXT = 500, 500, 2_000


@dataclass(frozen=True)
class Beside:
    """Chosen accounts with their private contacts, most messages first, and conversations with their first messages."""

    accounts: tuple[tuple[dossier.Profile, tuple[dossier.Contact, ...]], ...] = ()
    threads: tuple[tuple[Thread, Page], ...] = ()

    @property
    def ids(self) -> set[str]:
        """Whoever stands in them."""
        found = {end for thread, _page in self.threads for end in (thread.one, thread.other)}
        for profile, contacts in self.accounts:
            found |= {profile.account, *(contact.other for contact in contacts)}
        return found


def read_beside(lake: Lake, accounts: Sequence[str], threads: Sequence[tuple[str, str]]) -> Beside:
    """Read them; raises WorkbenchError for an account or a conversation that the case lacks."""
    files = []
    for account in accounts:
        profile = dossier.profile(lake, account)
        if not profile.known:
            raise WorkbenchError(f"no account {account}", where="report", fix="filature search finds the ids")
        contacts = sorted(dossier.contacts(lake, account), key=lambda one: (-one.sent - one.received, one.other))
        files.append((profile, tuple(contacts)))
    read = []
    for one, other in threads:
        thread = Thread(one, other)
        page = conversation.page(lake, thread, size=MOST_MESSAGES)
        if not page.total:
            raise WorkbenchError(f"no private messages between {one} and {other}", where="report", fix="name others")
        read.append((thread, page))
    return Beside(tuple(files), tuple(read))


def beside_sections(material: "Material") -> tuple[Section, ...]:
    """A section of the accounts and one of the conversations, each only where some were chosen; minors stand last."""
    words, beside, people = material.words, material.beside, material.people
    sections = []
    if beside.accounts:
        files = sorted(beside.accounts, key=lambda file: people.sort_key(file[0].account))
        sections.append(Section(words.gettext("Accounts"), tuple(_account(material, *file) for file in files), "fact"))
    if beside.threads:
        threads = sorted(beside.threads, key=lambda thread: [people.sort_key(one) for one in _ends(thread[0], people)])
        sections.append(Section(
            words.gettext("Conversations"), tuple(_thread(material, *thread) for thread in threads), "fact"
        ))
    return tuple(sections)


def _account(material: "Material", profile: dossier.Profile, contacts: Sequence[dossier.Contact]) -> Section:
    words, people = material.words, material.people
    days = [words.instant(at) if at else "–" for at in (profile.first_at, profile.last_at)]
    rows = tuple(
        (people.apart(one.other, limit=60), people.age(one.other), words.number(one.sent), words.number(one.received),
         words.gettext("this account") if one.initiator else words.gettext("the other"), words.instant(one.first_at))
        for one in contacts[:MOST_CONTACTS]
    )
    heads = tuple(words.gettext(head) for head in ("With", "Age", "Sent", "Received", "Who began", "First"))
    table: tuple[Block, ...] = (Table(heads, rows, (28, 22, 10, 10, 12, 18)),) if rows else ()
    return Section(people.identity(profile.account), (
        Pairs((
            (words.gettext("Name"), people.of(profile.account)),
            (words.gettext("Age"), people.age(profile.account)),
            (words.gettext("First seen"), days[0]), (words.gettext("Last seen"), days[1]),
            (words.gettext("Private messages sent"), words.number(profile.sent)),
            (words.gettext("Private messages received"), words.number(profile.received)),
            (words.gettext("Messages in rooms"), words.number(profile.in_rooms)),
        )),
        *shown_of(len(rows), len(contacts), words),
        *table,
        Text(words.gettext(
            "Showing {shown} of {total} private contacts.", shown=len(rows), total=len(contacts)
        ), "note"),
    ))


def _thread(material: "Material", thread: Thread, page: Page) -> Section:
    words, people = material.words, material.people
    rows = tuple(
        (f"{one.at:%Y-%m-%d %H:%M:%S}", people.apart(one.sender, limit=40), _then(one, words),
         _text(one.text, people, shown=material.choice.texts), people.value(one.location, limit=120))
        for one in page.messages
    )
    heads = tuple(words.gettext(head) for head in ("When (UTC)", "Who", "Age then", "Text", "File and row"))
    title = " – ".join(map(people.apart, _ends(thread, people)))
    return Section(title, (
        *shown_of(len(page.messages), page.total, words, where=words.gettext("The first stand here.")),
        Table(heads, rows, (16, 18, 10, 38, 18)),
        Text(words.gettext(
            "Showing the first {shown} of {total} messages.", shown=len(page.messages), total=page.total
        ), "note"),
    ))


def _ends(thread: Thread, people: People) -> list[str]:
    """Who writes in it; a minor last, wherever its id stands beside the other."""
    return people.listed((thread.one, thread.other))


def _then(message: Message, words: Words) -> str:
    if message.age is not None:
        return words.number(message.age)
    return words.gettext("minor") if message.minor else "–"


def _text(text: str, people: People, *, shown: bool) -> str:
    words = people.words
    if not shown:
        return hidden_text(text, words)
    if people.names_a_minor(text):
        return withheld(words)
    cut = words.gettext("showing {shown} of {total} characters", shown=LONGEST_TEXT, total=len(text))
    return plain_text(text, limit=LONGEST_TEXT) + (f" ({cut})" if len(text) > LONGEST_TEXT else "")
