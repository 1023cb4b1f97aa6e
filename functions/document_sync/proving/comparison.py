"""Compares a listing with what was delivered, on disk: memory does not grow with the number of documents.

Each document is one of present, moved, changed or missing. As many documents may have the same bytes as were
delivered so, and a file stands for one of them: those in their own places first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from shared.domain.cloud_files import ListedEntry
from shared.domain.deliveries import Delivery
from shared.domain.proofs import Finding, FoundDocument, place_of

_CACHE_KIBIBYTES = 16_384
_TABLES = """
CREATE TABLE files (place TEXT PRIMARY KEY, path TEXT NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  place TEXT NOT NULL, path TEXT NOT NULL, hash TEXT NOT NULL, expense TEXT NOT NULL, document TEXT NOT NULL
);
"""
_CONCLUSIONS = """
CREATE INDEX documents_by_place ON documents (place);
CREATE INDEX documents_by_hash ON documents (hash);
CREATE TABLE lost AS
  SELECT documents.rowid AS id, documents.hash AS hash, files.path AS there,
    row_number() OVER (PARTITION BY documents.hash ORDER BY documents.place, documents.rowid) AS number
  FROM documents LEFT JOIN files ON files.place = documents.place
  WHERE files.hash IS NULL OR files.hash <> documents.hash;
CREATE TABLE strays AS
  SELECT path, hash, row_number() OVER (PARTITION BY hash ORDER BY place) AS number
  FROM files
  WHERE EXISTS (SELECT 1 FROM documents WHERE documents.hash = files.hash)
    AND NOT EXISTS (
      SELECT 1 FROM documents WHERE documents.place = files.place AND documents.hash = files.hash
    );
CREATE INDEX lost_by_hash ON lost (hash, number);
CREATE INDEX strays_by_hash ON strays (hash, number);
CREATE TABLE findings AS
  SELECT CASE WHEN strays.path IS NOT NULL THEN 'moved' WHEN lost.there IS NOT NULL THEN 'changed'
    ELSE 'missing' END AS finding, lost.id AS id, strays.path AS found_at
  FROM lost LEFT JOIN strays ON strays.hash = lost.hash AND strays.number = lost.number
  UNION ALL
  SELECT 'doubled', (SELECT min(rowid) FROM documents WHERE documents.hash = strays.hash), strays.path
  FROM strays LEFT JOIN lost ON lost.hash = strays.hash AND lost.number = strays.number
  WHERE lost.id IS NULL;
"""
# What can be put back comes first.
_FINDINGS = """
SELECT findings.finding, documents.path, findings.found_at, documents.expense, documents.document
FROM findings JOIN documents ON documents.rowid = findings.id
ORDER BY CASE findings.finding WHEN 'missing' THEN 0 WHEN 'changed' THEN 1 WHEN 'moved' THEN 2 ELSE 3 END,
  documents.place, documents.rowid, findings.found_at
"""


class Comparison:
    """Is given the listing in its order, then what was delivered, and is then asked what it comes to."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.executescript(_TABLES)

    def list(self, entries: Iterable[ListedEntry]) -> None:
        """What lies in the folder: a later entry of a place counts; nothing stays below one that is gone."""
        with self._together():
            for entry in entries:
                place = place_of(entry.path)
                if entry.is_folder:
                    continue
                if entry.content_hash is None:
                    # `0` follows `/`: between them is all that begins with the place and a slash.
                    self._database.execute(
                        "DELETE FROM files WHERE place = ? OR (place > ? AND place < ?)",
                        (place, f"{place}/", f"{place}0"),
                    )
                else:
                    row = (place, entry.path, entry.content_hash)
                    self._database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", row)

    def expect(self, deliveries: Iterable[Delivery]) -> None:
        """What was delivered there."""
        rows = map(_document, deliveries)
        with self._together():
            self._database.executemany("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", rows)

    def conclude(self) -> None:
        """Once everything is known."""
        self._database.executescript(_CONCLUSIONS)

    @property
    def documents(self) -> int:
        """How many are expected."""
        return self._number("SELECT count(*) FROM documents")

    @property
    def files(self) -> int:
        """How many lie in the folder, of any kind."""
        return self._number("SELECT count(*) FROM files")

    def count(self, finding: Finding) -> int:
        """How many findings there are of a kind."""
        return self._number("SELECT count(*) FROM findings WHERE finding = ?", finding.value)

    def findings(self) -> Iterator[FoundDocument]:
        """All of them, the missing ones first, by path."""
        for finding, path, found_at, expense_id, document_id in self._database.execute(_FINDINGS):
            yield FoundDocument(Finding(finding), path, found_at, expense_id, document_id)

    @contextmanager
    def _together(self) -> Iterator[None]:
        self._database.execute("BEGIN")
        yield
        self._database.execute("COMMIT")

    def _number(self, query: str, *values: str) -> int:
        [number] = self._database.execute(query, values).fetchone()
        return int(number)


@contextmanager
def comparison_in(directory: Path) -> Iterator[Comparison]:
    """A comparison whose tables lie in a directory; a drain that dies leaves nothing that counts."""
    with closing(sqlite3.connect(directory / "comparison.sqlite", isolation_level=None)) as database:
        database.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE_KIBIBYTES};"
        )
        yield Comparison(database)


def _document(delivery: Delivery) -> tuple[str, str, str, str, str]:
    path = delivery.path or ""
    key = delivery.key
    return place_of(path), path, delivery.content_hash or "", key.expense_id, key.document_id
