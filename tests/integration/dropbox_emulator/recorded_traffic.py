"""Recorded requests and answers of the real Dropbox, and in what an answer may differ from another."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RECORDINGS = Path(__file__).resolve().parents[4] / "shared/dropbox-recordings/recordings.json"
KEY_HEADERS = ("Content-Type", "WWW-Authenticate", "Retry-After")
PRESENT_HEADERS = (
    "Accept-Ranges",
    "Dropbox-API-Result",
    "ETag",
    "Original-Content-Length",
    "X-Content-Type-Options",
    "X-Dropbox-Request-Id",
)
# What Dropbox has told since the oldest recordings were made.
NEWER_KEYS = {
    "abbreviated_name",
    "allow_comments",
    "allow_download",
    "can_allow_download",
    "can_disallow_download",
    "can_remove_expiry",
    "can_set_expiry",
    "content_hash",
    "display_name",
    "email",
    "has_more",
    "is_downloadable",
    "team_restricts_comments",
    "visibility_policies",
}
# What links of a team's members tell.
OF_OTHER_ACCOUNTS = {"team_member_info"}


@dataclass(frozen=True)
class Recording:
    """A request and its answer, as Dropbox gave it; `arg` is `None` where nobody wrote it down."""

    id: str
    route: str
    arg: Any
    body: str | None
    request_headers: dict[str, str]
    status: int
    headers: dict[str, str]
    text: str
    is_whole: bool

    @property
    def answer(self) -> Any:
        """The answer's JSON; `None` where it is none."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None

    @property
    def result(self) -> Any:
        """What a download's header says."""
        found = {name.lower(): value for name, value in self.headers.items()}
        return json.loads(found.get("dropbox-api-result", "null"))

    @property
    def tags(self) -> str:
        """The tags of an error, as its summary has them."""
        answer = self.answer
        return answer.get("error_summary", "").rstrip("./") if isinstance(answer, dict) else ""


def recordings() -> list[Recording]:
    """All recordings of calls; none where the file is absent."""
    if not RECORDINGS.exists():
        return []
    found = json.loads(RECORDINGS.read_text())["recordings"]
    return [_read(each) for each in found if each["response"]["status"] is not None]


def _read(recorded: dict[str, Any]) -> Recording:
    request, response = recorded["request"], recorded["response"]
    arg = request["arg"]
    return Recording(
        id=recorded["id"],
        route=request["path"].removeprefix("/2/").lstrip("/"),
        arg=arg if isinstance(arg, dict) else None,
        body=request["body"],
        request_headers=request["headers"] or {},
        status=response["status"],
        headers=response["headers"] or {},
        text=response["body"] or "",
        is_whole=response["body_complete"],
    )


def differences(recording: Recording, answer: Any) -> list[str]:
    """In what an answer of ours (of `requests`) differs from the recorded one: status, tags, keys, headers."""
    found = []
    if recording.status != answer.status_code:
        found.append(f"status {answer.status_code} instead of {recording.status}")
    found += _header_differences(recording, answer.headers)
    if recording.result is not None:
        found += _shape_differences(recording.result, json.loads(answer.headers["Dropbox-API-Result"]))
    if recording.answer is not None and recording.is_whole:
        try:
            ours = answer.json()
        except ValueError:
            return [*found, "no JSON"]
        found += _shape_differences(recording.answer, ours)
        if recording.tags and recording.tags != ours.get("error_summary", "").rstrip("./"):
            found.append(f"error_summary {ours.get('error_summary')}")
    return found


def _header_differences(recording: Recording, headers: Any) -> list[str]:
    recorded = {name.lower(): value for name, value in recording.headers.items()}
    differing = [
        f"{name}: {headers.get(name)} instead of {recorded[name.lower()]}"
        for name in KEY_HEADERS
        if name.lower() in recorded and headers.get(name) != recorded[name.lower()]
    ]
    return differing + [
        f"no {name}" for name in PRESENT_HEADERS if name.lower() in recorded and name not in headers
    ]


def _shape_differences(recorded: Any, ours: Any) -> list[str]:
    theirs, our = set(_shape(recorded)), set(_shape(ours))
    missing = [place for place in theirs - our if not set(place.split(".")) & OF_OTHER_ACCOUNTS]
    added = [place for place in our - theirs if not set(place.split(".")) & NEWER_KEYS]
    return [f"no {place}" for place in sorted(missing)] + [f"{place} too much" for place in sorted(added)]


def _shape(value: Any, place: str = "") -> Any:
    """Every key of a JSON value with the tags on its way; the elements of a list share theirs."""
    if isinstance(value, list):
        for element in value:
            yield from _shape(element, place)
    if isinstance(value, dict):
        tagged = f"{place}<{value['.tag']}>" if ".tag" in value else place
        yield tagged
        for key, member in value.items():
            if key != ".tag":
                yield f"{tagged}.{key}"
                yield from _shape(member, f"{tagged}.{key}")
