"""What the stand-in's pages are asked and answer, without the server around them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """A request. `origin` is the page that sent it, as browsers tell it with every POST."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """An answer."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def page(text: str, status: int = 200) -> Response:
    """A whole HTML document."""
    return Response(status, "text/html; charset=utf-8", text.encode())


def plain(text: str, status: int) -> Response:
    """A sentence without a page around it."""
    return Response(status, "text/plain; charset=utf-8", text.encode())


def document(content: Mapping[str, object], status: int = 200) -> Response:
    """JSON."""
    return Response(status, "application/json", json.dumps(content).encode())


def see(path: str, **headers: str) -> Response:
    """Have the browser look at another page of ours."""
    return Response(303, "text/plain; charset=utf-8", b"", {"Location": path} | headers)
