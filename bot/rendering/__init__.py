"""The ways out: what people read, as Slack blocks, mrkdwn, plain text, Markdown and HTML."""
