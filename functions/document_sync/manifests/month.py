"""What both files of a month's manifest are written from, and where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.document_sync.manifests.rows import ManifestRow
from shared.domain.deliveries import ManifestForm
from shared.domain.links import Space
from shared.texts.languages import text


@dataclass(frozen=True, slots=True)
class ManifestMonth:
    """One month's lines, in order, and for whom they are written.

    `folder` is where the files will lie, in the space `space` of two; `locale` is the company's.
    """

    month: str
    folder: str
    locale: str
    rows: Sequence[ManifestRow]
    space: Space | None = None

    def words(self, key: str) -> str:
        """What a manifest says, in the company's language."""
        return text(f"manifest.{key}", self.locale)


def manifest_path(folder: str, month: str, form: ManifestForm, number: int = 1) -> str:
    """`{folder}/Expenses 2026-03.csv`; from number 2 on `Expenses 2026-03 (2).csv`. Of any language."""
    suffix = f" ({number})" if number > 1 else ""
    return f"{folder}/Expenses {month}{suffix}.{form.value}"
