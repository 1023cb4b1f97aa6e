"""The one document attached to an email: its bytes as they were before they were packed for the journey.

Signatures, invitations, business cards and the pictures that its text shows are no attachments. An email
attached to an email is looked into. What Outlook packs into a `winmail.dat` stays packed. Asked in a
confined process only, since strangers send emails.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import Policy, compat32
from pathlib import Path
from typing import TypeAlias

from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from shared.file_types.document_type import EMAIL_CONTENT_TYPE, MOST_BYTES_ATTACHED, DocumentType
from shared.file_types.signatures import HEAD_BYTES, recognise

_PORTION = 1024 * 1024
_MOST_BOUNDARIES = 64
"""Each line of a part is compared with all boundaries around it."""
_MOST_EMAILS = 4
"""Within each other."""
_MOST_PARTS = 1_000
_MOST_FIELDS = 10_000
_MOST_LINES = 1_500_000
"""The largest document that is accepted takes half a million."""
_LONGEST_OF_CONTENT = 4_000
"""Of a field that is parsed, more than once, in a time that grows by the square of its length."""
_MOST_OF_CONTENT = 256_000
_BOUNDARY = re.compile(rb"boundary", re.IGNORECASE)
_SHOWN_IN_TEXT = re.compile(r"cid:([^\s\"'<>)]{1,300})", re.IGNORECASE)
_NO_DOCUMENTS = {
    "application/ics", "application/pgp-signature", "application/pkcs7-signature",
    "application/x-pkcs7-signature", "message/delivery-status", "message/disposition-notification",
    "text/calendar", "text/directory", "text/rfc822-headers", "text/vcard", "text/x-vcard",
}  # fmt: skip
_BODIES = {"text/plain", "text/html", "text/enriched", "text/x-amp-html", "text/watch-html"}
_CUT_OFF = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)

_Email: TypeAlias = "Message[str, str]"  # no generic class before Python 3.13


@dataclass(frozen=True, slots=True)
class AttachedDocument:
    """A document of another type; `is_complete` is false where the email ends before its last boundary."""

    type: DocumentType
    data: bytes
    is_complete: bool


def attached_document(path: Path) -> AttachedDocument:
    """The document of an email, packed once or several times.

    Raises `DocumentRejected` where there is none of a type that is accepted, or more than one, and where the
    parser stumbles: encodings that Python has no name for, parts within parts without end.
    """
    try:
        return _attached(_parsed(path), _MOST_EMAILS)
    except (DocumentRejected, MemoryError, OSError):
        raise
    except RecursionError as error:
        raise DocumentRejected(RejectionReason.TOO_COMPLEX) from error
    except Exception as error:  # Python's parser raises what it did not expect: KeyError, AttributeError, …
        raise DocumentRejected(RejectionReason.DAMAGED, may_be_incomplete=True) from error


class _Cost:
    """Counts what an email is made of, while it is parsed. Raises `DocumentRejected` where it is too much."""

    def __init__(self) -> None:
        self._counted: Counter[str] = Counter()

    def add(self, portion: bytes) -> None:
        """Count its lines and boundaries, before they are parsed."""
        ends = portion.count(b"\n") + portion.count(b"\r") - portion.count(b"\r\n")
        self._count("lines", ends, _MOST_LINES)
        self._count("boundaries", len(_BOUNDARY.findall(portion)), _MOST_BOUNDARIES)

    def begin_part(self) -> None:
        """Count one."""
        self._count("parts", 1, _MOST_PARTS)

    def add_field(self, name: str, length: int) -> None:
        """Count one of a part's header."""
        self._count("fields", 1, _MOST_FIELDS)
        if name.lower().startswith("content-"):
            self._count("longest", 0 if length <= _LONGEST_OF_CONTENT else 1, 0)
            self._count("of content", length, _MOST_OF_CONTENT)

    def _count(self, what: str, number: int, most: int) -> None:
        self._counted[what] += number
        if self._counted[what] > most:
            raise DocumentRejected(RejectionReason.TOO_COMPLEX)


class _CountedPart(Message):
    """A part that counts itself and its fields as the parser makes them."""

    def __init__(self, cost: _Cost, policy: Policy[_Email]) -> None:
        super().__init__(policy)
        self._cost = cost
        cost.begin_part()

    def set_raw(self, name: str, value: object) -> None:
        """Called by the parser for each field."""
        self._cost.add_field(name, len(str(value)))
        super().set_raw(name, value)  # type: ignore[arg-type] # text, or Header where it is not ASCII


def _parser(cost: _Cost) -> BytesFeedParser[_Email]:
    def part(policy: Policy[_Email] = compat32) -> _Email:
        return _CountedPart(cost, policy)

    return BytesFeedParser(part, policy=compat32)


def _parsed(path: Path) -> _Email:
    cost = _Cost()
    parser = _parser(cost)
    with path.open("rb") as file:
        while portion := file.read(_PORTION):
            cost.add(portion)
            parser.feed(_without_postmark(portion) if file.tell() <= _PORTION else portion)
    return parser.close()


def _without_postmark(begun: bytes) -> bytes:
    """What precedes the first field: blank lines, the mark of UTF-8."""
    return begun.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")


def _attached(email: _Email, emails_left: int) -> AttachedDocument:
    is_complete = not any(isinstance(defect, _CUT_OFF) for part in email.walk() for defect in part.defects)
    files = [data for data in map(_content, _attachments(email)) if data]
    if len(files) > 1:
        raise DocumentRejected(RejectionReason.SEVERAL_ATTACHED, may_be_incomplete=False)
    if not files:
        raise DocumentRejected(RejectionReason.NONE_ATTACHED, may_be_incomplete=not is_complete)
    document_type = _recognised(files[0])
    if document_type is DocumentType.EML:
        if not emails_left:
            raise DocumentRejected(RejectionReason.TOO_COMPLEX)
        return _attached(_parsed_in_memory(files[0]), emails_left - 1)
    if len(files[0]) > MOST_BYTES_ATTACHED:
        raise DocumentRejected(RejectionReason.TOO_LARGE)
    return AttachedDocument(document_type, files[0], is_complete)


def _parsed_in_memory(data: bytes) -> _Email:
    cost = _Cost()
    cost.add(data)
    parser = _parser(cost)
    parser.feed(_without_postmark(data))
    return parser.close()


def _recognised(data: bytes) -> DocumentType:
    try:
        return recognise(data[:HEAD_BYTES])
    except DocumentRejected as rejected:
        raise DocumentRejected(RejectionReason.NONE_ATTACHED) from rejected


def _attachments(email: _Email) -> Iterator[_Email]:
    """The parts that are files of their own, in the emails within this one as well."""
    parts = [part for part in email.walk() if not part.is_multipart() or _is_packed(part)]
    shown = {name.casefold() for part in parts for name in _SHOWN_IN_TEXT.findall(_text(part))}
    within = {id(child) for part in parts if _is_packed(part) for child in part.walk() if child is not part}
    return (part for part in parts if id(part) not in within and not _is_beside_the_point(part, shown))


def _is_packed(part: _Email) -> bool:
    """Whether it is an email in base64, which the parser takes for one without any field."""
    return part.get_content_type() == EMAIL_CONTENT_TYPE and _encoding(part) == "base64"


def _encoding(part: _Email) -> str:
    return str(part.get("Content-Transfer-Encoding", "")).strip().casefold()


def _is_beside_the_point(part: _Email, shown: set[str]) -> bool:
    kind = part.get_content_type()
    if kind in _NO_DOCUMENTS:
        return True
    if kind in _BODIES and not part.get_filename() and part.get_content_disposition() != "attachment":
        return True
    name = str(part.get("Content-ID", "")).strip().strip("<>").casefold()
    return kind.startswith("image/") and bool(name) and name in shown


def _text(part: _Email) -> str:
    if part.get_content_type() != "text/html":
        return ""
    return _content(part).decode("latin-1")


def _content(part: _Email) -> bytes:
    """Its bytes, unpacked; of what is packed in an unknown way as they came."""
    if _is_packed(part):
        part = _within(part)
        part["Content-Transfer-Encoding"] = "base64"
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _within(part: _Email) -> _Email:
    inner = part.get_payload(0) if part.is_multipart() else part
    packed: _Email = Message()
    if isinstance(inner, Message):
        packed.set_payload(inner.get_payload())
    return packed
