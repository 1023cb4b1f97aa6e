"""Routes that write one entry: uploads, new folders, deletions."""

import secrets
from typing import Any

from dropbox import files

from local.dropbox_emulator.contents import Content
from local.dropbox_emulator.metadata import describe, describe_file
from local.dropbox_emulator.refusals import (
    FILE_IN_THE_WAY,
    MALFORMED_LOOKUP,
    LookupRefused,
    RouteRefused,
    WriteRefused,
    answering,
)
from local.dropbox_emulator.registry import Caller, implements
from local.dropbox_emulator.tree import File
from local.dropbox_emulator.writing import commit, free_name, refuse_conflict

MAX_UPLOAD = 150 * 1024 * 1024


@implements("files/upload", commits=True)
def upload(caller: Caller, arg: files.UploadArg) -> files.FileMetadata:
    """Save a file in one request of at most 150 MiB."""
    content = check_body(caller, arg.content_hash, files.UploadError)
    with caller.locked() as view, answering(write=_upload_failed):
        return describe_file(view, commit(view, arg, content))


@implements("files/create_folder_v2", commits=True)
def create_folder(caller: Caller, arg: files.CreateFolderArg) -> files.CreateFolderResult:
    """Make one folder; an existing one is a conflict."""
    with caller.locked() as view, answering(write=files.CreateFolderError.path):
        start, names = view.names_to_write(arg.path)
        start = start or view.make_root()
        existing = view.account.tree.find(names, start)
        if existing is not None:
            if not arg.autorename or existing.parent is None:
                raise refuse_conflict(existing)
            names = (*names[:-1], free_name(existing.parent, names[-1]))
        folder = view.account.tree.make_folder(names, start)
        return files.CreateFolderResult(metadata=describe(view, folder))


@implements("files/delete_v2", commits=True)
def delete(caller: Caller, arg: files.DeleteArg) -> files.DeleteResult:
    """Delete an entry with everything below it."""
    errors = answering(lookup=files.DeleteError.path_lookup, write=files.DeleteError.path_write)
    with caller.locked() as view, errors:
        entry = view.find(arg.path).entry
        if entry is view.root():
            raise LookupRefused(MALFORMED_LOOKUP)
        if arg.parent_rev and not (isinstance(entry, File) and entry.revision.rev == arg.parent_rev):
            raise WriteRefused(FILE_IN_THE_WAY)
        metadata = describe(view, entry)
        view.account.tree.remove(entry)
        return files.DeleteResult(metadata=metadata)


def check_body(caller: Caller, content_hash: str | None, error_type: Any) -> Content:  # noqa: ANN401 - a union
    """What an upload-style call received.

    Raises:
        RouteRefused: it is too large, or not what the caller's hash says.

    """
    if caller.body is None:
        raise TypeError("only upload-style routes have a body")
    if caller.body.size > MAX_UPLOAD:
        raise RouteRefused(error_type.payload_too_large)
    if content_hash and content_hash != caller.body.content_hash:
        raise RouteRefused(error_type.content_hash_mismatch)
    return caller.body


def _upload_failed(error: files.WriteError) -> files.UploadError:
    return files.UploadError.path(
        files.UploadWriteFailed(reason=error, upload_session_id=secrets.token_urlsafe(22))
    )
