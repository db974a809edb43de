"""What do people write there?  Harmless small talk by a few patterns, and names that can be said aloud."""

import numpy as np

_OPEN = ("hey", "hello", "hi there", "salut", "coucou", "yo", "bonjour", "heya", "good evening", "cc")
_ABOUT = (
    "the match",
    "that new series",
    "my dog",
    "homework",
    "the weather",
    "guitar",
    "the concert",
    "pizza",
    "my bike",
    "the exam",
    "swimming",
    "le film",
    "les vacances",
    "mon chat",
    "le concert",
    "la rentrée",
    "skating",
    "the quiz",
    "my garden",
    "that recipe",
    "the train",
    "work",
    "le boulot",
    "the kids",
    "football",
    "drawing",
    "the update",
)
_SAY = (
    "did you see {0} yesterday",
    "i was thinking about {0}",
    "how was {0}",
    "tell me about {0}",
    "{0} was so funny lol",
    "t'as vu {0} ?",
    "trop bien {0}",
    "i can't stand {0} anymore",
    "what do you think of {0}",
    "{0} again tomorrow?",
    "send me the link for {0} when you can",
    "ok but otherwise {0} is fine",
    "j'ai raté {0} hier",
    "haha {0}",
    "give me five minutes, {0} is on",
    "show me the picture of {0}",
    "nah {0} is better",
    "we should talk about {0}",
)
_SHORT = ("ok", "lol", "yes", "no", "haha", "mdr", "ouais", "brb", "sure", "why not", "maybe", "good night", "cool")
_SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ra",
    "ten",
    "sol",
    "vi",
    "dar",
    "nel",
    "po",
    "shi",
    "bru",
    "gan",
    "fe",
    "zu",
    "ly",
    "oc",
    "tam",
    "wen",
    "ix",
    "jo",
    "pel",
    "quin",
    "ros",
    "dy",
    "mer",
    "hal",
    "yo",
    "cas",
    "ur",
)


def say(rng: np.random.Generator, *, opening: bool = False) -> str:
    """One line of small talk."""
    if not opening and rng.random() < 0.35:
        return _SHORT[rng.integers(len(_SHORT))]
    line = _SAY[rng.integers(len(_SAY))].format(_ABOUT[rng.integers(len(_ABOUT))])
    if opening or rng.random() < 0.2:
        line = f"{_OPEN[rng.integers(len(_OPEN))]} {line}"
    return line


def age_line(rng: np.random.Generator, age: int) -> str:
    """A person tells an age as people do."""
    return ("im {0} btw", "i'm {0}", "j'ai {0} ans", "{0} ans et toi ?", "i am {0} years old")[rng.integers(5)].format(
        age
    )


def name(rng: np.random.Generator, taken: set[str]) -> str:
    """A pseudonym nobody has yet: syllables, sometimes digits."""
    while True:
        word = "".join(_SYLLABLES[i] for i in rng.integers(len(_SYLLABLES), size=rng.integers(2, 5)))
        if rng.random() < 0.3:
            word += str(rng.integers(1, 99))
        if rng.random() < 0.4:
            word = word.capitalize()
        if word.lower() not in taken:
            taken.add(word.lower())
            return word
