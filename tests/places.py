"""Places of delivered documents, from paths as they are written in tests."""

from __future__ import annotations

from shared.domain.deliveries import Place


def place_at(path: str) -> Place:
    """`/Jenji/2026/03/Jane Doe/….pdf` is of March 2026 and in Jane Doe's folder."""
    *_, year, month, folder, _ = path.split("/")
    return Place(path, f"{year}-{month}", folder)
