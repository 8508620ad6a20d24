"""Slack's side: clients, the sender, the directory and the installations."""
