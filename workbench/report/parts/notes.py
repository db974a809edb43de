"""What did a method remark on its run: what it lacked, cut or left to another?  In the language of the report."""

from collections.abc import Mapping, Sequence

from workbench.language import Words
from workbench.language.vocabulary import mark_kind
from workbench.views.models.faults.known import said
from workbench.views.models.leads.searched import WANTING


def _(message: str) -> str:
    return message


_REMARKS: Mapping[str, str] = {
    r"(?P<left>\d+) targets are left to ambush: most who came are one crew of several targets":
        _("{left} targets are left to ambush: most who came are one crew of several targets"),
    r"(?P<accounts>\d+) accounts repeat the name of a place to anybody: announcements, no lead":
        _("{accounts} accounts repeat the name of a place to anybody: announcements, no lead"),
    r"(?P<number>\d+) values of kind (?P<kind>.+) are held by too many accounts to link any":
        _("{number} values of the kind {kind} are held by too many accounts to link any"),
    r"(?P<number>\d+) values of kind (?P<kind>.+) name nobody \(unknown, zeros and the like\) and link none":
        _("{number} values of the kind {kind} name nobody (unknown, zeros and the like) and link none"),
    r"(?P<contacts>\d+) first contacts to (?P<targets>\d+) targets with more than (?P<most>\d+) accounts around within "
    r"(?P<seconds>\d+) s were left out":
        _("{contacts} first contacts to {targets} targets with more than {most} accounts around within {seconds} s "
          "were left out"),
    r"(?P<companies>\d+) companies: shared addresses and directors were not searched":
        _("{companies} companies: shared addresses and directors were not searched"),
    r"(?P<number>\d+) companies own nothing further; the first (?P<most>\d+) by id were looked at, since no operator "
    r"of a platform is named":
        _("{number} companies own nothing further; the first {most} by id were looked at, since no operator of a "
          "platform is named"),
    r"(?P<company>.+) has no recorded owner at (?P<at>\S+)": _("{company} has no recorded owner at {at}"),
    r"(?P<company>.+) has no recorded owner": _("{company} has no recorded owner"),
    r"(?P<owners>\d+) owners of (?P<company>.+) hold less than (?P<share>\S+) and are left out":
        _("{owners} owners of {company} hold less than {share} and are left out"),
    r"(?P<number>\d+) (?P<kind>persons|companies): records of the same one were not searched":
        _("{number} {kind}: records of the same one were not searched"),
    r"(?P<kind>persons|companies): values of (?P<columns>.+) \((?P<number>\d+)\) that too many have were not compared "
    r"by": _("{kind}: values of {columns} ({number}) that too many have were not compared by"),
}


def notes_told(notes: Sequence[str], words: Words) -> str:
    """The remarks one after the other; one that nobody foresaw as it was written, in English as the log has them."""
    if words.language == "en":
        return words.joined(notes)

    def filled(name: str, value: str) -> str:
        return mark_kind(value, words) if name == "kind" else words.gettext(value) if name == "table" else value

    return words.joined(said(note, {**_REMARKS, **WANTING}, words, values=filled) or note for note in notes)
