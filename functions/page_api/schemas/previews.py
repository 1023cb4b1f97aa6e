"""A document beside what was read off it, as the API shows it."""

from __future__ import annotations

from typing import Annotated

from annotated_types import Ge, Le

from functions.page_api.imports.show_preview import NoPreview
from functions.page_api.schemas.expenses import ExpenseNow
from functions.page_api.schemas.forms import Absent, Instant, Shown
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import Category, Contradiction

Part = Annotated[float, Ge(0), Le(1)]
"""Of a page's width or height, from its upper left corner."""


class Place(Shown):
    """A box on a page of the document, upright as it is shown."""

    page: int
    """Counted from 1."""
    left: Part
    top: Part
    right: Part
    bottom: Part


class ReadValue(Shown):
    """A value that was read off the document."""

    name: str
    """A field of the expense (`merchant`, `date`, `amount`, `currency`), or `document_number`."""
    value: Absent[str] = None
    """As it was read; absent where that is not known any more."""
    is_confirmed: bool
    """Whether the document itself confirms it; where not, it is for its user to check."""
    is_checked: bool
    """Whether its user has touched the field since."""
    changed_to: Absent[str] = None
    """What the expense says, where that is something else."""
    source: str
    """`text`, `ocr`, or `e-invoice`: the data attached to the document."""
    place: Absent[Place] = None
    """Where it stands; absent where no page shows it."""


class VatOfRate(Shown):
    """The VAT of one rate, as the document states it."""

    rate: Absent[str] = None
    """In percent."""
    amount: str
    base: Absent[str] = None
    place: Absent[Place] = None


class SuggestedCategory(Shown):
    """What kind of expense it seems to be."""

    code: Category
    message: str


class Contradicted(Shown):
    """Where the document disagrees with itself."""

    code: Contradiction
    message: str


class NoPreviewBecause(Shown):
    """Why there is no picture of the document."""

    code: NoPreview
    message: str


class PreviewPage(Shown):
    """A small JPEG of a page."""

    page: int
    """Counted from 1."""
    width: int
    height: int
    url: str
    """Shows it to those who have it, until `expires_at`."""


class Preview(Shown):
    """The document of an expense beside what was read off it."""

    expense_id: str
    name: Absent[str] = None
    """Of the document."""
    state: Absent[ReadingJobStatus] = None
    """How its reading stands; absent where it is not read."""
    expense: ExpenseNow
    pages: list[PreviewPage]
    """A few of them: those on which something was found, and the first ones."""
    page_count: Absent[int] = None
    """How many the document has."""
    expires_at: Absent[Instant] = None
    """Until when the URLs work: ask again for others."""
    why_none: Absent[NoPreviewBecause] = None
    """There where there are no pages."""
    values: list[ReadValue]
    vat: list[VatOfRate]
    category: Absent[SuggestedCategory] = None
    contradictions: list[Contradicted]
    is_credit_note: bool
