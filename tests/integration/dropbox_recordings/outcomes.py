"""Makes the product's own call of a route and says in words what came of it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import requests

from shared.domain.cloud_files import Move, RemoteFile
from shared.domain.cloud_uploads import Commit, OutgoingDocument, SentDocument
from shared.domain.errors import (
    AppRefused,
    CallNotUnderstood,
    CodeRejected,
    ContentRestricted,
    DocumentChanged,
    DocumentCorrupted,
    DropboxFailing,
    DropboxRefused,
    DropboxUnavailable,
    FileGone,
    IntegrationError,
    LinkBroken,
    ListingReset,
    PathConflict,
    RateLimited,
)
from shared.domain.grants import Grant
from shared.dropbox_api.client import DropboxClient
from shared.dropbox_api.errors import dropbox_errors_translated
from shared.dropbox_api.gateway import DropboxAccount
from shared.dropbox_api.oauth import DropboxOauth
from shared.dropbox_api.revoking import TokenRevoker
from shared.dropbox_api.upload_session_calls import UploadSessionCalls
from tests.integration.dropbox_recordings.recording import Recording
from tests.integration.dropbox_recordings.replay import replaying

DATA = b"a receipt"
PATH = "/Jenji/2026/03/Jane Doe/receipt.pdf"
SENT = SentDocument("receipt", "session", len(DATA), "0" * 64)


def outcome_of(recording: Recording) -> str:
    """What the product makes of an answer, for people."""
    with replaying(recording) as (_, session):
        try:
            return _CALLS[recording.route](session, recording)
        except IntegrationError as error:
            return in_words(error)


def in_words(error: IntegrationError) -> str:
    """What follows from an error: the first that fits."""
    for kind, words in _FOLLOWS.items():
        if isinstance(error, kind):
            return words(error)
    raise AssertionError(f"nothing is said of {type(error).__name__}")


# From the narrower to the wider.
_FOLLOWS: dict[type[IntegrationError], Callable[[object], str]] = {
    RateLimited: lambda error: f"the account waits {getattr(error, 'retry_after', 0):.0f} s",
    DropboxFailing: lambda _: "outage: tried again, later and later",
    DropboxUnavailable: lambda _: "outage: tried again, later and later",
    CallNotUnderstood: lambda _: "counted, alarm; tried again, later and later; no document ends by it",
    LinkBroken: lambda error: (
        f"link `{getattr(error, 'status', '')}`, `{getattr(error, 'problem', '')}`; documents wait"
    ),
    AppRefused: lambda _: "counted, alarm; the link stays, says `dropbox_refused` and is looked at hourly",
    CodeRejected: lambda _: "the code is dead: no link is made",
    ContentRestricted: lambda _: "the file waits; rejected as restricted after a week",
    FileGone: lambda _: "the file or folder is gone: nothing to do, or made again",
    PathConflict: lambda _: "somebody's own file stays; another name is taken",
    DocumentChanged: lambda _: "other bytes than were listed: listed again",
    DocumentCorrupted: lambda _: "cut or altered bytes: nothing is stored; fetched again",
    ListingReset: lambda _: "listed from the start",
    DropboxRefused: lambda error: f"refused visibly: `{getattr(error, 'tag', '')}`",
}


def _account(session: requests.Session) -> DropboxAccount:
    return DropboxAccount(
        app_key="key", refresh_token="refresh", session=session, sleep=lambda _: None, monotonic=lambda: 0.0
    )


def _list(session: requests.Session, recording: Recording) -> str:
    try:
        files = [file for page in _account(session).list_files("") for file in page]
    except DropboxFailing:
        return "outage: tried again, later and later; folder by folder where those listings work"
    entries = json.loads(recording.body).get("entries", [])
    more = "; listed on" if json.loads(recording.body).get("has_more") else ""
    return f"{len(files)} files of {len(entries)} entries{more}"


def _find(session: requests.Session, _recording: Recording) -> str:
    return "found" if _account(session).find("id:1") else "no file"


def _make_folder(session: requests.Session, _recording: Recording) -> str:
    _account(session).ensure_folder("/Auto-Import")
    return "the folder is there"


def _download(session: requests.Session, recording: Recording) -> str:
    file = RemoteFile(
        "id:1", "/a.pdf", len(recording.body.encode()), "0" * 64, datetime(2026, 1, 1, tzinfo=UTC)
    )
    with tempfile.TemporaryDirectory() as place:
        _account(session).download(file, Path(place) / "document")
    return "downloaded"


def _move(session: requests.Session, _recording: Recording) -> str:
    [result] = _account(session).move([Move("id:1", "/Imported/a.pdf")])
    return "moved" if result.moved else "the job was asked for its result"


def _upload(session: requests.Session, _recording: Recording) -> str:
    _account(session).upload_small(PATH, DATA)
    return "written"


def _start(session: requests.Session, _recording: Recording) -> str:
    sending = _account(session).send_documents([_document()])
    for error in [*sending.failed.values(), *filter(None, [sending.stopped_by])]:
        raise error
    return "sent"


def _start_batch(session: requests.Session, _recording: Recording) -> str:
    _account(session).check_uploads()
    return "sessions begun"


def _append(session: requests.Session, _recording: Recording) -> str:
    client = DropboxClient(access_token="access", session=session, timeout=(5, 5))
    refusal = UploadSessionCalls(client, lambda _: None).append("session", 0, DATA, close=True)
    if refusal is None:
        return "appended"
    return f"`{refusal.tag}`: goes on at {refusal.correct_offset}"


def _commit(session: requests.Session, recording: Recording) -> str:
    entries = json.loads(recording.body).get("entries", [None])
    commits = [Commit(SENT, PATH) for _ in entries]
    report = _account(session).commit_documents(commits)
    for error in [*report.failed.values(), *filter(None, [report.stopped_by])]:
        raise error
    return "committed"


def _token(session: requests.Session, _recording: Recording) -> str:
    return f"refreshing: {_said(lambda: _refresh(session))}; linking: {_said(lambda: _exchange(session))}"


def _refresh(session: requests.Session) -> str:
    client = DropboxClient(app_key="key", refresh_token="refresh", session=session, timeout=(5, 5))
    with dropbox_errors_translated():
        client.check_and_refresh_access_token()
    return "a token"


def _exchange(session: requests.Session) -> str:
    _oauth(session).exchange(code="code", code_verifier="verifier")
    return "a grant"


def _owner(session: requests.Session, _recording: Recording) -> str:
    owner = _oauth(session).owner(Grant("access", "refresh", "dbid:1", frozenset()))
    return "the account's id, name and e-mail address" if owner.name and owner.email else "its id"


def _revoke(session: requests.Session, _recording: Recording) -> str:
    TokenRevoker("key", session, lambda _: None).revoke("refresh")
    return "revoked"


def _oauth(session: requests.Session) -> DropboxOauth:
    return DropboxOauth(app_key="key", authorize_url="", callback_url="", session=session)


def _said(call: Callable[[], str]) -> str:
    try:
        return call()
    except IntegrationError as error:
        return in_words(error)


def _document() -> OutgoingDocument:
    @contextmanager
    def read() -> Iterator[Iterable[bytes]]:
        yield [DATA]

    return OutgoingDocument("receipt", len(DATA), hashlib.sha256(DATA).hexdigest(), read)


_CALLS: dict[str, Callable[[requests.Session, Recording], str]] = {
    "auth/token/revoke": _revoke,
    "files/create_folder_v2": _make_folder,
    "files/download": _download,
    "files/get_metadata": _find,
    "files/list_folder": _list,
    "files/list_folder/continue": _list,
    "files/move_batch/check_v2": _move,
    "files/move_batch_v2": _move,
    "files/upload": _upload,
    "files/upload_session/append_batch": _append,
    "files/upload_session/append_v2": _append,
    "files/upload_session/finish_batch_v2": _commit,
    "files/upload_session/start": _start,
    "files/upload_session/start_batch": _start_batch,
    "oauth2/token": _token,
    "users/get_current_account": _owner,
}
