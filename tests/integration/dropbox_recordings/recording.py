"""Recordings of real traffic, and the calls of ours that could have received them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RECORDINGS = Path(__file__).resolve().parents[4] / "shared/dropbox-recordings/recordings.json"

OWN_ROUTES = frozenset(
    {
        "auth/token/revoke",
        "files/create_folder_v2",
        "files/download",
        "files/get_metadata",
        "files/list_folder",
        "files/list_folder/continue",
        "files/move_batch/check_v2",
        "files/move_batch_v2",
        "files/upload",
        "files/upload_session/append_batch",
        "files/upload_session/append_v2",
        "files/upload_session/finish_batch_v2",
        "files/upload_session/start",
        "files/upload_session/start_batch",
        "oauth2/token",
        "users/get_current_account",
    }
)
# Routes that answer as one of ours does, in the same type.
_SIBLINGS = {
    ("files/copy_batch/check_v2", 409): "files/move_batch/check_v2",
    ("files/copy_batch_v2", 200): "files/move_batch_v2",
    ("files/create_folder", 409): "files/create_folder_v2",
    ("files/upload_session/finish", 403): "files/upload_session/finish_batch_v2",
    ("files/upload_session/finish_batch/check", 200): "files/upload_session/finish_batch_v2",
    ("users/get_account", 200): "users/get_current_account",
}
# Any route of the API may answer so.
_OF_ANY_ROUTE = frozenset({400, 401, 403, 422, 429})


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded answer; `route` is the one of ours that could have received it."""

    id: str
    route: str
    status: int
    headers: Mapping[str, str]
    body: str


def own_recordings() -> list[Recording]:
    """All that a route of ours can receive; none where there are no recordings beside the project."""
    if not RECORDINGS.exists():
        return []
    recorded = [_read(each) for each in json.loads(RECORDINGS.read_text())["recordings"]]
    return sorted((each for each in recorded if each is not None), key=lambda each: each.id)


def _read(recorded: dict[str, Any]) -> Recording | None:
    answer = recorded["response"]
    route = _route_of(recorded["request"]["path"], answer["status"])
    if route is None:
        return None
    headers = dict(answer["headers"])
    if not answer["headers_complete"] and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = "application/json" if answer["body"].startswith("{") else "text/html"
    return Recording(recorded["id"], route, answer["status"], headers, answer["body"])


def _route_of(path: str, status: int | None) -> str | None:
    if status is None:
        return None
    route = path.removeprefix("/2/").strip("/")
    if route in OWN_ROUTES:
        return route
    sibling = _SIBLINGS.get((route, status))
    if sibling is None and (status in _OF_ANY_ROUTE or status >= 500):
        return "files/list_folder"
    return sibling
