"""Emails: accepted with one document attached, and turned away with a reason that tells what to do."""

from __future__ import annotations

import binascii
import quopri
import time
from pathlib import Path

import pytest

from functions.auto_import.inspection.inspect_file import inspect_file
from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from shared.file_types import email_attachments
from tests.unit.inspection import emails
from tests.unit.inspection.emails import LOGO, PDF, email, with_invoice


@pytest.fixture
def inspect(tmp_path: Path):
    def inspect_bytes(content: bytes) -> Inspection:
        path = tmp_path / "message"
        path.write_bytes(content)
        return inspect_file(path, InspectionLimits())

    return inspect_bytes


ACCEPTED = {
    "a PDF": with_invoice(),
    "a PDF whose sender calls it bytes": bytes(email(("application/octet-stream", "x.dat", PDF))),
    "a name in other letters": bytes(email(("application/pdf", "Reçu №7 請求書.pdf", PDF))),
    "line ends of Windows": with_invoice().replace(b"\n", b"\r\n"),
    "a mailbox's first line": b"From billing@kronberg.example Thu Nov  5 10:00:00 2026\n" + with_invoice(),
    "a byte order mark": b"\xef\xbb\xbf" + with_invoice(),
    "a logo in its text": emails.with_logo_in_text(is_invoice_attached=True),
    "an invitation": with_invoice(("text/calendar", "invite.ics", b"BEGIN:VCALENDAR")),
    "a business card": with_invoice(("text/vcard", "me.vcf", b"BEGIN:VCARD")),
    "a signature": with_invoice(("application/pkcs7-signature", "smime.p7s", b"\x30\x82")),
    "a forwarded email": emails.forwarded(email(("application/pdf", "Rechnung.pdf", PDF))),
    "one forwarded three times": emails.forwarded(email(("application/pdf", "R.pdf", PDF)), times=3),
    "one forwarded in base64": emails.forwarded_in_base64(),
    "an email saved and attached": bytes(email(("application/octet-stream", "mail.eml", with_invoice()))),
    "nothing but the PDF": emails.single_part(b"application/pdf", binascii.b2a_base64(PDF), b"BASE64"),
    "quoted characters": emails.single_part(
        b"application/pdf", quopri.encodestring(PDF), b"quoted-printable"
    ),
    "no encoding at all": emails.single_part(b"application/pdf", PDF, b"binary"),
}


@pytest.mark.parametrize("content", ACCEPTED.values(), ids=ACCEPTED)
def test_one_document_is_taken_out_as_it_was_put_in(inspect, content):
    inspection = inspect(content)

    assert (inspection.type, inspection.complete) == (DocumentType.EML, True)
    assert inspection.attached.rstrip() == PDF.rstrip()


NONE = {
    "nothing": bytes(email()),
    "a text alone": emails.HEADER + b"\r\nThank you for your order, 41.75 EUR.\r\n",
    "what Outlook packs": bytes(email(("application/ms-tnef", "winmail.dat", b"\x78\x9f\x3e\x22" + PDF))),
    "a spreadsheet": bytes(email(("application/vnd.ms-excel", "x.xls", b"\xd0\xcf\x11\xe0" + bytes(512)))),
    "a locked email": emails.single_part(b"application/pkcs7-mime", b"MIIB", b"base64"),
    "the logo in its text": emails.with_logo_in_text(is_invoice_attached=False),
    "an empty file": bytes(email(("application/pdf", "empty.pdf", b""))),
    "an email without any": bytes(email(("application/octet-stream", "mail.eml", bytes(email())))),
}


@pytest.mark.parametrize("content", NONE.values(), ids=NONE)
def test_without_a_document_it_is_turned_away(inspect, content):
    with pytest.raises(DocumentRejected) as rejected:
        inspect(content)

    assert rejected.value.reason is RejectionReason.NONE_ATTACHED


SEVERAL = {
    "two PDFs": with_invoice(("application/pdf", "terms.pdf", PDF)),
    "a PDF and a photo": with_invoice(("image/png", "photo.png", LOGO)),
    "a PDF and a spreadsheet": with_invoice(("application/vnd.ms-excel", "x.xls", b"\xd0\xcf\x11\xe0")),
    "a PDF, and one in what it forwards": bytes(
        email(("application/pdf", "a.pdf", PDF), ("application/octet-stream", "m.eml", with_invoice()))
    ),
}


@pytest.mark.parametrize("content", SEVERAL.values(), ids=SEVERAL)
def test_with_several_documents_it_is_turned_away(inspect, content):
    with pytest.raises(DocumentRejected) as rejected:
        inspect(content)

    assert rejected.value.reason is RejectionReason.SEVERAL_ATTACHED


def test_one_that_is_still_being_written_may_be_incomplete(inspect):
    whole = with_invoice()

    cut_off = inspect(whole[: whole.rindex(b"--") - 4])

    assert not cut_off.complete


def test_one_that_ends_before_its_attachment_may_be_incomplete(inspect):
    whole = with_invoice()

    with pytest.raises(DocumentRejected) as rejected:
        inspect(whole[: whole.index(b"application/pdf") - 60])

    assert rejected.value.may_be_incomplete


def test_emails_within_emails_are_not_followed_for_ever(inspect):
    nested = with_invoice()
    for _ in range(6):
        nested = bytes(email(("application/octet-stream", "mail.eml", nested)))

    with pytest.raises(DocumentRejected) as rejected:
        inspect(nested)

    assert rejected.value.reason is RejectionReason.TOO_COMPLEX


def test_parts_within_parts_are_not_followed_for_ever(inspect):
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth)
        for depth in range(5000)
    )

    with pytest.raises(DocumentRejected) as rejected:
        inspect(emails.HEADER + opened)

    assert rejected.value.reason is RejectionReason.TOO_COMPLEX


def parts(count: int) -> bytes:
    return b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * count


TOO_COSTLY = {
    "emails within emails": b"Content-Type: message/rfc822\n\n" * 3000,
    "parts": parts(5_000),
    "delivery reports": b"Content-Type: message/delivery-status\n\n" + b"\n" * 100_000,
    "header fields": b"X-A: b\n" * 100_000 + b"\n",
    "lines": b"X-A: b\n" + b" c\n" * 1_600_000 + b"\n",
    "a type without end": b'Content-Type: text/plain; a="' + b";" * 300_000 + b"\n\n",
    "parameters without end": b"Content-Type: text/plain" + b";a=b" * 100_000 + b"\n\n",
    "long types": parts(0) + (b'--b\nContent-Type: text/html; a="' + b";" * 3_900 + b"\n\nx\n") * 200,
    "a long name": parts(0) + b"--b\nContent-Disposition: attachment; filename=" + b"x" * 5_000 + b"\n\nx\n",
}


@pytest.mark.parametrize("content", TOO_COSTLY.values(), ids=TOO_COSTLY)
def test_one_that_would_cost_too_much_is_turned_away_at_once(inspect, content):
    began_at = time.process_time()

    with pytest.raises(DocumentRejected) as rejected:
        inspect(emails.HEADER + content)

    assert rejected.value.reason is RejectionReason.TOO_COMPLEX
    assert time.process_time() - began_at < 6


STUMBLING = {
    "a name in no encoding": parts(0) + b"--b\nContent-Type: text/plain; name*=utf\x008''x\n\nx\n--b--\n",
    "a boundary in no encoding": b"Content-Type: multipart/mixed; boundary*=utf\x008''b\n\n--b\n\nx\n--b--\n",
}


@pytest.mark.parametrize("content", STUMBLING.values(), ids=STUMBLING)
def test_what_the_parser_stumbles_over_is_the_emails_fault(inspect, content):
    with pytest.raises(DocumentRejected) as rejected:
        inspect(emails.HEADER + content)

    assert rejected.value.reason is RejectionReason.DAMAGED


def test_an_attachment_larger_than_servers_take_is_too_large(inspect, monkeypatch):
    monkeypatch.setattr(email_attachments, "MOST_BYTES_ATTACHED", len(PDF) - 1)

    with pytest.raises(DocumentRejected) as rejected:
        inspect(with_invoice())

    assert rejected.value.reason is RejectionReason.TOO_LARGE


@pytest.mark.parametrize(
    "content",
    [
        b"Date: today\nSubject: a note\n\nnothing of an email",
        b"From: here\nto there, I went\n",
        b"HTTP/1.1 200 OK\r\nDate: Thu, 5 Nov 2026\r\nContent-Type: text/html\r\n\r\n<html>",
        b"name,amount\nFrom: x,1\n",
    ],
    ids=["no sender", "lines of prose", "an answer of HTTP", "a table"],
)
def test_what_only_looks_like_an_email_is_of_no_accepted_type(inspect, content):
    with pytest.raises(DocumentRejected) as rejected:
        inspect(content)

    assert rejected.value.reason is RejectionReason.UNSUPPORTED_TYPE
