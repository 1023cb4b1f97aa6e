"""Words a choice of where documents are filed as an answer of the API."""

from __future__ import annotations

from datetime import datetime

from functions.page_api.filing.choose_filing import TriedFiling
from functions.page_api.filing.examples import examples, list_folder
from functions.page_api.schemas import filing as schemas
from functions.page_api.schemas.links import Refusal
from shared.domain.filing.choices import NAME_PARTS, ORDERS, FilingChoice, FilingPart, problem_of
from shared.http.refusals import sentence


def filing(tried: TriedFiling, locale: str, now: datetime) -> schemas.Filing:
    """The present choice, and what else there is to choose from."""
    return schemas.Filing(
        **_fields(tried.choice),
        version=tried.link.generation,
        orders=[list(order) for order in ORDERS],
        name_parts=[part for part in FilingPart if part in NAME_PARTS],
        preview=preview(tried, locale, now),
    )


def preview(tried: TriedFiling, locale: str, now: datetime) -> schemas.FilingPreview:
    """What the choice leads to; nothing is filed by one that is not safe."""
    code, choice = tried.refusal, tried.choice
    is_safe = problem_of(choice) is None
    return schemas.FilingPreview(
        examples=[schemas.FilingExample(kind=one.kind, path=one.path) for one in examples(choice, now)]
        if is_safe
        else [],
        list_folder=list_folder(choice) if is_safe else None,
        has_year_folders=choice.has_year_folders,
        refusal=Refusal(code=code, message=sentence(code, locale)) if code else None,
    )


def _fields(choice: FilingChoice) -> schemas.FilingFields:
    return {"folders": list(choice.folders), "name": list(choice.name), "months": choice.months}
