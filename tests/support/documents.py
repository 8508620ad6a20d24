"""Weeks that people might write: documents of every shape of Markdown, with hostile words in them."""

from hypothesis import strategies as st

TYPED = """The quick café don’t it's 3.24 I also next :tada: 🎉 A/B (really) “so” 2*3*4 snake_case a<b @channel #tag
\\*esc\\* &amp; **bold *it* _it_ `co*de*` ~~gone~~ ** _ ` [ ] [rel](/a/b) [text](https://a.b/c_d?e=f&g=*h*) [ref][r]
https://x.y/z_1_2?a=b&c=d <https://auto.x/y> ![alt](https://img.x/p.png) [shortcut] <b>html</b> <!-- c -->"""
WORDS = tuple(TYPED.split())
SHAPES = (
    "{}",
    "{}",
    "{}",
    "# {}",
    "### {}",
    "- {}\n  - sub {}\n- end",
    "1. one\n2. {}",
    "> {}",
    "```\n{}\n```",
    "| a | {} |\n|---|---|\n| c | d |",
    "<div>\n{}\n</div>",
    "---",
    "[r]: https://ref.x/y_z 'title'\n[shortcut]: <https://sc.x/>",
    "**{}**",
    "Tune of the week: {}",
    "## I also…\n\n{}",
    "**Something I've learned**\n\n{}",
    "## Tune of the week (x)\n\n{}",
)
LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=10).map(" ".join)
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
BLOCKS = st.one_of(PARAGRAPHS, st.builds(lambda shape, line: shape.replace("{}", line), st.sampled_from(SHAPES), LINES))
DOCUMENTS = st.lists(BLOCKS, min_size=1, max_size=7).map("\n\n".join)
