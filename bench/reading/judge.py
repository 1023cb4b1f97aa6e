"""Compares what was read with the truth, and counts.

Merchants are compared without case, accents, punctuation and legal forms; days and amounts exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bench.reading.truth import Truth
from functions.document_reading.reading.lexicon.folding import squashed
from functions.document_reading.reading.merchant.business_names import comparable
from functions.document_reading.reading.model import Field, Reading

_Same = Callable[[Any, Any], bool]

FIELDS: dict[str, tuple[str, _Same]] = {
    "merchant": ("merchant", lambda read, true: comparable(read) == comparable(true)),
    "date": ("date", lambda read, true: bool(read == true)),
    "total": ("total", lambda read, true: bool(read == true)),
    "currency": ("currency", lambda read, true: bool(read == true)),
    "number": ("document_number", lambda read, true: squashed(read) == squashed(true)),
}
"""Name of each field in the truth, its attribute of a `Reading`, and when the two are the same."""


@dataclass(slots=True)
class Count:
    """How often one field was judged in one folder, and how that went."""

    judged: int = 0
    right: int = 0
    unread: int = 0
    confirmed: int = 0
    confirmed_wrong: int = 0


@dataclass(slots=True)
class Folder:
    """One folder's counts by field, what each of its documents took, and where the reader was wrong."""

    name: str
    counts: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in FIELDS})
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    contradictions: int = 0
    misses: list[str] = field(default_factory=list)

    def judge(self, document: str, reading: Reading, truth: Truth) -> None:
        """Count one document; fields that the truth leaves out are not judged."""
        self.contradictions += bool(reading.contradictions)
        for name, (attribute, same) in FIELDS.items():
            true = getattr(truth, name)
            if true is not None:
                self._judge(document, name, getattr(reading, attribute), true, same)

    def _judge(self, document: str, name: str, read: Field[object] | None, true: object, same: _Same) -> None:
        count = self.counts[name]
        is_right = read is not None and same(read.value, true)
        is_confirmed = read is not None and read.is_confirmed
        count.judged += 1
        count.right += is_right
        count.unread += read is None
        count.confirmed += is_confirmed
        count.confirmed_wrong += is_confirmed and not is_right
        if not is_right:
            value = None if read is None else str(read.value)
            sure = "CONFIRMED" if is_confirmed else "unconfirmed"
            self.misses.append(f"{document}: {name} {value!r} ({sure}), in truth {str(true)!r}")


def as_markdown(folders: Iterable[Folder]) -> str:
    """One row for each field of each folder, then what a document took."""
    rows = [
        "| folder | field | right | share | unread | confirmed | confirmed wrong |",
        "|---|---|---|---|---|---|---|",
    ]
    for folder in folders:
        rows.extend(_row(folder.name, name, count) for name, count in folder.counts.items() if count.judged)
    rows += ["", "| folder | documents | seconds (mean) | seconds (most) | MB (most) | with contradictions |"]
    rows.append("|---|---|---|---|---|---|")
    rows.extend(_cost(folder) for folder in folders if folder.seconds)
    return "\n".join(rows)


def _row(folder: str, name: str, count: Count) -> str:
    share = 100 * count.right / count.judged
    return (
        f"| {folder} | {name} | {count.right} of {count.judged} | {share:.1f} % | {count.unread} "
        f"| {count.confirmed} of {count.judged} | {count.confirmed_wrong} |"
    )


def _cost(folder: Folder) -> str:
    mean = sum(folder.seconds) / len(folder.seconds)
    return (
        f"| {folder.name} | {len(folder.seconds)} | {mean:.3f} | {max(folder.seconds):.3f} "
        f"| {max(folder.megabytes):.0f} | {folder.contradictions} |"
    )
