"""Turns the SDK's metadata of files into the project's own models."""

from __future__ import annotations

from datetime import UTC

from dropbox.files import FileMetadata

from shared.domain.cloud_files import RemoteFile


def to_remote_file(metadata: FileMetadata) -> RemoteFile:
    """The file as use cases speak of it."""
    return RemoteFile(
        file_id=metadata.id,
        path=_storable(metadata.path_display or metadata.path_lower or f"/{metadata.name}"),
        size=metadata.size,
        content_hash=metadata.content_hash or metadata.id,
        # The SDK's datetimes are UTC, and naive.
        server_modified=metadata.server_modified.replace(tzinfo=UTC),
        is_downloadable=metadata.is_downloadable,
    )


def _storable(path: str) -> str:
    """JSON can carry half a surrogate pair, which no table and no other request can."""
    return path.encode("utf-8", "replace").decode("utf-8")
