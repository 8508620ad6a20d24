"""What must not go wrong, tried on purpose: `make chaos`. docs/reliability.md says what was found."""
