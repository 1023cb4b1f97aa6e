"""Makes the changes of sharing that administrators ask for, and sees who has access.

What is asked for is on record, one change of a folder at a time. Each step may be repeated: what Dropbox has
done already it does not do twice, so that a drain that dies anywhere is finished by the next. Nothing that
goes wrong here holds a delivery up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from functions.document_sync.change_sharing import JobUnderWay, make_change
from functions.document_sync.sync_run import SyncRun, ensure_link_unchanged
from shared.domain.audit import sharing_entry
from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    AwsFailed,
    FileGone,
    IntegrationError,
    LinkBroken,
    RateLimited,
    Retryable,
    SharingChanged,
    SharingRefused,
)
from shared.domain.host_events import Occasion, folder_sharing_changed
from shared.domain.links import LinkProblem
from shared.domain.sharing import (
    MOST_PEOPLE,
    PendingChange,
    SharedFolder,
    SharingProblem,
    is_overtaken,
    wants_year_folder,
    with_change_ended,
)
from shared.doorbells.backoff import next_try_after

LOOK_AGAIN_AFTER = timedelta(minutes=1)
"""After Dropbox could not be asked who has access."""
WATCHED_TRIES = 4
"""How often a drain comes back for a job at once; then the sweep rings, so that no delivery waits for it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What is left: a change whose job is watched, or the moment of the next try."""

    is_watched: bool = False
    next_try: datetime | None = None

    def __add__(self, more: Shared) -> Shared:
        """Both together."""
        moments = [moment for moment in (self.next_try, more.next_try) if moment is not None]
        return Shared(self.is_watched or more.is_watched, min(moments, default=None))


def share_folders(run: SyncRun) -> Shared:
    """Do what is due. Raises what stops the whole company: LinkBroken, LinkChanged, LinkPaused, AwsFailed."""
    return work_on_folders(run, run.services.sharings.of_account(run.link.company_id, run.link.account_id))


def work_on_folders(run: SyncRun, folders: Iterable[SharedFolder]) -> Shared:
    """Do what is due of these, as of just now; see `share_folders`."""
    shared = Shared()
    for folder in folders:
        if folder.is_due(run.services.clock()) and run.has_time():
            shared += _work_on(run, folder)
        elif folder.pending is not None:
            shared += Shared(next_try=folder.pending.next_try)
    return shared


def _work_on(run: SyncRun, folder: SharedFolder) -> Shared:
    pending, now = folder.pending, run.services.clock()
    if pending is None or (pending.next_try is not None and pending.next_try > now):
        left = Shared(next_try=pending.next_try if pending else None)
        return left + (_look(run, folder) if folder.wants_look else Shared())
    try:
        folder = _change(run, folder, pending)
    except SharingChanged:  # another drain has made it, or its time was over and there is a newer one
        return Shared(next_try=now)
    if folder.pending is not None:
        is_watched = folder.pending.job_id is not None and folder.pending.tries <= WATCHED_TRIES
        return Shared(is_watched, folder.pending.next_try or now)
    return _look(run, folder)  # what the change has led to


def _change(run: SyncRun, folder: SharedFolder, pending: PendingChange) -> SharedFolder:
    """The folder without the change, which has ended; or with it, put off."""
    problem = _why_not(run, folder.name, pending)
    if problem is None:
        ensure_link_unchanged(run)
        try:
            make_change(run, folder, pending)
        except JobUnderWay as job:
            return _put_off(run, job.folder)
        except (Retryable, FileGone, AppRefused) as error:
            return _put_off(run, folder, error)
        except (SharingRefused, LinkBroken) as refused:
            problem = _problem_of(run, refused)
    return _announce_and_end(run, folder) if problem is None else _end(run, folder, problem)


def _problem_of(run: SyncRun, refused: SharingRefused | LinkBroken) -> SharingProblem:
    """What concerns sharing alone; what breaks the link is raised on."""
    if isinstance(refused, SharingRefused):
        return refused.problem
    if isinstance(refused, AccessDenied):
        return SharingProblem.NO_PERMISSION
    if refused.problem is LinkProblem.SCOPE_MISSING:
        # Taken back at Dropbox, or lost by the app: deliveries go on without.
        run.services.links.update(run.link, may_share=False)
        return SharingProblem.CONSENT_MISSING
    raise refused


def _why_not(run: SyncRun, name: str, pending: PendingChange) -> SharingProblem | None:
    if pending.is_over(run.services.clock()):
        return SharingProblem.NOT_IN_TIME
    if is_overtaken(pending, run.link):
        return SharingProblem.LINK_CHANGED
    if wants_year_folder(name, pending.change, run.link):
        return SharingProblem.NO_YEAR_FOLDER
    return None if run.link.may_share else SharingProblem.CONSENT_MISSING


def _announce_and_end(run: SyncRun, folder: SharedFolder) -> SharedFolder:
    """The event first: a drain that dies in between has the next one send it again, under the same id."""
    pending = folder.pending
    occasion = Occasion(run.services.clock(), pending.correlation_id if pending else "")
    try:
        run.services.send_events([folder_sharing_changed(run.link, folder, occasion)])
    except AwsFailed as error:
        return _put_off(run, folder, error)
    return _end(run, folder, None)


def _end(run: SyncRun, folder: SharedFolder, problem: SharingProblem | None) -> SharedFolder:
    now = run.services.clock()
    after = with_change_ended(folder, now, problem)
    run.services.sharings.record_ended(folder, after, sharing_entry(run.link, folder, now, problem))
    return after


def _put_off(run: SyncRun, folder: SharedFolder, cause: IntegrationError | None = None) -> SharedFolder:
    pending = folder.pending
    if pending is None:
        return folder
    now, tries = run.services.clock(), pending.tries + 1
    next_try = None  # the next drain asks after a job
    if isinstance(cause, RateLimited):
        next_try = now + timedelta(seconds=cause.retry_after)
    elif cause is not None:
        next_try = next_try_after(now, tries)
    return run.services.sharings.put_off(folder, replace(pending, tries=tries, next_try=next_try))


def _look(run: SyncRun, folder: SharedFolder) -> Shared:
    """See who has access."""
    at = run.services.clock()
    try:
        seen = _seen(run, folder)
    except (SharingRefused, LinkBroken) as refused:
        seen = replace(folder, problem=_problem_of(run, refused))
    except (Retryable, FileGone, AppRefused):
        return Shared(next_try=at + LOOK_AGAIN_AFTER)
    run.services.sharings.record_look(replace(seen, looked_at=at))
    return Shared()


def _seen(run: SyncRun, folder: SharedFolder) -> SharedFolder:
    if not run.link.may_share:
        return replace(folder, problem=SharingProblem.CONSENT_MISSING)
    there = _sharing_at(run, folder)
    for shared_folder_id in dict.fromkeys(filter(None, (there, folder.shared_folder_id))):
        try:
            people, has_more = run.dropbox.sharing.people(shared_folder_id, MOST_PEOPLE)
        except FileGone:  # ended by hand
            continue
        is_moved = shared_folder_id != there
        return replace(
            folder,
            shared_folder_id=shared_folder_id,
            moved_to=run.dropbox.sharing.path_of(shared_folder_id) or "?" if is_moved else None,
            people=tuple(people),
            has_more_people=has_more,
            problem=None,
        )
    return replace(
        folder, shared_folder_id=None, moved_to=None, people=(), has_more_people=False, problem=None
    )


def _sharing_at(run: SyncRun, folder: SharedFolder) -> str | None:
    try:
        return run.dropbox.sharing.find(folder.path)
    except FileGone:
        return None
