"""Moves and copies, one at a time and in batches."""

from typing import Protocol

from dropbox import async_, files

from local.dropbox_emulator.api.metadata import describe
from local.dropbox_emulator.api.registry import Caller, implements
from local.dropbox_emulator.api.routes.batches import launch, poll
from local.dropbox_emulator.core.refusals import (
    MALFORMED_LOOKUP,
    MALFORMED_WRITE,
    LookupRefused,
    RouteRefused,
    WriteRefused,
    answering,
)
from local.dropbox_emulator.core.tree import Entry, File, Folder
from local.dropbox_emulator.core.view import View
from local.dropbox_emulator.core.writing import free_name, refuse_conflict


class Relocation(Protocol):
    """Moves or copies one entry."""

    def __call__(self, view: View, arg: files.RelocationPath, *, autorename: bool) -> files.Metadata:
        """Returns the entry's metadata at its new place."""


@implements("files/move_v2", commits=True)
def move(caller: Caller, arg: files.RelocationArg) -> files.RelocationResult:
    """Move one entry."""
    with caller.locked() as view:
        return files.RelocationResult(metadata=_move(view, arg, autorename=arg.autorename))


@implements("files/copy_v2", commits=True)
def copy(caller: Caller, arg: files.RelocationArg) -> files.RelocationResult:
    """Copy one entry."""
    with caller.locked() as view:
        return files.RelocationResult(metadata=_copy(view, arg, autorename=arg.autorename))


@implements("files/move", commits=True)
def move_for_older_clients(caller: Caller, arg: files.RelocationArg) -> files.Metadata:
    """Move one entry; the metadata is the whole answer."""
    return move(caller, arg).metadata


@implements("files/copy", commits=True)
def copy_for_older_clients(caller: Caller, arg: files.RelocationArg) -> files.Metadata:
    """Copy one entry; the metadata is the whole answer."""
    return copy(caller, arg).metadata


@implements("files/move_batch_v2", commits=True)
def move_batch(caller: Caller, arg: files.MoveBatchArg) -> files.RelocationBatchV2Launch:
    """Move entries in order, each by itself."""
    return _in_order(caller, arg, _move)


@implements("files/copy_batch_v2", commits=True)
def copy_batch(caller: Caller, arg: files.RelocationBatchArgBase) -> files.RelocationBatchV2Launch:
    """Copy entries in order, each by itself."""
    return _in_order(caller, arg, _copy)


@implements("files/move_batch/check_v2")
def move_batch_check(caller: Caller, arg: async_.PollArg) -> files.RelocationBatchV2JobStatus:
    """The result of a batch of moves that became a job."""
    return poll(caller, files.RelocationBatchV2JobStatus, arg)


@implements("files/copy_batch/check_v2")
def copy_batch_check(caller: Caller, arg: async_.PollArg) -> files.RelocationBatchV2JobStatus:
    """The result of a batch of copies that became a job."""
    return poll(caller, files.RelocationBatchV2JobStatus, arg)


def _in_order(
    caller: Caller, arg: files.RelocationBatchArgBase, relocate: Relocation
) -> files.RelocationBatchV2Launch:
    with caller.locked() as view:
        entries = [_try(relocate, view, entry, autorename=arg.autorename) for entry in arg.entries]
    result = files.RelocationBatchV2Result(entries=entries)
    is_job = not caller.jobs.policy.relocates_at_once
    return launch(caller, files.RelocationBatchV2Launch, result, arg.entries, force_async=is_job)


def _try(
    relocate: Relocation, view: View, path: files.RelocationPath, *, autorename: bool
) -> files.RelocationBatchResultEntry:
    try:
        return files.RelocationBatchResultEntry.success(relocate(view, path, autorename=autorename))
    except RouteRefused as refused:
        return files.RelocationBatchResultEntry.failure(
            files.RelocationBatchErrorEntry.relocation_error(refused.error)
        )


def _move(view: View, arg: files.RelocationPath, *, autorename: bool) -> files.Metadata:
    with answering(lookup=files.RelocationError.from_lookup, write=files.RelocationError.to):
        entry = _source(view, arg.from_path)
        folder, name = _respelt(view, entry, arg.to_path) or _target(
            view, entry, arg.to_path, autorename=autorename
        )
        view.account.tree.move(entry, folder, name)
        return describe(view, entry)


def _copy(view: View, arg: files.RelocationPath, *, autorename: bool) -> files.Metadata:
    with answering(lookup=files.RelocationError.from_lookup, write=files.RelocationError.to):
        entry = _source(view, arg.from_path)
        if view.account.tree.used + _size(entry) > view.account.quota:
            raise RouteRefused(files.RelocationError.insufficient_quota)
        folder, name = _target(view, entry, arg.to_path, autorename=autorename)
        return describe(view, view.account.tree.copy(entry, folder, name))


def _source(view: View, path: str) -> Entry:
    entry = view.find(path).entry
    if entry is view.root():
        raise LookupRefused(MALFORMED_LOOKUP)
    if entry.id in view.account.relocation_errors:
        raise RouteRefused(view.account.relocation_errors[entry.id])
    return entry


def _respelt(view: View, entry: Entry, path: str) -> tuple[Folder, str] | None:
    """Where a move ends that only spells an entry's own name otherwise, in its case or its accents."""
    if path.startswith("id:"):
        return None
    start, names = view.names_to_write(path)
    is_itself = start is not None and view.account.tree.find(names, start) is entry
    return (entry.parent, names[-1]) if is_itself and entry.parent and names[-1] != entry.name else None


def _target(view: View, entry: Entry, path: str, *, autorename: bool) -> tuple[Folder, str]:
    """Where a relocation ends; nothing is made before it is known to succeed."""
    if path.startswith("id:"):
        raise WriteRefused(MALFORMED_WRITE)
    tree = view.account.tree
    start, names = view.names_to_write(path)
    existing = tree.find(names, start) if start else None
    if existing is not None and not autorename:
        raise refuse_conflict(existing)
    if isinstance(entry, Folder) and start and _leads_into(view, entry, start, names):
        raise RouteRefused(files.RelocationError.cant_move_folder_into_itself)
    folder = tree.make_folder(names[:-1], start or view.make_root())
    return folder, free_name(folder, names[-1]) if existing is not None else names[-1]


def _leads_into(view: View, entry: Folder, start: Folder, names: tuple[str, ...]) -> bool:
    on_the_way = [view.account.tree.find(names[:length], start) for length in range(1, len(names))]
    return entry in on_the_way


def _size(entry: Entry) -> int:
    if isinstance(entry, File):
        return entry.revision.content.size
    return sum(child.revision.content.size for child in _files_below(entry))


def _files_below(entry: Entry) -> list[File]:
    return [child for child in entry.walk() if isinstance(child, File)] if isinstance(entry, Folder) else []
