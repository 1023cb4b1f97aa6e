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
    shared_id, parent_id = view.account.shared_folder_ids.get(folder.id), _shared_parent(view, folder)
    info = files.FolderSharingInfo(
        read_only=False,
        parent_shared_folder_id=parent_id,
        shared_folder_id=shared_id,
        traverse_only=False,
        no_access=False,
    )
    return files.FolderMetadata(
        name=folder.name,
        path_lower=view.key_of(folder),
        path_display=view.path_of(folder),
        id=folder.id,
        parent_shared_folder_id=parent_id,
        shared_folder_id=shared_id,
        sharing_info=info if shared_id or parent_id else None,
    )


def describe_file(view: View, file: File, revision: Revision | None = None) -> files.FileMetadata:
    """The metadata of a file, at `revision` when given."""
    version, parent_id = revision or file.revision, _shared_parent(view, file)
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
        parent_shared_folder_id=parent_id,
        sharing_info=files.FileSharingInfo(read_only=False, parent_shared_folder_id=parent_id)
        if parent_id
        else None,
        export_info=files.ExportInfo(export_as=file.export_as) if file.export_as else None,
    )


def _shared_parent(view: View, entry: Entry) -> str | None:
    """The id of the shared folder that an entry lies in, if it lies in one."""
    known = view.account.shared_folder_ids
    above = entry.ancestry()[:-1] if known else ()
    return next((known[each.id] for each in above if each.id in known), None)


def describe_deleted(path: str) -> files.DeletedMetadata:
    """The metadata of a deleted entry, from its displayed path as the app sees it."""
    names = paths.split(path)
    return files.DeletedMetadata(
        name=names[-1],
        path_lower=paths.join(map(paths.fold, names)),
        path_display=path,
    )
