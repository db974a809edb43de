"""What people write: small talk in two languages, and the neutral words of those who have a purpose."""

from random import Random

TALK = (
    "hey", "hi", "yo", "hello you", "salut", "coucou", "ok", "okay", "yes", "no", "oui", "non", "haha", "lol",
    "mdr", "cool",
    "same here", "not sure", "maybe", "on verra", "why not", "pourquoi pas", "sounds good", "ça marche", "good luck",
    "what did we have for {subject}?", "did you do the {subject} exercise?", "t'as fait l'exo de {subject} ?",
    "the test in {subject} is on {day}", "contrôle de {subject} {day}", "who is there on {day}?", "tu viens {day} ?",
    "are you at {place}?", "see you at {place}", "on se voit à {place}", "i left my bag at {place}",
    "look at this", "regarde ça",
    "i have {thing} to do first", "j'ai encore {thing} à faire", "the {thing} was great", "did you like the {thing}?",
    "my brother broke my {object}", "i lost my {object}", "tu peux me prêter ton {object} ?",
    "can you bring your {object}?",
    "i am so tired", "je suis crevé", "good night", "bonne nuit", "morning", "back in ten", "brb", "wait", "attends",
    "how was {day}?", "c'était comment {day} ?", "we won {n} to {m}", "we lost again", "{n} pages left",
    "only {n} minutes",
    "no idea", "aucune idée", "i think so", "je crois", "tell me later", "dis-moi plus tard", "thanks!", "merci",
    "sorry", "désolé",
    "what are you playing?", "tu joues à quoi ?", "level {n} at last", "need one more for the raid", "join us?",
    "i will ask {them}", "je demande à {them}", "{them} said no", "{them} dit que oui", "that is so unfair",
    "finally",
    "what do you mean?", "how come?", "et alors ?", "where are you from?", "tu viens d'où ?",
    "nice picture of your {pet}",
    "send me the notes please", "tu m'envoies le cours ?", "send me the picture of the board",
    "who has the answers to {n}?",
    "you owe me {n} for the ticket", "tu me dois {n} pour le ciné", "happy to help", "just a second",
    "can't talk now",
)
FILL = {
    "subject": ("maths", "history", "biology", "english", "physique", "geo", "music", "spanish", "chemistry"),
    "day": ("monday", "tuesday", "wednesday", "jeudi", "vendredi", "saturday", "sunday", "tomorrow"),
    "place": ("the library", "the station", "la cantine", "the gym", "the park", "la piscine", "the bus stop"),
    "thing": ("homework", "film", "match", "concert", "la vaisselle", "essay", "show", "training"),
    "object": ("charger", "calculator", "vélo", "headphones", "jacket", "clé", "keyboard"),
    "them": ("my mum", "the coach", "mon père", "the others", "my sister", "the teacher"),
    "pet": ("cat", "dog", "rabbit", "bird"),
}
ROOM = (
    *TALK[:60], "anyone here?", "who is on tonight?", "the list is pinned", "welcome everyone",
    "please stay on topic",
)
AGE = (
    "i'm {a}", "im {a} btw", "j'ai {a} ans", "{a}, and you?", "i am {a} years old", "{a} ans et toi ?",
    "just turned {a}",
)
PROBE = (
    "how old are you?", "tu as quel âge ?", "which class are you in?", "are your parents home?",
    "do you live near {place}?",
    "you seem older than the others", "do you have another app?", "add me there, it is easier",
    "on se parle ailleurs ?",
    "do not tell the others that we talk", "this stays between us", "what are you doing tonight?",
    "t'es seul ce soir ?",
    "can you call?", "i could pick you up at {place}", "i can get you the {object} you wanted",
)
OPENING = (
    "hi, i saw you in the room", "hey, you write well", "salut, on se connaît ?",
    "hello, new here, can i ask you something?",
    "hey", "hi there", "coucou toi", "you like {thing} too?", "saw your message about the {thing}", "hi how are you",
)
WELCOME = (
    "welcome!", "welcome to the place", "bienvenue !", "hi and welcome, ask if you need anything",
    "good to have you here",
)
CHEER = (
    "what a match!", "bravo!", "well played today", "félicitations !", "you were great", "champion!",
    "so proud of the team",
)
BIRTHDAY = ("happy birthday!", "joyeux anniversaire !", "hbd", "have a great day", "bon anniv")
TEACH = (
    "please hand in the {subject} sheet by {day}", "training is moved to {day}",
    "the trip needs your parents' signature",
    "you forgot your {object} at {place}", "your work in {subject} was good", "rendez-vous {day} à {place}",
)
SHOP = (
    "is the {object} still there?", "how much is the {object}?", "combien pour le {object} ?",
    "can i collect on {day}?",
)
SELLER = (
    "yes, {n}", "still there", "collect at {place}", "oui toujours", "sold, sorry", "i keep it for you until {day}",
)
INVITE = (
    "{hey}, {look} {what}: {link}", "{look} {what} {link} {why}", "{hey} you should see {what} -> {link}",
    "{why}, {look} {link}",
    "{link} {what}", "{hey} {why} so {look} {what} ({link})",
)
INVITE_FILL = {
    "hey": ("hey", "hi", "salut", "yo", "hello you", "coucou"),
    "look": ("come to", "join", "have a look at", "write to", "viens voir", "ask for", "check"),
    "what": ("the better place", "our group", "the private circle", "a job with good pay", "le bon plan",
    "the casting"),
    "why": ("they pay well", "only few seats are left", "everybody from here goes there", "it is free",
    "tu vas aimer", "trust me"),
}
ASK = (
    "send me a picture of you at {place}", "one photo of you with your class?", "envoie une photo de toi",
    "show me a picture first",
)
GIVEN = ("[photo]", "ok here [photo]", "[image] but don't share it", "[photo] ok?")
THREAT = (
    "send {n} or i show this to your class", "pay {n} by {day} or everybody gets that picture",
    "envoie {n} sinon je montre tout",
    "you have until {day}, {n}, or your parents see it", "another picture, or i post the first one at {place}",
    "do what i say or your friends will get it, all of them", "give me the code of a gift card ({n}) or i publish it",
)
PLEAD = (
    "please don't", "i don't have that", "arrête s'il te plaît", "why are you doing this", "i only have {m}",
    "leave me alone",
)
CLASS_LINK = (
    "our class group is here: {link}", "le groupe de la classe : {link}", "join the class list {link} please",
)
JOKE = ("send me the notes or i tell everyone you overslept, haha", "give back my {object} or i eat your cake, lol",
        "photo of the homework now or no cinema, mdr")
BACK = (
    "hi it's me, lost my password, this is my new account", "c'est moi, nouveau compte",
    "me again, old account is gone",
)
REASONS = (
    "spam", "insults", "rude", "keeps writing to me", "n'arrête pas d'écrire", "fake profile", "scam",
    "bad language", "",
)
FIRST = (
    "blue", "tiny", "mega", "lune", "river", "pixel", "cosmo", "velvet", "rapid", "sunny", "nova", "frost",
    "mint", "echo",
         "iron", "lazy", "gala", "ocre", "zeste", "turbo", "ivory", "polar", "rusty", "acid", "opal", "silent",
         "storm", "wild")
SECOND = (
    "fox", "lynx", "koala", "comet", "panda", "raven", "otter", "tiger", "pluie", "cactus", "noodle", "robot",
    "wave", "berry",
          "moth", "arrow", "crow", "bison", "gecko", "plume", "melon", "yeti", "wolf", "pearl", "spark", "toast",
          "drum", "kite")


def of(rng: Random, phrases: tuple[str, ...], **fill: str) -> str:
    """One of the phrases with its blanks filled."""
    text = phrases[int(rng.random() * len(phrases))]
    if "{" not in text:
        return text
    blanks = {key: rng.choice(values) for key, values in FILL.items() if "{" + key in text}
    return text.format(**{"n": str(rng.randint(2, 60)), "m": str(rng.randint(1, 9)), **blanks, **fill})


def invitation(rng: Random, link: str) -> str:
    """An invitation in words of its own."""
    return rng.choice(INVITE).format(link=link, **{key: rng.choice(values) for key, values in INVITE_FILL.items()})


def nickname(rng: Random) -> str:
    """A made-up name that nobody bears."""
    name = rng.choice(FIRST) + rng.choice(("", "_", ".")) + rng.choice(SECOND)
    return name + rng.choice(("", str(rng.randint(1, 99)), str(rng.randint(100, 2015)), "x", "_off"))


def alike(rng: Random, name: str) -> str:
    """A name that resembles it."""
    stem = name.rstrip("0123456789")
    return rng.choice((f"{stem}{rng.randint(1, 99)}", f"{stem}_", f"x{stem}x", stem.replace("o", "0").replace("i",
    "1") + "2"))
