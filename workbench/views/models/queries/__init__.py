"""What do the screens say of queries and their answers?  Saved ones as listed, statements as written, rows as cells."""

from workbench.views.models.queries.answer import (
    counted,
    headline,
    names_in_answer,
    result_rows,
    shares_names,
    texts_in,
)
from workbench.views.models.queries.listing import (
    by_category,
    category,
    choice_word,
    default_text,
    entity_title,
    fault_text,
    free_identifier,
    given,
    handle,
    hint,
    identifier,
    in_words,
    origin,
    risk,
    table,
    type_name,
    unfit,
)

__all__ = [
    "by_category", "category", "choice_word", "counted", "default_text", "entity_title", "fault_text",
    "free_identifier", "given", "handle", "headline", "hint", "identifier", "in_words", "names_in_answer", "origin",
    "result_rows", "risk", "shares_names", "table", "texts_in", "type_name", "unfit",
]
