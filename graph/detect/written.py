"""Reasons of detections whose sentences do not stand in the catalogues yet; gone with the last of them."""

from graph.detect import reason
from graph.detect.reason import AS_WRITTEN, Number, as_written


class Reason(reason.Reason):
    def __init__(
        self, measure: str, observed: Number, expected: Number, detail: str, records: tuple[str, ...] = (),
        detail_fr: str = "",
    ) -> None:
        super().__init__(AS_WRITTEN, as_written(measure, detail, detail_fr), observed, expected, "", records)

    @property
    def measure(self) -> str:
        return str(self.values["measure"].value)

    @property
    def detail(self) -> str:
        return str(self.values["detail"].value)

    @property
    def detail_fr(self) -> str:
        return str(self.values["detail_fr"].value)


class CounterEvidence(reason.CounterEvidence):
    def __init__(
        self, measure: str, observed: Number, expected: Number, detail: str, detail_fr: str = ""
    ) -> None:
        super().__init__(AS_WRITTEN, as_written(measure, detail, detail_fr), observed, expected)

    @property
    def measure(self) -> str:
        return str(self.values["measure"].value)

    @property
    def detail(self) -> str:
        return str(self.values["detail"].value)

    @property
    def detail_fr(self) -> str:
        return str(self.values["detail_fr"].value)
