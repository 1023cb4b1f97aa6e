"""One change of a folder's sharing at Dropbox: steps that may be repeated, and jobs that may take minutes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from functions.document_sync.sync_run import SyncRun
from shared.domain.errors import FileGone, SharingRefused
from shared.domain.sharing import (
    WHOLE_FOLDER,
    Access,
    ChangeKind,
    JobState,
    PendingChange,
    SharedFolder,
    SharingProblem,
)

JOB_LOOKS = 4
JOB_PAUSE_SECONDS = 0.5
"""Most jobs take a second or two; one that takes longer is left to the next drain."""


class JobUnderWay(Exception):  # it ends a step, and goes no further than the caller
    """Dropbox is still at it; `folder` knows its job."""

    def __init__(self, folder: SharedFolder) -> None:
        super().__init__(folder.name)
        self.folder = folder


def make_change(run: SyncRun, folder: SharedFolder, pending: PendingChange) -> None:
    """Have it so. Raises JobUnderWay, SharingRefused, and what every call of Dropbox's raises."""
    match pending.change.kind:
        case ChangeKind.SHARE:
            _share(run, folder, pending)
        case ChangeKind.REMOVE:
            _remove(run, folder, pending)
        case ChangeKind.END:
            _end(run, folder, pending)


def _share(run: SyncRun, folder: SharedFolder, pending: PendingChange) -> None:
    """Share the folder that documents are delivered to, and give the person this access."""
    change = pending.change
    shared_folder_id = _existing(run, folder) or _share_folder(run, folder, pending)
    access = change.access or Access.VIEWER
    run.dropbox.sharing.add(shared_folder_id, change.email, access)
    person = run.dropbox.sharing.find_person(shared_folder_id, change.email)
    if person is not None and person.access is access:
        return
    if person is not None and person.access is Access.OWNER:
        raise SharingRefused(SharingProblem.IS_OWNER)
    # Also of one who was not found: known to Dropbox by another address, or one of a great many.
    run.dropbox.sharing.update(shared_folder_id, change.email, access)


def _existing(run: SyncRun, folder: SharedFolder) -> str | None:
    """The sharing of the folder, by us or by hand. A year is not shared before it has documents."""
    try:
        return run.dropbox.sharing.find(folder.path)
    except FileGone as gone:
        if folder.name != WHOLE_FOLDER:
            raise SharingRefused(SharingProblem.FOLDER_MISSING) from gone
        return None


def _share_folder(run: SyncRun, folder: SharedFolder, pending: PendingChange) -> str:
    job_id = pending.job_id
    if job_id is None:
        shared_folder_id, job_id = run.dropbox.sharing.share(folder.path)
        if shared_folder_id is not None:
            return shared_folder_id
    _await_job(run, folder, job_id or "", run.dropbox.sharing.share_job)
    found = run.dropbox.sharing.find(folder.path)
    if found is None:
        raise FileGone("the sharing is not there yet")
    return found


def _remove(run: SyncRun, folder: SharedFolder, pending: PendingChange) -> None:
    """What is there no more is what was wanted."""
    sharing, email = run.dropbox.sharing, pending.change.email
    _by_job(run, folder, pending, lambda known: sharing.remove(known, email), sharing.removal_job)


def _end(run: SyncRun, folder: SharedFolder, pending: PendingChange) -> None:
    _by_job(run, folder, pending, run.dropbox.sharing.unshare, run.dropbox.sharing.ending_job)


def _by_job(
    run: SyncRun,
    folder: SharedFolder,
    pending: PendingChange,
    launch: Callable[[str], str],
    check: Callable[[str], JobState],
) -> None:
    """In what is known to be shared, also where somebody has moved it, or else in what is shared by now."""
    job_id = pending.job_id or _launched(run, folder, launch)
    if job_id:
        _await_job(run, folder, job_id, check)


def _launched(run: SyncRun, folder: SharedFolder, launch: Callable[[str], str]) -> str:
    """The job; "" where there is nothing to be done."""
    candidates: tuple[Callable[[], str | None], ...] = (
        lambda: folder.shared_folder_id,
        lambda: run.dropbox.sharing.find(folder.path),
    )
    for candidate in candidates:
        with suppress(FileGone):
            shared_folder_id = candidate()
            if shared_folder_id is not None:
                return launch(shared_folder_id)
    return ""


def _await_job(run: SyncRun, folder: SharedFolder, job_id: str, check: Callable[[str], JobState]) -> None:
    """Look a few times; raises JobUnderWay where that was not enough."""
    for look in range(JOB_LOOKS):
        state = check(job_id)
        if state is JobState.DONE:
            return
        if state is JobState.LOST:
            raise JobUnderWay(_with_job(folder, None))
        if look < JOB_LOOKS - 1:
            run.services.sleep(JOB_PAUSE_SECONDS)
    raise JobUnderWay(_with_job(folder, job_id))


def _with_job(folder: SharedFolder, job_id: str | None) -> SharedFolder:
    if folder.pending is None:
        return folder
    return replace(folder, pending=replace(folder.pending, job_id=job_id))
