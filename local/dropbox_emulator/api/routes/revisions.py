"""Earlier versions of files: which there are, also of a file that is deleted, and going back to one."""

from dropbox import files

from local.dropbox_emulator.api.metadata import describe_file
from local.dropbox_emulator.api.registry import Caller, implements
from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.refusals import (
    NOT_FILE,
    LookupRefused,
    RouteRefused,
    answering,
)
from local.dropbox_emulator.core.tree import File, Revision
from local.dropbox_emulator.core.view import View


@implements("files/list_revisions")
def list_revisions(caller: Caller, arg: files.ListRevisionsArg) -> files.ListRevisionsResult:
    """The versions of a file, the newest first; of a deleted one as long as nothing is in its place."""
    with caller.locked() as view, answering(lookup=files.ListRevisionsError.path):
        file_id, is_deleted = _file_id(view, arg.path)
        entries = [_describe(view, arg.path, file_id, each) for each in _versions(view, file_id)]
    return files.ListRevisionsResult(
        is_deleted=is_deleted, entries=entries[: arg.limit], has_more=len(entries) > arg.limit
    )


@implements("files/restore", commits=True)
def restore(caller: Caller, arg: files.RestoreArg) -> files.FileMetadata:
    """Save an earlier version of a file as its newest."""
    errors = files.RestoreError
    with caller.locked() as view, answering(lookup=errors.path_lookup, write=errors.path_write):
        file_id, _ = _file_id(view, arg.path)
        for revision in _versions(view, file_id):
            if revision.rev == arg.rev:
                start, names = view.names_to_write(arg.path)
                folder = view.account.tree.make_folder(names[:-1], start or view.make_root())
                modified = revision.client_modified
                file = view.account.tree.write_file(folder, names[-1], revision.content, modified)
                return describe_file(view, file)
    raise RouteRefused(errors.invalid_revision)


def _file_id(view: View, path: str) -> tuple[str, bool]:
    """The id of the file at a path, or of that which was there, and whether it is deleted."""
    try:
        entry = view.find(path).entry
    except LookupRefused:
        key = view.root_key() + paths.join(map(paths.fold, paths.split(path)))
        known = view.account.tree.deleted_files.get(key)
        if known is None:
            raise
        return known, True
    if not isinstance(entry, File):
        raise LookupRefused(NOT_FILE)
    return entry.id, False


def _versions(view: View, file_id: str) -> list[Revision]:
    """The versions of a file, the newest first."""
    known = view.account.tree.revisions.values()
    return [revision for owner, revision in known if owner == file_id][::-1]


def _describe(view: View, path: str, file_id: str, revision: Revision) -> files.FileMetadata:
    file = view.account.tree.by_id(file_id)
    if isinstance(file, File):
        return describe_file(view, file, revision)
    names = paths.split(path)
    return files.FileMetadata(
        name=names[-1],
        path_lower=paths.join(map(paths.fold, names)),
        path_display=path,
        id=file_id,
        client_modified=revision.client_modified,
        server_modified=revision.server_modified,
        rev=revision.rev,
        size=revision.content.size,
        content_hash=revision.content.content_hash,
    )
