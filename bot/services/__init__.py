"""The use cases: open a session, read, ask the domain, write, and return a small frozen result."""
