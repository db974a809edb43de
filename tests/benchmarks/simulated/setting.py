"""What are the three simulated platforms?  Who lives there, how much they write, and what their log keeps."""

from dataclasses import dataclass, field, replace

DAY = 86_400.0
HOUR = 3_600.0


@dataclass(frozen=True)
class Setting:
    """One platform's circumstances.  Shares are of its accounts, rates per session; ``minor_ages`` weighs 11 to 17."""

    name: str
    seed_word: str
    days: int
    start: int
    accounts: int
    minors: float
    minor_ages: tuple[float, ...]
    adult_median: float
    french: float
    age_stated: float
    age_wrong: float
    ip_missing: float
    device_missing: float
    sessions_a_month: float
    minutes: float
    talk: float
    social: float
    look: float
    crossing: float
    """How readily a minor and an adult who do not know each other speak where nothing else brings them together."""
    hunger: float
    """How much those who prey have to write to find anybody."""
    report_rate: float
    false_reports: float
    zone: str
    planted: bool = True
    dating: bool = False
    closed: bool = False
    plants: dict[str, int] = field(default_factory=dict)


_VILLAGE = Setting(
    "village", "village", 126, 1_694_390_400, 3900, 0.36, (1, 2, 4, 6, 7, 6, 5), 31.0, 0.4, 0.86, 0.07, 0.0, 0.04,
    6.2, 17.0, 0.20, 0.24, 0.20, 0.10, 0.6, 0.07, 0.004, "utc",
    plants={
        "hub": 13, "crew": 5, "gathering": 6, "recruiter": 5, "extortion": 4, "ring": 8, "ground": 2,
    },
)
_SERVERS = Setting(
    "servers", "servers", 112, 1_706_486_400, 4300, 0.68, (1, 2, 6, 9, 10, 9, 7), 22.0, 0.25, 0.5, 0.12, 0.34, 0.12,
    6.0, 19.0, 0.32, 0.24, 0.15, 0.16, 0.6, 0.05, 0.006, "epoch", closed=True,
    plants={
        "hub": 12, "crew": 5, "gathering": 5, "recruiter": 5, "extortion": 5, "ring": 7, "ground": 3,
    },
)
_MEET = Setting(
    "meet", "meet", 140, 1_680_480_000, 3500, 0.085, (0, 0, 1, 3, 6, 9, 10), 29.0, 0.5, 0.97, 0.2, 0.06, 0.08,
    6.0, 15.0, 0.04, 0.26, 0.30, 0.5, 1.0, 0.012, 0.003, "offset", dating=True,
    plants={
        "hub": 8, "crew": 8, "gathering": 4, "recruiter": 4, "extortion": 4, "ring": 9, "ground": 1,
    },
)

SETTINGS: dict[str, Setting] = {each.name: each for each in (_VILLAGE, _SERVERS, _MEET)}
EMPTY: dict[str, Setting] = {
    f"{each.name}-empty": replace(each, name=f"{each.name}-empty", planted=False) for each in SETTINGS.values()
}
