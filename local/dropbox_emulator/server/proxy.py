"""An HTTPS proxy that leads Dropbox's own host names to the emulator, for clients that know no other."""

import asyncio
import contextlib

from local.dropbox_emulator.server.client_session import DROPBOX_HOSTS

HOST = "127.0.0.1"
_PIECE = 256 * 1024
_REFUSAL = b"HTTP/1.1 403 Only Dropbox is here\r\nContent-Length: 0\r\n\r\n"


class ConnectProxy:
    """Answers ``CONNECT``: connections to Dropbox's hosts end at a local port, all others are refused."""

    def __init__(self) -> None:
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._https_port = 0

    async def start(self, port: int, https_port: int) -> int:
        """Listen on `port`, 0 for any, and lead to `https_port`; returns the port really used.

        Raises:
            OSError: another process listens there.

        """
        self._https_port = https_port
        self._server = await asyncio.start_server(self._accept, HOST, port)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Cut every connection."""
        if self._server is not None:
            self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.ensure_future(self._connect(reader, writer))
        self._connections.add(connection)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await connection
        finally:
            self._connections.discard(connection)
            writer.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request_line = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").partition("\r\n")[0]
        if request_line not in _ALLOWED:
            writer.write(_REFUSAL)
            await writer.drain()
            return
        there, back = await asyncio.open_connection(HOST, self._https_port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            await asyncio.gather(_relay(reader, back), _relay(there, writer))
        finally:
            back.close()


_ALLOWED = {f"CONNECT {host}:443 HTTP/{version}" for host in DROPBOX_HOSTS for version in ("1.0", "1.1")}


async def _relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(_PIECE):
        writer.write(piece)
        await writer.drain()
    writer.write_eof()
