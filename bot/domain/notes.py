"""The note: the compiled document of an edition, composed of what people gave and nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from types import MappingProxyType

from bot.domain.arranging import Arrangement
from bot.domain.editions import Answer, Edition
from bot.domain.entries import Entry, as_shown, first_line, may_be_headline, shown
from bot.domain.files import Files, is_picture, path_of
from bot.domain.inside import has_inside_lines, marked, without_inside
from bot.domain.numbering import title_of
from bot.domain.quoting import quoted
from bot.domain.richtext import BOLD, Block, Figure, Line, RichText, Text, clean, parse, resolve, words
from bot.domain.series import Layout, Numbering, Question, Series, Shape
from bot.domain.stories import items_of, joined, line_of, stories_of
from bot.domain.weeks import Period

HIGHLIGHTS = "Highlights"  # how the layout by question calls the first question, which has no heading of its own
HEADLINE = "headline"  # the key of a `line` question whose answer is the headline, in a series of one
NO_ENTRIES: Mapping[int, Entry] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody whose words are in the note."""

    user_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, which may be empty, the words under it, and the sections within it.

    `author` is set where everything in the section is one person's. One that `is_inside` is not for outside.
    """

    heading: Line = ()
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    author: Author | None = None
    is_inside: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read in it but a heading of ours."""
        return not self.blocks and not self.sections


@dataclass(frozen=True, slots=True)
class Note:
    """The compiled document of an edition."""

    title: str
    number: str
    headline: str
    introduction: RichText
    period: Period
    layout: Layout
    sections: tuple[Section, ...]
    contributors: tuple[Author, ...]
    series_name: str = ""
    published_at: datetime | None = None
    notices: tuple[RichText, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody gave anything."""
        return not self.sections

    def outside(self) -> "Note":
        """Return the note without what stays inside; whoever has nothing left in it is not named."""
        sections = tuple(chain.from_iterable(map(_outside, self.sections)))
        authors = set(_authors(sections))
        return replace(
            self,
            introduction=RichText(without_inside(self.introduction.blocks)),
            notices=tuple(RichText(without_inside(notice.blocks)) for notice in self.notices),
            sections=sections,
            contributors=tuple(author for author in self.contributors if author in authors),
        )


def compose(
    series: Series,
    edition: Edition,
    answers: Iterable[Answer],
    names: Mapping[str, str],
    *,
    number: str = "",
    entries: Mapping[int, Entry] = NO_ENTRIES,
    files: Files = Files.LINKED,
    notices: Iterable[RichText] = (),
) -> Note:
    """Compose an edition's note. `names` gives people's names by user id; `number` stands in until one is recorded.

    `entries` says what editors changed of answers, by the answer's id; `files` what readers see of files;
    `notices` stand in each note of the series.
    """
    given = tuple(answers)
    ordered = in_order(shown(given, entries))
    chosen = headline_of(edition, given, entries, names)
    headline = chosen or _own_headline(series, ordered)
    told = [answer for answer in ordered if chosen or not _is_headline(series, answer)]
    composer = _Composer(arrangement(series, edition, told), names, files)
    sections = composer.sections(series.layout)
    authors = set(_authors(sections))
    number = edition.number or number
    return Note(
        title=title_of(_numbering(series, edition), number, headline, edition.period) or series.name,
        number=number,
        headline=headline,
        introduction=marked(resolve(parse(edition.introduction), names), is_inside=False),
        period=edition.period,
        layout=series.layout,
        sections=sections,
        contributors=tuple(author for author in composer.authors if author in authors),
        series_name=series.name,
        published_at=edition.published_at,
        notices=tuple(marked(resolve(notice, names), is_inside=False) for notice in notices),
    )


def title_when_out(series: Series, edition: Edition, answers: Iterable[Answer] = (), chosen: str = "") -> str:
    """Return the title of a note that is out.

    `answers` are those that may hold its headline, in a series of one; `chosen` is what an editor took from an entry.
    """
    headline = edition.headline or chosen or _own_headline(series, answers)
    return title_of(_numbering(series, edition), edition.number, headline, edition.period) or series.name


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """Return answers as they came."""
    return sorted(answers, key=lambda answer: (answer.given_at, answer.id))


def arrangement(series: Series, edition: Edition, answers: Sequence[Answer]) -> Arrangement:
    """Return the order in which a note has these answers, which are in the order they came."""
    asked = _questions(series, edition, answers)
    return Arrangement(series.layout, _people(series, answers), asked, answers, edition.entry_order)


def headline_of(
    edition: Edition, answers: Iterable[Answer], entries: Mapping[int, Entry], names: Mapping[str, str]
) -> str:
    """Return the headline an editor gave a note: as typed, or the first line of the answer they chose, as it now is."""
    chosen = (answer for answer in answers if answer.id == edition.headline_answer_id)
    answer = next((as_shown(each, entries.get(each.id)) for each in chosen), None)
    if edition.headline or answer is None or not may_be_headline(answer):
        return edition.headline
    return first_line(answer, names)


@dataclass(frozen=True, slots=True)
class _Composer:
    """Makes sections of what was given."""

    arranged: Arrangement
    names: Mapping[str, str]
    files: Files

    @property
    def questions(self) -> Sequence[Question]:
        return self.arranged.questions

    @property
    def authors(self) -> tuple[Author, ...]:
        return tuple(map(self._author, self.arranged.in_order()))

    def sections(self, layout: Layout) -> tuple[Section, ...]:
        match layout:
            case Layout.BY_PERSON:
                sections = [self._of_person(author) for author in self.authors]
            case Layout.BY_QUESTION:
                sections = [self._of_question(question) for question in self.questions]
            case _:
                sections = [section for author in self.authors for section in self._of_person(author).sections]
        return tuple(section for section in sections if not section.is_empty)

    def _of_person(self, author: Author) -> Section:
        parts = (self._part(question, author, question.heading) for question in self.questions)
        sections = tuple(part for part in parts if not part.is_empty)
        return Section(_line(author.name), sections=sections, author=author)

    def _of_question(self, question: Question) -> Section:
        heading = question.heading or (HIGHLIGHTS if question.key == HIGHLIGHTS.lower() else "")
        people = map(self._author, self.arranged.in_order(question.key))
        parts = (self._part(question, author, author.name) for author in people)
        return Section(_line(heading), sections=tuple(part for part in parts if not part.is_empty))

    def _part(self, question: Question, author: Author, heading: str) -> Section:
        """Return what one person gave to one question, by its shape."""
        answers = self.arranged.given(author.user_id, question.key)
        replies = [self._reply(answer, question.shape) for answer in answers]
        match question.shape:
            case Shape.STORIES:
                return _told(_line(heading), author, replies)
            case Shape.BULLETS:
                blocks = joined(chain.from_iterable(map(items_of, replies)))
                return Section(_line(heading), blocks, author=author)
            case Shape.LINE:
                lines = chain.from_iterable(line_of(reply, _line(heading, is_label=True)) for reply in replies)
                return Section(blocks=tuple(lines), author=author)

    def _reply(self, answer: Answer, shape: Shape) -> RichText:
        told = resolve(parse(answer.text, answer.blocks), self.names)
        is_inside = answer.is_inside or (bool(answer.said_by) and has_inside_lines(told))
        if answer.said_by:
            told = quoted(told, self.names.get(answer.said_by, answer.said_by), answer.permalink)
        figures = tuple(filter(None, (figure_of(file, self.files) for file in answer.files)))
        reply = RichText(told.blocks + figures)
        return marked(reply, is_inside=is_inside, each_line=shape is Shape.BULLETS)

    def _author(self, user_id: str) -> Author:
        return Author(user_id, " ".join(clean(self.names.get(user_id, "")).split()) or user_id)


def _told(heading: Line, author: Author, replies: Iterable[RichText]) -> Section:
    """Tell replies as stories. What comes before the first headed one stands right under the section's heading."""
    blocks: list[Block] = []
    sections: list[Section] = []
    for story in chain.from_iterable(map(stories_of, replies)):
        if story.heading:
            sections.append(Section(story.heading, tuple(story.blocks), author=author, is_inside=story.is_inside))
        elif sections:
            sections[-1] = replace(sections[-1], blocks=(*sections[-1].blocks, *story.blocks))
        else:
            blocks.extend(story.blocks)
    return Section(heading, tuple(blocks), tuple(sections), author)


def figure_of(file: Mapping[str, object], files: Files) -> Figure | None:
    """Return what is known of a file, or nothing where it has neither a name nor a place."""
    name, alt, title, permalink, mimetype = (
        " ".join(clean(str(file.get(key) or "")).split())
        for key in ("name", "alt_txt", "title", "permalink", "mimetype")
    )
    if not name and not permalink:
        return None
    figure = Figure(name or permalink, permalink, mimetype, alt=alt or title or name or permalink)
    if files is Files.ENCLOSED:
        return replace(figure, path=path_of(file))
    return replace(figure, is_shown=files is Files.SHOWN and is_picture(file) and bool(permalink))


def _line(text: str, *, is_label: bool = False) -> Line:
    return (Text(text, BOLD),) if text and is_label else (Text(text),) if text else ()


def _people(series: Series, ordered: Iterable[Answer]) -> tuple[str, ...]:
    """Return everybody, in the series' order; then those who left it but gave something."""
    return tuple(dict.fromkeys([*series.contributors, *(answer.user_id for answer in ordered)]))


def _questions(series: Series, edition: Edition, ordered: Iterable[Answer]) -> tuple[Question, ...]:
    """Return what was asked, then what was answered though it is no longer asked: no answer is lost."""
    asked = edition.questions or series.questions
    known = {question.key for question in asked}
    strays = dict.fromkeys(answer.question_key for answer in ordered if answer.question_key not in known)
    return (*asked, *(Question(key, "", "", Shape.STORIES) for key in strays))


def _numbering(series: Series, edition: Edition) -> Numbering:
    """Return the numbers that go into a title: those the edition was published under, or would be now."""
    if edition.season is None or edition.episode is None or edition.count is None:
        return series.numbering
    return replace(series.numbering, season=edition.season, episode=edition.episode, count=edition.count)


def _is_headline(series: Series, answer: Answer) -> bool:
    return series.layout is Layout.PERSONAL and answer.question_key == HEADLINE


def _own_headline(series: Series, ordered: Iterable[Answer]) -> str:
    own = (words(parse(answer.text, answer.blocks)) for answer in ordered if _is_headline(series, answer))
    return " ".join(own)


def _outside(section: Section) -> Iterator[Section]:
    sections = tuple(chain.from_iterable(map(_outside, section.sections)))
    left = replace(section, blocks=without_inside(section.blocks), sections=sections)
    if not section.is_inside and (section.is_empty or not left.is_empty):
        yield left


def _authors(sections: Iterable[Section]) -> Iterator[Author]:
    for section in sections:
        if section.author:
            yield section.author
        yield from _authors(section.sections)
