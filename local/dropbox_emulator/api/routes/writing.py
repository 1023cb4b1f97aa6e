"""Uploads in one request, new folders and deletions, one at a time and in batches."""

import secrets
from typing import Any

from dropbox import async_, files

from local.dropbox_emulator.api.metadata import describe, describe_file, describe_folder
from local.dropbox_emulator.api.registry import Caller, implements
from local.dropbox_emulator.api.routes.batches import launch, poll
from local.dropbox_emulator.core.contents import Content
from local.dropbox_emulator.core.refusals import (
    FILE_IN_THE_WAY,
    MALFORMED_LOOKUP,
    LookupRefused,
    RouteRefused,
    WriteRefused,
    answering,
)
from local.dropbox_emulator.core.tree import File
from local.dropbox_emulator.core.view import View
from local.dropbox_emulator.core.writing import commit, free_name, refuse_conflict

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
        return files.CreateFolderResult(metadata=_make_folder(view, arg.path, autorename=arg.autorename))


@implements("files/create_folder", commits=True)
def create_folder_for_older_clients(caller: Caller, arg: files.CreateFolderArg) -> files.FolderMetadata:
    """Make one folder; the metadata is the whole answer."""
    return create_folder(caller, arg).metadata


@implements("files/create_folder_batch", commits=True)
def create_folder_batch(caller: Caller, arg: files.CreateFolderBatchArg) -> files.CreateFolderBatchLaunch:
    """Make folders in order, each by itself."""
    with caller.locked() as view:
        entries = [_try_to_make_folder(view, path, autorename=arg.autorename) for path in arg.paths]
    result = files.CreateFolderBatchResult(entries=entries)
    return launch(caller, files.CreateFolderBatchLaunch, result, arg.paths, force_async=arg.force_async)


@implements("files/create_folder_batch/check")
def create_folder_batch_check(caller: Caller, arg: async_.PollArg) -> files.CreateFolderBatchJobStatus:
    """The result of a batch of new folders that became a job."""
    return poll(caller, files.CreateFolderBatchJobStatus, arg)


@implements("files/delete_v2", commits=True)
def delete(caller: Caller, arg: files.DeleteArg) -> files.DeleteResult:
    """Delete an entry with everything below it."""
    with caller.locked() as view:
        return files.DeleteResult(metadata=_delete(view, arg))


@implements("files/delete", commits=True)
def delete_for_older_clients(caller: Caller, arg: files.DeleteArg) -> files.Metadata:
    """Delete an entry; the metadata is the whole answer."""
    return delete(caller, arg).metadata


@implements("files/delete_batch", commits=True)
def delete_batch(caller: Caller, arg: files.DeleteBatchArg) -> files.DeleteBatchLaunch:
    """Delete entries in order, each by itself; always a job."""
    with caller.locked() as view:
        entries = [_try_to_delete(view, entry) for entry in arg.entries]
    result = files.DeleteBatchResult(entries=entries)
    return launch(caller, files.DeleteBatchLaunch, result, arg.entries, force_async=True)


@implements("files/delete_batch/check")
def delete_batch_check(caller: Caller, arg: async_.PollArg) -> files.DeleteBatchJobStatus:
    """The result of a batch of deletions."""
    return poll(caller, files.DeleteBatchJobStatus, arg)


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


def _make_folder(view: View, path: str, *, autorename: bool) -> files.FolderMetadata:
    start, names = view.names_to_write(path)
    start = start or view.make_root()
    existing = view.account.tree.find(names, start)
    if existing is not None:
        if not autorename or existing.parent is None:
            raise refuse_conflict(existing)
        names = (*names[:-1], free_name(existing.parent, names[-1]))
    return describe_folder(view, view.account.tree.make_folder(names, start))


def _try_to_make_folder(view: View, path: str, *, autorename: bool) -> files.CreateFolderBatchResultEntry:
    try:
        metadata = _make_folder(view, path, autorename=autorename)
    except WriteRefused as refused:
        error = files.CreateFolderEntryError.path(refused.error)
        return files.CreateFolderBatchResultEntry.failure(error)
    return files.CreateFolderBatchResultEntry.success(files.CreateFolderEntryResult(metadata=metadata))


def _delete(view: View, arg: files.DeleteArg) -> files.Metadata:
    with answering(lookup=files.DeleteError.path_lookup, write=files.DeleteError.path_write):
        entry = view.find(arg.path).entry
        if entry is view.root():
            raise LookupRefused(MALFORMED_LOOKUP)
        if arg.parent_rev and not (isinstance(entry, File) and entry.revision.rev == arg.parent_rev):
            raise WriteRefused(FILE_IN_THE_WAY)
        metadata = describe(view, entry)
        view.account.tree.remove(entry)
        return metadata


def _try_to_delete(view: View, arg: files.DeleteArg) -> files.DeleteBatchResultEntry:
    try:
        data = files.DeleteBatchResultData(metadata=_delete(view, arg))
    except RouteRefused as refused:
        return files.DeleteBatchResultEntry.failure(refused.error)
    return files.DeleteBatchResultEntry.success(data)


def _upload_failed(error: files.WriteError) -> files.UploadError:
    return files.UploadError.path(
        files.UploadWriteFailed(reason=error, upload_session_id=secrets.token_urlsafe(22))
    )
