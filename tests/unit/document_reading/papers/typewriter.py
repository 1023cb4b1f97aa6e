"""Papers typed as text files: every character takes one place, every line one line.

A file begins with what it says (`merchant: …`, `date: …`), then a line of dashes, then the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from functions.document_reading.reading.model import PageWords, Source, Word

FOLDER = Path(__file__).parent / "typed"
_WIDTH, _HEIGHT, _LEADING = 6.0, 11.0, 13.0


@dataclass(frozen=True)
class TypedPaper:
    """A typed page and what it says."""

    page: PageWords
    merchant: str
    day: date
    total: Decimal
    currency: str
    number: str | None
    country: str | None


def typed_paper(path: Path) -> TypedPaper:
    """The paper of one file; those of tills are read by OCR, whose words are whole segments."""
    head, _dashes, text = path.read_text(encoding="utf-8").partition("\n---\n")
    said = dict(line.split(": ", 1) for line in head.splitlines())
    source = Source.OCR if path.name.startswith("till") else Source.TEXT
    return TypedPaper(
        typed(text, source),
        said["merchant"],
        date.fromisoformat(said["date"]),
        Decimal(said["total"]),
        said["currency"],
        said.get("number"),
        said.get("country"),
    )


def typed(text: str, source: Source = Source.TEXT, confidence: float = 1.0) -> PageWords:
    """A page of evenly wide characters, all as sure."""
    lines = text.splitlines()
    rows = (_words(line, 40 + _LEADING * row) for row, line in enumerate(lines))
    words = [replace(word, confidence=confidence) for row in rows for word in row]
    width = 2 * 40 + _WIDTH * max(map(len, lines))
    return PageWords(tuple(words), width, 2 * 40 + _LEADING * len(lines), source)


def _words(line: str, top: float) -> list[Word]:
    words: list[Word] = []
    position = 0
    for text in line.split():
        position = line.index(text, position)
        left = 40 + _WIDTH * position
        position += len(text)
        words.append(Word(text, left, top, 40 + _WIDTH * position, top + _HEIGHT))
    return words
