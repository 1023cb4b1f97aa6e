"""Entries as Dropbox's metadata types, with paths as the calling app sees them."""

from dropbox import files

from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.tree import Entry, File, Folder, Revision
from local.dropbox_emulator.core.view import View


def describe(view: View, entry: Entry, revision: Revision | None = None) -> files.Metadata:
    """The metadata of a live entry, at `revision` when given."""
    if isinstance(entry, File):
        return describe_file(view, entry, revision)
    if isinstance(entry, Folder):
        return describe_folder(view, entry)
    raise TypeError(f"unknown entry {type(entry).__name__}")


def describe_folder(view: View, folder: Folder) -> files.FolderMetadata:
    """The metadata of a folder."""
    return files.FolderMetadata(
        name=folder.name,
        path_lower=view.key_of(folder),
        path_display=view.path_of(folder),
        id=folder.id,
    )


def describe_file(view: View, file: File, revision: Revision | None = None) -> files.FileMetadata:
    """The metadata of a file, at `revision` when given."""
    version = revision or file.revision
    return files.FileMetadata(
        name=file.name,
        path_lower=view.key_of(file),
        path_display=view.path_of(file),
        id=file.id,
        client_modified=version.client_modified,
        server_modified=version.server_modified,
        rev=version.rev,
        size=version.content.size,
        content_hash=version.content.content_hash,
        is_downloadable=file.export_as is None,
        export_info=files.ExportInfo(export_as=file.export_as) if file.export_as else None,
    )


def describe_deleted(path: str) -> files.DeletedMetadata:
    """The metadata of a deleted entry, from its displayed path as the app sees it."""
    names = paths.split(path)
    return files.DeletedMetadata(
        name=names[-1],
        path_lower=paths.join(map(paths.fold, names)),
        path_display=path,
    )
