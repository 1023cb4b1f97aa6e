"""Stopping an emulator leaves nothing open, whatever its clients still hold."""

from __future__ import annotations

import gc
import socket
import ssl
from pathlib import Path
from urllib.parse import urlsplit

from local.dropbox_emulator.emulator import DropboxEmulator


def test_stopping_dropbox_cuts_the_tls_connections_that_clients_keep(tmp_path: Path) -> None:
    emulator = DropboxEmulator(https_port=0, certificates=tmp_path)
    emulator.start()
    address = urlsplit(emulator.https_url)
    context = ssl.create_default_context(cafile=emulator.ca_file)
    plain = socket.create_connection((address.hostname, address.port))
    with context.wrap_socket(plain, server_hostname="127.0.0.1") as kept:
        kept.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert kept.recv(16).startswith(b"HTTP/1.1")

        emulator.stop()

    # A transport left open would now warn, and warnings are errors.
    gc.collect()
