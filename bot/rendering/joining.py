"""What people read when they come to a channel with weeknotes, join, leave, or are asked to take one over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import InteractiveElement

from bot.domain.deliveries import Message
from bot.domain.series import Series
from bot.domain.weeks import Period
from bot.rendering.blocks import button
from bot.rendering.environments import Templates
from bot.rendering.sayings import said


@dataclass(frozen=True, slots=True)
class Asks:
    """When a series asks somebody first: the moment in their zone, or now; and when that edition's note goes out."""

    at: str
    is_now: bool
    period: Period
    goes_out: str


@dataclass(frozen=True, slots=True)
class Joinings:
    """Makes the messages."""

    templates: Templates

    def newcomer(self, series: Series) -> Message:
        """Return what a newcomer to the channel is told, once: they may join, or not."""
        about = {"series": series.id}
        join = self._button("join", "contributor.join", about, style="primary")
        text = self.templates.slack("newcomer", **self._of(series))
        return said(text, join, self._button("decline", "contributor.decline", about))

    def newcomer_followed(self, series: Series, asks: Asks) -> Message:
        """Return what a newcomer is told once where everyone in the channel is asked: they may stay out."""
        stay_out = self._button("stay_out", "contributor.leave", {"series": series.id})
        text = self.templates.slack("newcomer_followed", **self._of(series), asks=asks.at, is_now=asks.is_now)
        return said(text, stay_out)

    def joined(self, series: Series, asks: Asks, *, was_in: bool) -> Message:
        """Return the answer to somebody who joins."""
        text = self.templates.slack(
            "joined",
            **self._of(series),
            was_in=was_in,
            is_paused=series.is_paused,
            is_now=asks.is_now,
            asks=asks.at,
            period=asks.period,
            goes_out=asks.goes_out,
        )
        return said(text)

    def declined(self, series: Series) -> Message:
        """Return the answer to somebody who does not want to join."""
        return said(self.templates.slack("declined", **self._of(series)))

    def left(self, series: Series, total: int, *, was_editor: bool = False) -> Message:
        """Return the answer to somebody who leaves, with how much of theirs stays in the coming note."""
        return said(self.templates.slack("left", **self._of(series), total=total, was_editor=was_editor))

    def stopped_asking(self, series: Series, total: int) -> Message:
        """Return the answer to an editor who is asked no more."""
        return said(self.templates.slack("stopped_asking", **self._of(series), total=total))

    def leave_question(self, series: Series, total: int) -> Message:
        """Return the question whether a contributor wants to leave, with how much of theirs would stay in the note."""
        leave = self._button("leave", "contributor.leave", {"series": series.id}, style="danger")
        return said(self.templates.slack("leave_question", **self._of(series), total=total), leave)

    def editor_leave_question(self, series: Series, *, is_asked: bool, is_last: bool) -> Message:
        """Return the question what an editor wants to leave; the last one cannot stop editing."""
        about = {"series": series.id}
        buttons: list[InteractiveElement] = []
        if is_asked:
            buttons.append(self._button("stop_asking", "contributor.leave", about))
        if not is_last:
            label = "leave_altogether" if is_asked else "stop_editing"
            buttons.append(self._button(label, "editor.leave", about, style="danger"))
        text = self.templates.slack("editor_leave_question", **self._of(series), is_asked=is_asked, is_last=is_last)
        return said(text, *buttons)

    def take_over(self, series: Series, gone: Sequence[str], of: str, *, is_creator: bool) -> Message:
        """Return the question to somebody whether they take over a series that lost its editors."""
        text = self.templates.slack("take_over", **self._of(series), editors=gone, is_creator=is_creator)
        return said(
            text, self._button("take_over", "editor.take_over", {"series": series.id, "of": of}, style="primary")
        )

    def taken_over(self, series: Series, editors: Sequence[str], *, is_theirs: bool) -> Message:
        """Return the answer to somebody who takes a series over, or would have."""
        name = "taken_over" if is_theirs else "taken_over_already"
        return said(self.templates.slack(name, **self._of(series), editors=editors))

    def _of(self, series: Series) -> dict[str, object]:
        publish = self.templates.words.weekly(series.cadence.publish)
        return {"series": series.name, "channel_id": series.channel_id, "publish": publish}

    def _button(
        self, label: str, action_id: str, about: Mapping[str, object], *, style: str | None = None
    ) -> InteractiveElement:
        return button(self.templates.label(f"people.{label}"), action_id, about, style=style)
