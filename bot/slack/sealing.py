"""Sealing: encrypting the tokens that are kept, under keys that can be changed one after the other."""

from collections.abc import Sequence

from bot.domain.errors import WeeknotesError


class UnsealableError(WeeknotesError):
    """A token was encrypted with a key that is not among WEEKNOTES_ENCRYPTION_KEYS any more."""


class Seal:
    """Encrypts with the newest key, the first one, and reads what any of the keys encrypted.

    With the token is encrypted whose it is: a row that was copied into another workspace's place is not read.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the keys, the newest first."""
        from cryptography import fernet  # noqa: PLC0415 - a single workspace has no keys, and starts sooner

        self._fernet = fernet.MultiFernet([fernet.Fernet(key) for key in keys])
        self._invalid: type[Exception] = fernet.InvalidToken

    def close(self, workspace_id: str, token: str) -> str:
        """Return a workspace's token, encrypted."""
        return self._fernet.encrypt(f"{workspace_id} {token}".encode()).decode()

    def open(self, workspace_id: str, sealed: str) -> str:
        """Return the token again. Raises UnsealableError where no key fits, or it is not this workspace's."""
        try:
            whose, _, token = self._fernet.decrypt(sealed.encode()).decode().partition(" ")
        except self._invalid:
            raise UnsealableError from None
        if whose != workspace_id:
            raise UnsealableError
        return token

    def opens(self, workspace_id: str, sealed: str) -> bool:
        """Say whether one of the keys fits."""
        try:
            self.open(workspace_id, sealed)
        except UnsealableError:
            return False
        return True

    def renew(self, sealed: str) -> str:
        """Return the same, encrypted with the newest key. Raises UnsealableError where no key fits."""
        try:
            return self._fernet.rotate(sealed.encode()).decode()
        except self._invalid:
            raise UnsealableError from None
