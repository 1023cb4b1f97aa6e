"""Where on the page a value stands, so that it can be shown beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from functions.document_reading.reading.lexicon.folding import squashed, tokens
from functions.document_reading.reading.model import Place, Word
from functions.document_reading.reading.print.lines import Line

_PRECISION = 4


def place_of_text(line: Line, start: int, end: int) -> Place | None:
    """The box around the words of a line that a piece of its text is made of."""
    position, found = 0, []
    for word in line.words:
        if position < end and position + len(word.text) > start:
            found.append(word)
        position += len(word.text) + 1
    return _around(found, line)


def place_of_name(line: Line, name: str) -> Place | None:
    """The box around those words of a line that a name has, None where it has none of them."""
    wanted = set(tokens(name))
    return _around([word for word in line.words if not wanted.isdisjoint(tokens(word.text))], line)


def place_of_number(lines: Sequence[Line], number: str) -> Place | None:
    """The box around the first word that is a document's number, or has it with its label."""
    letters = squashed(number)
    return next((_around([word], line) for line, word in _with(letters, lines)), None)


def _with(letters: str, lines: Sequence[Line]) -> Iterator[tuple[Line, Word]]:
    words = [(line, word) for line in lines for word in line.words]
    yield from (one for one in words if squashed(one[1].text) == letters)
    yield from (one for one in words if letters and letters in squashed(one[1].text))


def _around(words: Sequence[Word], line: Line) -> Place | None:
    if not words:
        return None
    width, height = max(line.page_width, 1e-6), max(line.page_height, 1e-6)
    return Place(
        line.page_number,
        _part(min(word.left for word in words), width),
        _part(min(word.top for word in words), height),
        _part(max(word.right for word in words), width),
        _part(max(word.bottom for word in words), height),
    )


def _part(length: float, whole: float) -> float:
    return round(min(max(length / whole, 0.0), 1.0), _PRECISION)
