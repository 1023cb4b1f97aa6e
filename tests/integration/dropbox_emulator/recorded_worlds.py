"""The account in which a recorded request had its recorded answer, arranged from both, by route and tag."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl

import requests
from PIL import Image

from local.dropbox_emulator import (
    Access,
    Account,
    App,
    BadCall,
    DropboxEmulator,
    Fault,
    Forbidden,
    HtmlPage,
    RateLimited,
    RouteError,
    Status,
    TokenRefused,
)
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
# Errors of a state that an account of the emulator cannot be in; they can be had as faults.
BY_FAULT = {"internal_error", "path/restricted_content"}


class RecordedWorld:
    """One emulator with one account, in the state that a recorded answer tells of."""

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
        """Arrange the state, send the recorded request, return what the emulator answers."""
        if self.recording.status == 200:
            self._arrange_success()
        else:
            self._arrange_refusal()
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

    def _arrange_refusal(self) -> None:
        recording = self.recording
        arrange: dict[int, Callable[[], None]] = {
            400: self._arrange_400,
            401: self._arrange_401,
            409: self._arrange_409,
        }
        if recording.status in arrange:
            arrange[recording.status]()
        elif recording.status == 403:
            self._add(Forbidden(recording.tags))
        elif recording.status == 429:
            self._add(RateLimited(int(self._header("Retry-After") or 1), recording.tags))
        elif "html" in self._header("Content-Type"):
            self._add(HtmlPage(recording.status, content_type=self._header("Content-Type")))
        else:
            self._add(Status(recording.status))

    def _arrange_400(self) -> None:
        recording = self.recording
        if recording.route == "oauth2/token":
            self._add(TokenRefused(**_token_error(recording.answer)))
        elif "html" in self._header("Content-Type"):
            self._add(HtmlPage(400, content_type=self._header("Content-Type")))
        elif "access token is malformed" in recording.text:
            self.token = "nonsense"
        elif "Unknown API function" in recording.text or "Business team" in recording.text:
            self._add(BadCall("…"))
        elif "required scope" not in recording.text:
            self.arg = recording.arg

    def _arrange_401(self) -> None:
        tag = self.recording.tags
        if tag == "expired_access_token":
            self.emulator.authorizations.expire_access_tokens(self.account.id)
        elif tag == "missing_scope":
            self.emulator.authorizations.narrow(self.account.id, self.app.key, frozenset())
        else:
            self.token = "TOKEN"

    def _arrange_409(self) -> None:
        recording = self.recording
        if recording.tags in BY_FAULT:
            self._add(RouteError(recording.answer["error"]))
        elif recording.tags.endswith("conflict/file"):
            self.account.write(self.arg["path"], b"another")
        elif recording.tags.endswith("insufficient_space"):
            self.account.quota = 0
        elif recording.tags == "incorrect_offset":
            self.arg["cursor"]["session_id"] = self._session(recording.answer["error"]["correct_offset"])
        elif recording.tags.endswith("already_shared"):
            self.call("sharing/share_folder", self.arg)
        elif recording.route == "sharing/create_shared_link_with_settings":
            self.account.write(self.arg["path"], b"1")

    def _arrange_success(self) -> None:
        room, _, name = self.recording.route.partition("/")
        if room == "oauth2":
            return
        {
            "files": self._arrange_files,
            "sharing": self._arrange_sharing,
            "users": self._arrange_users,
        }.get(room, lambda _name: None)(name)

    def _arrange_files(self, name: str) -> None:
        answer = self.recording.answer or self.recording.result
        arrange: dict[str, Callable[[Any], None]] = {
            "create_folder_batch": self._arrange_folders,
            "delete_batch/check": self._arrange_deletions,
            "get_thumbnail_batch": self._arrange_pictures,
            "list_folder": self._arrange_listing,
            "list_folder/longpoll": self._arrange_change,
            "move": self._arrange_move,
            "upload": lambda answer: self._arrange_upload(self.arg, answer),
            "upload_session/finish_batch/check": self._arrange_unfinished_batch,
        }
        if name in arrange:
            arrange[name](answer)
        elif name.startswith("upload_session/"):
            self._arrange_session(answer)
        elif "path" in self.arg:
            self._make(self.arg["path"], answer)

    def _arrange_change(self, _answer: Any) -> None:
        self.arg["cursor"] = self.call("files/list_folder", {"path": ""}).json()["cursor"]
        self.account.write("/a", b"1")

    def _arrange_move(self, answer: Any) -> None:
        self._make(self.arg["from_path"], answer)
        if answer["path_display"] != self.arg["to_path"]:
            self.account.write(self.arg["to_path"], b"another")

    def _arrange_pictures(self, answer: Any) -> None:
        for entry, result in zip(self.arg["entries"], answer["entries"], strict=True):
            if result[".tag"] == "success":
                self._make(entry["path"], result["metadata"])

    def _arrange_listing(self, answer: Any) -> None:
        entries = answer["entries"]
        for entry in entries:
            self._make(entry["path_display"], entry)
            if "shared_folder_id" in entry:
                self.call("sharing/share_folder", {"path": entry["path_display"]})
        if "shared_link" in self.arg:
            folder = entries[0]["path_display"].rpartition("/")[0]
            made = self.call("sharing/create_shared_link_with_settings", {"path": folder}).json()
            self.arg["shared_link"]["url"] = made["url"]
        elif self.arg["path"] and not entries:
            self.account.make_folder(self.arg["path"])
        if answer["has_more"] and entries:
            self._arrange_another_page(entries)
        elif answer["has_more"]:
            self._arrange_an_empty_page()

    def _arrange_another_page(self, entries: list[Any]) -> None:
        """A listing that ends its page with these entries, as one more comes after them."""
        folder = entries[0]["path_display"].rpartition("/")[0]
        self.arg = {"path": folder, "limit": len(entries)}
        rank = self.emulator.listings.rank
        last = max(rank(entry["path_lower"]) for entry in entries)
        name = next(name for name in map(str, range(1000)) if rank(f"{folder.lower()}/{name}") > last)
        self.account.write(f"{folder}/{name}", b"1")

    def _arrange_an_empty_page(self) -> None:
        self.account.write(f"{self.arg['path']}/one more", b"1")
        self.emulator.listings.empty_page_every = 2
        while not self.emulator.listings.is_empty(self.arg["path"], 0):
            self.emulator.listings.seed += 1

    def _arrange_session(self, answer: Any) -> None:
        if "cursor" in self.arg:
            self.arg["cursor"]["session_id"] = self._session(self.arg["cursor"]["offset"])
        if "commit" in self.arg:
            self._arrange_upload(self.arg["commit"], answer)

    def _arrange_unfinished_batch(self, _answer: Any) -> None:
        self.emulator.batches.largest_synchronous = -1
        job = self.call("files/upload_session/finish_batch", {"entries": []}).json()
        self.arg["async_job_id"] = job["async_job_id"]

    def _arrange_upload(self, commit: Any, answer: Any) -> None:
        if answer["path_display"] != commit["path"]:
            self.account.write(commit["path"], b"another")
        mode = commit.get("mode")
        if isinstance(mode, dict) and "update" in mode:
            self.account.write(commit["path"], b"before")
            found = self.call("files/get_metadata", {"path": commit["path"]}).json()
            mode["update"] = found["rev"]

    def _arrange_folders(self, answer: Any) -> None:
        if answer[".tag"] != "complete":
            return
        for path, entry in zip(self.arg["paths"], answer["entries"], strict=True):
            is_renamed = entry[".tag"] == "success" and entry["metadata"]["path_display"] != path
            if entry[".tag"] == "failure" or is_renamed:
                self.account.make_folder(path)

    def _arrange_deletions(self, answer: Any) -> None:
        entries: list[dict[str, str]] = []
        for number, result in enumerate(answer["entries"]):
            metadata = result.get("metadata", {".tag": "file", "path_display": f"/failing {number}.txt"})
            entries.append({"path": metadata["path_display"]})
            if "not_found" not in json.dumps(result):
                self._make(metadata["path_display"], metadata)
            if "conflict" in json.dumps(result):
                entries[-1]["parent_rev"] = "0123456789"
        entries.sort(key=lambda entry: -entry["path"].count("/"))
        job = self.call("files/delete_batch", {"entries": entries}).json()
        self.arg["async_job_id"] = job["async_job_id"]
        self.call("files/delete_batch/check", self.arg)

    def _arrange_sharing(self, name: str) -> None:
        if "shared_folder_id" in self.arg:
            shared = self.call("sharing/share_folder", {"path": "/f"}).json()
            self.arg["shared_folder_id"] = shared["shared_folder_id"]
            return
        answer = self.recording.answer
        links = answer["links"] if name == "list_shared_links" else [answer]
        for link in links:
            self._make(link["path_lower"], link)
            if name != "create_shared_link_with_settings":
                made = self.call("sharing/create_shared_link_with_settings", {"path": link["path_lower"]})
                self.arg |= {"url": made.json()["url"]} if "url" in self.arg else {}

    def _arrange_users(self, name: str) -> None:
        if name == "get_account":
            self.arg["account_id"] = self.account.id
        if name == "get_account_batch":
            self.arg["account_ids"] = [self.account.id, self.emulator.add_account("bob").id]

    def _make(self, path: str, metadata: Any) -> None:
        """What some metadata is of, unless it is there already."""
        is_folder = metadata.get(".tag") == "folder" or "." not in path.rpartition("/")[2]
        if is_folder:
            self.account.make_folder(path)
        elif path.lower() not in {known.lower() for known in self.account.tree_contents()}:
            self.account.write(path, _picture() if path.endswith(".png") else b"x")

    def _session(self, size: int) -> str:
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

    def _header(self, name: str) -> str:
        found = {key.lower(): value for key, value in self.recording.headers.items()}
        return found.get(name.lower(), "")

    def _add(self, effect: Any) -> None:
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


def _token_error(answer: dict[str, str]) -> dict[str, Any]:
    return {"error": answer["error"], "description": answer.get("error_description")}


def _picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (90, 60), "red").save(drawn, "PNG")
    return drawn.getvalue()
