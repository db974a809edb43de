"""What stands at each number of a raw file?  Cut by independent code, without the reader: the first is number 1."""

import csv
import io
import itertools
import json
import mailbox
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq


def csv_records(path: Path) -> list[str]:
    """Records, the header being the first; blank ones do not count."""
    with path.open(newline="", encoding="utf-8") as stream:
        return [repr(record) for record in csv.reader(stream) if any(record)]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def elements(*keys: str | int) -> Callable[[Path], list[str]]:
    """Elements of the list at these keys."""
    def cut(path: Path) -> list[str]:
        value: Any = json.loads(re.sub(r"^window\.[\w.]+ = ", "", path.read_text(encoding="utf-8")))
        for key in keys:
            value = value[key]
        return [json.dumps(one, ensure_ascii=False) for one in value]

    return cut


def between(mark: str) -> Callable[[Path], list[str]]:
    """What stands from each mark to the next."""
    return lambda path: re.split(mark, path.read_text(encoding="utf-8"))[1:]


def mails(path: Path) -> list[str]:
    with closing(mailbox.mbox(path, create=False)) as box:
        return [bytes(one).decode() for one in box]


def asked(query: str) -> Callable[[Path], list[str]]:
    def cut(path: Path) -> list[str]:
        with closing(sqlite3.connect(path)) as base:
            return [text for (text,) in base.execute(query)]

    return cut


def snapshot_texts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as packed:
        return list(pq.read_table(io.BytesIO(packed.read("0.parquet")))["text"].to_pylist())


def sheet_rows(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path, read_only=True)
    found = [repr(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    return found


def models(path: Path) -> list[str]:
    """Each model with the one in it, the sender, behind which the text stands."""
    parts = between("<model ")(path)
    return [one + other for one, other in itertools.pairwise([*parts, ""])]
