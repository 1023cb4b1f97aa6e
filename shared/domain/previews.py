"""Small pictures of a document's pages, to be looked at beside what was read: where they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

MOST_PAGES = 3
"""Of a document; they are a help to recognise it by, not a copy of it."""
LONGEST_SIDE = 3_000
"""Pixels; that of a screenshot of a whole page. Most pages have 1,000."""


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A page that there is a picture of, counted from 0, and that picture's size in pixels."""

    number: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Which pages of how many there are pictures of.

    `made_for` is the expense that they are kept under, where it is not the one that is looked at: a file is
    pictured once, before it is split.
    """

    page_count: int
    pages: tuple[PreviewPage, ...]
    made_for: str | None = None


def preview_prefix_of(user_id: str) -> str:
    """What the keys of the pictures of a user's documents begin with, and nobody else's."""
    return f"previews/{quote(user_id, safe='')}/"


def preview_key(user_id: str, expense_id: str, page: int) -> str:
    """Where the picture of a page of an expense's document is kept."""
    return f"{preview_prefix_of(user_id)}{quote(expense_id, safe='')}/{page}.jpg"


def key_of_pages_sent(user_id: str, document_id: str) -> str:
    """Where those pages of a document are kept, beside its pictures, that an engine is to fetch."""
    return f"{preview_prefix_of(user_id)}{quote(document_id, safe='')}/sent"
