"""Tables of JSON objects, in memory and, with a folder, in a journal that a killed process leaves readable.

Every change is one appended line, flushed before anything is answered; reading keeps the last line of each key, and
starting writes the journal anew without what was overwritten. Objects in a table are replaced, never changed in place.
"""

import json
import threading
from collections import defaultdict
from pathlib import Path
from typing import IO

from fakeslack.model import Json

JOURNAL = "workspace.jsonl"


class Store:
    """Holds the tables, by kind and key."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read what is in the folder, if there is one, and go on writing there."""
        self.lock = threading.RLock()
        self.folder = folder
        self.tables: defaultdict[str, dict[str, Json]] = defaultdict(dict)
        self._bytes: dict[str, bytes] = {}
        self._journal: IO[str] | None = None
        if folder is not None:
            (folder / "files").mkdir(parents=True, exist_ok=True)
            self._read(folder / JOURNAL)

    def get(self, kind: str, key: str) -> Json | None:
        """Return one object, or None."""
        return self.tables[kind].get(key) if kind in self.tables else None

    def all(self, kind: str) -> list[Json]:
        """Return the objects of one kind in the order in which they were first put."""
        return list(self.tables[kind].values()) if kind in self.tables else []

    def put(self, kind: str, key: str, body: Json) -> Json:
        """Keep an object."""
        with self.lock:
            self.tables[kind][key] = body
            self._write(kind, key, body)
        return body

    def drop(self, kind: str, key: str) -> None:
        """Forget an object."""
        with self.lock:
            self.tables[kind].pop(key, None)
            self._write(kind, key, None)

    def put_bytes(self, name: str, data: bytes) -> None:
        """Keep the content of a file."""
        if self.folder is None:
            self._bytes[name] = data
            return
        path = self.folder / "files" / name
        temporary = path.with_suffix(".part")
        temporary.write_bytes(data)
        temporary.replace(path)

    def get_bytes(self, name: str) -> bytes:
        """Return the content of a file."""
        return self._bytes[name] if self.folder is None else (self.folder / "files" / name).read_bytes()

    def open(self) -> None:
        """Start writing: the journal is made anew, without what was overwritten, and put in place at once."""
        if self.folder is None or self._journal is not None:
            return
        with self.lock:
            temporary = self.folder / f"{JOURNAL}.part"
            with temporary.open("w", encoding="utf-8") as journal:
                for kind, table in self.tables.items():
                    journal.writelines(_line(kind, key, body) for key, body in table.items())
            temporary.replace(self.folder / JOURNAL)
            self._journal = (self.folder / JOURNAL).open("a", encoding="utf-8")

    def close(self) -> None:
        """Stop writing."""
        with self.lock:
            if self._journal is not None:
                self._journal.close()
                self._journal = None

    def _write(self, kind: str, key: str, body: Json | None) -> None:
        if self._journal is not None:
            self._journal.write(_line(kind, key, body))
            self._journal.flush()

    def _read(self, path: Path) -> None:
        if not path.exists():
            return
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if not line.endswith("\n"):
                    break  # torn off by a crash while it was being written: it was never answered for
                kind, key, body = json.loads(line)
                if body is None:
                    self.tables[kind].pop(key, None)
                else:
                    self.tables[kind][key] = body


def _line(kind: str, key: str, body: Json | None) -> str:
    return json.dumps([kind, key, body], separators=(",", ":")) + "\n"
