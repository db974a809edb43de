"""When are people online?  The daily and weekly rhythm of a platform, and its local time as text."""

from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Band = Literal["teen", "adult", "night", "office", "machine"]
BANDS: tuple[Band, ...] = ("teen", "adult", "night", "office", "machine")

HOUR = 3_600_000
DAY = 24 * HOUR
_BEFORE_DAYS = 1_200

# Share of a day's sessions by local hour; only the shape matters.
_SHAPES: dict[str, tuple[float, ...]] = {
    "teen": (1, 0.5, 0.2, 0.1, 0.1, 0.2, 1, 2, 1.2, 0.8, 1, 1, 2.5, 2.2, 1.5, 1.8, 4, 6.5, 7, 6.5, 7, 7.5, 5.5, 2.8),
    "adult": (2.2, 1.2, 0.6, 0.3, 0.3, 0.5, 1, 1.8, 2, 2, 2, 2.2, 3.5, 3.2, 2.2, 2, 2.3, 3, 4, 4.5, 5.5, 6.5, 6, 4),
    "night": (6, 6, 5, 3.5, 2, 1, 0.5, 0.5, 0.5, 0.7, 1, 1, 1.2, 1.2, 1, 1, 1, 1.2, 1.5, 2, 3, 4, 5, 6),
    "office": (0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 2, 5, 6, 6, 5, 3, 4, 6, 6, 5, 3, 1.5, 0.8, 0.5, 0.4, 0.3, 0.2),
    "machine": (1,) * 24,
}
_WEEKEND_TEEN = (2, 1, 0.5, 0.2, 0.1, 0.1, 0.3, 0.8, 1.8, 3, 4, 4.5, 4, 4.5, 5.5, 6, 6, 6, 5.5, 5.5, 6.5, 7, 6, 4)


class Clock:
    """The window ``[start, end)`` of a platform in milliseconds since 1970 UTC, with its rhythm.

    ``draw`` samples instants by inverse transform over the cumulative weight of every hour of the window.
    """

    def __init__(self, start: datetime, days: int, zone: str, rhythm: str) -> None:
        self.start = int(start.replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000) // HOUR * HOUR
        self.end = self.start + days * DAY
        self.days = days
        self._zero = self.start - _BEFORE_DAYS * DAY
        hours = np.arange(self._zero, self.end + 3 * DAY, HOUR, dtype=np.int64)
        tz = ZoneInfo(zone)
        self._offset = np.array(
            [int(datetime.fromtimestamp(h / 1000, UTC).astimezone(tz).utcoffset().total_seconds()) for h in hours],  # type: ignore[union-attr]
            dtype=np.int64,
        )
        window = np.arange(self.start, self.end, HOUR, dtype=np.int64)
        self._edges = np.append(window, self.end).astype(np.float64)
        hour, weekday = self.hour(window), self.weekday(window)
        self._cumulative: dict[str, Floats] = {band: _cumulative(band, rhythm, hour, weekday) for band in BANDS}

    def offset(self, at: Ints) -> Ints:
        """Seconds east of UTC at each instant."""
        index = np.clip((at - self._zero) // HOUR, 0, len(self._offset) - 1)
        return self._offset[index]

    def hour(self, at: Ints) -> Ints:
        """Local hour of day, 0 to 23."""
        return (at + self.offset(at) * 1000) // HOUR % 24

    def weekday(self, at: Ints) -> Ints:
        """Local day of week, Monday is 0."""
        return ((at + self.offset(at) * 1000) // DAY + 3) % 7

    def draw(self, band: str, low: Ints, high: Ints, rng: np.random.Generator) -> Ints:
        """One instant in each ``[low, high)`` by the band's rhythm."""
        total = self._cumulative[band]
        at_low, at_high = np.interp(low, self._edges, total), np.interp(high, self._edges, total)
        level = at_low + rng.random(len(low)) * (at_high - at_low)
        return np.asarray(np.interp(level, total, self._edges), dtype=np.int64)

    def text(self, at: Ints) -> list[str | None]:
        """ISO 8601 with milliseconds and offset; a negative instant is no time."""
        offset = self.offset(at)
        local = np.datetime_as_string((at + offset * 1000).astype("datetime64[ms]"))
        names = {
            int(o): f"{'+' if o >= 0 else '-'}{abs(o) // 3600:02d}:{abs(o) % 3600 // 60:02d}"
            for o in set(offset.tolist())
        }
        return [
            None if a < 0 else f"{stamp}{names[o]}"
            for a, stamp, o in zip(at.tolist(), local.tolist(), offset.tolist(), strict=True)
        ]


def _cumulative(band: str, rhythm: str, hour: Ints, weekday: Ints) -> Floats:
    shape = np.array(_SHAPES[band], dtype=np.float64)
    weekend_shape = np.array(_WEEKEND_TEEN if band == "teen" else _SHAPES[band], dtype=np.float64)
    if rhythm == "night" and band != "machine":
        shape, weekend_shape = np.roll(shape, 3), np.roll(weekend_shape, 3)
    if rhythm == "flat":
        shape, weekend_shape = 0.3 * shape + 0.7 * shape.mean(), 0.3 * weekend_shape + 0.7 * weekend_shape.mean()
    weekend = weekday >= 5
    weight = np.where(weekend, weekend_shape[hour], shape[hour])
    if band == "teen":  # no school on Wednesday afternoons, late evenings before free days
        weight = weight * np.where((weekday == 2) & (hour >= 13) & (hour < 18), 1.7, 1.0)
        weight = weight * np.where(weekend & (rhythm == "weekend"), 2.5, 1.0)
    if band == "adult":
        weight = weight * np.where((weekday >= 4), 1.25, 1.0)
        weight = weight * np.where(weekend & (rhythm == "weekend"), 2.0, 1.0)
    if band == "office":
        weight = weight * np.where(weekend, 0.08, 1.0)
    return np.concatenate([[0.0], np.cumsum(weight)])
