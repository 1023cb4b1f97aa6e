"""The emulator and the account that a recorded request is sent to again."""

import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import requests
from PIL import Image

from local.dropbox_emulator import Access, Account, App, DropboxEmulator, Effect, Fault
from local.dropbox_emulator.api.route_table import all_routes
from local.dropbox_emulator.core.apps import SCOPES
from local.dropbox_emulator.oauth.grants import Consent
from tests.integration.dropbox_emulator.recorded_traffic import Recording

ALL_SCOPES = (*SCOPES, "sharing.read", "sharing.write")
# What is asked where nobody wrote down what was.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "files/create_folder_v2": {"path": "/f"},
    "files/download": {"path": "/a.txt"},
    "files/get_metadata": {"path": "/a.txt"},
    "files/list_folder": {"path": ""},
    "files/upload": {"path": "/a.txt"},
    "files/upload_session/append_v2": {"cursor": {"session_id": "a", "offset": 0}},
    "files/upload_session/finish": {"cursor": {"session_id": "a", "offset": 0}, "commit": {"path": "/a.txt"}},
    "files/upload_session/finish_batch/check": {"async_job_id": "a"},
    "files/upload_session/finish_batch_v2": {"entries": []},
    "files/upload_session/start": {},
    "files/upload_session/start_batch": {"num_sessions": 1},
    "sharing/check_job_status": {"async_job_id": "a"},
    "sharing/share_folder": {"path": "/f"},
}
CONTENT_TYPES = {"rpc": "application/json", "upload": "application/octet-stream", "download": ""}


class RecordedWorld:
    """One emulator with one account; `arg` is what is sent, once ids of ours are in it."""

    def __init__(self, emulator: DropboxEmulator, app: App, recording: Recording) -> None:
        self.emulator = emulator
        self.app = app
        self.recording = recording
        self.account: Account = emulator.add_account("alice")
        self.refresh_token = emulator.link(app.key, self.account)
        self.token = emulator.authorizations.refresh(app.key, self.refresh_token, None, has_secret=True)
        self.arg = json.loads(json.dumps(recording.arg or ARGUMENTS.get(recording.route)))
        self.headers = {
            name: value
            for name, value in recording.request_headers.items()
            if name.lower() == "dropbox-api-path-root"
        }

    def replay(self) -> requests.Response:
        """Send the recorded request; returns what the emulator answers."""
        if self.recording.route == "oauth2/token":
            return requests.post(f"{self.emulator.url}/oauth2/token", data=self._form(), timeout=5)
        body = "x" if self.recording.body is None else self.recording.body
        return self.call(self.recording.route, self.arg, body.encode())

    def call(self, route: str, arg: Any, body: bytes = b"") -> requests.Response:
        """A call of the API with this world's token."""
        style = all_routes()[route].style
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": CONTENT_TYPES[style]}
        if style == "rpc":
            body = json.dumps(arg).encode()
        elif arg is not None:
            headers["Dropbox-API-Arg"] = json.dumps(arg)
        return requests.post(
            f"{self.emulator.url}/2/{route}", data=body, headers=headers | self.headers, timeout=5
        )

    def make(self, path: str, metadata: Any) -> None:
        """What some metadata is of, unless it is there already."""
        is_folder = metadata.get(".tag") == "folder" or "." not in path.rpartition("/")[2]
        if is_folder:
            self.account.make_folder(path)
        elif path.lower() not in {known.lower() for known in self.account.tree_contents()}:
            self.account.write(path, _picture() if path.endswith(".png") else b"x")

    def session(self, size: int) -> str:
        """An upload session that has so many bytes."""
        started = self.call("files/upload_session/start", {}, b"x" * size)
        return str(started.json()["session_id"])

    def _form(self) -> dict[str, str]:
        form = dict(parse_qsl(self.recording.body or "grant_type=refresh_token&refresh_token=a"))
        form |= {"client_id": self.app.key, "client_secret": self.app.secret}
        if "code" in form:
            consent = Consent(
                self.app.key,
                self.account.id,
                frozenset(ALL_SCOPES),
                None,
                None,
                "S256",
                is_offline="refresh_token" in self.recording.answer,
            )
            form["code"] = self.emulator.authorizations.new_code(consent)
        elif self.recording.status == 200:
            form["refresh_token"] = self.refresh_token
        return form

    def header(self, name: str) -> str:
        """A header of the recorded answer."""
        found = {key.lower(): value for key, value in self.recording.headers.items()}
        return found.get(name.lower(), "")

    def add(self, effect: Effect) -> None:
        """Let every call of the recorded route meet a fault."""
        self.emulator.faults.add(Fault(route=self.recording.route, answer=effect))


def worlds(recording: Recording) -> Iterator[RecordedWorld]:
    """The world of a recording, while it is used."""
    lacks = recording.status == 400 and "required scope" in recording.text
    scope = all_routes()[recording.route].scope if lacks else None
    scopes = tuple(each for each in ALL_SCOPES if each != scope)
    app = App("key0", "secret0", "Recorded", Access.FULL, scopes=scopes)
    with DropboxEmulator(apps=[app]) as emulator:
        world = RecordedWorld(emulator, app, recording)
        for name in world.headers:
            root = {".tag": "namespace_id", "namespace_id": world.account.home_namespace}
            world.headers[name] = json.dumps(root)
        yield world


def _picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (90, 60), "red").save(drawn, "PNG")
    return drawn.getvalue()
