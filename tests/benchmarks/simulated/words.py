"""What do they write?  Short neutral lines in English and French; what matters for the story has words of its own."""

import random

_EN: dict[str, tuple[str, ...]] = {
    "greet": ("hi", "hey", "hello there", "hi, how is it going?", "hey, what's up?", "good evening", "hiya", "yo"),
    "chat": (
        "yes, same here", "no idea", "that was fun", "what are you listening to?", "i had soup", "it rains here",
        "lol", "ok", "really?", "tomorrow maybe", "the film was long", "my cat sleeps on the keyboard", "nice one",
        "did you see the match?", "i am tired", "haha yes", "wait, brb", "back", "so so", "what do you do today?",
        "i like that song", "the bus was late again", "we won 3-1", "i finished the book", "thanks", "not bad at all",
        "school was ok", "work was long", "where did you find that?", "see you around", "tell me more", "sure",
    ),
    "hello": ("hi, i am new here", "hello, first time here", "new here, what is this place like?"),
    "room": (
        "good evening everybody", "anyone here for a game?", "who saw the last episode?", "it is quiet tonight",
        "new picture of my garden", "does anybody know a good book?", "that level is impossible", "hi all",
        "back from the market", "the second half was better", "who wants to team up?", "i agree with that",
        "nobody knows", "lol", "what a day", "how do you cook lentils?", "my bike has a flat tyre again", "+1",
    ),
    "ask": ("how old are you?", "what age are you?", "asl?", "how old r u", "and your age?"),
    "nudge": ("?", "are you there?", "hello?", "you there?"),
    "homework": ("page 42 for monday please", "did you finish exercise 3?", "training is at five on thursday",
                 "well done today", "please bring the form", "your essay is fine, look at the second part again"),
    "welcome": ("welcome! the rules are in the first post", "welcome, say hello in the lobby", "hi and welcome here",
                "welcome! ask me if you need anything"),
    "warn": ("please mind the rules, this is the last warning", "your post was removed, next time you are suspended",
             "stop that or your account is closed", "please be kind in the room"),
    "support": ("we looked at your ticket", "please restart the app", "your password was reset", "this is solved now"),
    "fan": ("great show!", "play the one from last week please", "can you greet me?", "best stream ever", "first!"),
    "clan": ("gg, want to join us?", "we need one more", "come and play with us", "nice game"),
    "ad": ("handmade bracelets, see {link}", "cheap phone cases, three for two: {link}", "my new mix is at {link}"),
    "invite": ("our game server is {link}, everybody is welcome", "we play at {link} on fridays, come along"),
    "due": ("you still owe me 12 for the case", "please pay for the order by friday", "when do you pay me back?"),
    "sweet": ("you are easy to talk to", "you seem older than the others", "what do you do after school?",
              "do you have another messenger?", "you can tell me anything", "let's keep this between us",
              "shall we write somewhere else?", "what is your favourite place in town?", "i understand you"),
    "lure": ("are you free later? i know a quiet spot", "let's meet near the old station", "come over, it's a surprise",
             "i am in town tonight", "can you be there in an hour?", "shall we have a drink?"),
    "pointer": ("talk to {name}, always answers", "you should write to {name}", "{name} is new here and nice",
                "try {name}, tell nobody where you have it from", "have you met {name}? write, you won't regret it"),
    "place": ("we have moved, come to {link}", "the good talk is at {link}", "join us here: {link} but keep it quiet"),
    "demand": ("send a gift card code for 50 by tonight or your whole school hears of it",
               "you have one hour. pay 30 or i send it to your friends",
               "do what i say or everybody in your class sees it",
               "i saved everything. a code for 20 each week and nobody will know",
               "pay or i tell your parents. i have your list of friends"),
    "press": ("i am waiting", "30 minutes left", "last chance", "do you want everyone to see it?", "hurry up",
              "i start with your sister"),
    "hint": ("remember what you sent me?", "it would be a pity if it went round", "your friends are nice people",
             "so you will help me out, as agreed", "i only need another code", "then nobody needs to know"),
    "plead": ("please don't", "i have no money", "please stop", "leave me alone", "ok ok i try"),
}
_FR: dict[str, tuple[str, ...]] = {
    "greet": ("salut", "coucou", "bonsoir", "salut, ça va ?", "hello, quoi de neuf ?", "hey"),
    "chat": (
        "oui pareil", "aucune idée", "c'était bien", "tu écoutes quoi ?", "il pleut ici", "mdr", "ok", "ah bon ?",
        "demain peut-être", "le film était long", "mon chat dort sur le clavier", "pas mal", "tu as vu le match ?",
        "je suis fatigué", "haha oui", "je reviens", "me revoilà", "bof", "tu fais quoi aujourd'hui ?",
        "j'aime cette chanson", "le bus était en retard", "on a gagné 3-1", "merci", "les cours ça va", "raconte",
    ),
    "room": ("bonsoir à tous", "quelqu'un pour une partie ?", "c'est calme ce soir", "qui a vu l'épisode ?",
             "salut tout le monde", "d'accord avec ça", "quelle journée", "qui connaît un bon livre ?", "mdr"),
    "ask": ("tu as quel âge ?", "t'as quel âge ?", "et ton âge ?", "asv ?"),
    "nudge": ("?", "tu es là ?", "allo ?"),
    "homework": ("page 42 pour lundi", "tu as fini l'exercice 3 ?", "entraînement jeudi à 17 h", "bravo aujourd'hui"),
    "welcome": ("bienvenue ! les règles sont en haut", "bienvenue ici", "bienvenue, dis bonjour dans le salon"),
    "warn": ("merci de respecter les règles, dernier avertissement",
             "message supprimé, la prochaine fois c'est l'exclusion"),
    "clan": ("gg, tu viens jouer ?", "il nous manque quelqu'un", "viens avec nous"),
    "sweet": ("on parle bien ensemble", "tu fais plus que ton âge", "tu fais quoi après les cours ?",
              "tu as une autre messagerie ?", "ça reste entre nous", "je te comprends"),
    "lure": ("tu es libre plus tard ?", "on se voit près de l'ancienne gare ?", "viens, c'est une surprise"),
    "pointer": ("parle à {name}, répond toujours", "écris à {name}, tu verras", "tu connais {name} ? écris-lui"),
    "place": ("on a déménagé, viens sur {link}", "rejoins-nous ici : {link} mais discrètement"),
    "demand": ("envoie un code de 50 ce soir ou toute ton école le saura", "paie ou je montre tout à tes amis",
               "fais ce que je dis ou toute ta classe le voit", "j'ai tout gardé. paie et personne ne saura rien"),
    "press": ("j'attends", "plus que 30 minutes", "dernière chance", "dépêche-toi"),
    "plead": ("s'il te plaît arrête", "je n'ai pas d'argent", "laisse-moi"),
}
_AGE_EN = ("{age}", "i'm {age}", "i am {age}", "{age}, you?", "im {age} and you?", "{age} years old")
_AGE_FR = ("{age}", "j'ai {age} ans", "{age} ans et toi ?", "moi {age} ans")
_ROOM_AGE_EN = ("hi, i'm {age}, anyone my age?", "{age} here", "i am {age}, who wants to talk?")
_ROOM_AGE_FR = ("salut j'ai {age} ans, qui parle ?", "moi j'ai {age} ans")


def line(kind: str, french: bool, rng: random.Random, name: str = "", link: str = "") -> str:
    """A line of that kind; kinds without French words are said in English."""
    choice = _FR if french and kind in _FR else _EN
    text = rng.choice(choice[kind])
    return text.format(name=name, link=link) if "{" in text else text


def age(years: int, french: bool, rng: random.Random, *, room: bool = False) -> str:
    """Somebody says how old it is."""
    if room:
        return rng.choice(_ROOM_AGE_FR if french else _ROOM_AGE_EN).format(age=years)
    return rng.choice(_AGE_FR if french else _AGE_EN).format(age=years)
