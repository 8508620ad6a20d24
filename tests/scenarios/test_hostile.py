"""Every string is hostile: whatever is written, and wherever, it is shown as words, and pings and links nobody."""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

import pytest

from fakeslack.blocks import check_message
from fakeslack.forms import Values
from tests.support.world import CHANNEL, Json, World

VALUE = "value"
HOSTILE = {
    "channel": "<!channel> everybody",
    "here": "<!here> and <!everyone>",
    "group": "<!subteam^S123ABC> <!subteam^S123ABC|@designers>",
    "mention": "<@U_BEN> and <@U_BEN|ben>",
    "link": "<https://evil.example/?a=1&b=2|ok> then",
    "script": "javascript:alert(1) <javascript:alert(1)|press> here",
    "backwards": "\u202etxet sdrawkcab\u202c after",
    "invisible": "zero\u200bwidth\u2060joined\ufeffwords",
    "template": "{{ 7*7 }} {% for x in y %} {number} ${HOME} %s",
    "marks": "*bold* _unclosed ~struck `code",
    "markup": "<b>loud</b> &amp; &lt;!channel&gt; <script>alert(1)</script>",
    "fences": "```\n<!channel> in a fence\n```",
    "emoji": "👩‍👩‍👧 :tada: 🏴󠁧󠁢󠁷󠁬󠁳󠁿 :no_such_emoji:",
    "lines": "one\n\n\n   two\r\nthree\ttabbed",
    "long": f"<!channel> {'so many words ' * 350}the end of it",
}
RAW = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "broadcast", "range": "channel"},
                {"type": "text", "text": " <!here> raw "},
                {"type": "usergroup", "usergroup_id": "S123ABC"},
                {"type": "user", "user_id": "U_BEN"},
                {"type": "link", "url": "javascript:alert(1)", "text": "press raw"},
                {"type": "link", "url": "https://good.example/raw?x=1&y=2", "text": "good raw"},
            ],
        }
    ],
}
NOTIFYING = re.compile(r"<(?:[!@]|javascript:)")
PINGING = ("broadcast", "usergroup", "user")


def sent(team: World) -> Iterator[tuple[str, Json]]:
    """Yield everything the bot sent, with the Slack method that it went by."""
    for seen in team.slack.blocks_seen:
        yield str(seen["method"]), seen


def parts(value: object) -> Iterator[Json]:
    """Yield every object in a payload."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from parts(inner)


def pings(payload: Json) -> list[object]:
    """Return what in a message would notify somebody, or lead where no link may: in its text, mrkdwn or elements."""
    found: list[object] = [part for part in parts(payload) if part.get("type") in PINGING]
    mrkdwn = [str(part["text"]) for part in parts(payload) if part.get("type") == "mrkdwn"]
    found += [text for text in (*mrkdwn, str(payload.get("text") or "")) if NOTIFYING.search(text)]
    links = [str(part["url"]) for part in parts(payload) if "url" in part]
    return found + [url for url in links if not url.startswith(("https://", "http://", "mailto:"))]


def shown(messages: list[Json]) -> str:
    """Return the words that readers of messages see in their rich text, headers and small print, in order."""
    return squeezed(" ".join(_said(message["blocks"]) for message in messages))


def _said(value: Any) -> str:  # noqa: ANN401 - blocks
    if isinstance(value, list):
        return "".join(map(_said, value))
    kind = value.get("type")
    if kind == "emoji":
        return f":{value['name']}:"
    if kind == "link":
        text = str(value.get("text") or value["url"])
        return text if value["url"] in text else f"{text} ({value['url']})"
    inner = value.get("elements") or value.get("text") or ""
    words = _said(inner) if isinstance(inner, list | dict) else _unescaped(str(inner), kind)
    return words if kind == "text" else f"{words} "


def _unescaped(text: str, kind: str | None) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if kind == "mrkdwn" else text


def squeezed(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())


def digest(team: World) -> list[Json]:
    """Return the messages of the note: the one in the channel, and what goes on in its thread."""
    head = next(m for m in team.messages(CHANNEL) if m["text"].startswith("1.1"))
    return [message for message in team.messages(CHANNEL, head["ts"]) if message.get("bot_id")]


def settle_silently(team: World) -> None:
    """Let the note go out, and see that nothing that was ever sent pings anybody and all of it is as Slack wants it."""
    team.at(6, 16)
    bad = [(method, pings(payload)) for method, payload in sent(team) if method != "views.open" and pings(payload)]
    assert [] == bad
    posted = [payload for method, payload in sent(team) if method == "chat.postMessage"]
    assert [] == [problem for each in posted for problem in check_message(each.get("blocks"), each.get("text"))]


def test_hostile_answers_are_shown_as_words(small: World) -> None:
    """In a reply, in a jot by message, command or shortcut, and in the form."""
    small.series()
    ana, dee = small.person("U_ANA"), small.person("U_DEE")
    for words in HOSTILE.values():
        ana.say(ana.dm(), text=f"[message] {words}")
        ana.command("/weeknotes", f"jot [command] {words}", CHANNEL)
        saved = dee.say(CHANNEL, text=f"[shortcut] {words}")
        ana.shortcut("jot.save", CHANNEL, saved["ts"])
    small.at(5, 10)
    hostile = [f"[form] {words}" for words in HOSTILE.values()]
    for first, second in zip_longest(hostile[::2], hostile[1::2], fillvalue=""):
        _fill_in(small, {"new:highlights": first, "new:learned": second})
    for words in HOSTILE.values():
        small.reply("U_ANA", f"[thread] {words}")
    settle_silently(small)

    seen = shown(digest(small)).replace("🎉", ":tada:")  # either is the same to a reader
    for where in ("message", "command", "shortcut", "thread", "form"):
        assert seen.count(f"[{where}]") == len(HOSTILE), where
    assert [] == [piece for words in HOSTILE.values() for piece in _pieces(words) if seen.count(piece) < 5]


def test_hostile_titles_are_shown_as_words(small: World) -> None:
    """In the title and the introduction that an editor gives a note."""
    small.series()
    small.at(5, 10)
    small.reply("U_ANA", "We met.")
    for minute, words in enumerate(HOSTILE.values()):
        small.at(6, 15, minute)
        _title(small, words)
        assert squeezed(words[:100])[:40] in shown([_draft(small)])
    settle_silently(small)


def _fill_in(team: World, given: Mapping[str, str]) -> None:
    """Put answers into Ana's form, on whichever of its pages their questions are."""
    ana = team.person("U_ANA")
    ana.click(ana.dm(), team.thread_of("U_ANA"), "answer.form")
    team.settle()
    while view := ana.view():
        here = {block["block_id"] for block in view["blocks"]}
        assert ana.submit({name: {"words": words} for name, words in given.items() if name in here}) == {}
        team.settle()


def _title(team: World, words: str) -> None:
    """Give the edition a headline and an introduction by the form."""
    dee = team.person("U_DEE")
    dee.click(dee.dm(), _draft(team)["ts"], "note.title")
    team.settle()
    values = {"headline": {"headline": words[:100]}, "introduction": {"introduction": words[:3000]}}
    assert dee.submit(values) == {}
    team.settle()


def _draft(team: World) -> Json:
    """Return the message with which the editor's draft begins."""
    return next(message for message in reversed(team.dms("U_DEE")) if "The draft of" in message["text"])


def _pieces(words: str) -> list[str]:
    """Return the words that a reader must see: those without marks, which say how words look."""
    return [
        word
        for word in re.findall(r"[\w.{}%$\u200b\u2060\ufeff\u202c\u202e]+", words)
        if word.isascii() and len(word) > 3
    ]


def test_raw_elements_that_ping_become_words(small: World) -> None:
    """What Slack's own composer would send for a broadcast, a group or a person is text in the note."""
    small.series()
    small.at(5, 10)
    ana = small.person("U_ANA")
    ana.say(ana.dm(), text="<!channel> raw", thread_ts=small.thread_of("U_ANA"), blocks=[RAW])
    small.settle()
    settle_silently(small)

    seen = shown(digest(small))
    for words in ("@channel<!here>raw", "BenMarsh", "pressraw", "goodraw(https://good.example/raw?x=1&y=2)"):
        assert words in seen
    assert "javascript:alert(1)" in seen


def reword(small: World, place: int, key: str, typed: Values) -> None:
    """Have Dee change a question."""
    dee = small.person("U_DEE")
    dee.command("/weeknotes", "settings", CHANNEL)
    small.settle()
    view_id = str((dee.view() or {})["id"])
    dee.click_view(view_id, "settings.open", block_id="settings.questions")
    small.settle()
    dee.click_view(view_id, "question.arrange", f"change:{key}", block_id=f"question.{place}")
    small.settle()
    assert dee.submit(typed) == {}
    small.settle()
    dee.close_view()


@pytest.mark.parametrize("first", range(0, len(HOSTILE), 4))
def test_hostile_names_and_headings_are_shown_as_words(small: World, first: int) -> None:
    """A series' name, its questions and their headings stand in everything the bot says."""
    hostile = [" ".join(words.split())[:60] for words in (*HOSTILE.values(), *HOSTILE.values())]
    name, ask, heading, other_heading = hostile[first : first + 4]
    dee, ana = small.person("U_DEE"), small.person("U_ANA")
    dee.command("/weeknotes", "setup", CHANNEL)
    assert dee.submit({"contributors": {VALUE: ["U_ANA", "U_DEE"]}, "name": {VALUE: name}}) == {}
    small.settle()
    reword(small, 0, "highlights", {"question.ask": {VALUE: ask}, "question.heading": {VALUE: heading}})
    reword(small, 1, "also", {"question.heading": {VALUE: f"{other_heading} too"}})
    for command in ("help", "status", "draft", "jot A thing"):
        ana.command("/weeknotes", command, CHANNEL)
    small.at(5, 10)
    small.reply("U_ANA", "The library opened.")
    ana.say(ana.dm(), text="Below the thread.")
    small.reply("U_ANA", "next")
    small.reply("U_ANA", "Another thing.")
    ana.open_home()
    small.at(6, 10)
    for command in ("status", "draft", "publish"):
        dee.command("/weeknotes", command, CHANNEL)
    small.at(6, 15)
    settle_silently(small)

    assert squeezed(heading) in shown(digest(small))
    assert squeezed(f"{other_heading} too") in shown(digest(small))
    opening = shown([payload for _, payload in sent(small) if "It’s time for" in str(payload.get("text"))][:1])
    assert squeezed(name) in opening
    assert squeezed(ask) in opening
