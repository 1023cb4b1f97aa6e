"""The map `reading` of the host's expense, which we alone write, and what of it people are told."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from shared.aws.host.plain_forms import as_instant, as_list, as_map, as_text
from shared.aws.host.shown_readings import what_was_read
from shared.domain.host_expenses import FILLED_IN, FoundPart, ReadingNow
from shared.domain.previews import Preview
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import (
    MOST_PARTS,
    Contradiction,
    ExpenseReading,
    Mark,
    ReadPart,
    VatOfRate,
    without_what_is_missing,
)
from shared.domain.timestamps import to_iso


def to_reading_map(reading: ExpenseReading) -> dict[str, Any]:
    """Write it."""
    preview = _preview_map(reading.preview)
    if reading.by_hand_until:
        waits = {"state": reading.state.value, "by_hand_until": reading.by_hand_until.isoformat()}
        return waits | without_what_is_missing({"preview": preview})
    fields = {name: _mark_map(mark, reading.values.get(name)) for name, mark in reading.marks.items()}
    said = {
        "beside": {name: _mark_map(read.mark, read.value) for name, read in reading.beside.items()},
        "document_number": reading.document_number,
        "category": reading.category,
        "vat": [_vat_map(line) for line in reading.vat],
        "contradictions": list(reading.contradictions),
        "credit_note": reading.is_credit_note,
        "possible_duplicate_of": reading.possible_duplicate_of,
        "preview": preview,
        "parts": [_to_part_map(part) for part in reading.parts[:MOST_PARTS]],
    }
    written = {"state": reading.state.value, "read_at": to_iso(reading.read_at), "fields": fields}
    return written | without_what_is_missing(said)


def _mark_map(mark: Mark, value: str | None) -> dict[str, Any]:
    said = {"place": list(mark.place) if mark.place else None, "value": value}
    return {"confirmed": mark.is_confirmed, "source": mark.source} | without_what_is_missing(said)


def _vat_map(line: VatOfRate) -> dict[str, Any]:
    place = list(line.place) if line.place else None
    return without_what_is_missing(
        {"rate": line.rate, "amount": line.amount, "base": line.base, "place": place}
    )


def _preview_map(preview: Preview | None) -> dict[str, Any] | None:
    if preview is None:
        return None
    shown = [[page.number, page.width, page.height] for page in preview.pages]
    return {"page_count": preview.page_count, "pages": shown}


def _to_part_map(part: ReadPart) -> dict[str, Any]:
    return {
        "pages": list(part.pages),
        "values": dict(part.reading.values),
        "reading": to_reading_map(part.reading),
    } | ({"box": list(part.box)} if part.box else {})


def to_reading_now(value: object, edited: frozenset[str]) -> ReadingNow | None:
    """What people are told of it; of an expense made without one, or by a later release, there is none."""
    reading = as_map(value)
    try:
        state = ReadingJobStatus(as_text(reading.get("state")))
    except ValueError:
        return None
    return ReadingNow(
        state,
        _unconfirmed(reading, edited),
        as_text(reading.get("possible_duplicate_of")) or None,
        what_was_read(reading),
        is_held_back=bool(as_text(reading.get("by_hand_until"))),
        has_several_documents=Contradiction.DOCUMENTS in as_list(reading.get("contradictions")),
        parts=_parts(reading),
        part_pages=_pages(as_map(reading.get("part")).get("pages")),
        split_into=_split_into(as_map(reading.get("part"))),
        read_at=as_instant(reading.get("read_at")),
    )


def _unconfirmed(reading: Mapping[str, Any], edited: frozenset[str]) -> tuple[str, ...]:
    fields = as_map(reading.get("fields")).items()
    doubted = (name for name, mark in fields if as_map(mark).get("confirmed") is False)
    return tuple(sorted(name for name in doubted if name not in edited))


def _parts(whole: Mapping[str, Any]) -> tuple[FoundPart, ...]:
    """None at all where one is not as we write it: then nothing can be split."""
    maps = [as_map(part) for part in as_list(whole.get("parts"))[:MOST_PARTS]]
    preview = as_map(whole.get("preview"))
    parts = [_part(part, number, len(maps), preview) for number, part in enumerate(maps, start=1)]
    return tuple(part for part in parts if part is not None) if None not in parts else ()


def _part(part: Mapping[str, Any], number: int, of: int, preview: Mapping[str, Any]) -> FoundPart | None:
    reading, pages = as_map(part.get("reading")), _pages(part.get("pages"))
    if not reading or not pages:
        return None
    values = {name: as_text(value) for name, value in as_map(part.get("values")).items() if name in FILLED_IN}
    about = {name: part[name] for name in ("pages", "box") if name in part} | {"number": number, "of": of}
    pictured = [page for page in as_list(preview.get("pages")) if as_list(page)[:1] and page[0] in pages]
    shown = {"preview": {**preview, "pages": pictured}} if pictured else {}
    return FoundPart(pages, values, _writable({**reading, **shown, "part": about}))


def _writable(value: Any) -> Any:  # noqa: ANN401 - of any form
    """As PynamoDB writes it: it reads numbers as decimals, of which it writes none."""
    if isinstance(value, Mapping):
        return {name: _writable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_writable(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _split_into(part: Mapping[str, Any]) -> int:
    of = part.get("of")
    return min(int(of), MOST_PARTS) if isinstance(of, Decimal) and part.get("number") == 1 else 1


def _pages(value: object) -> tuple[int, ...]:
    with suppress(TypeError, ValueError):
        return tuple(int(page) for page in as_list(value))
    return ()
