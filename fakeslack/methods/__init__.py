"""The Web API: every method with its arguments and scopes."""

from fakeslack.methods import auth, chat, conversations, files, reactions, users, views
from fakeslack.methods.registry import METHODS, Method

__all__ = ["METHODS", "Method", "auth", "chat", "conversations", "files", "reactions", "users", "views"]
