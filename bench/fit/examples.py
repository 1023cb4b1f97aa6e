"""What the reader chose between on each document, with what is right: what weights are fitted to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.reading.judge import company
from bench.reading.truth import Truth, Value, truth_of
from functions.document_reading.reading.amounts.total import weighed_totals
from functions.document_reading.reading.dates.issue_date import weighed_dates
from functions.document_reading.reading.merchant.merchant import weighed_names
from functions.document_reading.reading.model import Field, Reading, Source
from functions.document_reading.reading.print.layout import country_of
from functions.document_reading.reading.print.lines import Line, lines_of
from functions.document_reading.reading.read_document import PagesOf
from functions.document_reading.reading.read_pages import money_on, read_pages
from functions.document_reading.reading.weights import DATE, MERCHANT, TOTAL, Evidence, Weights

_SAME_LAYOUT = 0.6
"""Part of the words of two sheets that they share, if one producer set both."""
_FEWEST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value that the field may have."""

    value: Value
    evidence: Evidence
    doubt: float
    """How unsure OCR is of the least sure word of its line, 0 to 1."""
    is_right: bool


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one field of one document."""

    document: str
    kind: str
    """The folder: what sort of documents it is of."""
    group: int
    """Documents of one merchant or one layout have one, and are never on both sides of a fold."""
    candidates: tuple[Candidate, ...]
    is_text: bool
    is_read: bool
    is_read_right: bool
    """Whether the reader as it is reads the field right."""
    is_confirmed: bool

    @property
    def is_solvable(self) -> bool:
        """Whether other weights could make a difference."""
        return len({one.is_right for one in self.candidates}) > 1


@dataclass(frozen=True, slots=True)
class Judged:
    """A document's lines, its reading and its truth."""

    path: Path
    lines: Sequence[Line]
    reading: Reading
    truth: Truth


_TYPES = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}


def judged_documents(roots: Sequence[Path], pages_of: PagesOf) -> list[Judged]:
    """All documents with a truth; e-invoices too, as if they had no XML."""
    found: list[Judged] = []
    for path in sorted(path for root in roots for path in root.rglob("*")):
        content_type = _TYPES.get(path.suffix.lower())
        truth = truth_of(path) if content_type else None
        if content_type is None or truth is None:
            continue
        pages = pages_of(path, content_type)
        lines = lines_of(pages)
        if lines:
            found.append(Judged(path, lines, read_pages(pages, country=None), truth))
    return found


def examples_of(field: str, documents: Sequence[Judged]) -> list[Example]:
    """The field's examples, those of one merchant or layout in one group."""
    groups = _groups(documents)
    found: list[Example] = []
    for one, group in zip(documents, groups, strict=True):
        true = one.truth.values.get(field)
        if true is None or field in one.truth.wrong:
            continue
        is_right = _is_right(field, true, one.truth)
        read: Field[Value] | None = getattr(one.reading, field)
        found.append(
            Example(
                f"{one.path.parent.name}/{one.path.name}",
                one.path.parent.name,
                group,
                tuple(
                    Candidate(value, evidence, _doubt(one.lines[line]), is_right(value))
                    for value, evidence, line in _CANDIDATES[field](one.lines)
                ),
                is_text=one.lines[0].source is Source.TEXT,
                is_read=read is not None,
                is_read_right=read is not None and is_right(read.value),
                is_confirmed=read is not None and read.is_confirmed,
            )
        )
    return found


def _is_right(field: str, true: Value, truth: Truth) -> Callable[[Value], bool]:
    if field != "merchant":
        return lambda value: value == true
    wanted = company(str(true))
    if truth.is_part_of_name:
        return lambda value: wanted in company(str(value))
    return lambda value: company(str(value)) == wanted


def _doubt(line: Line) -> float:
    return 1 - min(word.confidence for word in line.words)


_Found = Iterator[tuple[Value, Evidence, int]]
"""Values with what speaks for them and the line they stand in."""


def _names(lines: Sequence[Line]) -> _Found:
    found = (one.candidate for one in weighed_names(lines))
    return ((one.name, one.evidence, one.line) for one in found)


def _totals(lines: Sequence[Line]) -> _Found:
    numbers, amounts = money_on(list(lines), country_of(lines))
    rates = [one.value for one in numbers if one.is_percent]
    return ((one.value, one.evidence, one.line) for one in weighed_totals(amounts, rates)[1])


def _dates(lines: Sequence[Line]) -> _Found:
    resolved, _labels, evidence = weighed_dates(lines, country_of(lines))
    return ((one.day, some, one.mention.line) for one, some in zip(resolved, evidence, strict=True))


_CANDIDATES: dict[str, Callable[[Sequence[Line]], _Found]] = {
    "merchant": _names,
    "total": _totals,
    "date": _dates,
}
HAND_SET: dict[str, Weights] = {"merchant": MERCHANT, "total": TOTAL, "date": DATE}


def _groups(documents: Sequence[Judged]) -> list[int]:
    """The number of each document's group: that of the first one it is alike to, merchant or layout."""
    numbers = list(range(len(documents)))
    merchants = [company(str(one.truth.values.get("merchant") or one.path)) for one in documents]
    layouts = [_layout(one.lines) for one in documents]
    for index in range(len(documents)):
        for other in range(index):
            if numbers[index] == numbers[other]:
                continue
            if merchants[index] == merchants[other] or _are_alike(layouts[index], layouts[other]):
                joined, gone = sorted((numbers[index], numbers[other]))
                numbers = [joined if number == gone else number for number in numbers]
    return numbers


def _layout(lines: Sequence[Line]) -> frozenset[str]:
    """The words of a page that are no figures."""
    return frozenset(word.text.casefold() for line in lines for word in line.words if word.text.isalpha())


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(one), len(other)) < _FEWEST_WORDS:
        return False
    return len(one & other) >= _SAME_LAYOUT * min(len(one), len(other))
