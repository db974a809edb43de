"""Which leads does a report hold, and what does its author add?"""

from dataclasses import dataclass

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.wordings import Language
from workbench.errors import WorkbenchError


@dataclass(frozen=True)
class Choice:
    """Leads by id, or the best ``top``; ``authority`` and ``scope`` in words.

    ``texts`` shows messages as written, ``pictures`` draws one of each lead;
    ``accounts``, the private conversations of ``threads`` and the notes on the saved ``views`` of these names stand
    beside the leads.

    Raises WorkbenchError where neither or both are given.
    """

    findings: tuple[str, ...] = ()
    top: int = 0
    language: Language = "en"
    texts: bool = False
    authority: str = ""
    scope: str = ""
    pictures: bool = True
    accounts: tuple[str, ...] = ()
    threads: tuple[tuple[str, str], ...] = ()
    views: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "findings", tuple(sorted({name.strip() for name in self.findings} - {""})))
        object.__setattr__(self, "accounts", tuple(sorted(set(self.accounts))))
        object.__setattr__(self, "threads", tuple(sorted({(min(pair), max(pair)) for pair in self.threads})))
        object.__setattr__(self, "views", tuple(sorted(set(self.views))))
        if bool(self.findings) == bool(self.top) or self.top < 0:
            raise WorkbenchError("a report needs its leads", where="report", fix="name some, or how many of the best")

    def of(self, document: FindingsDocument) -> tuple[Finding, ...]:
        """The chosen leads in the order of the document.

        Raises WorkbenchError for an id that it lacks, or where there is no lead at all.
        """
        listed = document.findings
        if self.top:
            chosen = listed[: self.top]
        else:
            unknown = sorted(set(self.findings) - {finding.finding_id for finding in listed})
            if unknown:
                raise WorkbenchError(
                    f"no finding {', '.join(unknown)}", where=f"case {document.case}",
                    fix="filature detect prints the ids of the findings there are",
                )
            chosen = tuple(finding for finding in listed if finding.finding_id in self.findings)
        if not chosen:
            raise WorkbenchError(
                "the case has no findings", where=f"case {document.case}", fix="run filature detect all"
            )
        return tuple(chosen)
