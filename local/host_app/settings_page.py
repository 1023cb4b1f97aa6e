"""The settings pages that embed the integration's element: one's own Dropbox, and the company's."""

from __future__ import annotations

from html import escape
from pathlib import Path

from local.host import SETTINGS_PATH, Person
from local.host_app.layout import is_administrator, lay_out
from local.paths_shown import shortest

_HEAD = '\n<script type="module" src="/static/host.js"></script>'
_SECTION = """<section aria-labelledby="{scope}"><h2 class="crumbs" id="{scope}">{crumbs}</h2>
<jenji-dropbox scope="{scope}" api="{api}" lang="{locale}"></jenji-dropbox></section>"""
_ASIDE = """<aside class="card stand-in" aria-labelledby="machine"><h2 id="machine">On this machine</h2>
<p>Each Dropbox account is a directory; what is copied there is dropped into Dropbox.</p>
<ul>{accounts}</ul></aside>"""


def settings_page(person: Person, api_url: str, dropbox_directory: Path | None) -> str:
    """An employee sees the personal element alone; Dropbox sends everybody back to this page."""
    sections = {"personal": "Profile & Preferences > Integrations"}
    if is_administrator(person):
        sections["company"] = "Company Settings > Integrations > Connected Apps"
    elements = "".join(
        _SECTION.format(scope=scope, crumbs=escape(crumbs), api=escape(api_url), locale=escape(person.locale))
        for scope, crumbs in sections.items()
    )
    aside = _aside(dropbox_directory) if dropbox_directory else ""
    return lay_out("Integrations", f"<h1>Integrations</h1>{elements}{aside}", person, SETTINGS_PATH, _HEAD)


def _aside(directory: Path) -> str:
    accounts = sorted(path for path in directory.iterdir() if path.is_dir())
    return _ASIDE.format(
        accounts="".join(f"<li><code>{escape(shortest(account))}</code></li>" for account in accounts)
    )
