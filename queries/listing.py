"""How does the documentation list the library?  A table a category, made from the files.

``python -m queries.listing docs/queries.md`` writes it between the page's two marks.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from queries.catalog import library
from queries.saved_query import CATEGORIES, SavedQuery

BEGIN, END = "<!-- library -->", "<!-- /library -->"


def listing(queries: Iterable[SavedQuery]) -> str:
    """The tables, in the order of the categories."""
    known = tuple(queries)
    parts = []
    for name, title in CATEGORIES.items():
        rows = [_row(query) for query in known if query.category == name]
        if rows:
            parts += [f"### {title}", "| query | answers | parameters | risk |", "|---|---|---|---|", *rows, ""]
    return "\n".join(parts)


def written_into(page: str) -> str:
    """The page with the library's tables between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{listing(library())}{END}{after}"


def _row(query: SavedQuery) -> str:
    names = ", ".join(f"**{one.name}**" if one.default is None else one.name for one in query.parameters)
    return f"| `{query.id}` | {query.title} | {names} | {query.risk} |"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(written_into(path.read_text(encoding="utf-8")), encoding="utf-8")
