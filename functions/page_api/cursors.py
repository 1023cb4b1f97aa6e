"""Ids and cursors as clients see them: text that means nothing to them and everything to us.

They are not secret and not signed. The partition that is read always comes from the session, so that an
id or a cursor made up or taken from another user finds nothing of that user's; a cursor is also bound to the
list it was made for, so that a mix-up is told instead of showing the wrong page.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence

from shared.domain.errors import MalformedMessage, RefusalCode, RequestRefused
from shared.domain.paging import Position
from shared.domain.timestamps import from_iso, to_iso

_MOST_BYTES_OF_A_PART = 1024
_MOST_BYTES_OF_A_KEY = 1024  # DynamoDB's limit of a sort key


def to_id(*parts: str) -> str:
    """The id of what these parts identify."""
    return _encode(parts)


def from_id(text: str, parts: int) -> list[str]:
    """The inverse. Raises RequestRefused (not_found): nothing has an id that we did not make."""
    try:
        return _decode(text, parts)
    except MalformedMessage as error:
        raise RequestRefused(RefusalCode.NOT_FOUND) from error


def to_cursor(of_list: Sequence[str | None], place: str) -> str:
    """Where a list goes on; `of_list` says whose and which list it is."""
    return _encode([_digest(of_list), place])


def from_cursor(of_list: Sequence[str | None], cursor: str) -> str:
    """The inverse. Raises RequestRefused (invalid_cursor) where it is not a cursor of this list."""
    try:
        digest, place = _decode(cursor, 2)
    except MalformedMessage as error:
        raise RequestRefused(RefusalCode.INVALID_CURSOR) from error
    if digest != _digest(of_list):
        raise RequestRefused(RefusalCode.INVALID_CURSOR)
    return place


def position_cursor(of_list: Sequence[str | None], after: Position | None) -> str | None:
    """The cursor of a list in order of time; None where nothing follows."""
    return None if after is None else to_cursor(of_list, f"{to_iso(after.at)} {after.key}")


def position_in(of_list: Sequence[str | None], cursor: str | None) -> Position | None:
    """The inverse. Raises RequestRefused (invalid_cursor)."""
    if cursor is None:
        return None
    at, _, key = from_cursor(of_list, cursor).partition(" ")
    try:
        position = Position(from_iso(at), key)
    except ValueError as error:
        raise RequestRefused(RefusalCode.INVALID_CURSOR) from error
    if not 0 < len(key.encode()) <= _MOST_BYTES_OF_A_KEY:
        raise RequestRefused(RefusalCode.INVALID_CURSOR)
    return position


def _digest(of_list: Sequence[str | None]) -> str:
    return hashlib.sha256(json.dumps(of_list).encode()).hexdigest()[:16]


def _encode(parts: Sequence[str]) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(text: str, count: int) -> list[str]:
    """Raises MalformedMessage for anything that `_encode` would not have written."""
    try:
        padded = text + "=" * (-len(text) % 4)
        parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        is_ours = isinstance(parts, list) and len(parts) == count and all(map(_is_part, parts))
        is_ours = is_ours and _encode(parts) == text
    except (ValueError, RecursionError, binascii.Error) as error:
        raise MalformedMessage("not one of ours") from error
    if not is_ours:
        raise MalformedMessage("not one of ours")
    return [str(part) for part in parts]


def _is_part(part: object) -> bool:
    return isinstance(part, str) and 0 < len(part.encode()) <= _MOST_BYTES_OF_A_PART
