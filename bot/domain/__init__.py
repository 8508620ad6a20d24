"""The rules, as plain Python: given values and the time, they answer with values."""
