"""An HTTPS proxy that leads every host to one local port, as unmodified clients know Dropbox by name alone.

`python -m bench.connect_proxy PORT`. The kernel moves the bytes, in a process apart: the emulator's own proxy
would count as the emulator's work.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from contextlib import suppress

from bench.processes import say

HOST = "127.0.0.1"
_PIECE = 1024 * 1024
_LONGEST_REQUEST = 16 * 1024


def main() -> None:
    """Serve until standard input ends."""
    listener = socket.create_server((HOST, 0), backlog=128)
    threading.Thread(target=_accept, args=(listener, int(sys.argv[1])), daemon=True).start()
    say(url=f"http://{HOST}:{listener.getsockname()[1]}")
    sys.stdin.read()


def _accept(listener: socket.socket, port: int) -> None:
    while True:
        client, _ = listener.accept()
        threading.Thread(target=_connect, args=(client, port), daemon=True).start()


def _connect(client: socket.socket, port: int) -> None:
    """Read `CONNECT host:443 …` and lead it to the port, for every host."""
    request = b""
    while not request.endswith(b"\r\n\r\n") and len(request) < _LONGEST_REQUEST:
        received = client.recv(4096)
        if not received:
            return
        request += received
    upstream = socket.create_connection((HOST, port))
    for connection in (client, upstream):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    threading.Thread(target=_relay, args=(upstream, client), daemon=True).start()
    _relay(client, upstream)


def _relay(source: socket.socket, sink: socket.socket) -> None:
    outlet, inlet = os.pipe()
    try:
        with suppress(OSError):
            while piece := os.splice(source.fileno(), inlet, _PIECE):
                while piece:
                    piece -= os.splice(outlet, sink.fileno(), piece)
    finally:
        os.close(inlet)
        os.close(outlet)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


if __name__ == "__main__":
    main()
