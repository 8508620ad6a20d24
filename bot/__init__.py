"""Weeknotes: a Slack bot that makes a team's weeknotes."""
