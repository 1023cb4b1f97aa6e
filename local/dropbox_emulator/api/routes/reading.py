"""Routes that read: listings, metadata, downloads."""

import zipfile
from uuid import uuid4

from dropbox import files

from local.dropbox_emulator.api import listing
from local.dropbox_emulator.api.metadata import describe, describe_deleted, describe_file
from local.dropbox_emulator.api.registry import Caller, Download, implements
from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.refusals import (
    NOT_FOLDER,
    NOT_FOUND,
    BadRequest,
    LookupRefused,
    RouteRefused,
    answering,
)
from local.dropbox_emulator.core.tree import File, Folder
from local.dropbox_emulator.core.view import View

MOST_IN_ARCHIVE = 10_000
"""Entries of an archive are fewer, its folder included."""


@implements("files/list_folder")
def list_folder(caller: Caller, arg: files.ListFolderArg) -> files.ListFolderResult:
    """The first page of a folder."""
    _refuse_slash(arg.path)
    with caller.locked() as view, answering(lookup=files.ListFolderError.path):
        if arg.shared_link is not None:
            arg.path = f"{_linked_to(caller, arg.shared_link.url)}{arg.path}"
        return _result(listing.next_page(view, listing.begin(view, arg), caller.listings))


@implements("files/list_folder/continue")
def list_folder_continue(caller: Caller, arg: files.ListFolderContinueArg) -> files.ListFolderResult:
    """The next page, or what happened since."""
    with caller.locked() as view, answering(lookup=files.ListFolderContinueError.path):
        return _result(listing.next_page(view, listing.resume(view, arg.cursor), caller.listings))


@implements("files/list_folder/get_latest_cursor")
def get_latest_cursor(caller: Caller, arg: files.ListFolderArg) -> files.ListFolderGetLatestCursorResult:
    """A cursor for what happens from now on."""
    _refuse_slash(arg.path)
    with caller.locked() as view, answering(lookup=files.ListFolderError.path):
        cursor = listing.at_the_end(listing.begin(view, arg))
    return files.ListFolderGetLatestCursorResult(cursor=cursor.encode())


@implements("files/get_metadata")
def get_metadata(caller: Caller, arg: files.GetMetadataArg) -> files.Metadata:
    """One entry's metadata, of a deleted one too when asked for."""
    with caller.locked() as view, answering(lookup=files.GetMetadataError.path):
        try:
            found = view.find(arg.path)
        except LookupRefused:
            deleted = _deleted(view, arg.path) if arg.include_deleted else None
            if deleted is None:
                raise
            return deleted
        if found.entry is view.root():
            raise BadRequest("path: The root folder is unsupported.")
        return describe(view, found.entry, found.revision)


@implements("files/download")
def download(caller: Caller, arg: files.DownloadArg) -> Download:
    """A file's bytes."""
    with caller.locked() as view, answering(lookup=files.DownloadError.path):
        file, revision = view.find_file(f"rev:{arg.rev}" if arg.rev else arg.path)
        if file.export_as is not None:
            raise RouteRefused(files.DownloadError.unsupported_file)
        result = describe_file(view, file, revision)
    path = caller.account.contents.path(revision.content.content_hash)
    return Download(result, path, revision.rev)


@implements("files/export")
def export(caller: Caller, arg: files.ExportArg) -> Download:
    """What a cloud document is exported as; it has one format only."""
    with caller.locked() as view, answering(lookup=files.ExportError.path):
        file, revision = view.find_file(arg.path)
        if file.export_as is None:
            raise RouteRefused(files.ExportError.non_exportable)
        if arg.export_format not in {None, file.export_as}:
            raise RouteRefused(files.ExportError.invalid_export_format)
        exported = files.ExportMetadata(
            name=file.name, size=revision.content.size, export_hash=revision.content.content_hash
        )
        result = files.ExportResult(
            export_metadata=exported, file_metadata=describe_file(view, file, revision)
        )
    return Download(result, caller.account.contents.path(revision.content.content_hash))


@implements("files/download_zip")
def download_zip(caller: Caller, arg: files.DownloadZipArg) -> Download:
    """A folder's files in one archive, below the folder's own name, as they are: not compressed."""
    with caller.locked() as view, answering(lookup=files.DownloadZipError.path):
        folder = view.find(arg.path).entry
        if not isinstance(folder, Folder):
            raise LookupRefused(NOT_FOLDER)
        entries = list(folder.walk())
        result = files.DownloadZipResult(describe(view, folder))
        contents = {
            entry.path.removeprefix(folder.path).lstrip("/"): entry.revision.content.content_hash
            for entry in entries
            if isinstance(entry, File)
        }
    if len(entries) + 1 >= MOST_IN_ARCHIVE:
        raise RouteRefused(files.DownloadZipError.too_many_files)
    stored = caller.account.contents
    path = stored.directory / f"archive-{uuid4().hex}"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content_hash in contents.items():
            archive.write(stored.path(content_hash), f"{folder.name}/{name}")
    return Download(result, path)


def _linked_to(caller: Caller, url: str) -> str:
    """The id of the folder that a link leads to.

    Raises:
        LookupRefused: to none of the account's own.

    """
    for link in caller.account.links.all():
        if link.url == url:
            return link.entry_id
    raise LookupRefused(NOT_FOUND)


def _deleted(view: View, path: str) -> files.DeletedMetadata | None:
    key = view.root_key() + paths.join(map(paths.fold, paths.split(path)))
    displayed = view.account.tree.deleted.get(key)
    return describe_deleted(view.below_root(displayed)) if displayed else None


def _refuse_slash(path: str) -> None:
    if path == "/":
        raise BadRequest('path: Specify the root folder as an empty string rather than as "/".')


def _result(page: listing.Page) -> files.ListFolderResult:
    entries, cursor, has_more = page
    return files.ListFolderResult(entries=entries, cursor=cursor.encode(), has_more=has_more)
