"""Files that the stand-in serves: its own style and script, the element's modules, expenses' documents."""

from __future__ import annotations

from pathlib import Path

from local.host_app.messages import Response, plain
from local.host_expense_rows import HostDocument
from local.template import ROOT

_FOLDERS = {"static": Path(__file__).parent / "static", "web": ROOT / "web"}
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
# What a browser shows by itself; anything else is downloaded.
_SHOWN = {"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp"}


def is_file(path: str) -> bool:
    """Whether the path is one of a file, found or not."""
    return path.split("/")[1] in _FOLDERS


def read_file(path: str) -> Response:
    """`/static/host.css`, `/web/jenji-dropbox.js`: scripts and styles of those folders, nothing else."""
    _, name, *parts = path.split("/")
    file = _FOLDERS[name].joinpath(*parts).resolve()
    is_inside = file.is_relative_to(_FOLDERS[name].resolve())
    if not is_inside or file.suffix not in _TYPES or not file.is_file():
        return plain("Not found.", 404)
    return Response(200, _TYPES[file.suffix], file.read_bytes())


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
