"""The answers of the API: results and errors as JSON, sentences, and downloads."""

import asyncio
import json
import random
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.helpers import ETag

from local.dropbox_emulator.api.cost_model import Paced
from local.dropbox_emulator.core import stone_json
from local.dropbox_emulator.core.contents import CHUNK

# How often a paced download sends something.
PACE_SECONDS = 0.02
# A summary ends in so many dots, at random, so that nobody compares it; the same in every run.
_DOTS = ("", ".", "..", "...")
_random = random.Random(11)  # noqa: S311 - nothing secret
_ERROR_HEADERS = {"Content-Security-Policy": "sandbox allow-forms allow-scripts"}


class ContentResponse(web.FileResponse, Paced):
    """A download; `content_path` is where its bytes lie, for interceptors that want to alter them.

    `rev` is that of the file the bytes are of, if they are a file's own.
    """

    def __init__(self, path: Path, result: str, rev: str | None = None) -> None:
        headers = {
            **_identified(),
            "Content-Type": "application/octet-stream",
            "Dropbox-API-Result": result,
            "Original-Content-Length": str(path.stat().st_size),
        }
        super().__init__(path, headers=headers, chunk_size=CHUNK)
        self.content_path = path
        self._rev = rev

    async def _prepare_headers(self) -> None:
        """Tell the revision, where the base class tells the time and size of its file on this disk."""
        self.last_modified = None
        self.etag = ETag(self._rev, is_weak=True) if self._rev else None
        await super()._prepare_headers()

    async def _sendfile(
        self, request: web.BaseRequest, fobj: IO[bytes], offset: int, count: int
    ) -> AbstractStreamWriter:
        """Over TLS asyncio's substitute for sendfile sends 16 KiB at a time, at several times the cost."""
        if not request.secure and self.bytes_per_second is None:
            return await super()._sendfile(request, fobj, offset, count)
        writer = await web.StreamResponse.prepare(self, request)
        if writer is None:
            raise ConnectionResetError("the client has gone")
        if self.bytes_per_second is None:
            return await self._sendfile_fallback(writer, fobj, offset, count)
        return await _send_slowly(writer, fobj, offset, count, self.bytes_per_second)


async def _send_slowly(
    writer: AbstractStreamWriter, fobj: IO[bytes], offset: int, count: int, bytes_per_second: float
) -> AbstractStreamWriter:
    fobj.seek(offset)
    while count and (piece := fobj.read(min(count, max(1, int(bytes_per_second * PACE_SECONDS))))):
        await asyncio.sleep(len(piece) / bytes_per_second)
        await writer.write(piece)
        count -= len(piece)
    await writer.drain()
    return writer


def error_answer(
    status: int,
    error_type: Any,  # noqa: ANN401 - a Stone type
    error: Any,  # noqa: ANN401 - a Stone value
    user_message: str | None = None,
) -> web.Response:
    """An error in Dropbox's JSON, with its summary."""
    return raw_error_answer(status, stone_json.encode_object(error_type, error), user_message)


def raw_error_answer(
    status: int,
    error: Mapping[str, Any],
    user_message: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    """An error in Dropbox's JSON, of types the SDK may not know."""
    summary = "/".join((*_tags(error), _random.choice(_DOTS)))
    body: dict[str, Any] = {"error_summary": summary, "error": error}
    if user_message is not None:
        body["user_message"] = {"locale": "en", "text": user_message}
    challenge = {"WWW-Authenticate": 'Bearer realm="Dropbox-API"'} if status == 401 else {}
    return json_answer(status, json.dumps(body), {**_ERROR_HEADERS, **challenge, **(headers or {})})


def _tags(encoded: Mapping[str, Any]) -> Iterator[str]:
    """The tags along an error; that of a rate limit is its reason's alone."""
    tag = encoded.get(".tag", "reason")
    if ".tag" in encoded:
        yield tag
    nested = encoded.get(tag, encoded.get("reason"))
    if isinstance(nested, dict) and ".tag" in nested:
        yield from _tags(nested)


def json_answer(status: int, text: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """A result, or an error, already encoded."""
    # Exactly this content type, without a charset: the SDK compares it.
    every = {**_identified(), "Content-Type": "application/json", **(headers or {})}
    return web.Response(status=status, body=text.encode(), headers=every)


def token_refusal(error: str, description: str | None = None) -> web.Response:
    """The 400 of the token endpoint."""
    described = {} if description is None else {"error_description": description}
    return json_answer(400, json.dumps({"error": error, **described}))


def text_answer(status: int, text: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """A sentence."""
    # A message may repeat what JSON can say and UTF-8 cannot: half a character.
    sayable = text.encode("utf-8", "backslashreplace").decode()
    every = {**_identified(), **_ERROR_HEADERS, **(headers or {})}
    return web.Response(status=status, text=sayable, headers=every)


def rate_limited(reason: str, retry_after: int | str | None = 1) -> web.Response:
    """The 429 of the API; `retry_after` in seconds, or a date.

    Only one reason tells the seconds in the body as well: ``too_many_requests``.
    """
    error: dict[str, Any] = {"reason": {".tag": reason}}
    if isinstance(retry_after, int) and reason == "too_many_requests":
        error["retry_after"] = retry_after
    return raw_error_answer(429, error, headers=retry_header(retry_after))


def retry_header(wait: int | str | None) -> dict[str, str]:
    """The header that tells a client how long to wait, in seconds or until a date."""
    return {} if wait is None else {"Retry-After": str(wait)}


def _identified() -> dict[str, str]:
    return {
        "Cache-Control": "no-cache",
        "Server": "envoy",
        "X-Content-Type-Options": "nosniff",
        "X-Dropbox-Request-Id": secrets.token_hex(16),
        "X-Dropbox-Response-Origin": "far_remote",
    }
