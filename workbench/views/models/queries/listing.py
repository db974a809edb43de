"""Which queries are there, and what does each ask for?  Titles, categories, fields and hints as plain text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import chain, count

import pandas as pd

from graph.detect.registry import KINDS
from queries.errors import ParameterInvalid, PeriodReversed
from queries.naming import Fault
from queries.parameters import coerce
from queries.saved_query import CATEGORIES, Parameter, SavedQuery
from queries.value_types import is_list, item_type
from queries.values import joined
from workbench.language import Words
from workbench.language.kinds import MANUAL, kind_label
from workbench.plain_text import plain_text

_SLUG = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def in_words(queries: Iterable[SavedQuery], words: Words) -> tuple[SavedQuery, ...]:
    """The queries as they say of themselves in this language."""
    return tuple(query.in_language(words.language) for query in queries)


def category(name: str, words: Words) -> str:
    """What a category of the library is called."""
    _ = words.gettext
    names = {
        "people": _("People"), "minors": _("Minors"), "contacts": _("Contacts"), "rooms": _("Rooms"),
        "devices": _("Devices and addresses"), "groups": _("Groups"), "reports": _("Reports"),
        "companies": _("Companies"), "leads": _("Leads"), "quality": _("Data quality"),
    }
    return names.get(name, _("Others"))


def by_category(queries: Iterable[SavedQuery]) -> tuple[SavedQuery, ...]:
    """In the order of the categories, those without one first, and within each as they came."""
    order = {name: place for place, name in enumerate(CATEGORIES)}
    return tuple(sorted(queries, key=lambda query: order.get(query.category, -1)))


def risk(query: SavedQuery, words: Words) -> str:
    """What a run may cost, where it may cost much."""
    _ = words.gettext
    told = {"medium": _("takes seconds on a large case"), "high": _("may take long on a large case")}
    return told.get(query.risk, "")


def fault_text(fault: Fault, words: Words) -> str:
    """Why a text names nothing that may be asked for.  Who was found stands in the picker, by masked names."""
    _, ngettext = words.gettext, words.ngettext
    text = plain_text(fault.text, limit=60)
    if fault.several:
        return ngettext("“{text}” is what {number} is called. Choose which is meant.",
                        "“{text}” is what {number} are called. Choose which is meant.", fault.total, text=text)
    if fault.wrong:
        return _("“{text}” is the name of something else: {what}.", text=text, what=_(fault.wrong[0].label))
    if fault.known:
        return _("The case has no “{text}” of that kind; it has {known}.", text=text, known=", ".join(fault.known[:10]))
    if fault.choices:
        return _("Nothing is called “{text}”. Choose among what is near it.", text=text)
    return _("Nothing in the case is called “{text}”.", text=text)


def origin(query: SavedQuery, user: str, words: Words) -> str:
    """Where a query comes from, in one word or two."""
    _ = words.gettext
    if not query.owner:
        return _("library")
    if query.owner == user:
        return _("mine, shared") if query.shared else _("mine")
    return _("shared by {who}", who=plain_text(query.owner, limit=40))


def handle(query: SavedQuery) -> str:
    """What names it in an address: two people may have queries of one id."""
    return f"{query.id}@{query.owner}" if query.owner else query.id


def table(queries: Iterable[SavedQuery], user: str, words: Words) -> pd.DataFrame:
    """One row a query."""
    _ = words.gettext
    rows = [
        (plain_text(query.title, limit=90), category(query.category, words), origin(query, user, words),
         query.revision, plain_text(query.id, limit=60))
        for query in queries
    ]
    return pd.DataFrame(rows, columns=[_("Title"), _("Category"), _("From"), _("Revision"), _("Id")])


def default_text(parameter: Parameter) -> str:
    """The default as it stands in a form."""
    if parameter.default is None:
        return ""
    if isinstance(parameter.default, list | tuple):
        return joined([str(item) for item in parameter.default])
    return str(parameter.default).lower() if isinstance(parameter.default, bool) else str(parameter.default)


def entity_title(query: SavedQuery, parameter: Parameter, words: Words) -> str:
    """What the picker of a parameter asks for; numbered where the query asks for several of the kind."""
    _ = words.gettext
    title = {
        "account": _("Account"), "room": _("Room"), "identifier": _("Identifier"), "company": _("Company"),
        "person": _("Person"), "owner": _("Owner"), "entity": _("Account, company or person"),
    }[item_type(parameter.type)]
    alike = [other.name for other in query.parameters if other.type == parameter.type]
    return f"{title} {alike.index(parameter.name) + 1}" if len(alike) > 1 else title


def type_name(kind: str, words: Words) -> str:
    """What a type of a parameter is called."""
    _ = words.gettext
    names = {
        "text": _("text"), "integer": _("whole number"), "number": _("number"), "boolean": _("true or false"),
        "instant": _("moment"), "day": _("day"), "period": _("period"),
        "account": _("account"), "room": _("room"), "identifier": _("identifier"), "company": _("company"),
        "person": _("person"),
    }
    name = names.get(item_type(kind), kind)
    return _("several: {kind}", kind=name) if is_list(kind) else name


def choice_word(choice: str, words: Words) -> str:
    """What one of a few values is called; kinds of leads as everywhere."""
    return kind_label(choice, words) if choice in (*KINDS, MANUAL) else choice


def hint(parameter: Parameter, words: Words, *, required: bool = True) -> str:
    """What to write into a parameter's field; where ``required``, that it has to be, if it has."""
    _ = words.gettext
    kinds = {
        "text": _("text"),
        "integer": _("whole number"),
        "number": _("number"),
        "boolean": _("true or false"),
        "instant": _("day, or time with offset: 2024-01-31 or 2024-01-31T12:00:00Z"),
        "day": _("day, 2024-01-31"),
        "period": _("period: 2024, 2024-01, 2024-01-31 or 2024-01-01/2024-01-31"),
        "choice": ", ".join(choice_word(choice, words) for choice in parameter.choices),
        "platform": _("name of a platform"),
        "lead": _("id of a lead"),
    }
    kind = kinds.get(item_type(parameter.type), _("an id or a name"))
    if is_list(parameter.type):
        kind = _("{kind}; several separated by commas", kind=kind)
    if parameter.least is not None and parameter.most is not None:
        kind = _("{kind} from {least} to {most}", kind=kind, least=parameter.least, most=parameter.most)
    elif parameter.least is not None:
        kind = _("{kind}, {least} or more", kind=kind, least=parameter.least)
    elif parameter.most is not None:
        kind = _("{kind}, {most} or less", kind=kind, most=parameter.most)
    return kind if parameter.default is not None or not required else _("{kind}, required", kind=kind)


def unfit(query: SavedQuery, given: Mapping[str, str], words: Words) -> tuple[str, ...]:
    """Which values their fields do not take, each by what the field is called, with what fits it."""
    told = []
    for parameter in query.parameters:
        text = given.get(parameter.name)
        if text is None:
            continue
        try:
            coerce(parameter, text)
        except PeriodReversed:
            told.append(words.pair(parameter.description or parameter.name, words.gettext(
                "“{text}” ends before it begins; the earlier day comes first. A single day is possible: {day}.",
                text=plain_text(text, limit=60), day=plain_text(text, limit=60).partition("/")[0].strip(),
            )))
        except ParameterInvalid:
            told.append(words.pair(parameter.description or parameter.name, words.gettext(
                "“{text}” does not fit; expected: {wanted}.", text=plain_text(text, limit=60),
                wanted=hint(parameter, words, required=False),
            )))
    return tuple(told)


def given(values: Mapping[str, str]) -> dict[str, str]:
    """The parameters that were filled in; an empty field means the default."""
    return {name: value for name, value in values.items() if value.strip()}


def identifier(title: str) -> str:
    """A query id from a title: lower-case words without accents, joined by dashes."""
    letters = unicodedata.normalize("NFKD", title.casefold().translate(_LIGATURES))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _SLUG.sub("-", plain).strip("-")[:60] or "query"


def free_identifier(title: str, known: Iterable[SavedQuery]) -> str:
    """The same, with a number after it where one of these queries has that id already."""
    wanted, taken = identifier(title), {one.id for one in known}
    numbered = (f"{wanted[:56]}-{n}" for n in count(2))
    return next(one for one in chain((wanted,), numbered) if one not in taken)
