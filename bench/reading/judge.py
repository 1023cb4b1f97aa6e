"""Compares what was read with the truth, and counts.

Days and amounts are compared exactly, merchants in two ways: strictly, without case, accents, punctuation
and the legal form at the end; and as companies, also without blanks, legal forms in any place, and the
numbers of branches and registers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bench.reading.truth import Truth
from functions.document_reading.reading.lexicon.folding import fold, squashed, tokens
from functions.document_reading.reading.lexicon.tables import LEGAL_FORMS, LONGEST_LEGAL_FORM
from functions.document_reading.reading.merchant.business_names import comparable
from functions.document_reading.reading.model import Field, Reading

_Same = Callable[[Any, Any], bool]


def company(name: str) -> str:
    """A company's name for comparing: no blanks, legal forms or numbers."""
    words = tokens(re.sub(r"[(\[][^)\]]*\d[^)\]]*[)\]]", " ", name))
    kept: list[str] = []
    position = 0
    while position < len(words):
        lengths = range(min(LONGEST_LEGAL_FORM, len(words) - position), 0, -1)
        form = next((one for one in lengths if words[position : position + one] in LEGAL_FORMS), 0)
        if not form or not position:
            kept.append(words[position])
        position += form if form and position else 1
    return "".join(word for word in kept if not word.isdigit()) or squashed(name)


FIELDS: dict[str, tuple[str, str, _Same]] = {
    "merchant": ("merchant", "merchant", lambda read, true: comparable(read) == comparable(true)),
    "merchant (company)": ("merchant", "merchant", lambda read, true: company(read) == company(true)),
    "date": ("date", "date", lambda read, true: bool(read == true)),
    "total": ("total", "total", lambda read, true: bool(read == true)),
    "currency": ("currency", "currency", lambda read, true: bool(read == true)),
    "number": ("number", "document_number", lambda read, true: squashed(read) == squashed(true)),
}
"""What is counted: its name in the truth, its attribute of a `Reading`, and when the two are the same."""


@dataclass(slots=True)
class Count:
    """How often one field was judged in one folder, and how that went."""

    judged: int = 0
    right: int = 0
    unread: int = 0
    confirmed: int = 0
    confirmed_wrong: int = 0
    wrong_truths: int = 0
    by_merchant: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    """Whether each value was right, by whose document it is on: some merchants have many."""
    confirmed_by_merchant: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    """The same of those that were confirmed."""

    def add(self, other: Count) -> None:
        """Count what another one has counted, too."""
        self.judged += other.judged
        self.right += other.right
        self.unread += other.unread
        self.confirmed += other.confirmed
        self.confirmed_wrong += other.confirmed_wrong
        self.wrong_truths += other.wrong_truths
        for mine, others in (
            (self.by_merchant, other.by_merchant),
            (self.confirmed_by_merchant, other.confirmed_by_merchant),
        ):
            for merchant, results in others.items():
                mine[merchant].extend(results)


@dataclass(slots=True)
class Folder:
    """One folder's counts by field, what each of its documents took, and where the reader was wrong."""

    name: str
    counts: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in FIELDS})
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    contradictions: int = 0
    wrong_truths: list[str] = field(default_factory=list)
    """The fields whose truth is known to be wrong, each with the reason."""
    misses: list[str] = field(default_factory=list)

    def judge(self, document: str, reading: Reading, truth: Truth) -> None:
        """Count one document; fields that the truth leaves out or has wrong are not judged."""
        self.contradictions += bool(reading.contradictions)
        owner = truth.values.get("merchant")
        merchant = company(str(owner)) if owner else document
        for name, (stated, attribute, same) in FIELDS.items():
            if stated in truth.wrong:
                self.counts[name].wrong_truths += 1
                self.wrong_truths.append(f"{self.name}/{document}: {name}: {truth.wrong[stated]}")
            elif stated in truth.values:
                read, true = getattr(reading, attribute), truth.values[stated]
                compared: _Same = _contains if stated == "merchant" and truth.is_part_of_name else same
                is_right = (read is None) is (true is None) and (read is None or compared(read.value, true))
                self._count(name, merchant, read, is_right=is_right)
                if not is_right:
                    self.misses.append(
                        f"{self.name}/{document}: {name} {_said(read)}, in truth {_shown(true)}"
                    )

    def _count(self, name: str, merchant: str, read: Field[object] | None, *, is_right: bool) -> None:
        count = self.counts[name]
        is_confirmed = read is not None and read.is_confirmed
        count.judged += 1
        count.right += is_right
        count.unread += read is None
        count.confirmed += is_confirmed
        count.confirmed_wrong += is_confirmed and not is_right
        count.by_merchant[merchant].append(is_right)
        if is_confirmed:
            count.confirmed_by_merchant[merchant].append(is_right)


def _said(read: Field[object] | None) -> str:
    sure = "CONFIRMED" if read is not None and read.is_confirmed else "unconfirmed"
    return f"{_shown(None if read is None else read.value)} ({sure})"


def _shown(value: object) -> str:
    return repr(None if value is None else str(value))


def _contains(read: str, true: str) -> bool:
    return squashed(true) in squashed(fold(read))


def as_markdown(folders: Iterable[Folder]) -> str:
    """One row for each field of each folder and of all together, then what a document took."""
    folders = list(folders)
    rows = [
        "| folder | field | right | share | once | unread | sure | cover | wrong | precise | once | bad |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for folder in [*folders, *([_together(folders)] if len(folders) > 1 else [])]:
        rows.extend(_row(folder.name, name, count) for name, count in folder.counts.items() if count.judged)
    rows += ["", "| folder | documents | seconds (mean) | seconds (most) | MB (most) | with contradictions |"]
    rows.append("|---|---|---|---|---|---|")
    rows.extend(_cost(folder) for folder in folders if folder.seconds)
    wrong = [f"- {one}" for folder in folders for one in folder.wrong_truths]
    rows.extend(["", "Truths that are wrong themselves, not counted:", "", *wrong] if wrong else [])
    return "\n".join(rows)


def _together(folders: Iterable[Folder]) -> Folder:
    whole = Folder("all")
    for folder in folders:
        for name, count in folder.counts.items():
            whole.counts[name].add(count)
    return whole


def _row(folder: str, name: str, count: Count) -> str:
    return (
        f"| {folder} | {name} | {count.right} of {count.judged} | {_share(count.right, count.judged)} "
        f"| {_once(count.by_merchant)} "
        f"| {count.unread} | {count.confirmed} | {_share(count.confirmed, count.judged)} "
        f"| {count.confirmed_wrong} | {_share(count.confirmed - count.confirmed_wrong, count.confirmed)} "
        f"| {_once(count.confirmed_by_merchant)} | {count.wrong_truths} |"
    )


def _once(by_merchant: dict[str, list[bool]]) -> str:
    """The share that is right where every merchant counts once, however many documents there are of it."""
    shares = [sum(results) / len(results) for results in by_merchant.values()]
    return _share(sum(shares), len(shares))


def _share(part: float, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _cost(folder: Folder) -> str:
    mean = sum(folder.seconds) / len(folder.seconds)
    return (
        f"| {folder.name} | {len(folder.seconds)} | {mean:.3f} | {max(folder.seconds):.3f} "
        f"| {max(folder.megabytes):.0f} | {folder.contradictions} |"
    )
