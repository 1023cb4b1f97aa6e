"""The settings pages that embed the integration's element: one's own Dropbox, and the company's."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from local.host import SETTINGS_PATH, Person
from local.host_app.layout import is_administrator, lay_out
from local.host_app.words import words
from local.paths_shown import shortest

_HEAD = '\n<script type="module" src="/static/host.js"></script>'
_SECTION = """<section aria-labelledby="{scope}"><h2 class="crumbs" id="{scope}">{crumbs}</h2>
<jenji-dropbox scope="{scope}" api="{api}" lang="{locale}"></jenji-dropbox></section>"""
_ASIDE = """<aside class="card stand-in" aria-labelledby="machine"><h2 id="machine">{title}</h2><p>{text}</p>
<ul>{accounts}</ul></aside>"""


def settings_page(person: Person, api_url: str, dropbox_directory: Path | None) -> str:
    """An employee sees the personal element alone; Dropbox sends everybody back to this page."""
    text = words(person.locale)
    scopes = ["personal", "company"] if is_administrator(person) else ["personal"]
    elements = "".join(
        _SECTION.format(
            scope=scope, crumbs=escape(text[scope]), api=escape(api_url), locale=escape(person.locale)
        )
        for scope in scopes
    )
    aside = _aside(dropbox_directory, text) if dropbox_directory else ""
    main = f"<h1>{escape(text['integrations'])}</h1>{elements}{aside}"
    return lay_out(text["integrations"], main, person, SETTINGS_PATH, _HEAD)


def _aside(directory: Path, text: Mapping[str, str]) -> str:
    accounts = sorted(path for path in directory.glob("[!.]*") if path.is_dir())
    return _ASIDE.format(
        title=escape(text["machine"]),
        text=escape(text["machine.text"]),
        accounts="".join(f"<li><code>{escape(shortest(account))}</code></li>" for account in accounts),
    )
