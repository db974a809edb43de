"""Which messages state an age of their writer."""

import re
from datetime import date

import pytest

from graph.detect.minors.stated import CANDIDATE, read_statement

STATED = [
    ("14f", 14), ("14 f", 14), ("14/f/paris", 14), ("f14", 14), ("F/14/Lyon", 14),
    ("hi 15m here", 15), ("salut, 13 f", 13),
    ("im 15", 15), ("I'm 15 and you?", 15), ("i am 13", 13), ("i’m only 12", 12), ("I am a 16 year old", 16),
    ("im 15f", 15), ("hello i am 13 years old", 13), ("well im 13, why", 13),
    ("13 yo", 13), ("13 years old", 13),
    ("i just turned 13", 13), ("i'll be 14 in may", 13), ("i turn 14 next week", 13), ("I'm almost 14", 13),
    ("my age is 13", 13), ("j'ai 13 ans", 13), ("J’ai 13 ans", 13), ("jai 13ans", 13), ("g 14 ans", 14),
    ("moi j'ai 15 ans et toi", 15), ("j'ai que 12 ans", 12), ("13 ans", 13), ("13 ans et toi ?", 13),
    ("fille 14 ans", 14),
    ("f 14 ans paris", 14), ("j'ai bientôt 14 ans", 13), ("je viens d'avoir 13 ans", 13),
    ("je vais avoir 15 ans", 14),
    ("h/35", 35), ("j'ai 42 ans", 42), ("im 34", 34), ("je suis en 4e", 13), ("je suis en 5ème", 12),
    ("chui en 3eme", 14),
    ("suis en seconde", 15), ("en 4e et toi", 13), ("je suis en terminale", 17), ("je suis en CM2", 10),
    ("i'm in year 9", 13), ("im in yr 8", 12), ("i'm in 8th grade", 13), ("i am in grade 8", 13),
    ("im a 7th grader", 12),
    ("je rentre en seconde", 15), ("j'entre en 6e", 11), ("je suis collégienne", 11), ("lycéen à Tours", 15),
    ("i'm in high school", 14), ("im still in middle school", 11), ("j'ai treize ans", 13), ("im thirteen", 13),
    ("j'ai dix-sept ans", 17), ("14 piges", 14), ("en fait j'ai 13 ans", 13), ("j'ai menti, j'ai 13 ans", 13),
    ("moi 16 et toi ?", 16), ("15 and you?", 15), ("14, hbu", 14), ("１３ ans", 13),
    ("asl? 14 f paris", 14), ("😊 14 ans 😊", 14), ("oui 14 ans", 14), ("*14 ans", 14), ("j'ai menti, 13 ans", 13),
    ("j'ai14ans", 14), ("j'est 14 ans", 14), ("g ke 13 ans", 13), ("je n'ai que 13 ans", 13),
    ("14 ans depuis hier", 14),
    ("14 here", 14), ("hey, 14 here :)", 14),
    ("15 here and you", 15), ("im13", 13), ("im rly 15", 15), ("im 15 in year 10", 15),
    ("je suis une fille de 13 ans", 13), ("chuis un mec de 13 ans", 13), ("j'suis âgé de 14 ans", 14),
    ("moi c'est Léa, 15 ans, de Lyon", 15), ("slt moi c tom 14 ans", 14), ("j'mappelle Inès, 13 ans", 13),
    ("jviens d avoir 14 ans", 14), ("jvais avoir 15 ans bientot", 14), ("bientôt 14", 13), ("15 dans un mois", 14),
    ("j'ai 14 ans dans un mois", 13), ("im 16 in two months", 15), ("i'm gonna be 16 next week", 15), ("almost 16", 15),
    ("turned 16 last week", 16), ("turning 16 next month", 15), ("today's my 15th birthday", 15), ("âge : 14", 14),
    ("c'est mon anniv aujourd'hui 14 ans !", 14), ("jk im 14", 14), ("i told them im 18 but im 16", 16),
    ("je suis en quatrième", 13), ("en classe de troisième", 14), ("jrentre en 3eme", 14), ("jsuis en 2de", 15),
    ("jsui en 4 eme", 13), ("jsuis en term", 17), ("im in eighth grade", 13), ("im in eleventh grade", 16),
    ("i'm in y10", 14), ("9th grade hbu", 14), ("year 9, and you", 13), ("> t'as quel âge\nj'ai 13 ans", 13),
]
NOT_STATED = [
    "13 ans de métier", "j'ai 13 ans de métier", "j'ai 20 ans d'expérience", "j'ai 14 euros", "my son is 13",
    "ma fille a 12 ans", "mon fils de 12 ans", "il a 13 ans", "elle a 13 ans", "tu as 13 ans ?", "t'as 13 ans",
    "13 ans ?", "il y a 13 ans", "depuis 13 ans", "when i was 13", "quand j'avais 13 ans", "rdv 14h", "at 14:30",
    "I'm 15 away from the next level", "14 here?", "14 here already", "there are 14 here",
    "im 15 minutes away", "i'm 10 min late", "im 20 weeks in", "i'm 12 km away", "i am 15% sure",
    "im 14th in the queue",
    "i am 10 points ahead", "14€", "it costs 15", "if im 13", "when i'm 64", "he said i am 13", "like im 12",
    "im 13 jk", '"i am 13" she wrote', "je suis en 4e position", "je suis prof en 4e", "je suis en 4eme année",
    "the year 9 results", "grade 8 piano teacher wanted", "interdit aux moins de 18 ans", "chapter 14", "15 messages",
    "i'm 100 percent sure", "i am 15 years into this job", "i am 3", "room 14 f is closed for the whole of today folks",
    "je suis prof de lycéens", "ma fille est collégienne", "i teach in high school", "when i was in high school",
    "seize the day", "i have thirteen cats", "im fifteen minutes away", "je suis né en 2010",
    "", "hello there", "j'ai 10 ans de plus", "i am 14.5 km away", "im 50/50",
    "> j'ai 13 ans", "> im 13", "dans ma tête j'ai 12 ans", "on dirait que j'ai 12 ans", "mentally im 12",
    "tell them im 15", "lol 13 ans", "mdr 14 ans", "14 ans c'est jeune", "13 ans minimum", "18 ans requis pour entrer",
    "16 ans et plus", "age 16+", "12 à 16 ans", "18 yo minimum", "16 yo and up", "13 years old or older",
    "13 years old is too young", "i'm 14 episodes in", "im 12 songs in", "im 14 ahead", "im 15 in the queue",
    "i'm 16 stone", "im 15 grand in debt", "15m away", "15m subs", "15 m de long", "14 f de bus", "f12 to open it",
    "14 female students came", "14 male and 12 female", "15 boy scouts", "14 you know", "15 u sure?",
    "elle e 14 ans", "moi c'est depuis 14 ans", "je m'appelle comme lui 14 ans après", "bientôt 14 places",
    "15 dans le panier", "turned 14 of them in", "its my 15th birthday party", "it's my brother's 15th birthday",
    "j'ai 14 et toi", "jvais avoir 15 minutes de retard", "tu suis une fille de 13 ans",
    "en 4e on avait un chien", "moi en 4e j'avais un chien", "in 8th grade we had a dog", "in year 9 you learn that",
    "in high school they play that", "je suis en première classe", "je suis en seconde main",
    "je suis en sixième position",
    "8th grade was the best", "i'm grade 8 piano", "poursuis en 4e",
    "en fait j'ai 15", "non 14 pas 16", "enfin 14", "*14", "en vrai j'en ai 13",
]


def stated_age(text, on=None):
    statement = read_statement(text)
    return None if statement.amends else statement.on(on)


@pytest.mark.parametrize(("text", "age"), STATED)
def test_an_age_stated_of_oneself_is_read(text, age):
    assert stated_age(text) == age


@pytest.mark.parametrize("text", NOT_STATED)
def test_what_only_looks_like_an_own_age_is_not_read(text):
    assert stated_age(text) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("je suis née en 2010", 13), ("né en 1980", 43), ("i was born in 2009", 14), ("born in 2009", 14),
        ("mon fils est né en 2010", None), ("if i was born in 2009", None), ("je suis né en 2020", None),
    ],
)
def test_a_year_of_birth_counts_from_the_day_it_is_said(text, age):
    assert stated_age(text, date(2024, 3, 1)) == age
    assert age is None or re.search(CANDIDATE, text)


@pytest.mark.parametrize("text", [text for text, _ in STATED])
def test_the_wide_net_catches_every_statement(text):
    assert re.search(CANDIDATE, text)
