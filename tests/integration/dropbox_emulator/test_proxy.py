"""The proxy that leads Dropbox's own host names to the emulator, and nobody anywhere else."""

import socket

import pytest
import requests

from local.dropbox_emulator import DropboxEmulator, PortTaken


@pytest.fixture(scope="module")
def emulator(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificates")
    with DropboxEmulator(https_port=0, proxy_port=0, certificates=folder) as emulator:
        yield emulator


def received(connection):
    try:
        return connection.recv(100)
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize("host", ["api.dropboxapi.com", "content.dropboxapi.com", "www.dropbox.com"])
def test_dropbox_s_hosts_are_the_emulator(emulator, host):
    answer = requests.get(
        f"https://{host}/2/files/unheard_of",
        proxies={"https": emulator.proxy_url},
        verify=str(emulator.ca_file),
        timeout=5,
    )

    assert (answer.status_code, answer.text) == (404, 'Unknown API function: "files/unheard_of"')


@pytest.mark.parametrize(
    "request_line",
    [
        "CONNECT example.com:443",
        "CONNECT api.dropboxapi.com:22",
        "CONNECT api.dropboxapi.com.example.com:443",
        "GET http://api.dropboxapi.com/",
    ],
)
def test_every_other_request_is_refused(emulator, request_line):
    host, port = emulator.proxy_url.removeprefix("http://").split(":")

    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(f"{request_line} HTTP/1.1\r\n\r\n".encode())
        answer = connection.makefile().readline()

    assert answer == "HTTP/1.1 403 Only Dropbox is here\n"


def test_what_is_no_request_ends_the_connection(emulator):
    host, port = emulator.proxy_url.removeprefix("http://").split(":")

    for garbage in (b"", b"\r\n\r\n", b"x" * 100_000):
        with socket.create_connection((host, int(port)), timeout=5) as connection:
            connection.sendall(garbage)
            connection.shutdown(socket.SHUT_WR)
            answer = received(connection)
        assert answer in {b"", b"HTTP/1.1 403 Only Dropbox is here\r\nContent-Length: 0\r\n\r\n"}


def test_open_connections_are_cut_when_the_emulator_stops(tmp_path):
    emulator = DropboxEmulator(https_port=0, proxy_port=0, certificates=tmp_path)
    emulator.start()
    host, port = emulator.proxy_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(b"CONNECT api.dropboxapi.com:443 HTTP/1.1\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 200")

        emulator.stop()

        assert received(connection) == b""


def test_a_taken_port_is_told(emulator, tmp_path):
    port = int(emulator.proxy_url.rpartition(":")[2])

    with pytest.raises(PortTaken, match=str(port)):
        DropboxEmulator(https_port=0, proxy_port=port, certificates=tmp_path).start()


def test_a_proxy_to_nowhere_is_refused():
    with pytest.raises(ValueError, match="https"):
        DropboxEmulator(proxy_port=0)
