"""What every page of the stand-in has around it."""

from __future__ import annotations

from html import escape

from local.host import SETTINGS_PATH, Person

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Jenji</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/host.css">{head}</head>
<body>{header}
<main>{main}</main>
<footer>A stand-in for Jenji's web app: nothing leaves this machine.</footer>
</body></html>
"""
_HEADER = """
<header class="bar"><a class="brand" href="/expenses">Jenji</a>
<nav aria-label="Jenji">{links}</nav>
<div class="who"><span class="avatar" aria-hidden="true">{initials}</span>
<span>{name}<small>{role}</small></span>
<form method="post" action="/sign-out"><button class="quiet">Sign out</button></form></div></header>"""
_ROLES = {"administrator": "Administrator", "employee": "Employee"}


def is_administrator(person: Person) -> bool:
    """Whether the company's settings and everybody's expenses are theirs to see to."""
    return person.role == "administrator"


def describe(person: Person) -> str:
    """`Administrator of Atelier, bob`: the id tells namesakes apart."""
    company = escape(person.company_id.capitalize())
    return f"{_ROLES[person.role]} of {company}, {escape(person.user_id)}"


def lay_out(title: str, main: str, person: Person | None = None, path: str = "", head: str = "") -> str:
    """A whole document. `main` and `head` are HTML; `path` marks where in the navigation one is."""
    return _PAGE.format(
        title=escape(title), head=head, main=main, header=_header(person, path) if person else ""
    )


def _header(person: Person, path: str) -> str:
    links = (("/expenses", "Expenses"), (SETTINGS_PATH, "Integrations"))
    return _HEADER.format(
        links="".join(
            f'<a href="{href}"{" aria-current=page" if href == path else ""}>{words}</a>'
            for href, words in links
        ),
        initials=escape("".join(word[0] for word in person.name.split()[:2])),
        name=escape(person.name),
        role=describe(person),
    )
