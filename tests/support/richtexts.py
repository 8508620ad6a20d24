"""Hypothesis strategies for what people, and people who mean harm, write in Slack."""

from typing import Any

from hypothesis import strategies as st

from bot.domain.richtext import RichText, parse

_SHARP = st.text(alphabet="aB1 *_~`[]()<>#+-=|!&;:\\.>\"'\n/@é語🎉", min_size=1, max_size=25)
_SNIPPETS = st.sampled_from(
    (
        "word",
        "two words",
        " ",
        "1. ",
        "- ",
        "# ",
        "> ",
        "```",
        "---",
        "===",
        "<!channel>",
        "&amp;",
        "&copy;",
        "|-|-|",
        "\n",
        "\n\n",
        "[a](b)",
        "![a](b)",
        "<b>x</b>",
        "<!--",
        "snake_case_name",
        "2*3*4",
        "**",
        "x\\",
        "\\",
        "שלום",
        "مرحبا",
        "👩‍👩‍👧‍👦",
        "🇬🇧",
        "é́",
        "\t",
        "    code",
        "\u2028",
        "\x00",
        "\x1c",
        "\u00a0",
        "http://a.b/_c_",
        "[1]: http://x",
        "~~~",
        "\u200b",
        ":tada:",
        "🔒",
        "10) x",
        "+ ",
    ),
)
WORDS = st.one_of(_SNIPPETS, _SHARP, st.text(max_size=20))
URLS = st.one_of(
    st.sampled_from(
        (
            "https://a.example/b_c_d?e=*f*&copy;=1",
            "http://x.example/(a)_(b)",
            "mailto:ana@example.org",
            "javascript:alert(1)",
            "HTTPS://A.example",
            "data:text/html,x",
            "https://",
            "https://x.example/\\_a\\",
            "https://x.example/a b",
            "https://x.example/`~[]",
            "https://é.example/ü?q=语",
            "https://x.example/%20%zz",
            "https://x.example/" + "y" * 2_500,
            "https://x.example/<b>",
            "",
        ),
    ),
    st.text(max_size=15),
)

_STYLES = st.fixed_dictionaries(
    {}, optional={name: st.booleans() for name in ("bold", "italic", "strike", "underline", "code")}
)


def _element(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"type": st.just(kind), **fields}, optional={"style": _STYLES})


ELEMENTS = st.one_of(
    _element("text", text=WORDS),
    _element("text", text=WORDS),
    _element("link", url=URLS, text=st.one_of(st.just(""), WORDS)),
    _element("user", user_id=st.sampled_from(("U_ANA", "U_BEN", "<x>"))),
    _element("channel", channel_id=st.sampled_from(("C_TEAM", "nowhere"))),
    _element("emoji", name=st.just("tada"), unicode=st.just("1f389")),
    _element("emoji", name=st.sampled_from(("party_parrot", "a b", "", "*")), unicode=st.sampled_from(("zz", ""))),
    _element("broadcast", range=st.sampled_from(("channel", "here", "everyone"))),
    _element("usergroup", usergroup_id=st.just("S1")),
    _element("date", timestamp=st.integers(), format=st.just("{date}"), fallback=WORDS),
    _element("color", value=st.just("#ff0000")),
    _element("hologram", text=WORDS),
)
_SECTIONS = _element("rich_text_section", elements=st.lists(ELEMENTS, max_size=6))
PARTS = st.one_of(
    _SECTIONS,
    _element("rich_text_quote", elements=st.lists(ELEMENTS, max_size=5)),
    _element("rich_text_preformatted", elements=st.lists(ELEMENTS, max_size=3)),
    st.fixed_dictionaries(
        {
            "type": st.just("rich_text_list"),
            "style": st.sampled_from(("bullet", "ordered")),
            "indent": st.integers(0, 8),
            "offset": st.integers(0, 12),
            "elements": st.lists(_SECTIONS, max_size=4),
        },
    ),
)
BLOCKS = st.lists(
    st.fixed_dictionaries({"type": st.just("rich_text"), "elements": st.lists(PARTS, max_size=5)}), max_size=2
)
MRKDWN = st.lists(WORDS, max_size=12).map("".join)
TREES: st.SearchStrategy[RichText] = st.one_of(BLOCKS.map(lambda blocks: parse("", blocks)), MRKDWN.map(parse))
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("type", "elements", "text", "style", "url", "user_id", "indent", "offset", "name", "unicode")
            ),
            inner,
            max_size=4,
        )
        | st.fixed_dictionaries(
            {
                "type": st.sampled_from(
                    ("rich_text", "rich_text_list", "rich_text_section", "text", "emoji", "section", "link")
                ),
                "elements": inner,
                "text": inner,
            }
        )
    ),
    max_leaves=12,
)
