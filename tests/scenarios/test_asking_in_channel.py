"""A series asks in its channel: one message a question, and replies in its thread by anyone are answers."""

from bot.domain.series import AsksIn
from tests.support.world import BOT_TOKEN, CHANNEL, Json, World, words_of

HIGHLIGHTS, ALSO, LEARNED, TUNE = range(4)


def questions(team: World) -> list[Json]:
    """Return the questions in the channel."""
    return [m for m in team.messages(CHANNEL) if m.get("bot_id") and "thread" in words_of(m)]


def reply(team: World, user_id: str, question: int, text: str) -> Json:
    """Have somebody reply in the thread of a question."""
    said: Json = team.person(user_id).say(CHANNEL, text=text, thread_ts=questions(team)[question]["ts"])
    team.settle()
    return said


def ticks(team: World, question: int) -> list[str]:
    """Return the texts in the thread of a question that the bot has ticked."""
    thread = team.messages(CHANNEL, questions(team)[question]["ts"])
    return [message["text"] for message in thread[1:] if message.get("reactions")]


def note(team: World) -> str:
    """Return the note, with its thread."""
    digest = next(m for m in reversed(team.messages(CHANNEL)) if m.get("bot_id") and "weeknotes" in m["text"])
    return words_of(digest) + "".join(map(words_of, team.messages(CHANNEL, digest["ts"])))


def test_replies_in_the_channel_are_answers(team: World) -> None:
    """Four questions are posted once, nobody is asked directly; replies are ticked, follow edits, and make the note."""
    team.slack.add_user("U_EVE", real_name="Eve Ito", tz="Asia/Tokyo")
    team.person("U_EVE").join(CHANNEL)
    team.series(contributors=("U_ANA", "U_BEN"), asks_in=AsksIn.CHANNEL)
    team.at(5, 10)
    asked = [words_of(message) for message in questions(team)]
    first = reply(team, "U_ANA", HIGHLIGHTS, "The libary opened.")
    gone = reply(team, "U_ANA", ALSO, "Oh dear.")
    reply(team, "U_EVE", ALSO, "Bagels for everyone")
    team.person("U_ANA").say(CHANNEL, text="Something else altogether.")
    team.person("U_ANA").edit(CHANNEL, first["ts"], "The library opened.")
    team.person("U_ANA").delete(CHANNEL, gone["ts"])
    team.settle()
    status = words_of(team.person("U_DEE").command("/weeknotes", "status", CHANNEL) or {})
    ticked = ticks(team, ALSO)
    team.at(6, 16)

    assert "on Thursday at 10:00 (Europe/London), I post my questions here" in words_of(team.messages(CHANNEL)[0])
    assert 4 == len(asked)
    assert "It’s time for *Digital weeknotes*, week 10" in asked[HIGHLIGHTS]
    assert "What else did you do?" in asked[ALSO]
    assert [] == [m for m in team.dms("U_ANA") if "It’s time for" in m["text"]]
    assert ["Bagels for everyone"] == ticked
    assert "Ana Okafor (1), Eve Ito (1)" in status
    for words in ("The library opened.", "Bagels for everyone", "Eve Ito"):
        assert words in note(team)
    for words in ("libary", "Oh dear.", "Something else"):
        assert words not in note(team)


def test_reminders_stay_private(small: World) -> None:
    """Who has given nothing is reminded by direct message, and nothing in the channel says who that is."""
    small.series(contributors=("U_ANA", "U_DEE"), asks_in=AsksIn.CHANNEL)
    small.at(5, 10)
    reply(small, "U_DEE", HIGHLIGHTS, "The library opened.")
    before = len(small.messages(CHANNEL))
    small.at(6, 10)

    assert f"The questions are in <#{CHANNEL}>" in small.dms("U_ANA")[-1]["text"]
    assert not any("gentle nudge" in message["text"] for message in small.dms("U_DEE"))
    assert before == len(small.messages(CHANNEL))


def test_what_was_missed_is_read_before_the_note(small: World) -> None:
    """A reply that Slack never delivered, and one said while the bot was down, are in the note."""
    small.series(asks_in=AsksIn.CHANNEL)
    small.at(5, 10)
    small.slack.faults.events(lose=1)
    reply(small, "U_ANA", HIGHLIGHTS, "The library opened.")
    small.stop()
    small.person("U_BEN").say(CHANNEL, text="Bagels for everyone", thread_ts=questions(small)[ALSO]["ts"])
    small.start()
    small.at(6, 16)

    assert "The library opened." in note(small)
    assert "Bagels for everyone" in note(small)


def test_guests_and_bots_are_left_out(small: World) -> None:
    """A guest's reply counts only where the series asks guests; a bot's never does."""
    small.slack.add_user("U_GUEST", real_name="Gus Guest", is_restricted=True)
    small.person("U_GUEST").join(CHANNEL)
    small.series(asks_in=AsksIn.CHANNEL, asks_guests=False)
    small.at(5, 10)
    reply(small, "U_ANA", HIGHLIGHTS, "The library opened.")
    reply(small, "U_GUEST", HIGHLIGHTS, "I was only visiting.")
    thread = questions(small)[HIGHLIGHTS]["ts"]
    small.bot.clients.of("").chat_postMessage(channel=CHANNEL, thread_ts=thread, text="I am a bot.")
    small.at(6, 16)

    assert BOT_TOKEN
    assert "The library opened." in note(small)
    assert "only visiting" not in note(small)
    assert "I am a bot." not in note(small)


def test_home_and_form_know_what_was_said_in_the_channel(small: World) -> None:
    """Ana sees her reply in the Home and in the form, and what she gives there is in the note."""
    small.series(contributors=("U_ANA",), asks_in=AsksIn.CHANNEL)
    small.at(5, 10)
    reply(small, "U_ANA", HIGHLIGHTS, "The library opened.")
    ana = small.person("U_ANA")
    ana.open_home()
    small.settle()
    home = words_of(ana.home() or {})
    ana.click_view(str((ana.home() or {})["id"]), "answer.form")
    small.settle()
    form = words_of(ana.view() or {})
    assert ana.submit({"new:learned": {"words": "That doors stick."}}) == {}
    small.settle()
    small.at(6, 16)

    assert "The library opened." in home
    assert "The library opened." in form
    assert "That doors stick." in note(small)


def test_changing_where_is_asked_is_for_the_next_week(small: World) -> None:
    """A week that was asked in the channel goes on there; the next is asked by direct message, and back again."""
    small.series(contributors=("U_ANA",), asks_in=AsksIn.CHANNEL)
    small.at(5, 10)
    dee = small.person("U_DEE")
    dee.command("/weeknotes", "settings", CHANNEL)
    small.settle()
    dee.click_view(str((dee.view() or {})["id"]), "settings.open", block_id="settings.when")
    small.settle()
    assert dee.submit({"asks_in": {"value": "direct_messages"}}) == {}
    small.settle()
    told = words_of(dee.view() or {})
    reply(small, "U_ANA", HIGHLIGHTS, "The library opened.")
    small.at(6, 16)
    kept = note(small)
    small.at(12, 10)

    assert "The edition of week 10 goes on where it was asked. From week 11 on I ask by direct message." in told
    assert "The library opened." in kept
    assert any("It’s time for" in message["text"] for message in small.dms("U_ANA"))
    assert 4 == len([m for m in questions(small) if "week 11" not in words_of(m)])


def test_without_the_scopes_that_is_said(small: World) -> None:
    """Where the bot may not read channels the editor hears so when choosing to ask there."""
    small.stop()
    small.slack.install(small.app_with(lambda scope: not scope.endswith("s:history")))
    small.start()
    small.series()
    dee = small.person("U_DEE")
    dee.command("/weeknotes", "settings", CHANNEL)
    small.settle()
    dee.click_view(str((dee.view() or {})["id"]), "settings.open", block_id="settings.when")
    small.settle()
    assert dee.submit({"asks_in": {"value": "channel"}}) == {}
    small.settle()

    assert "The app needs the scopes `channels:history` and `groups:history`" in words_of(dee.view() or {})
