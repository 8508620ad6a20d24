"""What the bot keeps: tables, and one module of functions per noun. The only place that speaks SQL."""
