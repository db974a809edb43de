"""What is everybody called in a table that leaves the screens?  In whole names; minors by their masks."""

from collections.abc import Iterable
from dataclasses import replace

from ingest.case_folder import CaseFolder
from workbench.language import Words
from workbench.masking.telling import telling_of
from workbench.views.models.names import Names, Said, names_without


def accounts_in_file(names: Names, case: CaseFolder, accounts: Iterable[str], words: Words) -> Names:
    """Names of these accounts as the screen has them, uncut; one that tells a masked minor is left out."""
    telling = telling_of(case, opened=names.opened)
    return replace(
        names_without(names, telling, dict.fromkeys(accounts, "Account")), said=Said.of(words), whole=True
    )
