"""How does a tabular source become contract tables?  By one small declarative mapping: read, proposed, written."""

from ingest.mapping.declared import WHITESPACE, Mapping, TableMapping, Value
from ingest.mapping.reading import find_mapping, parse_mapping, read_mapping, shipped_mappings
from ingest.mapping.writing import mapping_text

__all__ = [
    "WHITESPACE", "Mapping", "TableMapping", "Value", "find_mapping", "mapping_text", "parse_mapping", "read_mapping",
    "shipped_mappings",
]
