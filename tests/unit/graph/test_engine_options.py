"""Which options does the embedded engine's Java get?  Ours, and after them those that the environment gives."""

import pytest

from graph.embedded_server.settings import JVM_OPTIONS, jvm_options


@pytest.mark.parametrize(
    ("given", "more"),
    [
        (None, []), ("", []), ("-XX:TieredStopAtLevel=1", ["-XX:TieredStopAtLevel=1"]),
        ("-Da=1  '-XX:AOTCache=/a folder/b'", ["-Da=1", "-XX:AOTCache=/a folder/b"]),
    ],
)
def test_what_the_environment_gives_comes_last(
    given: str | None, more: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FILATURE_ENGINE_JAVA", raising=False)
    if given is not None:
        monkeypatch.setenv("FILATURE_ENGINE_JAVA", given)
    assert jvm_options() == [*JVM_OPTIONS, *more]
