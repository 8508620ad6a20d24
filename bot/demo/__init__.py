"""What `weeknotes demo` runs: a Slack of one's own with the unchanged bot in it. Imported by that command alone."""
