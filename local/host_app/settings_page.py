"""The settings pages that embed the integration's element: one's own Dropbox, and the company's."""

from __future__ import annotations

from html import escape
from pathlib import Path

from local.host import SETTINGS_PATH, Person
from local.host_app.layout import is_administrator, lay_out
from local.paths_shown import shortest

_HEAD = '\n<script type="module" src="/static/host.js"></script>'
_SECTION = """<section class="card" aria-labelledby="{id}-heading"><p class="crumbs">{crumbs}</p>
<h1 id="{id}-heading">{title}</h1>
<jenji-dropbox scope="{scope}" api="{api}" lang="{locale}"></jenji-dropbox></section>"""
_ASIDE = """<aside class="card stand-in"><h2>On this machine</h2>
<p>Each Dropbox account is a directory; what is copied there is dropped into Dropbox.</p>
<ul>{accounts}</ul></aside>"""


def settings_page(person: Person, api_url: str, dropbox_directory: Path | None) -> str:
    """An employee sees the personal element alone; Dropbox sends everybody back to this page."""
    sections = [("profile", "Profile & Preferences > Integrations", "Integrations", "personal")]
    if is_administrator(person):
        sections.append(
            ("company", "Company Settings > Integrations > Connected Apps", "Connected Apps", "company")
        )
    elements = "".join(
        _SECTION.format(
            id=name,
            crumbs=escape(crumbs),
            title=title,
            scope=scope,
            api=escape(api_url),
            locale=escape(person.locale),
        )
        for name, crumbs, title, scope in sections
    )
    aside = _aside(dropbox_directory) if dropbox_directory else ""
    return lay_out("Integrations", elements + aside, person, SETTINGS_PATH, _HEAD)


def _aside(directory: Path) -> str:
    accounts = sorted(path for path in directory.iterdir() if path.is_dir())
    return _ASIDE.format(
        accounts="".join(f"<li><code>{escape(shortest(account))}</code></li>" for account in accounts)
    )
