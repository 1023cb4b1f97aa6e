"""Files that the stand-in serves: its own style and script, the element, expenses' documents."""

from __future__ import annotations

from pathlib import Path

from local.host_app.messages import Response, plain
from local.host_expense_rows import HostDocument
from local.template import ROOT

_WEB = ROOT / "web"
_FOLDERS = {"static": Path(__file__).parent / "static", "web": _WEB}
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
# What a browser shows by itself; anything else is downloaded.
_SHOWN = {"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp"}


def is_file(path: str) -> bool:
    """Whether the path is one of a file, found or not."""
    return path.split("/")[1] in _FOLDERS


def read_file(path: str) -> Response:
    """`/static/host.css`, `/web/jenji-dropbox.js`, `/web/texts/fr.js`: scripts and styles, nothing more."""
    _, folder, *parts = path.split("/")
    base = _FOLDERS[folder]
    there = [*base.iterdir(), *(base / "sections").glob("*.js"), *(base / "texts").glob("*.js")]
    files = {file.relative_to(base).as_posix(): file for file in there if file.suffix in _TYPES}
    file = files.get("/".join(parts))
    return Response(200, _TYPES[file.suffix], file.read_bytes()) if file else plain("Not found.", 404)


def show_document(document: HostDocument, data: bytes) -> Response:
    """What an expense's user has dropped: it may come from anybody, so that it runs nothing here."""
    is_shown = document.content_type in _SHOWN
    return Response(
        200,
        document.content_type if is_shown else "application/octet-stream",
        data,
        {
            "Content-Disposition": "inline" if is_shown else "attachment",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'",
        },
    )
