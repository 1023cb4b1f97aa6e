"""Where documents are filed, as the API takes and shows it."""

from __future__ import annotations

from typing import Annotated, TypedDict

from annotated_types import Ge
from pydantic import Field, StringConstraints

from functions.page_api.filing.examples import ExampleKind
from functions.page_api.schemas.forms import Absent, Asked, Shown
from functions.page_api.schemas.links import Refusal
from shared.domain.filing.choices import FilingPart, MonthForm

MOST_PARTS = len(FilingPart)

PartNames = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(,[a-z_]+)*$", max_length=200)]
"""Parts of a query, separated by commas."""


class FilingFields(TypedDict):
    """A choice."""

    folders: list[FilingPart]
    name: list[FilingPart]
    months: MonthForm


class FilingExample(Shown):
    """A document that never was, and where it would be filed."""

    kind: ExampleKind
    path: str


class FilingPreview(Shown):
    """What a choice leads to, by the code that files."""

    examples: list[FilingExample]
    list_folder: Absent[str] = None
    """Where the list of the examples' month would lie."""
    has_year_folders: bool
    """Whether a year can be shared by itself."""
    refusal: Absent[Refusal] = None
    """Why it cannot be chosen."""


class Filing(Shown):
    """Where what comes from now on is filed."""

    folders: list[FilingPart]
    """From the outermost in. Without a folder of the year, the month's says it: `2026-03`."""
    name: list[FilingPart]
    """What a file's name says; an id of the document ends every one."""
    months: MonthForm
    version: int
    """To be given back with another choice: of two administrators, the second sees what the first chose."""
    orders: list[list[FilingPart]]
    """Every order of folders that can be chosen."""
    name_parts: list[FilingPart]
    """Every part that a name can be made of."""
    preview: FilingPreview


Parts = Annotated[list[Annotated[FilingPart, Field(strict=False)]], Field(max_length=MOST_PARTS)]


class ChooseFiling(Asked):
    """Have what comes from now on filed so."""

    folders: Parts
    name: Parts
    months: Annotated[MonthForm, Field(strict=False)]
    version: Annotated[int, Ge(0)]
