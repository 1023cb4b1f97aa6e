"""Writes a mail: plain text, and the same as simple HTML."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from html import escape

from .occasions import Kind, Occasion
from .recipients import Recipient
from .words import Words, words_of

_HTML = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{subject}</title></head>
<body style="font-family:system-ui,sans-serif;line-height:1.5;max-width:36em;margin:0 auto;padding:1.5em">
{paragraphs}
<p><a href="{url}" style="display:inline-block;padding:.6em 1.2em;border-radius:.4em;background:#0b5fff;\
color:#fff;text-decoration:none">{button}</a></p>
<p style="font-size:.85em;color:#595959">{footer} <a href="{unsubscribe_url}" style="color:#595959">\
{unsubscribe}</a></p>
</body></html>
"""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person."""

    recipient: Recipient
    language: str
    subject: str
    text: str
    html: str

    def as_message(self, sender: str) -> EmailMessage:
        """As it is sent. Its headers say how one click ends such mails (RFC 8058)."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, self.recipient.address, self.subject
        message["Content-Language"] = self.language
        message["Auto-Submitted"] = "auto-generated"
        message["List-Unsubscribe"] = f"<{self.recipient.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(self.text)
        message.add_alternative(self.html, subtype="html")
        return message


def compose(occasion: Occasion, recipient: Recipient, page_url: str) -> Mail:
    """In the recipient's language, or in English where there are no words of it."""
    words = words_of(recipient.language)
    subject, said = _said(occasion, words)
    greeting = words.greeting.format(name=" ".join(recipient.name.split()))
    paragraphs = [greeting, *said]
    text = "\n\n".join(
        [
            *paragraphs,
            f"{words.button}: {page_url}",
            f"{words.footer}\n{words.unsubscribe}: {recipient.unsubscribe_url}",
        ]
    )
    html = _HTML.format(
        language=words.code,
        subject=escape(subject),
        paragraphs="\n".join(f"<p>{escape(each)}</p>" for each in paragraphs),
        url=escape(page_url),
        button=escape(words.button),
        footer=escape(words.footer),
        unsubscribe_url=escape(recipient.unsubscribe_url),
        unsubscribe=escape(words.unsubscribe),
    )
    return Mail(recipient, words.code, subject, f"{text}\n", html)


def _said(occasion: Occasion, words: Words) -> tuple[str, list[str]]:
    """The subject, and the paragraphs after the greeting."""
    match occasion.kind:
        case Kind.BATCH:
            return _batch(occasion, words)
        case Kind.LINK:
            return words.link_subject, [words.link_reasons.get(occasion.reason, words.link_other)]
        case Kind.DELIVERY:
            return words.delivery_subject, [words.delivery]


def _batch(occasion: Occasion, words: Words) -> tuple[str, list[str]]:
    """What is ready, then what has to be looked at; what is nobody's business is left out."""
    said = {
        name: words.count(words.batch[name], number) for name, number in occasion.counts.items() if number
    }
    order = ("imported", "to_check", "rejected", "duplicate")
    subject = words.batch_subjects["imported" if "imported" in said else "rejected"]
    number = occasion.counts["imported"] or occasion.counts["rejected"]
    return words.count(subject, number), [said[name] for name in order if name in said]
