"""An emulator in process, an account, and real SDK clients of both apps."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import dropbox
import pytest

from local.dropbox_emulator import AUTO_IMPORT_APP, SYNCHRONISATION_APP, DropboxEmulator, WebhookPolicy
from testing.clocks import RunningClock


class Receiver:
    """A webhook that remembers what it was sent; `statuses` are what it answers, then 200."""

    def __init__(self):
        self.echoes = True
        self.statuses = []
        self.requests = []
        self.gate = threading.Event()
        self.gate.set()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                challenge = parse_qs(urlsplit(self.path).query)["challenge"][0]
                self._answer(200, challenge.encode() if receiver.echoes else b"hello")

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((dict(self.headers), body))
                receiver.gate.wait(5)
                self._answer(receiver.statuses.pop(0) if receiver.statuses else 200, b"")

            def _answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhook"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def accounts(self):
        return [json.loads(body)["list_folder"]["accounts"] for _, body in self.requests]

    def close(self):
        self.gate.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def clock():
    return RunningClock()


@pytest.fixture
def emulator(clock):
    policy = WebhookPolicy(coalesce=0.01, timeout=2, retries=(0.01, 0.01, 0.01))
    with DropboxEmulator(clock=clock, webhook_policy=policy) as emulator:
        yield emulator


@pytest.fixture
def alice(emulator):
    return emulator.add_account("alice", display_name="Alice Martin")


@pytest.fixture
def connect(emulator):
    """An SDK client with an access token, made for an app and an account."""
    clients = []

    def make(app, account, scopes=None):
        refresh_token = emulator.link(app.key, account, scopes)
        token = emulator.authorizations.refresh(app.key, refresh_token, None, has_secret=True)
        client = dropbox.Dropbox(
            oauth2_access_token=token,
            session=emulator.session(),
            max_retries_on_error=0,
            max_retries_on_rate_limit=0,
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def client(connect, alice):
    return connect(AUTO_IMPORT_APP, alice)


@pytest.fixture
def full_client(connect, alice):
    return connect(SYNCHRONISATION_APP, alice)


@pytest.fixture
def move_batch(client):
    """Move entries in one batch, which is always a job; returns its results."""

    def move(entries, **options):
        job = client.files_move_batch_v2(entries, **options).get_async_job_id()
        while (status := client.files_move_batch_check_v2(job)).is_in_progress():
            pass
        return status.get_complete().entries

    return move


@pytest.fixture
def eventually():
    """Wait for a condition, five seconds at most; returns its truthy value."""

    def wait(condition, timeout=5.0):
        deadline = time.monotonic() + timeout
        pause = threading.Event()
        while not (value := condition()):
            assert time.monotonic() < deadline, "it did not come about in time"
            pause.wait(0.01)
        return value

    return wait


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()
