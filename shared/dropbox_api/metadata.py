"""Turns Dropbox's metadata of files into the project's own models."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from shared.domain.cloud_files import RemoteFile
from shared.domain.cloud_uploads import CommittedFile
from shared.dropbox_api.answers import NotDropboxs, member, text_in

FILE = "file"
FOLDER = "folder"
MOST_BYTES_OF_A_KEY = 256
MOST_BYTES_OF_A_PATH = 32_768
"""Written thrice into one item of a table, of which DynamoDB takes 400 kB."""


def kind_of(metadata: dict[str, Any]) -> str:
    """`file`, `folder`, `deleted`, or a kind that nobody here knows."""
    kind = metadata.get(".tag")
    return kind if isinstance(kind, str) else ""


def to_remote_file(metadata: dict[str, Any]) -> RemoteFile:
    """The file as use cases speak of it. Raises NotDropboxs."""
    file_id = _key_in(metadata, "id")
    path = path_of(metadata)
    if len(path.encode()) > MOST_BYTES_OF_A_PATH:
        raise NotDropboxs("path")
    return RemoteFile(
        file_id=file_id,
        path=path,
        size=_size(metadata),
        content_hash=_key_in(metadata, "content_hash") if metadata.get("content_hash") else file_id,
        server_modified=_instant(text_in(metadata, "server_modified")),
        is_downloadable=metadata.get("is_downloadable", True) is not False,
    )


def to_committed_file(metadata: dict[str, Any]) -> CommittedFile:
    """The file with its present revision. Raises NotDropboxs."""
    return CommittedFile(to_remote_file(metadata), text_in(metadata, "rev"))


def path_of(metadata: dict[str, Any]) -> str:
    """The path to show, of a file or a folder. JSON can carry half a surrogate pair, which no table can."""
    path = metadata.get("path_display") or metadata.get("path_lower") or f"/{text_in(metadata, 'name')}"
    if not isinstance(path, str):
        raise NotDropboxs("path")
    return path.encode("utf-8", "replace").decode("utf-8")


def _key_in(metadata: dict[str, Any], name: str) -> str:
    """What becomes a part of a key of ours: Dropbox's are of 64 characters at most."""
    text = text_in(metadata, name)
    if len(text.encode("utf-8", "replace")) > MOST_BYTES_OF_A_KEY:
        raise NotDropboxs(name)
    return text


def _size(metadata: dict[str, Any]) -> int:
    size = member(metadata, "size")
    if not isinstance(size, int) or size < 0:
        raise NotDropboxs("size")
    return size


def _instant(text: str) -> datetime:
    """Dropbox's instants are UTC: `2026-11-22T09:02:58Z`."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotDropboxs("an instant") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
