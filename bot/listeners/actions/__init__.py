"""Listeners for buttons and selects."""
