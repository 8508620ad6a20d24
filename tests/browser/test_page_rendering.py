"""How mrkdwn, rich text and Markdown look on the page, checked in the browser that shows them."""

from typing import Any

from fakeslack.composer import compose
from tests.support.windows import Windows

DRAW = """async ([module, name, given]) => {
  const drawn = (await import(`/page/static/render/${module}.js`))[name](given, {surface: "message"});
  const box = document.createElement("div");
  box.append(...[drawn].flat());
  for (const each of box.querySelectorAll("*")) {
    const extra = [...each.attributes].filter((attribute) => !["href", "start"].includes(attribute.name));
    for (const attribute of extra) each.removeAttribute(attribute.name);
  }
  return box.innerHTML;
}"""

LINES = (
    ("*bold* _it_ ~no~ `*code*`", "<strong>bold</strong> <em>it</em> <s>no</s> <code>*code*</code>"),
    ("*a _b_ c*", "<strong>a <em>b</em> c</strong>"),
    ("2*3*4 snake_case_name a~b~c", "2*3*4 snake_case_name a~b~c"),
    ("* not bold * and *not\nbold*", "* not bold * and *not\nbold*"),
    ("(*bold*), *bold*!", "(<strong>bold</strong>), <strong>bold</strong>!"),
    ("&lt;b&gt; &amp;amp; &amp;lt;", "&lt;b&gt; &amp;amp; &amp;lt;"),
    ("&lt;!channel&gt; &lt;@U_BO&gt;", "&lt;!channel&gt; &lt;@U_BO&gt;"),
    ("<!here> <@U_BO> <#C_TEAM>", "<span>@here</span> <span>@Bo Lindqvist</span> <span>#team-weeknotes</span>"),
    ("<https://example.org/a?b=1&amp;c=2|a *link*>", '<a href="https://example.org/a?b=1&amp;c=2">a *link*</a>'),
    ("see https://example.org/x_y_z.", 'see <a href="https://example.org/x_y_z">https://example.org/x_y_z</a>.'),
    ("<javascript:alert(1)|click>", "click (javascript:alert(1))"),
    (":tada: :no_such_emoji: 10:30:00", "<span>🎉</span> :no_such_emoji: 10:30:00"),
    ("*<https://example.org/a*b|x>*", '<strong><a href="https://example.org/a*b">x</a></strong>'),
    ("at <!date^1772812800^{date_num} {time}|then>", "at <time>2026-03-06 16:00</time>"),
    ("<!date^1772812800^{date_short_pretty} at {time}|then>", "<time>Tomorrow at 16:00</time>"),
    ("<!date^00000000^{_}|*>", "*"),
    ("`unclosed *bold*", "`unclosed <strong>bold</strong>"),
)


MARKDOWN = (
    ("# Head\nand *it*", "<p>Head</p><p>and <em>it</em></p>"),
    ("- a\n  - b\n- [x] c", "<ul><li>a<ul><li>b</li></ul></li><li><span>☑ </span>c</li></ul>"),
    ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
    ("> q\n> r\n\n---", "<blockquote><p>q\nr</p></blockquote><hr>"),
    ("```py\n<b>\n```", "<pre>&lt;b&gt;</pre>"),
    ("**b** ~~s~~ `c` snake_case", "<p><strong>b</strong> <s>s</s> <code>c</code> snake_case</p>"),
    ("[t](https://example.org) \\*no\\*", '<p><a href="https://example.org">t</a> *no*</p>'),
    (
        "| a | b |\n|---|---|\n| 1 | **2** |",
        (
            "<div><table><thead><tr><th>a</th><th>b</th></tr></thead>"
            "<tbody><tr><td>1</td><td><strong>2</strong></td></tr></tbody></table></div>"
        ),
    ),
)


def _drawn(windows: Windows, module: str, name: str, given: object) -> str:
    page = windows.open("/?as=U_ANA&c=C_TEAM")
    return str(page.evaluate(DRAW, [module, name, given]))


def test_mrkdwn_lines(windows: Windows) -> None:
    """Styles count at word boundaries and in one line; entities, escapes and dates are Slack's; the rest is text."""
    page = windows.open("/?as=U_ANA&c=C_TEAM")

    drawn = {text: page.evaluate(DRAW, ["mrkdwn", "mrkdwn", text]) for text, _ in LINES}

    assert {text: f"<div>{html}</div>" for text, html in LINES} == drawn


def test_mrkdwn_blocks(windows: Windows) -> None:
    """Quotes and preformatted text stand as blocks of their own; an unclosed fence is text."""
    text = "before\n&gt; one\n&gt; two\nafter ```a &lt; b\n*raw*``` end\n&gt;&gt;&gt; all\nthe rest"

    drawn = _drawn(windows, "mrkdwn", "mrkdwn", text)

    assert (
        "<div>before</div><blockquote>one\ntwo</blockquote><div>after </div><pre>a &lt; b\n*raw*</pre>"
        "<div> end</div><blockquote>all\nthe rest</blockquote>"
    ) == drawn


def _text(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text, "style": style}


def test_rich_text(windows: Windows) -> None:
    """Every style, list and kind of element of rich text is drawn from the tree, with no text parsed."""
    item = {"type": "rich_text_section", "elements": [_text("*item*")]}
    section = [
        _text("b", bold=True, italic=True),
        _text("c", code=True),
        {"type": "user", "user_id": "U_BO"},
        {"type": "channel", "channel_id": "C_TEAM"},
        {"type": "broadcast", "range": "here"},
        {"type": "emoji", "name": "wave", "skin_tone": 3},
        {"type": "link", "url": "https://example.org/", "text": "site", "style": {"strike": True}},
        {"type": "link", "url": "javascript:alert(1)"},
        {"type": "date", "timestamp": 1772812800, "format": "{date_num}", "fallback": "then"},
    ]
    tree = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": section},
            {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [item]},
            {"type": "rich_text_list", "style": "ordered", "indent": 1, "offset": 2, "elements": [item]},
            {"type": "rich_text_quote", "elements": [_text("<q>")]},
            {"type": "rich_text_preformatted", "elements": [_text("x  y")]},
        ],
    }

    drawn = _drawn(windows, "richtext", "richText", tree)

    assert (
        "<div><div><strong><em>b</em></strong><code>c</code><span>@Bo Lindqvist</span><span>#team-weeknotes</span>"
        '<span>@here</span><span>👋🏼</span><s><a href="https://example.org/">site</a></s>javascript:alert(1)'
        "<time>2026-03-06</time></div><ul><li>*item*</li></ul>"
        '<ol start="3"><li>*item*</li></ol><blockquote>&lt;q&gt;</blockquote><pre>x  y</pre></div>'
    ) == drawn


def test_rich_text_as_typed(windows: Windows) -> None:
    """In a form rich text stands as one would type it, and composing that again gives the same tree."""
    typed = "*bold* and `code` :tada: @Bo Lindqvist\n> quoted\n• one\n• _two_\n1. first\n```x  y```\nhttps://example.org/a_b"
    people = {"Bo Lindqvist": "U_BO"}
    tree = compose(typed, people).blocks[0]
    page = windows.open("/?as=U_ANA&c=C_TEAM")

    words = page.evaluate(
        "async (tree) => (await import('/page/static/render/richwords.js')).richTextWords(tree)", tree
    )

    assert tree == compose(words, people).blocks[0]
    assert typed == words


def test_markdown(windows: Windows) -> None:
    """The markdown block shows headings, lists, tasks, quotes, code, tables and inline styles."""
    page = windows.open("/?as=U_ANA&c=C_TEAM")

    drawn = {text: page.evaluate(DRAW, ["markdown", "markdown", text]) for text, _ in MARKDOWN}

    assert {text: f"<div>{html}</div>" for text, html in MARKDOWN} == drawn


def test_malformed_blocks_do_not_break_the_page(windows: Windows) -> None:
    """A block of a kind the page does not know is named, and text with many marks is drawn at once."""
    unknown = _drawn(windows, "blocks", "blocks", [{"type": "hologram"}])
    marks = _drawn(windows, "mrkdwn", "mrkdwn", "*_~`<" * 2000)

    assert "hologram" in unknown
    assert marks.count("*") + marks.count("<strong>") * 2 == 2000
