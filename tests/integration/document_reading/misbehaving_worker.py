"""A worker whose documents say how it shall misbehave."""

from __future__ import annotations

import ctypes
import time
from pathlib import Path
from typing import Any

from shared.confinement.limits import Limits
from shared.confinement.worker import Attached, WorkRefused, limits_argument, serve


def _reading(**fields: object) -> dict[str, Any]:
    nothing = dict.fromkeys(("merchant", "date", "total", "currency", "document_number", "category"))
    return {
        "reading": nothing | {"vat": [], "contradictions": [], "is_credit_note": False, "turns": []} | fields
    }


def _nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


DISHONEST: dict[str, dict[str, Any]] = {
    "nonsense": {"reading": {"merchant": ["x", True, "hearsay"]}},
    "an endless amount": _reading(total=["1E+999999999", True, "text"]),
    "a long amount": _reading(total=["1" * 19, True, "text"]),
    "a fine amount": _reading(total=["0." + "1" * 19, True, "text"]),
    "an infinite amount": _reading(total=["Infinity", True, "text"]),
    "a number for an amount": _reading(total=[5, True, "text"]),
    "a made-up currency": _reading(currency=["ZZZ", True, "text"]),
    "half a character": _reading(merchant=["\ud800", True, "text"]),
    "an empty name": _reading(merchant=["\u202e\x00", True, "text"]),
    "an infinite page": {"picture": {"pages": 1, "width": float("inf"), "height": 1, "numbers": []}},
    "no number of pages": {"picture": {"pages": float("nan"), "width": 1, "height": 1, "numbers": []}},
    "no pages": {"picture": {"pages": 0, "width": 1, "height": 1, "numbers": []}},
    "fewer pages than none": {"picture": {"pages": -1_000, "width": 1, "height": 1, "numbers": []}},
    "pages without end": {"picture": {"pages": 10**40, "width": 1, "height": 1, "numbers": []}},
    "a page before the first": {"picture": {"pages": 1, "width": 1, "height": 1, "numbers": [-1]}},
    "a page that nobody sends": {"picture": {"pages": 1, "width": 1, "height": 1, "numbers": [20]}},
    "pages out of order": {"picture": {"pages": 2, "width": 1, "height": 1, "numbers": [1, 0]}},
    "pages that are not handed over": {"picture": {"pages": 1, "width": 1, "height": 1, "numbers": [0]}},
    "an email in an email": {"attachment": "message/rfc822"},
    "a programme in an email": {"attachment": "application/x-elf"},
    "a tax of a tax": _reading(vat=[[["1"], "1", "1"]]),
    "a list for an answer": _reading(vat={"a": 1}),
    "a great depth": _reading(merchant=_nested(900)),
    "a flood": _reading(merchant=["x" * 100_000, True, "text"]),
}


_JPEG = b"\xff\xd8\xff"
DISHONEST_PREVIEWS: dict[str, tuple[dict[str, Any], bytes]] = {
    "a script for a picture": ({"page_count": 1, "pages": [[0, 9, 9, 8]]}, b"<script>"),
    "a page that is not there": ({"page_count": 1, "pages": [[1, 9, 9, 3]]}, _JPEG),
    "a page before the first": ({"page_count": 1, "pages": [[-1, 9, 9, 3]]}, _JPEG),
    "a huge page": ({"page_count": 1, "pages": [[0, 9, 99_999, 3]]}, _JPEG),
    "a large picture": ({"page_count": 1, "pages": [[0, 9, 9, 400_000]]}, _JPEG + bytes(399_997)),
    "too many pages": ({"page_count": 9, "pages": [[page, 9, 9, 3] for page in range(4)]}, _JPEG * 4),
    "more than it says": ({"page_count": 1, "pages": [[0, 9, 9, 3]]}, _JPEG * 2),
    "less than it says": ({"page_count": 1, "pages": [[0, 9, 9, 9]]}, _JPEG),
    "no sizes": ({"page_count": 1, "pages": ["0"]}, _JPEG),
    "a document without end": ({"page_count": 10**40, "pages": [[0, 9, 9, 3]]}, _JPEG),
    "endless pages": ({"page_count": float("inf"), "pages": []}, b""),
}


def answer(request: dict[str, Any]) -> dict[str, Any] | Attached:
    """The document's text is what to do."""
    if "preview" in request:
        return _preview(Path(request["preview"]).read_text())
    match Path(request["read"]).read_text():
        case "crash":
            ctypes.string_at(0)
        case "hang":
            time.sleep(60)
        case "refuse":
            raise WorkRefused("damaged")
        case "fail":
            raise KeyError("SECRET")
        case behaviour if behaviour in DISHONEST:
            return DISHONEST[behaviour]
    return {"picture": {"pages": 1, "width": 2, "height": 3, "numbers": []}}


def _preview(behaviour: str) -> Attached:
    if behaviour == "crash":
        ctypes.string_at(0)
    if behaviour == "hang":
        time.sleep(60)
    if behaviour == "refuse":
        raise WorkRefused("damaged")
    harmless = {"page_count": 2, "pages": [[1, 704, 995, len(_JPEG)]]}, _JPEG
    return Attached(*DISHONEST_PREVIEWS.get(behaviour, harmless))


def main() -> None:
    serve(Limits(**limits_argument()), answer)
