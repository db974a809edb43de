"""Who owns the platform: operators behind chains of companies, or companies that nobody controls."""

from random import Random

from tests.benchmarks.grafted.truth import Owned
from tests.benchmarks.schooling import words
from tests.benchmarks.schooling.real import DAY
from tests.benchmarks.schooling.world import World

PLACES = ("LU", "CY", "MT", "NL", "IE", "EE", "SG", "AE")
FORMS = ("Ltd", "Sàrl", "BV", "Holding SA", "OÜ", "GmbH", "Trust Services")


class Register:
    """Companies, persons and shares as rows."""

    def __init__(self, w: World, rng: Random) -> None:
        self.w, self.rng, self.persons, self.companies = w, rng, 0, 0

    def company(self) -> str:
        self.companies += 1
        native = f"co{self.companies:02d}"
        self.w.tables["companies"].append({
            "company_id": native, "jurisdiction": self.rng.choice(PLACES),
            "name": f"{self.rng.choice(words.FIRST)} {self.rng.choice(words.SECOND)} {self.rng.choice(FORMS)}".title(),
            "incorporated_at": self.w.start - self.rng.randint(300, 4000) * DAY,
        })
        return native

    def person(self) -> str:
        self.persons += 1
        native = f"pe{self.persons:02d}"
        self.w.tables["persons"].append({"person_id": native, "name": words.nickname(self.rng).title()})
        return native

    def owns(self, owner: str, owned: str, share: float, *, until: str = "") -> None:
        self.w.tables["ownerships"].append({
            "owner_id": owner, "owned_id": owned, "share": round(share, 4), "kind": "shares",
            "from": f"{self.rng.randint(2012, 2019)}-0{self.rng.randint(1, 9)}-01T00:00:00Z", "to": until,
        })

    def operates(self, company: str) -> None:
        self.w.tables["operators"].append({"company_id": company, "platform": self.w.setting})

    def scattered(self, company: str, left: float) -> None:
        """The rest of the shares with many small holders."""
        while left > 0.02:
            part = min(left, self.rng.uniform(0.03, 0.14))
            self.owns(self.person(), company, part)
            left -= part


def owners(w: World, planted: bool) -> tuple[list[Owned], list[str]]:
    """Ultimate owners with their integrated shares, and those who must not be named: who sold before."""
    rng = w.stream("companies")
    register, found, never = Register(w, rng), [], []
    for n in range(rng.randint(1, 3)):
        operator = register.company()
        register.operates(operator)
        if not planted:
            register.scattered(operator, 1.0)
            continue
        owner = register.person()
        if n == 1:
            style, share = "two paths", 0.0
            for part in (0.5, 0.4):
                middle, held = register.company(), rng.uniform(0.7, 1.0)
                register.owns(middle, operator, part)
                register.owns(owner, middle, held)
                register.scattered(middle, 1 - held)
                share += part * round(held, 4)
            register.scattered(operator, 0.1)
        else:
            style, share, below = "chain", 1.0, operator
            for _ in range(rng.randint(2, 4)):
                above, held = register.company(), rng.uniform(0.85, 1.0)
                register.owns(above, below, held)
                register.scattered(below, 1 - held)
                share, below = share * round(held, 4), above
            register.owns(owner, below, 1.0)
        seller = register.person()
        register.owns(seller, operator, rng.uniform(0.5, 1.0), until="2020-06-01T00:00:00Z")
        never.append(seller)
        who, what = w.full([owner, operator])
        found.append(Owned(who, what, share, style))
    return found, never
