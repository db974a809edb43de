"""What the readers of chat exports find wrong is said in words of the screen, in French as well."""

from pathlib import Path

import pytest

from graph.detect.wordings import LANGUAGES
from ingest.errors import FilatureError, SourceUnreadable
from ingest.sources.registry import READERS
from tests.unit.ingest.chat_exports import channel, put, read, said, user
from tests.unit.ingest.chats.reading import given
from tests.unit.ingest.chats.samples import SAMPLES
from workbench.language import words
from workbench.views.models.faults.sources import hint_text, problem_text, reason_text
from workbench.views.models.words.contract import FORMATS


def test_every_format_has_a_name() -> None:
    assert {reader.NAME for reader in READERS} <= FORMATS.keys()


def test_rejects_and_refusals_are_said_in_the_language_of_the_screen(tmp_path: Path) -> None:
    french = words(LANGUAGES[1])
    cut = put(tmp_path / "cut.json", channel(said(1, user(1, "ann"), "a"), count=5))
    (reject,) = read(tmp_path / "a", cut)[2]
    assert reason_text(reject.reason, french) == "le fichier contient 1 messages et en annonce 5"
    assert "exportez-le" in hint_text(reject.hint, french)
    open_order = put(tmp_path / "_chat.txt", "01/05/24, 10:00 - Ann: a\n02/06/24, 10:00 - Ben: b\n")
    with pytest.raises(SourceUnreadable) as refused:
        read(tmp_path / "b", open_order)
    told = problem_text(refused.value, french)
    assert "par le jour ou par le mois" in told
    assert "--" not in told


def test_what_is_wrong_with_a_torn_export_of_any_format_is_said_in_french(tmp_path: Path) -> None:
    french = words(LANGUAGES[1])
    told: set[tuple[str, str]] = set()
    for sample, (builder, _) in SAMPLES.items():
        source = builder(tmp_path / sample / "in")
        for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if file.is_file():
                file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
        try:
            rejects = given(source, tmp_path / sample / "out")["rejects"]
        except FilatureError:  # cut before what it is known by
            continue
        told |= {(reject["reason"], reject["hint"]) for reject in rejects}
    assert len(told) > 3
    assert [reason for reason, _ in told if reason_text(reason, french) == reason] == []
    assert [hint for _, hint in told if hint_text(hint, french) == hint] == []
