"""People who are away: not asked, not reminded, not missing, and welcome back."""

from typing import Any

from tests.support.world import CHANNEL, World, words_of


def tell(team: World, user_id: str, typed: str) -> str:
    """Type a command and return what its answer says."""
    answer = team.person(user_id).command("/weeknotes", typed, CHANNEL)
    team.settle()
    return words_of(answer or {})


def home(team: World, user_id: str) -> str:
    """Open a person's Home and return what it says."""
    team.person(user_id).open_home()
    team.settle()
    return words_of(team.person(user_id).home() or {})


def press_in_home(team: World, user_id: str, action_id: str) -> None:
    """Press a button in a person's Home."""
    person = team.person(user_id)
    view = person.home()
    assert view
    person.click_view(view["id"], action_id)
    team.settle()


def openings(team: World, user_id: str) -> list[Any]:
    """Return the messages that opened a thread with somebody."""
    return [message for message in team.dms(user_id) if "It’s time for" in message["text"]]


def draft(team: World) -> str:
    """Return the draft that Dee got."""
    return next(str(message["text"]) for message in team.dms("U_DEE") if "The draft of" in message["text"])


def test_somebody_away_is_neither_asked_nor_reminded_nor_missing(team: World) -> None:
    """Ana, away until Monday, hears nothing; the editor reads that she is away, not that she is missing."""
    team.series()
    said = tell(team, "U_ANA", "away until Monday")
    assert "from *Wednesday 4 March* to *Monday 9 March*" in said
    team.at(5, 10)
    team.reply("U_DEE", "The library opened.")
    team.at(6, 10)
    team.at(6, 15)

    assert team.dms("U_ANA") == []
    assert "\nAway: Ana Okafor (only editors see this)." in draft(team)
    assert "Nothing yet from Ben Marsh and Cai Tran" in draft(team)
    assert "Away: Ana Okafor" in tell(team, "U_DEE", "status")

    team.at(12, 10)
    assert len(openings(team, "U_ANA")) == 1


def test_back_before_the_draft_is_asked_then(team: World) -> None:
    """Somebody passed over on Thursday who is back on Friday morning is asked at once, and only once."""
    team.series()
    tell(team, "U_ANA", "away from today")
    team.at(5, 10)
    assert openings(team, "U_ANA") == []
    team.at(6, 9)
    said = tell(team, "U_ANA", "back")
    again = tell(team, "U_ANA", "back")

    assert "in time for Digital weeknotes" in said
    assert "not down as away" in again
    assert len(openings(team, "U_ANA")) == 1
    team.reply("U_ANA", "Back from the sea.")
    team.at(6, 15)
    assert "Away" not in draft(team)


def test_back_is_asked_as_usual_when_the_time_is_still_to_come(small: World) -> None:
    """Back on Wednesday, asked on Thursday; and days to come can be called off."""
    small.series()
    tell(small, "U_ANA", "away until Friday")
    assert "as usual" in tell(small, "U_ANA", "back")
    tell(small, "U_BEN", "away 5 March")
    assert "as usual" in tell(small, "U_BEN", "back")
    assert openings(small, "U_ANA") == []
    small.at(5, 10, zone="America/New_York")

    assert len(openings(small, "U_ANA")) == 1
    assert len(openings(small, "U_BEN")) == 1


def test_back_after_the_draft_is_not_asked_any_more(small: World) -> None:
    """On Friday afternoon it is too late for this week."""
    small.series()
    tell(small, "U_ANA", "away until Friday")
    small.at(6, 15, 1)
    tell(small, "U_ANA", "back")

    assert openings(small, "U_ANA") == []


def test_the_day_is_the_persons_own(small: World) -> None:
    """On Thursday at 23:00 in London it is Friday in Auckland: `today` is theirs."""
    small.series()
    small.at(5, 23)

    assert "on *Friday 6 March*. I won’t ask or remind you that day" in tell(small, "U_CAI", "away today")
    assert "on *Thursday 5 March*" in tell(small, "U_BEN", "away today")


def test_an_open_conversation_is_closed_kindly(team: World) -> None:
    """Said by the button, in the form: what was given stays, nothing more is asked, and a reply still gets in."""
    team.series()
    team.at(5, 10)
    ana = team.person("U_ANA")
    team.reply("U_ANA", "The library opened.")
    ana.click(ana.dm(), team.thread_of("U_ANA"), "contributor.away")
    team.settle()
    view = ana.view()
    assert view
    assert view["blocks"][1]["element"]["initial_date"] == "2026-03-05"
    assert ana.submit({"first": {"day": "2026-03-05"}, "last": {"day": ""}}) == {}
    team.settle()

    closed = team.in_thread("U_ANA")[-1]
    opening = openings(team, "U_ANA")[-1]
    assert "The 1 answer you gave stays in the note" in closed["text"]
    assert "prompt.next" not in words_of(opening)
    assert "until you say you are back" in team.dms("U_ANA")[-1]["text"]
    team.reply("U_ANA", "One more thing.")
    team.at(6, 10)
    team.at(6, 16)
    assert "gentle nudge" not in "".join(message["text"] for message in team.dms("U_ANA"))
    assert "One more thing." in words_of(team.messages(CHANNEL)[-1])


def test_the_form_says_what_is_wrong_at_the_day_it_is_wrong_with(small: World) -> None:
    """A last day before the first is not saved; the form stays open."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    ana.click(ana.dm(), small.thread_of("U_ANA"), "contributor.away")
    small.settle()
    refused = ana.submit({"first": {"day": "2026-03-12"}, "last": {"day": "2026-03-10"}})

    assert list(refused["errors"]) == ["last"]
    assert "before the first" in refused["errors"]["last"]
    assert ana.submit({"first": {"day": "2026-03-12"}, "last": {"day": "2026-03-20"}}) == {}
    small.settle()
    assert "from *Thursday 12 March* to *Friday 20 March*" in home(small, "U_ANA")


def test_home_lists_the_days_and_ends_them(team: World) -> None:
    """In the Home the days stand with a button that ends them."""
    team.series()
    tell(team, "U_ANA", "away 2 to 20 March")
    team.at(5, 10)
    before = home(team, "U_ANA")
    press_in_home(team, "U_ANA", "contributor.back")

    assert "You’re away from *Monday 2 March* to *Friday 20 March*" in before
    assert "You’re away" not in words_of(team.person("U_ANA").home() or {})
    assert len(openings(team, "U_ANA")) == 1


def test_words_that_name_no_days_get_a_sentence(small: World) -> None:
    """Nonsense and a date that could be either are answered with how to write it; no words at all, with a form."""
    small.series()
    ana = small.person("U_ANA")

    assert "Try `away until Monday` or `away 3 Aug to 14 Aug`" in tell(small, "U_ANA", "away whenever <it> suits")
    assert "3 August or 8 March" in tell(small, "U_ANA", "away 03/08")
    assert "Which days are you away?" in tell(small, "U_ANA", "away")
    ana.click(CHANNEL, ana.ephemerals(CHANNEL)[-1]["ts"], "contributor.away")
    small.settle()
    assert (ana.view() or {})["callback_id"] == "contributor.away"


def test_somebody_in_no_series_is_told_so(small: World) -> None:
    """Nobody is asked who takes part in nothing."""
    assert "You don’t take part in any weeknotes yet" in tell(small, "U_ANA", "away today")
