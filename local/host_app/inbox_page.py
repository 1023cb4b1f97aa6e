"""The mails that somebody would have received, and which of them they want."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from examples.mails.mails.occasions import Kind
from local.host import Person
from local.host_app.layout import lay_out
from local.host_app.words import words
from local.inbox import INBOX_PATH, Mailbox, ReceivedMail, address_of

_HEAD = '\n<script type="module" src="/static/inbox.js"></script>'
_MAIN = """<h1>{title}</h1><p class="muted">{hint}</p>
<div id="mails" data-number="{number}" role="log" aria-label="{title}">{mails}</div>
<section class="card"><form method="post" action="/inbox"><fieldset class="kinds"><legend>{wanted}</legend>
{kinds}</fieldset><button>{save}</button></form></section>"""
_MAIL = """<article class="card mail" lang="{language}"><div class="heading"><h2>{subject}</h2>
<span class="muted">{at}</span></div>
{paragraphs}</article>"""
_KIND = '<label><input type="checkbox" name="{kind}" value="on"{checked}> {label}</label>'
_EMPTY = '<section class="card"><p>{text}</p></section>'


def inbox_page(person: Person, mailbox: Mailbox) -> str:
    """The newest mail first; the page's script asks whether there are more."""
    text = words(person.locale)
    mails = mailbox.of(person)
    main = _MAIN.format(
        title=escape(text["inbox"]),
        hint=escape(text["inbox.text"].format(address=address_of(person))),
        number=len(mails),
        mails="".join(map(_mail, mails)) or _EMPTY.format(text=escape(text["inbox.empty"])),
        wanted=escape(text["inbox.wanted"]),
        kinds="".join(_kind(kind, person, mailbox, text) for kind in Kind),
        save=escape(text["save"]),
    )
    return lay_out(text["inbox"], main, person, INBOX_PATH, _HEAD)


def choose(person: Person, mailbox: Mailbox, form: Mapping[str, str]) -> None:
    """Send them the kinds that are ticked, and no others."""
    mailbox.muted[person.user_id] = frozenset(kind for kind in Kind if kind.value not in form)


def _mail(received: ReceivedMail) -> str:
    """Its plain text; what a mail program would show as a button is an address there."""
    mail = received.mail
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in mail.text.strip().split("\n\n"))
    return _MAIL.format(
        language=escape(mail.language),
        subject=escape(mail.subject),
        at=received.at.strftime("%H:%M:%S UTC"),
        paragraphs=paragraphs,
    )


def _kind(kind: Kind, person: Person, mailbox: Mailbox, text: Mapping[str, str]) -> str:
    is_muted = kind in mailbox.muted.get(person.user_id, frozenset())
    return _KIND.format(
        kind=kind.value, checked="" if is_muted else " checked", label=escape(text[f"inbox.{kind.value}"])
    )
