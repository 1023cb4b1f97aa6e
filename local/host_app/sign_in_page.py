"""The page on which one chooses who to be; a stand-in asks for no password."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from local.host import Person
from local.host_app.layout import describe, lay_out
from local.host_app.words import words

# What Dropbox's redirect left in the fragment reaches no server: the form's address carries it on.
_HEAD = '\n<script type="module" src="/static/sign_in.js"></script>'
_MAIN = """<section class="card narrow"><p class="brand">Jenji</p>
<h1>{title}</h1><p class="muted">{text}</p>
<form method="post" action="/sign-in"><input type="hidden" name="next" value="{next}">
<ul class="people">{people}</ul></form></section>"""
_PERSON = """<li><button name="user" value="{user}"><strong>{name}</strong>
<small>{role}</small></button></li>"""


def sign_in_page(people: Iterable[Person], next_path: str) -> str:
    """`next_path` is where one wanted to go."""
    text = words("en")
    choices = "".join(
        _PERSON.format(user=escape(person.user_id), name=escape(person.name), role=describe(person, "en"))
        for person in people
    )
    main = _MAIN.format(
        title=text["sign in"], text=text["sign in.text"], next=escape(next_path), people=choices
    )
    return lay_out(text["sign in"], main, head=_HEAD)


def own_path(text: str) -> str:
    """The path if it is one of ours: no other site is where a sign-in may lead."""
    is_ours = text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if is_ours and text.isprintable() else "/expenses"
