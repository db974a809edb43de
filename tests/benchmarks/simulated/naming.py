"""What are people, rooms and accounts called?  Invented words only."""

import random

_FIRST = (
    "amber", "birch", "cedar", "clover", "comet", "coral", "daisy", "dune", "ember", "fern", "finch", "flint",
    "frost", "harbor", "hazel", "heron", "indigo", "iris", "jasper", "juniper", "kestrel", "lark", "linden",
    "lotus", "maple", "marble", "meadow", "mist", "moss", "nova", "olive", "onyx", "opal", "otter", "pebble",
    "pepper", "pine", "plum", "poppy", "quartz", "raven", "reed", "robin", "ruby", "rowan", "saffron", "sage",
    "slate", "sparrow", "spruce", "storm", "sunny", "teal", "thistle", "topaz", "tulip", "velvet", "violet",
    "walnut", "willow", "wren", "yarrow", "zephyr",
)
_LAST = (
    "ace", "arrow", "bay", "beam", "bell", "bird", "bloom", "bolt", "bow", "brook", "cat", "cloud", "crow", "dash",
    "day", "dot", "drop", "echo", "fall", "fish", "fly", "fog", "fox", "gem", "glow", "hat", "hill", "ink", "jet",
    "key", "kite", "lake", "leaf", "light", "line", "loop", "lynx", "moon", "note", "oak", "owl", "path", "peak",
    "pen", "pond", "rain", "ray", "river", "rock", "root", "sail", "sea", "sky", "snow", "song", "spark", "star",
    "stone", "sun", "tail", "tide", "tree", "vale", "wave", "wing", "wolf", "wood",
)
_GIVEN = (
    "adele", "ali", "ana", "anton", "aya", "ben", "bruno", "carla", "chloe", "dario", "elif", "emil", "eva",
    "farid", "felix", "gia", "hugo", "ida", "ines", "ivan", "jana", "jules", "kai", "karim", "lea", "leo", "lina",
    "louis", "luca", "maja", "marc", "maya", "mehdi", "mila", "nadia", "nico", "nina", "noa", "omar", "paul",
    "rita", "rosa", "sami", "sara", "simon", "sofia", "theo", "tom", "vera", "yann", "zoe",
)
TOPICS = (
    "music", "drawing", "football", "chess", "cats", "dogs", "manga", "films", "books", "cooking", "photo",
    "cycling", "maths", "languages", "travel", "space", "history", "gardens", "coding", "puzzles", "dance",
    "skating", "fishing", "theatre", "guitars", "trains", "sewing", "running", "weather", "poems",
)


def pseudonym(rng: random.Random, taken: set[str], age: int) -> str:
    """A pseudonym that nobody has yet, in one of the usual fashions; the year in it may tell an age."""
    while True:
        style = rng.random()
        if style < 0.4:
            name = rng.choice(_FIRST) + rng.choice(("", "_", ".")) + rng.choice(_LAST) + _tail(rng, 0.5, age)
        elif style < 0.75:
            name = rng.choice(_GIVEN) + rng.choice(("", "_", ".", "_the_")) + rng.choice(_LAST) + _tail(rng, 0.6, age)
        else:
            name = rng.choice(_GIVEN) + rng.choice(_GIVEN)[:1] + _tail(rng, 0.9, age)
        if rng.random() < 0.15:
            name = name.title()
        if name not in taken:
            taken.add(name)
            return name


def alike(name: str, rng: random.Random, taken: set[str]) -> str:
    """A name that resembles another: the same stem with another tail, a doubled or changed letter."""
    stem = name.rstrip("0123456789_.") or name
    while True:
        way = rng.randrange(4)
        if way == 0:
            new = f"{stem}{rng.randrange(2, 99)}"
        elif way == 1:
            new = f"{stem}_{rng.choice(('x', 'bis', 'two', 'again', 'b'))}"
        elif way == 2:
            at = rng.randrange(len(stem))
            new = stem[:at] + stem[at] + stem[at:]
        else:
            new = f"{rng.choice(('x', 'the', 'mr', '_'))}{stem}{rng.choice(('', '_', '7'))}"
        if new not in taken:
            taken.add(new)
            return new


def given(rng: random.Random) -> str:
    return rng.choice(_GIVEN).title()


def code(rng: random.Random, prefix: str, length: int = 8) -> str:
    """An opaque id."""
    return prefix + "".join(rng.choices("0123456789abcdef", k=length))


def _tail(rng: random.Random, share: float, age: int) -> str:
    if rng.random() > share:
        return ""
    return str(2023 - age)[2:] if rng.random() < 0.25 else str(rng.randrange(1, 999))
