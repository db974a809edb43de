"""Which records tell of one and the same person, company or thing?  A Fellegi-Sunter model learnt without labels.

Declare the fields and the blocks (``Declaration``), hand in an ibis table of records with an ``id``, and get pairs with
their bits, field by field, and groups in which no chain can form.  It knows nothing of detections and findings.
"""

from graph.linkage.declaration import (
    DAY_AND_MONTH,
    EXACT,
    SAME_NUMBER,
    Declaration,
    Field,
    Level,
    alike,
    begins,
    edits,
    swapped,
)
from graph.linkage.link import FieldWeight, Linkage, link

__all__ = [
    "DAY_AND_MONTH", "EXACT", "SAME_NUMBER", "Declaration", "Field", "FieldWeight", "Level", "Linkage", "alike",
    "begins", "edits", "link", "swapped",
]
