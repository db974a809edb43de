"""What does the picker show?  Every hit with the line that tells it apart; of a masked minor neither name nor id."""

from graph.search import Hit, Hits
from workbench.language import words
from workbench.views.models.names import Names
from workbench.views.models.picker import choices, counted, masked_last

EN = words("en")
ADULT = Hit("town:a", "Account", "old_oak", "exact", "town", declared_age=41, messages=3, first_day="2024-03-01",
            last_day="2024-03-02")
MINOR = Hit("town:tim", "Account", "little_tim", "prefix", "town", via="the name timmy", declared_age=13, age=13,
            basis="declared", minor=True, messages=2)
ROOM = Hit("town:r", "Room", "The lobby", "within", "town", messages=9)


def test_a_choice_is_told_by_label_name_match_id_and_line() -> None:
    oak, room = choices(Hits((ADULT, ROOM), 9), EN, leads={"town:a": 2})
    assert oak.title == "Account: old_oak"
    assert oak.line == "exact · town:a · declared age 41 · 3 messages sent · 1 Mar 2024 to 2 Mar 2024 · 2 leads"
    assert (room.title, room.line) == ("Room: The lobby", "contains it · town:r · 9 messages")


def test_a_masked_minor_is_shown_without_name_id_or_other_name_until_opened() -> None:
    (masked,) = choices(Hits((MINOR,), 1), EN)
    assert not any(word in masked.title + masked.line for word in ("tim", "town:"))
    assert masked.line == "declared age 13 · 2 messages sent", "how it matched would confirm a name that was guessed"
    (opened,) = choices(Hits((MINOR,), 1), EN, opened={"town:tim"})
    assert opened.title == "Account: little_tim"
    assert opened.line.startswith("begins so · town:tim")
    assert "found by the name timmy" in opened.line


def test_a_masked_minor_s_e_mail_is_no_hit_in_full_until_opened() -> None:
    mail = "little_fox@mail.example"
    hit = Hit(f"email:{mail}", "Identifier", mail, "prefix", "", kind="email", links=1)
    held = {hit.id: frozenset({"town:tim"})}
    (masked,) = choices(Hits((hit,), 1), EN, held=held)
    hidden = Names().shortened(mail)
    assert (masked.title, "little" in masked.line) == (f"Identifier: {hidden}", False)
    assert "begins so" not in masked.line
    (opened,) = choices(Hits((hit,), 1), EN, held=held, opened={"town:tim"})
    assert (opened.title, hit.id in opened.line) == (f"Identifier: {mail}", True)


def test_who_is_masked_stands_last_whatever_matches_unless_found_by_the_label() -> None:
    """One whose name matches exactly stood above two "exact" ones, without a word, which told that it did."""
    exact = Hit("town:lea", "Account", "old_oak", "exact", "town", basis="stated", age=14, minor=True, messages=1)
    found = Hits((exact, ADULT, MINOR, ROOM), 4)
    listed = choices(found, EN)
    assert [choice.hit for choice in listed] == [ADULT, ROOM, MINOR, exact], "the masked by how active they are"
    assert masked_last(listed, EN).startswith("masked people stand last")
    assert masked_last(listed[:2], EN) == masked_last(listed[2:], EN) == ""
    assert [choice.hit for choice in choices(found, EN, opened={"town:lea", "town:tim"})] == [*found.hits]
    label = listed[-1].title.split()[-1]
    assert choices(found, EN, text=label[:4])[0].hit == exact


def test_the_count_says_how_many_of_how_many_and_what_was_not_looked_for() -> None:
    assert counted(Hits((ADULT,), 1_234), EN) == "1 of 1,234 found"
    assert counted(Hits((ADULT,), 1, notes=("beginnings only",)), EN) == "1 of 1 found; beginnings only"


def test_a_minor_by_a_stated_age_or_a_report_is_masked_and_the_line_tells_the_basis() -> None:
    stated = Hit("town:tom", "Account", "tom", "exact", "town", declared_age=30, age=14, basis="stated", minor=True,
                 messages=2)
    reported = Hit("town:eve", "Account", "eve", "exact", "town", basis="report", minor=True)
    adult = Hit("town:ann", "Account", "ann", "exact", "town", age=34, basis="stated")
    lines = [choice.line for choice in choices(Hits((stated, reported, adult), 3), EN)]
    assert lines == [
        "exact · town:ann · states age 34 · 0 messages sent",
        "declared age 30, states age 14 · 2 messages sent", "a minor by a report · 0 messages sent",
    ]


def test_hits_are_counted_and_days_written_as_the_language_does() -> None:
    french = words("fr")
    assert counted(Hits((ADULT,), 1), french) == "1 sur 1 trouvé"
    assert counted(Hits((ADULT,), 5), french) == "1 sur 5 trouvés"
    (oak,) = choices(Hits((ADULT,), 1), french)
    assert "du 1er mars 2024 au 2 mars 2024" in oak.line
