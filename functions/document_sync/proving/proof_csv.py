"""The file of a month's last proof: what it came to and each finding, as a table for any spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC

from functions.document_sync.manifests.csv_table import safe_text
from functions.document_sync.manifests.notation import notation_of
from shared.domain.proofs import FoundDocument, PendingProof, ProofCounts
from shared.texts.languages import text

COLUMNS = ("finding", "path", "found_at", "expense_id")
SUMMARY = ("documents", "present", "missing", "changed", "moved", "doubled")
NOT_LOOKED_FOR = ("other_account", "other_space")
MOST_ROWS = 20_000
"""Of more findings the file says that there are others: it is written in one call."""


def proof_csv(
    pending: PendingProof, counts: ProofCounts, found: Iterable[FoundDocument], locale: str
) -> bytes:
    """The file's bytes, in a language: UTF-8 with BOM, CRLF, the numbers first."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=notation_of(locale).separator, lineterminator="\r\n")
    writer.writerows(_summary(pending, counts, locale))
    writer.writerow(())
    writer.writerow(_word(key, locale) for key in COLUMNS)
    writer.writerows(_cells(each, locale) for each in found)
    if counts.findings > MOST_ROWS:
        writer.writerow((_word("more", locale),))
    return table.getvalue().encode("utf-8-sig", "replace")


def proof_path(folder: str, month: str, number: int = 1) -> str:
    """`{folder}/Proof 2026-11.csv`; from number 2 on `… (2).csv`."""
    suffix = f" ({number})" if number > 1 else ""
    return f"{folder}/Proof {month}{suffix}.csv"


def _summary(pending: PendingProof, counts: ProofCounts, locale: str) -> Iterator[tuple[str, object]]:
    at = pending.started_at or pending.requested_at
    yield _word("run", locale), pending.run_id
    yield _word("as_of", locale), at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    for key in SUMMARY:
        yield _word(key, locale), getattr(counts, key)
    for key in NOT_LOOKED_FOR:
        if number := getattr(counts, key):
            yield _word(key, locale), number


def _cells(found: FoundDocument, locale: str) -> tuple[str, ...]:
    return (
        _word(f"finding.{found.finding.value}", locale),
        safe_text(found.path),
        safe_text(found.found_at),
        safe_text(found.expense_id),
    )


def _word(key: str, locale: str) -> str:
    return text(f"proof_file.{key}", locale)
