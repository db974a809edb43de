"""How is a mapping written down?  As the TOML that ``read_mapping`` reads back to the same mapping."""

import json

from ingest.mapping.declared import Mapping, TableMapping, Value

_HEADERS = {"yes": "true", "no": "false", "optional": '"optional"'}


def mapping_text(mapping: Mapping, *, description: str = "") -> str:
    """The mapping as TOML; its name is that of the file it is written to."""
    lines = []
    if description:
        lines.append(f"description = {_text(description)}")
    if mapping.platform is not None:
        lines.append(f"platform = {_text(mapping.platform)}")
    if mapping.form != "delimited":
        return "\n".join([*lines, *_form(mapping), *(line for table in mapping.tables for line in _table(table))])\
            .lstrip("\n") + "\n"
    lines += ["", "[file]", f"delimiter = {_text(mapping.delimiter)}", f"header = {_HEADERS[mapping.header]}"]
    if mapping.columns:
        lines.append(f"columns = {_list(mapping.columns)}")
    if mapping.comment:
        lines.append(f"comment = {_text(mapping.comment)}")
    if mapping.quote:
        lines.append(f"quote = {_text(mapping.quote)}")
    if mapping.empty:
        lines.append(f"empty = {_list(mapping.empty)}")
    for table in mapping.tables:
        lines += _table(table)
    return "\n".join(lines).lstrip("\n") + "\n"


def _form(mapping: Mapping) -> list[str]:
    """The section of a source that is no delimited text."""
    lines = ["", f"[{mapping.form}]"]
    if mapping.form == "database":
        return [*lines, f"tables = {_list(mapping.database)}"]
    if mapping.paths:
        told = ", ".join(f"{_text(name)} = {_text(path)}" for name, path in mapping.paths.items())
        return [*lines, f"columns = {{ {told} }}"]
    return [*lines, f"name = {_text(mapping.sheet)}"] if mapping.sheet else lines


def _table(table: TableMapping) -> list[str]:
    lines = ["", "[[table]]", f"name = {_text(table.table)}"]
    if table.query:
        lines += [f"key = {_text(table.key)}", f"query = {_text(table.query)}"]
    if table.only is not None:
        lines.append(f"only = {{ column = {_text(table.only[0])}, equals = {_text(table.only[1])} }}")
    lines += ["", "[table.columns]"]
    return lines + [f"{target} = {_value(value)}" for target, value in table.values.items()]


def _value(value: Value) -> str:
    if len(value.parts) == 1:
        kind, text = value.parts[0]
        inside = [f"{kind} = {_text(text)}"]
    else:
        parts = (_text(text) if kind == "constant" else f"{{ column = {_text(text)} }}" for kind, text in value.parts)
        inside = [f"concat = [{', '.join(parts)}]"]
    if value.time is not None:
        inside.append(f"time = {_text(value.time)}")
    if value.zone:
        inside.append(f"zone = {_text(value.zone)}")
    if value.words:
        inside.append(f"values = {{ {', '.join(f'{_text(word)} = {_text(means)}' for word, means in value.words)} }}")
    return f"{{ {', '.join(inside)} }}"


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """A TOML string: what JSON writes is one, but for U+007F."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
