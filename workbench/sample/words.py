"""Which words do synthetic people use?  Neutral French and English small talk, names, ages: harmless throughout."""

import numpy as np

Texts = list[str]

_FR = (
    "salut", "coucou", "hey ça va ?", "ça va et toi ?", "oui et toi ?", "tranquille", "bof, fatigué", "mdr", "ok",
    "d'accord", "ah ouais", "grave", "à plus", "bonne soirée", "bonne nuit", "je reviens", "de retour",
    "tu fais quoi ?",
    "je mange", "je regarde un film", "il pleut chez moi", "il fait beau ici", "tu écoutes quoi ?",
    "j'adore ce morceau",
    "tu as fini le devoir de {s} ?", "je comprends rien en {s}", "contrôle de {s} {d}, la galère",
    "t'as vu le match {d} ?",
    "on joue à {g} {d} ?", "j'ai gagné une partie de {g}", "tu joues à {g} ?", "mon chat dort sur le clavier",
    "je fais un gâteau {d}", "t'es d'où ?", "de {v} et toi ?", "je connais pas {v}", "j'étais à {v} {d}",
    "quelqu'un pour {g} ?", "bonjour tout le monde", "re", "c'est calme ici", "ptdr", "je dois y aller", "bon app",
    "vous regardez quoi {d} ?", "qui aime {s} ici ?", "moi j'aime bien {s}", "trop long ce cours de {s}", "merci",
    "de rien", "attends je cherche", "c'est quoi le titre ?", "je connais pas", "bien dit", "pas faux", "je sais pas",
)
_EN = (
    "hi", "hello", "hey how are you?", "fine and you?", "same here", "lol", "ok", "nice", "brb", "back", "good night",
    "see you", "what's up?", "not much", "watching a movie", "it's raining here", "sunny here",
    "what are you listening to?",
    "love that song", "did you finish the {s} homework?", "I don't get {s} at all", "test in {s} {d}",
    "anyone up for {g}?", "I won a round of {g}", "do you play {g}?", "my cat sleeps on the keyboard",
    "where are you from?",
    "from {v}, you?", "never been to {v}", "I was in {v} {d}", "thanks", "no problem", "gotta go", "haha true",
    "who likes {s} here?", "hi everyone", "it's quiet here", "good point", "no idea", "let me check",
)
_SUBJECTS = ("maths", "histoire", "anglais", "dessin", "physique", "musique", "géo", "sport", "espagnol")
_GAMES = ("dames", "uno", "quiz", "échecs", "tarot", "puissance 4", "petits chevaux", "mots croisés")
_TOWNS = ("Lille", "Nantes", "Liège", "Lyon", "Namur", "Brest", "Lausanne", "Tours", "Bordeaux", "Metz", "Québec")
_DAYS = ("ce soir", "demain", "samedi", "dimanche", "hier", "mercredi", "cet aprem")

WELCOME = (
    "Bienvenue sur {p} ! Les règles sont épinglées dans lobby.",
    "Bonjour et bienvenue sur {p}, tape !aide pour la liste des salons.",
)
WARDEN = (
    "merci de rester poli dans le salon", "évite les messages en double stp",
    "j'ai supprimé ton message, voir les règles",
    "please keep the room friendly", "petit rappel des règles, merci",
)
ADVERT = (
    "Tournoi de quiz samedi 20h dans jeux, inscriptions ouvertes",
    "Nouveau : concours de dessin, voir le salon creation",
    "Le club d'échecs recrute, viens essayer",
)
HOST = (
    "tu joues au quiz de ce soir ?", "bravo pour ta réponse !", "on commence dans 5 minutes", "great answer!",
    "tu es inscrit au tournoi",
)
GREET = (
    "bienvenue !", "coucou la nouvelle / le nouveau", "salut, première fois ici ?", "hello, welcome!",
    "bienvenue à toi", "hey bienvenue",
)
HELP_ASK = (
    "bonjour j'ai une question", "je sais pas à qui demander", "on m'embête au collège, je fais quoi ?",
    "hi, can I ask something?", "bonjour il y a quelqu'un ?",
)
HELP_ANSWER = (
    "bonjour, je t'écoute", "merci de nous écrire, prends ton temps", "as-tu pu en parler à un adulte ?",
    "tu peux nous réécrire quand tu veux",
)
FAN = (
    "super le live !", "tu joues quand la prochaine fois ?", "trop fort la dernière partie", "great stream!",
    "tu peux dire bonjour à ma sœur ?",
)
CLASS = (
    "j'ai une question sur l'exercice 3", "le devoir est pour quand ?", "merci monsieur",
    "voici la consigne du devoir", "pense à rendre ton dessin", "bon travail cette semaine",
)
FAMILY = (
    "tu rentres à quelle heure ?", "je passe te chercher à 18h", "bisous de mamie", "n'oublie pas ton goûter",
    "d'accord maman", "ok à tout de suite",
)
BIRTHDAY = ("joyeux anniversaire !", "bon anniv !!", "happy birthday!")
CREW = (
    "tu es là ?", "oui, j'arrive", "regarde qui vient d'arriver", "ok je lui parle", "à toi", "j'y suis",
    "même salon", "on se dit quoi ?",
)
CALL = (
    "salut, viens voir {w} dans {r}, demande de ma part",
    "hello, viens voir {w} dans {r} et dis que tu viens de ma part",
    "salut ! viens voir {w} dans {r}, tu demandes de ma part",
)
ASK = ("envoie ton code cadeau du jeu", "tu peux m'envoyer le code de ta carte cadeau ?", "send me your gift card code")
INSIST = (
    "envoie le code sinon je te fais bannir", "dernier rappel, le code sinon tu perds ton compte",
    "send the code or you lose your account",
)

_AGE_MINOR = (
    "{a}{g}", "j'ai {a} ans", "im {a}", "moi {a} et toi ?", "{a} ans, en {c}", "I'm {a}", "{a}{g} de {v}",
    "je suis en {c}",
)
_AGE_ADULT = ("{a}{g}", "j'ai {a} ans", "im {a}", "{a} ans ici", "{a}{g} de {v}", "I'm {a}")
CORRECTION = ("en fait j'ai {a} ans", "j'ai menti, j'ai {a} ans", "actually I'm {a}")
_CLASSES = {10: "cm2", 11: "6e", 12: "5e", 13: "4e", 14: "3e", 15: "seconde", 16: "première", 17: "terminale"}

_STEMS = (
    "luna", "max", "plume", "nox", "zou", "miel", "titi", "kiwi", "lilou", "enzo", "nina", "tom", "lea", "hugo",
    "sasha",
    "jade", "milo", "noa", "eden", "lou", "axel", "mael", "iris", "anouk", "basile", "cleo", "dino", "elfe", "falco",
    "gaston", "hibou", "indigo", "jojo", "karo", "lapin", "marguerite", "nuage", "orage", "pixel", "quartz", "renard",
    "soleil", "tempo", "ursule", "violette", "wasabi", "xeno", "yuki", "zephyr", "bulle", "cactus", "domino", "etoile",
    "fraise", "grenade", "herisson", "igloo", "jungle", "koala", "lichen", "moka", "noisette", "origami", "panda",
)
_JOINS = ("", "_", ".", "-", "")
_HOSTILE = (
    "<b>Zoé</b>", "=1+1", "![x](image.png)", "Robert'); --", "\u202eanul", "{{ name }}", "'\"><i>milo", "../../etc",
)
_TWINS = {"a": "\u0430", "e": "\u0435", "o": "\u043e", "i": "l", "l": "I", "c": "\u0441", "p": "\u0440", "x": "\u0445"}
_LEET = {"o": "0", "e": "3", "a": "4", "i": "1", "s": "5"}


def small_talk(language: str, rng: np.random.Generator, size: int) -> Texts:
    """``size`` different-looking everyday lines in ``fr`` or ``en``."""
    lines = _FR if language == "fr" else _EN
    picks = rng.integers(0, len(lines), size)
    return [
        lines[p].format(s=_pick(_SUBJECTS, rng), g=_pick(_GAMES, rng), v=_pick(_TOWNS, rng), d=_pick(_DAYS, rng))
        if "{" in lines[p] else lines[p]
        for p in picks
    ]


def age_statement(age: int, gender: str, rng: np.random.Generator) -> str:
    """A line in which a person says an age, as people do."""
    if age in _CLASSES:
        return _pick(_AGE_MINOR, rng).format(a=age, g=gender, c=_CLASSES[age], v=_pick(_TOWNS, rng))
    return _pick(_AGE_ADULT, rng).format(a=age, g=gender, v=_pick(_TOWNS, rng))


def pseudonyms(size: int, rng: np.random.Generator) -> list[str]:
    """Names as people choose them: stems, numbers, some doubled letters, and a few that try to break screens."""
    out = []
    for _ in range(size):
        stem = _pick(_STEMS, rng)
        if rng.random() < 0.25:
            stem = stem.capitalize()
        if rng.random() < 0.2:
            stem += _pick(_JOINS, rng) + _pick(_STEMS, rng)
        if rng.random() < 0.75:
            number = rng.choice((rng.integers(1, 99), rng.integers(1990, 2014), rng.integers(100, 999)))
            stem += _pick(_JOINS, rng) + str(int(number))
        out.append(stem)
    for place in rng.choice(size, size=min(size, int(rng.integers(3, len(_HOSTILE) + 1))), replace=False):
        out[int(place)] = _pick(_HOSTILE, rng)
    return out


def look_alike_name(name: str, rng: np.random.Generator) -> str:
    """A name that reads like ``name``: a confusable letter, leet digits, a separator or a doubled letter."""
    way = int(rng.integers(0, 4))
    if way == 0:
        spots = [i for i, letter in enumerate(name) if letter in _TWINS]
        if spots:
            spot = int(rng.choice(spots))
            return name[:spot] + _TWINS[name[spot]] + name[spot + 1:]
    if way == 1:
        spots = [i for i, letter in enumerate(name) if letter in _LEET]
        if spots:
            spot = int(rng.choice(spots))
            return name[:spot] + _LEET[name[spot]] + name[spot + 1:]
    if way == 2 and len(name) > 3:
        spot = int(rng.integers(2, len(name) - 1))
        return name[:spot] + "_" + name[spot:]
    return name + name[-1]


def _pick(options: tuple[str, ...], rng: np.random.Generator) -> str:
    return options[int(rng.integers(0, len(options)))]
