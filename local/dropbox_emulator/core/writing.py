"""How a write meets what is already there: conflicts, autorename, quota. For uploads of every kind."""

from typing import cast

from dropbox import files

from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.contents import Content
from local.dropbox_emulator.core.refusals import (
    FILE_IN_THE_WAY,
    FOLDER_IN_THE_WAY,
    INSUFFICIENT_SPACE,
    WriteRefused,
)
from local.dropbox_emulator.core.tree import Entry, File, Folder
from local.dropbox_emulator.core.view import View


def commit(view: View, commit_info: files.CommitInfo, content: Content) -> File:
    """Save bytes at a path as `files/upload` documents it; identical bytes are success without a write.

    Raises:
        WriteRefused: conflict, bad name, no space.

    """
    start, names = view.names_to_write(commit_info.path)
    _meet_commit_error(view, start, names)
    existing = view.account.tree.find(names, start) if start else None
    name = names[-1]
    if existing is not None:
        if _is_identical(existing, content) and not commit_info.strict_conflict:
            return cast("File", existing)
        if not _may_overwrite(existing, commit_info.mode):
            name = _other_name(existing, name, commit_info)
            existing = None
    elif commit_info.mode.is_update() and commit_info.strict_conflict:
        raise WriteRefused(FILE_IN_THE_WAY)
    _check_space(view.account, content.size, existing)
    folder = view.account.tree.make_folder(names[:-1], start or view.make_root())
    return view.account.tree.write_file(folder, name, content, commit_info.client_modified)


def refuse_conflict(existing: Entry) -> WriteRefused:
    """The refusal for something in the way."""
    return WriteRefused(FOLDER_IN_THE_WAY if isinstance(existing, Folder) else FILE_IN_THE_WAY)


def free_name(folder: Folder, name: str, label: str = "") -> str:
    """The first name autorename finds free."""
    number = 0 if label else 1
    while paths.fold(candidate := paths.numbered(name, number, label=label)) in folder.children:
        number += 1
    return candidate


def _is_identical(existing: Entry, content: Content) -> bool:
    return isinstance(existing, File) and existing.revision.content == content


def _may_overwrite(existing: Entry, mode: files.WriteMode) -> bool:
    if not isinstance(existing, File):
        return False
    if mode.is_update():
        return bool(existing.revision.rev == mode.get_update())
    return bool(mode.is_overwrite())


def _other_name(existing: Entry, name: str, commit_info: files.CommitInfo) -> str:
    if not commit_info.autorename or existing.parent is None:
        raise refuse_conflict(existing)
    return free_name(existing.parent, name, label="conflicted copy" if commit_info.mode.is_update() else "")


def _meet_commit_error(view: View, start: Folder | None, names: tuple[str, ...]) -> None:
    root = start.key if start else view.root_key()
    error = view.account.commit_errors.get(root + paths.join(map(paths.fold, names)))
    if error is not None:
        raise WriteRefused(error)


def _check_space(account: Account, size: int, replaced: Entry | None) -> None:
    freed = replaced.revision.content.size if isinstance(replaced, File) else 0
    if account.tree.used - freed + size > account.quota:
        raise WriteRefused(INSUFFICIENT_SPACE)
