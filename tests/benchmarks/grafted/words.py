"""What do people write and how are they called?  Neutral words; nothing in them marks anybody as anything."""

import numpy as np

_HELLO = ("hi", "hey", "hello", "salut", "coucou", "good evening", "yo", "hi there", "hey you", "bonsoir")
_ASK = (
    "how are you", "what's up", "ça va ?", "are you new here", "how was your day", "you around", "what are you doing",
    "do you like it here", "tu fais quoi", "saw you in the room", "nice to meet you", "",
)
_BODY = (
    "not much", "same here", "just finished homework", "back from work", "watching a film", "listening to music",
    "it rains again", "i don't know", "maybe later", "sure", "ok", "lol", "yes", "no", "me too", "that's funny",
    "see you tomorrow", "oui", "non", "peut-être", "à demain", "je rentre", "on joue ce soir", "the match was long",
    "my train is late", "what about the exam", "good luck", "thanks", "i like that song", "the bus was full",
    "i have to go", "brb", "back", "nothing special", "almost weekend", "did you read it", "send me the link",
    "which level are you", "we lost again", "my cat sleeps all day", "i made soup", "too cold outside", "so tired",
)
_TAIL = ("", "", "", " :)", " haha", " lol", "...", " !", " you?", " really")
_FIRST = (
    "amber", "brisk", "calm", "dusty", "early", "faint", "gentle", "hazy", "inky", "jolly", "keen", "lunar", "misty",
    "noble", "olive", "plain", "quiet", "rusty", "silver", "tidy", "umber", "velvet", "windy", "young", "zesty",
    "blue", "cobalt", "dapper", "electric", "frosty", "grand", "honey", "ivory", "jade", "lemon", "marble",
)
_SECOND = (
    "otter", "pine", "river", "stone", "heron", "maple", "comet", "harbor", "lynx", "meadow", "nickel", "orchid",
    "panda", "quartz", "raven", "sparrow", "tiger", "urchin", "violet", "willow", "yak", "zebra", "acorn", "badger",
    "cedar", "dolphin", "ember", "falcon", "glacier", "hazel", "iris", "juniper", "kestrel", "lagoon", "magnet",
)
STEMS = ("shadow", "angel", "alex", "lucky", "star", "gamer", "sunny", "ninja")
FAMILIES = ("bernard", "lopes", "keller", "novak", "dubois", "larsen", "moreno", "okafor", "petit", "rossi")
GIVEN = ("lea", "tom", "nina", "max", "ines", "paul", "eva", "sami", "zoe", "hugo", "mia", "adam")
STATED = ("j'ai {} ans", "i'm {}", "i am {} years old", "{} ans et toi ?", "im {} btw", "moi {} ans")


def openings(rng: np.random.Generator, size: int) -> list[str]:
    """First words to somebody."""
    hello, ask = rng.integers(len(_HELLO), size=size), rng.integers(len(_ASK), size=size)
    return [f"{_HELLO[h]} {_ASK[a]}".strip() for h, a in zip(hello, ask, strict=True)]


def chatter(rng: np.random.Generator, size: int) -> list[str]:
    """Any later words."""
    body, tail = rng.integers(len(_BODY), size=size), rng.integers(len(_TAIL), size=size)
    return [_BODY[b] + _TAIL[t] for b, t in zip(body, tail, strict=True)]


def pseudonyms(rng: np.random.Generator, size: int) -> list[str]:
    """Different names; some share a popular stem and nothing else."""
    taken: set[str] = set()
    names: list[str] = []
    while len(names) < size:
        lot = rng.random()
        if lot < 0.08:
            name = f"{STEMS[rng.integers(len(STEMS))]}{rng.integers(1, 3000)}"
        elif lot < 0.16:
            name = f"{GIVEN[rng.integers(len(GIVEN))]}{('_', '', '.')[rng.integers(3)]}{rng.integers(1, 4000)}"
        else:
            first, second = _FIRST[rng.integers(len(_FIRST))], _SECOND[rng.integers(len(_SECOND))]
            name = f"{first}{('', '_', '')[rng.integers(3)]}{second}"
            name += str(rng.integers(1, 999)) if rng.random() < 0.7 or name in taken else ""
        if name not in taken:
            taken.add(name)
            names.append(name)
    return names


def variants(rng: np.random.Generator, count: int) -> list[str]:
    """Names of one hand: a rare stem told several ways."""
    parts = ("ba", "ko", "ri", "tel", "mu", "vas", "zo", "fen", "li", "gar")
    stem = "".join(parts[k] for k in rng.integers(len(parts), size=3))
    number = int(rng.integers(10, 99))
    forms = [
        stem, f"{stem}{number}", f"{stem}_{number}", f"x{stem}x", f"{stem}_2", f"the_{stem}", f"{stem}{number + 1}",
    ]
    return [forms[k] for k in rng.permutation(len(forms))[:count]]
