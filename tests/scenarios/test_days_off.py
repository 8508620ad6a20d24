"""Days off: a team's, a country's, and what a person's Slack status says."""

from datetime import UTC, datetime, time

from bot.domain.cadence import Moment
from bot.domain.series import Series
from fakeslack.forms import Values
from tests.support.world import CHANNEL, World, words_of

VALUE = "value"
FRIDAY_OFF = "6 March"


def save_days_off(team: World, values: Values) -> dict[str, object]:
    """Have Dee open the section of the days off in the settings, and save it; return what it says is wrong."""
    dee = team.person("U_DEE")
    dee.command("/weeknotes", "settings", CHANNEL)
    team.settle()
    view = dee.view()
    assert view
    dee.click_view(view["id"], "settings.open", block_id="settings.days_off")
    team.settle()
    errors: dict[str, object] = dee.submit(values)
    team.settle()
    return errors


def press_in_home(team: World, user_id: str, action_id: str) -> str:
    """Open a person's Home, press a button in it, and return what it says then."""
    person = team.person(user_id)
    person.open_home()
    team.settle()
    person.click_view((person.home() or {})["id"], action_id)
    team.settle()
    return words_of(person.home() or {})


def set_status(team: World, user_id: str, text: str, emoji: str, ends_at: datetime | None = None) -> None:
    """Give a person a Slack status."""
    ends = int(ends_at.timestamp()) if ends_at else 0
    profile = {"status_text": text, "status_emoji": emoji, "status_expiration": ends}
    team.slack.change_user(user_id, profile=profile)
    team.settle()


def openings(team: World, user_id: str) -> int:
    """Return how often somebody was asked."""
    return sum("It’s time for" in message["text"] for message in team.dms(user_id))


def told(team: World, words: str, user_id: str = "U_DEE") -> int:
    """Return how many direct messages to somebody hold these words."""
    return sum(words in message["text"] for message in team.dms(user_id))


def test_a_friday_off_moves_the_note_to_thursday(team: World) -> None:
    """An editor gives Friday off: people are asked on Wednesday, and everything that is said of the note says so."""
    team.series()
    assert save_days_off(team, {"days_off": {VALUE: FRIDAY_OFF}}) == {}
    assert told(team, "Friday 6 March is a day off, so the note goes out *Thursday 5 March at 16:00*") == 1
    saved = "I ask next on Wednesday 4 March at 10:00, and the note goes out on Thursday 5 March at 16:00"
    assert told(team, saved) == 1
    team.at(4, 10)
    assert openings(team, "U_ANA") == 1
    assert "Thursday 5 March at 16:00" in words_of(team.dms("U_ANA")[-1])
    team.reply("U_ANA", "The library opened.")
    answer = team.person("U_ANA").command("/weeknotes", "status", CHANNEL)
    assert "Thursday 5 March at 16:00" in words_of(answer or {})
    team.at(5, 15)
    assert told(team, "The draft of") == 1
    team.at(5, 16)

    digest = words_of(team.messages(CHANNEL)[-1])
    assert "The library opened." in digest
    assert "Friday 13 March" in digest
    team.at(6, 16)
    assert openings(team, "U_ANA") == 1


def test_a_series_that_skips_asks_nobody_and_keeps_the_number(small: World) -> None:
    """Nothing is asked or posted in the week of the day off; editors are told, and the next note has the number."""
    small.series()
    values: Values = {"days_off": {VALUE: FRIDAY_OFF}, "holiday_policy": {VALUE: "skip"}}
    assert save_days_off(small, values) == {}
    small.person("U_ANA").command("/weeknotes", "jot Early", CHANNEL)
    small.at(6, 17)
    assert openings(small, "U_ANA") == 0
    assert told(small, "so there is no note this time") == 1
    before = len(small.messages(CHANNEL))
    small.at(13, 16)

    assert len(small.messages(CHANNEL)) == before + 1
    assert "1.1" in words_of(small.messages(CHANNEL)[-1])
    assert "Early" in words_of(small.messages(CHANNEL)[-1])


def test_the_form_says_what_it_cannot_read(small: World) -> None:
    """A country nobody knows and days nobody understands are refused where they stand; a part of a country is kept."""
    small.series()
    assert "Did you mean Germany" in str(save_days_off(small, {"country": {VALUE: "Germny"}}))
    assert "whenever" in str(small.person("U_DEE").submit({"country": {VALUE: ""}, "days_off": {VALUE: "whenever"}}))
    assert small.person("U_DEE").submit({"country": {VALUE: "gb-sct"}, "days_off": {VALUE: ""}}) == {}
    small.settle()

    assert "The public holidays of United Kingdom, Scotland" in words_of(small.person("U_DEE").view() or {})


def test_somebody_with_a_holiday_is_asked_the_day_before(small: World) -> None:
    """Ana says in her Home that she is in Northern Ireland: for Saint Patrick's Day she is asked on Monday."""
    made: Series = small.series(ask=Moment(1, time(10)))
    ana = small.person("U_ANA")
    press_in_home(small, "U_ANA", "contributor.country")
    assert "Did you mean" in str(ana.submit({"country": {VALUE: "Irland"}}))
    assert ana.submit({"country": {VALUE: "Northern Ireland"}}) == {}
    small.settle()
    assert "United Kingdom, Northern Ireland" in words_of(ana.home() or {})
    small.at(16, 10)

    assert made.cadence.ask.weekday == 1
    assert openings(small, "U_ANA") == 1
    assert openings(small, "U_DEE") == 0


def test_a_status_that_says_away_is_taken_once_and_given_back(team: World) -> None:
    """Ana allows it: 🌴 keeps the question away, as her Home says; when it goes on Friday morning she is asked."""
    team.series()
    assert "from your Slack" not in press_in_home(team, "U_ANA", "contributor.status")
    set_status(team, "U_ANA", "Vacationing", ":palm_tree:")
    set_status(team, "U_DEE", "Vacationing", ":palm_tree:")
    team.slack.change_user("U_ANA", real_name="Ana Okafor-Smith")
    team.settle()
    team.at(5, 10)
    assert told(team, "Your Slack status says that you’re away", "U_ANA") == 1
    assert "You’re away" in words_of(team.person("U_ANA").home() or {})
    assert openings(team, "U_ANA") == 0
    assert openings(team, "U_DEE") == 1
    team.at(6, 9)
    set_status(team, "U_ANA", "", "")

    assert openings(team, "U_ANA") == 1
    assert "You’re away" not in words_of(team.person("U_ANA").home() or {})


def test_back_is_stronger_than_the_status(small: World) -> None:
    """Ana is here after all: the same status is not taken again, and a night-time end asks her in the morning."""
    small.series()
    press_in_home(small, "U_ANA", "contributor.status")
    set_status(small, "U_ANA", "", ":face_with_thermometer:")
    small.person("U_ANA").command("/weeknotes", "back", CHANNEL)
    small.slack.change_user("U_ANA", real_name="Ana O.")
    small.settle()
    small.at(5, 10)
    assert openings(small, "U_ANA") == 1
    assert told(small, "Your Slack status says", "U_ANA") == 1


def test_a_status_that_ends_at_night_asks_in_the_morning(small: World) -> None:
    """Ill until the end of Thursday: nobody is woken at midnight, and the question is there on Friday morning."""
    small.series()
    press_in_home(small, "U_ANA", "contributor.status")
    set_status(small, "U_ANA", "Out sick", ":face_with_thermometer:", datetime(2026, 3, 5, 23, 59, tzinfo=UTC))
    small.at(5, 10)
    small.at(5, 23, 59)
    set_status(small, "U_ANA", "", "")
    assert openings(small, "U_ANA") == 0
    small.at(6, 8)

    assert openings(small, "U_ANA") == 1


def test_away_days_that_end_by_themselves_bring_the_question(small: World) -> None:
    """Away until Thursday, said in words: on Friday at ten the question comes by itself."""
    small.series()
    small.person("U_ANA").command("/weeknotes", "away until Thursday", CHANNEL)
    small.settle()
    small.at(5, 10)
    small.at(6, 9, 59)
    assert openings(small, "U_ANA") == 0
    small.at(6, 10)

    assert openings(small, "U_ANA") == 1
