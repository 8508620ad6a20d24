"""Listeners for Slack's messages."""
