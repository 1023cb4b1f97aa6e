"""What every page of the stand-in has around it."""

from __future__ import annotations

from html import escape

from local.host import SETTINGS_PATH, Person
from local.host_app.words import language, words

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Jenji</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/host.css">{head}</head>
<body>{header}
<main>{main}</main>
<footer>{footer}</footer>
</body></html>
"""
_HEADER = """
<header class="bar"><a class="brand" href="/expenses">Jenji</a>
<nav aria-label="Jenji">{links}</nav>
<div class="who"><span class="avatar" aria-hidden="true">{initials}</span>
<span>{name}<small>{role}</small></span>
<form method="post" action="/sign-out"><button class="quiet">{sign_out}</button></form></div></header>"""


def is_administrator(person: Person) -> bool:
    """Whether the company's settings and everybody's expenses are theirs to see to."""
    return person.role == "administrator"


def describe(person: Person, locale: str) -> str:
    """`Administrator, Atelier (bob)`: the id tells namesakes apart."""
    role = words(locale)[person.role]
    return escape(role.format(company=person.company_id.capitalize(), user=person.user_id))


def lay_out(title: str, main: str, person: Person | None = None, path: str = "", head: str = "") -> str:
    """A whole document. `main` and `head` are HTML; `path` marks where in the navigation one is."""
    locale = person.locale if person else "en"
    return _PAGE.format(
        lang=language(locale),
        title=escape(title),
        head=head,
        main=main,
        header=_header(person, path) if person else "",
        footer=escape(words(locale)["stand-in"]),
    )


def _header(person: Person, path: str) -> str:
    text = words(person.locale)
    links = (
        ("/expenses", text["expenses"]),
        (SETTINGS_PATH, text["integrations"]),
        ("/inbox", text["inbox"]),
    )
    return _HEADER.format(
        links="".join(
            f'<a href="{href}"{" aria-current=page" if href == path else ""}>{escape(label)}</a>'
            for href, label in links
        ),
        initials=escape("".join(word[0] for word in person.name.split()[:2])),
        name=escape(person.name),
        role=describe(person, person.locale),
        sign_out=escape(text["sign out"]),
    )
