"""Whether a file begins as an email does that was saved as it came (RFC 5322): with its header fields."""

from __future__ import annotations

import re

_FIELD = re.compile(rb"([!-9;-~]{1,80}):")
_MBOX = re.compile(rb"From [^\n]{1,300}\n")
_SENDERS = {b"from", b"received", b"return-path", b"delivered-to"}
_OTHERS = {b"date", b"subject", b"message-id", b"mime-version", b"to"}
"""What is sent by HTTP has a date and a type, too, but nobody whom it is from."""


def is_email(head: bytes) -> bool:
    """Whether all lines up to the first empty one are header fields, and some of them an email's."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    begun = _MBOX.match(text)
    fields, is_plain = _fields(text[begun.end() if begun else 0 :], is_whole=len(head) < _MOST)
    return is_plain and not fields.isdisjoint(_SENDERS) and not fields.isdisjoint(_OTHERS)


_MOST = 4096
"""What is as long as this may end within a line."""


def _fields(text: bytes, *, is_whole: bool) -> tuple[set[bytes], bool]:
    """The names of the fields in lower case, and whether there is nothing but fields."""
    found: set[bytes] = set()
    lines = text.splitlines()
    for line in lines if is_whole else lines[:-1]:
        if not line:
            break
        field = _FIELD.match(line)
        if field:
            found.add(field[1].lower())
        elif not found or line[:1] not in b" \t":
            return found, False
    return found, True
