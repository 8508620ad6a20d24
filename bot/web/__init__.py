"""The door for HTTP: Slack's requests, and a page that says whether the bot is well."""
