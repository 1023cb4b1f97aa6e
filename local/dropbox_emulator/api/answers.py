"""The answers of the API: results and errors as JSON, sentences, and downloads."""

import asyncio
import json
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from local.dropbox_emulator.api.cost_model import Paced
from local.dropbox_emulator.core import stone_json
from local.dropbox_emulator.core.contents import CHUNK

# How often a paced download sends something.
PACE_SECONDS = 0.02


class ContentResponse(web.FileResponse, Paced):
    """A download; `content_path` is where its bytes lie, for interceptors that want to alter them."""

    def __init__(self, path: Path, result: str) -> None:
        headers = {
            **_identified(),
            "Content-Type": "application/octet-stream",
            "Dropbox-API-Result": result,
        }
        super().__init__(path, headers=headers, chunk_size=CHUNK)
        self.content_path = path

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


def error_answer(status: int, error_type: Any, error: Any) -> web.Response:  # noqa: ANN401 - Stone values
    """An error in Dropbox's JSON, with its summary."""
    encoded = stone_json.encode_object(error_type, error)
    summary = "/".join((*_tags(encoded), "..."))
    return json_answer(status, json.dumps({"error_summary": summary, "error": encoded}))


def _tags(encoded: dict[str, Any]) -> Iterator[str]:
    tag = encoded[".tag"]
    yield tag
    nested = encoded.get(tag, encoded.get("reason"))
    if isinstance(nested, dict) and ".tag" in nested:
        yield from _tags(nested)


def json_answer(status: int, text: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """A result, or an error, already encoded."""
    # Exactly this content type, without a charset: the SDK compares it.
    every = {**_identified(), "Content-Type": "application/json", **(headers or {})}
    return web.Response(status=status, body=text.encode(), headers=every)


def text_answer(status: int, text: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """A sentence."""
    # A message may repeat what JSON can say and UTF-8 cannot: half a character.
    sayable = text.encode("utf-8", "backslashreplace").decode()
    return web.Response(status=status, text=sayable, headers={**_identified(), **(headers or {})})


def rate_limited(reason: str, retry_after: int | None = 1) -> web.Response:
    """The 429 of the API, for one of the reasons of `auth.RateLimitReason`; `retry_after` in seconds."""
    error: dict[str, Any] = {"reason": {".tag": reason}}
    if retry_after is not None:
        error["retry_after"] = retry_after
    text = json.dumps({"error_summary": f"{reason}/...", "error": error})
    return json_answer(429, text, retry_header(retry_after))


def retry_header(seconds: int | None) -> dict[str, str]:
    """The header that tells a client how long to wait."""
    return {} if seconds is None else {"Retry-After": str(seconds)}


def _identified() -> dict[str, str]:
    return {"X-Dropbox-Request-Id": secrets.token_hex(16)}
