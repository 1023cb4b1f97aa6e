"""What a service found in a picture: its words, and what it takes them for."""

from __future__ import annotations

from dataclasses import dataclass

Corner = tuple[float, float]
"""From the page's upper left corner, as shares of its width and height."""


@dataclass(frozen=True, slots=True)
class AnalysedWord:
    """A word and where it lies: the corners as its reader sees them, from the upper left one clockwise.

    `confidence` is from 0 to 1.
    """

    text: str
    corners: tuple[Corner, Corner, Corner, Corner]
    confidence: float


@dataclass(frozen=True, slots=True)
class AnalysedField:
    """What some words are taken for: `kind` is the analysis' own name for it, such as `VENDOR_NAME`.

    `currency` is that of an amount, by ISO 4217, where it is known.
    """

    kind: str
    text: str
    confidence: float
    currency: str = ""


@dataclass(frozen=True, slots=True)
class ExpenseAnalysis:
    """The words of each page, and the fields of the whole document.

    `pages_read` is how many pages the service says that it has read, also those without a word; 0 where it
    does not say.
    """

    pages: tuple[tuple[AnalysedWord, ...], ...]
    fields: tuple[AnalysedField, ...]
    pages_read: int = 0
