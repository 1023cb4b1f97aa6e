"""An HTTPS proxy that leads Dropbox's own host names to the emulator, for clients that know no other."""

import asyncio
import contextlib
from collections.abc import Iterator

from local.dropbox_emulator.client_session import DROPBOX_HOSTS

HOST = "127.0.0.1"
_PIECE = 256 * 1024


class ConnectProxy:
    """Answers ``CONNECT``: connections to Dropbox's hosts end at a local port, all others are refused."""

    def __init__(self) -> None:
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def start(self, port: int, https_port: int) -> int:
        """Listen on `port`, 0 for any, and lead to `https_port`; returns the port really used."""

        async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await self._connect(reader, writer, https_port)

        self._server = await asyncio.start_server(connect, HOST, port)
        return int(self._server.sockets[0].getsockname()[1])

    def stop(self) -> None:
        """Cut every connection."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()

    async def _connect(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, https_port: int
    ) -> None:
        with self._kept(writer):
            head = await reader.readuntil(b"\r\n\r\n")
            method, target, *_ = (*head.split(maxsplit=2), b"", b"")
            if method != b"CONNECT" or target.decode("latin-1").removesuffix(":443") not in DROPBOX_HOSTS:
                writer.write(b"HTTP/1.1 403 Only Dropbox is here\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
                return
            there, back = await asyncio.open_connection(HOST, https_port)
            with self._kept(back):
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await asyncio.gather(_relay(reader, back), _relay(there, writer))

    @contextlib.contextmanager
    def _kept(self, writer: asyncio.StreamWriter) -> Iterator[None]:
        self._writers.add(writer)
        try:
            yield
        finally:
            self._writers.discard(writer)
            writer.close()


async def _relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(_PIECE):
        writer.write(piece)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
