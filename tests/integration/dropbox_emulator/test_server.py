"""The server itself: https, ports, many threads, the call log, the interceptor, the command line."""

import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from aiohttp import web
from dropbox.exceptions import InternalServerError, RateLimitError

from local.dropbox_emulator import AUTO_IMPORT_APP, DropboxEmulator, PortTaken
from local.dropbox_emulator.__main__ import main

SDK_PROGRAM = """
import sys, dropbox
key, secret, refresh_token = sys.argv[1:]
with dropbox.Dropbox(oauth2_refresh_token=refresh_token, app_key=key, app_secret=secret) as client:
    client.files_upload(b"hello", "/a.pdf")
    print(client.files_download("/a.pdf")[1].content.decode())
"""


def test_an_unmodified_sdk_works_over_https(tmp_path):
    with DropboxEmulator(https_port=0, certificates=tmp_path) as emulator:
        refresh_token = emulator.link(AUTO_IMPORT_APP.key, emulator.add_account("alice"))
        command = [
            sys.executable,
            "-c",
            SDK_PROGRAM,
            AUTO_IMPORT_APP.key,
            AUTO_IMPORT_APP.secret,
            refresh_token,
        ]

        done = subprocess.run(
            command, env=os.environ | emulator.environment, capture_output=True, text=True, check=False
        )

    assert (done.returncode, done.stdout) == (0, "hello\n"), done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"ca.pem", "server.pem"}


def test_the_certificates_are_kept(tmp_path):
    with DropboxEmulator(https_port=0, certificates=tmp_path) as emulator:
        first = emulator.ca_file.read_bytes()

    with DropboxEmulator(https_port=0, certificates=tmp_path) as emulator:
        assert emulator.ca_file.read_bytes() == first


def test_a_taken_port_is_told(emulator):
    port = int(emulator.url.rpartition(":")[2])

    with pytest.raises(PortTaken, match=str(port)):
        DropboxEmulator(port=port).start()


def test_an_emulator_can_be_stopped_twice():
    emulator = DropboxEmulator()
    emulator.start()

    emulator.stop()
    emulator.stop()


def test_thirty_two_threads_lose_nothing(client, alice, emulator):
    def round_trip(number):
        uploaded = client.files_upload(b"%d" % number, f"/in/{number}")
        moved = client.files_move_v2(uploaded.id, f"/out/{number}").metadata
        return client.files_download(moved.id)[1].content

    with ThreadPoolExecutor(32) as pool:
        results = list(pool.map(round_trip, range(200)))

    assert results == [b"%d" % number for number in range(200)]
    assert len(alice.content_hashes()) == 200
    assert emulator.calls.count("files/download", account="alice", status=200) == 200


def test_calls_are_counted_by_route_account_and_status(client, emulator):
    client.files_create_folder_v2("/f")
    emulator.calls.clear()
    client.files_list_folder("")

    (record,) = emulator.calls.records()
    assert (record.route, record.account, record.app_key, record.status) == (
        "files/list_folder",
        "alice",
        AUTO_IMPORT_APP.key,
        200,
    )


def test_an_interceptor_can_answer_in_dropbox_s_place(client, emulator):
    async def refuse(call, proceed):
        if call.route == "files/upload" and call.account == "alice":
            return web.Response(status=429, text="slow down", headers={"Retry-After": "7"})
        return await proceed()

    emulator.interceptor = refuse

    with pytest.raises(RateLimitError) as refused:
        client.files_upload(b"1", "/a")
    assert refused.value.backoff == 7
    assert client.files_list_folder("").entries == []


def test_an_interceptor_can_lose_the_answer_of_a_call_that_happened(client, emulator, alice):
    async def lose(_call, proceed):
        await proceed()
        return web.Response(status=503)

    emulator.interceptor = lose

    with pytest.raises(InternalServerError):
        client.files_upload(b"1", "/a")
    assert alice.read("/Apps/Jenji/a") == b"1"


def test_an_interceptor_can_alter_a_download(client, emulator, alice):
    alice.write("/Apps/Jenji/a", b"0123456789")

    async def cut(_call, proceed):
        answer = await proceed()
        headers = {"Dropbox-API-Result": answer.headers["Dropbox-API-Result"]}
        return web.Response(body=answer.content_path.read_bytes()[:4], headers=headers)

    emulator.interceptor = cut

    assert client.files_download("/a")[1].content == b"0123"


def run_cli(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "local.dropbox_emulator", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_command_line_serves_until_interrupted(tmp_path):
    app = "key1:secret1:My App:folder:http://localhost:1/back"
    arguments = ["--root", str(tmp_path / "d"), "--port", "0", "--account", "bob", "--app", app]
    arguments += ["--proxy-port", "0", "--certificates", str(tmp_path / "c")]
    with run_cli(*arguments) as process:
        lines = [process.stdout.readline()]
        while "Ctrl-C" not in lines[-1]:
            lines.append(process.stdout.readline())

        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)

    text = "".join(lines)
    assert re.search(r"http://127\.0\.0\.1:\d+", text)
    assert re.search(r"HTTPS_PROXY=http://127\.0\.0\.1:\d+", text)
    for part in ("key1", "secret1", "http://localhost:1/back", str(tmp_path / "d" / "bob")):
        assert part in text
    assert (process.returncode, output, errors) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--webhook", "nobody=http://127.0.0.1:1/"], "there is no app with the key nobody"),
        (["--account", "../x"], "an account's name"),
        (["--account", "a", "--account", "a"], "already an account named a"),
    ],
)
def test_the_command_line_names_what_is_wrong(monkeypatch, capsys, arguments, words):
    monkeypatch.setattr(signal, "signal", lambda *_: None)

    assert main(["--port", "0", *arguments]) == 1
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--app", "a:b"], "expected KEY:SECRET:NAME"),
        (["--app", "a:b:c:everything"], "expected KEY:SECRET:NAME"),
        (["--webhook", "key"], "expected KEY=URL"),
        (["--port", "70000"], "expected a port"),
    ],
)
def test_the_command_line_explains_its_arguments(capsys, arguments, words):
    with pytest.raises(SystemExit):
        main(arguments)

    assert words in capsys.readouterr().err


def test_the_command_line_names_a_taken_port(emulator):
    port = emulator.url.rpartition(":")[2]

    with run_cli("--port", port) as process:
        _, errors = process.communicate(timeout=60)

    assert process.returncode == 1
    assert errors == f"dropbox emulator: Port {port} is taken by another program.\n"
