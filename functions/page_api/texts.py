"""What the page says of problems, waiting files and documents, in the reader's language."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from shared.domain.active_content import ActiveContent
from shared.texts.languages import text

# Where a problem is told of a link, nobody waits for what proofs and previews are made of.
if TYPE_CHECKING:
    from functions.page_api.imports.show_preview import NoPreview
    from functions.page_api.problems import ProblemCode
    from shared.domain.deliveries import DeliveryReason, Found
    from shared.domain.imports import WaitingReason
    from shared.domain.proofs import ProofProblem
    from shared.domain.readings import Category, Contradiction
    from shared.domain.sharing import SharingProblem

    Code = (
        ProblemCode
        | WaitingReason
        | DeliveryReason
        | SharingProblem
        | ProofProblem
        | Found
        | NoPreview
        | Category
        | Contradiction
    )

# By type: codes are strings, and two of them may be the same one.
_KINDS = {
    "ProblemCode": "problem",
    "WaitingReason": "waiting",
    "DeliveryReason": "delivery",
    "Found": "found",
    "SharingProblem": "sharing",
    "ProofProblem": "proof",
    "NoPreview": "no_preview",
    "Category": "category",
    "Contradiction": "contradiction",
}


def sentence(code: Code, locale: str) -> str:
    """What there is to know and to do."""
    return text(f"{_KINDS[type(code).__name__]}.{code.value}", locale)


def warning(kinds: Collection[ActiveContent], locale: str) -> str:
    """What somebody is told before they open a document with active content."""
    is_found = any(kind is not ActiveContent.NOT_KNOWN for kind in kinds)
    return text("active_content.found" if is_found else "active_content.not_known", locale)
