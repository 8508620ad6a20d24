"""Listeners: they translate what Slack sends into one service call each, and decide nothing."""
