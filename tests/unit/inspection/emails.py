"""Emails made for tests, as programmes of many kinds write them."""

from __future__ import annotations

import base64
from email.message import EmailMessage

from tests.unit.inspection import documents

PDF = documents.pdf()
LOGO = documents.image("PNG", documents.picture(40, 30))
HEADER = (
    b"Return-Path: <billing@kronberg.example>\r\nFrom: Kronberg <billing@kronberg.example>\r\n"
    b"To: alice@example.com\r\nSubject: Your invoice\r\nDate: Thu, 5 Nov 2026 10:00:00 +0100\r\n"
    b"MIME-Version: 1.0\r\n"
)


def email(*attached: tuple[str, str, bytes], html: str = "") -> EmailMessage:
    """An email with a text and these attachments: type, name, bytes."""
    message = EmailMessage()
    message["From"] = "Kronberg Technik <billing@kronberg.example>"
    message["To"] = "alice@example.com"
    message["Subject"] = "Ihre Rechnung für November"
    message["Date"] = "Thu, 5 Nov 2026 10:00:00 +0100"
    message.set_content("Guten Tag,\nanbei die Rechnung.\n")
    if html:
        message.add_alternative(html, subtype="html")
    for content_type, name, data in attached:
        maintype, _, subtype = content_type.partition("/")
        message.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
    return message


def with_invoice(*others: tuple[str, str, bytes]) -> bytes:
    return bytes(email(("application/pdf", "Rechnung.pdf", PDF), *others))


def with_logo_in_text(*, is_invoice_attached: bool) -> bytes:
    """The picture that its HTML shows stands beside the HTML, with an id."""
    message = email(html='<p>Hello <img src="cid:logo@kronberg.example"></p>')
    _, html = message.get_payload()
    html.add_related(
        LOGO, maintype="image", subtype="png", cid="<logo@kronberg.example>", filename="logo.png"
    )
    if is_invoice_attached:
        message.add_attachment(PDF, maintype="application", subtype="pdf", filename="invoice.pdf")
    return bytes(message)


def forwarded(inner: EmailMessage, times: int = 1) -> bytes:
    for _ in range(times):
        outer = email()
        outer.add_attachment(inner)
        inner = outer
    return bytes(inner)


def forwarded_in_base64() -> bytes:
    """As Exchange does, though RFC 2046 forbids it."""
    return single_part(b"message/rfc822", base64.encodebytes(with_invoice()), b"base64")


def single_part(content_type: bytes, body: bytes, encoding: bytes) -> bytes:
    fields = b"Content-Type: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n" % (content_type, encoding)
    return HEADER + fields + body
