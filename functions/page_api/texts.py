"""What the page says of problems, waiting files and documents, in the reader's language."""

from __future__ import annotations

from functions.page_api.imports.show_preview import NoPreview
from functions.page_api.problems import ProblemCode
from shared.domain.deliveries import DeliveryReason
from shared.domain.imports import WaitingReason
from shared.domain.readings import Category, Contradiction
from shared.texts.languages import text

Code = ProblemCode | WaitingReason | DeliveryReason | NoPreview | Category | Contradiction
# By type: codes are strings, and two of them may be the same one.
_KINDS: dict[type[Code], str] = {
    ProblemCode: "problem",
    WaitingReason: "waiting",
    DeliveryReason: "delivery",
    NoPreview: "no_preview",
    Category: "category",
    Contradiction: "contradiction",
}


def sentence(code: Code, locale: str) -> str:
    """What there is to know and to do."""
    return text(f"{_KINDS[type(code)]}.{code.value}", locale)
