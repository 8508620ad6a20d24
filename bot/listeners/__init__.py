"""Listeners: they translate what Slack sends into one service call each, and decide nothing."""

from slack_bolt import App

from bot.listeners import messages
from bot.listeners.actions import (
    answer_moved,
    away_asked,
    form_opened,
    home_turned,
    note_edited,
    note_exported,
    note_held,
    note_published,
    notices_shown,
    person_forgotten,
    prompt_left,
    series_joined,
    turn_handed_over,
)
from bot.listeners.commands import weeknotes
from bot.listeners.events import app_removed, channel_changed, home_opened, people_changed
from bot.listeners.shortcuts import jot_saved
from bot.listeners.views import away_saved, form_saved, note_saved, notice_saved, season, series_setup, settings, styles
from bot.rendering.environments import Templates
from bot.services import Services


def register(app: App, services: Services, templates: Templates) -> None:
    """Register every listener; messages first, as most of what arrives is messages and Bolt tries them in order."""
    for door in (
        messages,
        prompt_left,
        answer_moved,
        form_opened,
        note_edited,
        note_held,
        note_published,
        note_exported,
        notices_shown,
        turn_handed_over,
        person_forgotten,
        away_asked,
        home_turned,
        away_saved,
        form_saved,
        note_saved,
        series_joined,
        notice_saved,
        home_opened,
        jot_saved,
        weeknotes,
        season,
        series_setup,
        settings,
        styles,
        people_changed,
        channel_changed,
        app_removed,
    ):
        door.register(app, services, templates)
