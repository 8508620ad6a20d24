"""The command `weeknotes`. Everything heavy is imported by the command that needs it, so that `--help` is quick."""

import sys
from pathlib import Path
from typing import Any

import click

from bot.domain.errors import WeeknotesError

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
ANSWERS = click.Path(exists=True, file_okay=False, path_type=Path)


class _Commands(click.Group):
    """A group whose commands may raise any WeeknotesError: its sentence is what the person reads."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command; turn our errors into click's."""
        try:
            return super().invoke(ctx)
        except WeeknotesError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="weeknotes", message="weeknotes %(version)s")
def main() -> None:
    """Weeknotes asks a team for the highlights of their week, and posts the note on Friday.

    New here? Try `weeknotes demo`: a whole week in your browser, with no Slack and no account.
    """


@main.command()
@click.option("--play", is_flag=True, help="Play the week with nobody watching, and print the note at the end.")
@click.option(
    "--answers", type=ANSWERS, help="With --play: a folder of text or Markdown files, each one person's week."
)
@click.option("--markdown", type=FILE, help="With --play: write the note there as Markdown.")
@click.option("--html", type=FILE, help="With --play: write the note there as HTML.")
@click.option("--reset", is_flag=True, help="Forget what happened in the demo before, and start over.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The page's port. By default any that is free.")
@click.option(
    "--data", type=FOLDER, default=Path(".weeknotes"), show_default=True, help="Where the demo keeps its data."
)
def demo(
    *, play: bool, answers: Path | None, markdown: Path | None, html: Path | None, reset: bool, port: int, data: Path
) -> None:
    """See a week go by, without Slack.

    A Slack of your own runs on this machine, with the real bot in it. Nothing leaves this machine. Stopped and started
    again, the demo goes on where it was.
    """
    from bot import log

    log.configure("warning")
    if play:
        from bot.demo.play import play as play_week

        sys.exit(play_week(answers=answers, markdown=markdown, html=html))
    if answers or markdown or html:
        raise click.UsageError("--answers, --markdown and --html go with --play.")
    from bot.demo.live import live

    live(data=data, port=port, reset=reset)


@main.command()
def run() -> None:
    """Run the bot in a real workspace.

    It connects by Socket Mode, so this machine needs no public address. Wants SLACK_BOT_TOKEN and SLACK_APP_TOKEN.
    Keeps everything in SQLite unless DATABASE_URL says otherwise.
    """
    from bot import processes

    processes.run()


@main.command()
def web() -> None:
    """Take Slack's requests over HTTP.

    Listens on WEEKNOTES_HOST and PORT. Wants SLACK_SIGNING_SECRET, and SLACK_BOT_TOKEN unless there are keys. On SQLite
    this is the whole bot; on PostgreSQL start `weeknotes worker` beside it.
    """
    from bot import processes

    processes.web()


@main.command()
def worker() -> None:
    """Do what falls due, beside `weeknotes web`.

    Asks, reminds, publishes, and delivers what is owed to Slack. Wants DATABASE_URL on PostgreSQL, and
    SLACK_BOT_TOKEN unless there are keys.
    """
    from bot import processes

    processes.worker()


@main.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the schema up to date; twice does no harm."""
    from bot import upkeep

    click.echo(f"The database is at revision {upkeep.upgrade()}.")


@db.command()
@click.argument("revision")
@click.confirmation_option("--yes", prompt="What newer tables and columns hold will be lost. Go on?")
def downgrade(revision: str) -> None:
    """Take the schema back to REVISION.

    `base` is before the first one.
    """
    from bot import upkeep

    click.echo(f"The database is at revision {upkeep.downgrade(revision) or 'base'}.")


@db.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE.

    The bot may run meanwhile. The copy is checked.
    """
    from bot import upkeep

    upkeep.back_up(file)
    click.echo(f"The database is backed up in {file}. It holds what people wrote: keep it as safe as their messages.")


@db.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.confirmation_option("--yes", prompt="Is the bot stopped, and shall this backup take the database's place?")
def restore(file: Path) -> None:
    """Put a backup in the SQLite database's place.

    Stop the bot first. What was there before is kept beside it.
    """
    from bot import upkeep

    kept = upkeep.restore(file)
    click.echo(f"The database is as it was in {file}." + (f" What was there before is in {kept}." if kept else ""))


@db.command()
def check() -> None:
    """Say whether the schema is as it should be."""
    from bot import upkeep

    problems = upkeep.check()
    click.echo("\n".join(problems) or "The database is as it should be.")
    sys.exit(bool(problems))


@db.command("rotate-keys")
def rotate_keys() -> None:
    """Encrypt the kept tokens with the newest key.

    Put a new key first in WEEKNOTES_ENCRYPTION_KEYS, restart, type this, and take the old key out.
    """
    from bot import upkeep

    click.echo(f"Tokens encrypted with the newest key: {upkeep.rotate_keys()}. The older keys can go now.")


@main.command()
def doctor() -> None:
    """Say what is wrong, and what to do about it.

    Checks tokens, scopes, database, schema, clock and time zones. The exit status is 1 when something is wrong.
    """
    from bot import doctor as practice

    sys.exit(practice.examine())


@main.command()
@click.option("--url", help="The bot's public address, for HTTP. Without it the manifest is for Socket Mode.")
def manifest(url: str | None) -> None:
    """Print the manifest of the Slack app.

    Paste it at api.slack.com/apps under Create New App → From a manifest.
    """
    import json

    from bot.slack.manifest import manifest as app_manifest

    click.echo(json.dumps(app_manifest(url), indent=2, ensure_ascii=False))
