"""Upload sessions: large files in parts, and many small files in a handful of calls."""

from dropbox import async_, files

from local.dropbox_emulator.api.metadata import describe_file
from local.dropbox_emulator.api.registry import Caller, implements
from local.dropbox_emulator.api.routes.batches import launch, poll
from local.dropbox_emulator.api.routes.writing import check_body
from local.dropbox_emulator.core.refusals import RouteRefused, WriteRefused
from local.dropbox_emulator.core.upload_sessions import Part, SessionRefused
from local.dropbox_emulator.core.writing import commit


@implements("files/upload_session/start")
def start(caller: Caller, arg: files.UploadSessionStartArg) -> files.UploadSessionStartResult:
    """Begin a session with its first bytes."""
    body = check_body(caller, arg.content_hash, files.UploadSessionStartError)
    is_concurrent = bool(arg.session_type and arg.session_type.is_concurrent())
    if is_concurrent and body.size:
        raise RouteRefused(files.UploadSessionStartError.concurrent_session_data_not_allowed)
    if is_concurrent and arg.close:
        raise RouteRefused(files.UploadSessionStartError.concurrent_session_close_not_allowed)
    session_id = caller.uploads.start(caller.account.id, is_concurrent=is_concurrent)
    cursor = files.UploadSessionCursor(session_id=session_id, offset=0)
    caller.uploads.append(caller.account.id, cursor, Part(body, 0, body.size), close=arg.close)
    return files.UploadSessionStartResult(session_id=session_id)


@implements("files/upload_session/start_batch")
def start_batch(caller: Caller, arg: files.UploadSessionStartBatchArg) -> files.UploadSessionStartBatchResult:
    """Begin many empty sessions."""
    is_concurrent = bool(arg.session_type and arg.session_type.is_concurrent())
    ids = [
        caller.uploads.start(caller.account.id, is_concurrent=is_concurrent) for _ in range(arg.num_sessions)
    ]
    return files.UploadSessionStartBatchResult(session_ids=ids)


@implements("files/upload_session/append_v2")
def append(caller: Caller, arg: files.UploadSessionAppendArg) -> None:
    """Add bytes to a session."""
    body = check_body(caller, arg.content_hash, files.UploadSessionAppendError)
    try:
        caller.uploads.append(caller.account.id, arg.cursor, Part(body, 0, body.size), close=arg.close)
    except SessionRefused as refused:
        raise RouteRefused(refused.as_error(files.UploadSessionAppendError)) from refused


@implements("files/upload_session/append_batch")
def append_batch(
    caller: Caller, arg: files.UploadSessionAppendBatchArg
) -> files.UploadSessionAppendBatchResult:
    """Add bytes to many sessions: the body is theirs, one after the other."""
    body = check_body(caller, arg.content_hash, files.UploadSessionAppendBatchError)
    if sum(entry.length for entry in arg.entries) != body.size:
        raise RouteRefused(files.UploadSessionAppendBatchError.length_mismatch)
    results, start_of_part = [], 0
    for entry in arg.entries:
        results.append(_try_append(caller, entry, Part(body, start_of_part, entry.length)))
        start_of_part += entry.length
    return files.UploadSessionAppendBatchResult(entries=results)


@implements("files/upload_session/finish", commits=True)
def finish(caller: Caller, arg: files.UploadSessionFinishArg) -> files.FileMetadata:
    """Add the last bytes to a session and save it."""
    body = check_body(caller, arg.content_hash, files.UploadSessionFinishError)
    try:
        if body.size:
            _append_last(caller, arg.cursor, Part(body, 0, body.size))
            arg.cursor = files.UploadSessionCursor(
                session_id=arg.cursor.session_id, offset=arg.cursor.offset + body.size
            )
        return _commit(caller, arg, must_be_closed=False)
    except SessionRefused as refused:
        raise RouteRefused(_lookup_failed(refused)) from refused
    except WriteRefused as refused:
        raise RouteRefused(files.UploadSessionFinishError.path(refused.error)) from refused


@implements("files/upload_session/finish_batch_v2", commits=True)
def finish_batch(
    caller: Caller, arg: files.UploadSessionFinishBatchArg
) -> files.UploadSessionFinishBatchResult:
    """Save many closed sessions, each by itself."""
    return files.UploadSessionFinishBatchResult(entries=[_try_commit(caller, entry) for entry in arg.entries])


@implements("files/upload_session/finish_batch", commits=True)
def finish_batch_as_job(
    caller: Caller, arg: files.UploadSessionFinishBatchArg
) -> files.UploadSessionFinishBatchLaunch:
    """The same for older clients: at once or as a job, as the batch policy says."""
    return launch(caller, files.UploadSessionFinishBatchLaunch, finish_batch(caller, arg), arg.entries)


@implements("files/upload_session/finish_batch/check")
def finish_batch_check(caller: Caller, arg: async_.PollArg) -> files.UploadSessionFinishBatchJobStatus:
    """The result of a batch that became a job."""
    return poll(caller, files.UploadSessionFinishBatchJobStatus, arg)


def _try_append(
    caller: Caller, entry: files.UploadSessionAppendBatchArgEntry, part: Part
) -> files.UploadSessionAppendBatchResultEntry:
    try:
        caller.uploads.append(caller.account.id, entry.cursor, part, close=entry.close)
    except SessionRefused as refused:
        return files.UploadSessionAppendBatchResultEntry.failure(
            refused.as_error(files.UploadSessionAppendBatchEntryError)
        )
    return files.UploadSessionAppendBatchResultEntry.success


def _try_commit(
    caller: Caller, entry: files.UploadSessionFinishArg
) -> files.UploadSessionFinishBatchResultEntry:
    failure = files.UploadSessionFinishBatchResultEntry.failure
    try:
        metadata = _commit(caller, entry, must_be_closed=True)
    except SessionRefused as refused:
        return failure(_lookup_failed(refused))
    except WriteRefused as refused:
        return failure(files.UploadSessionFinishError.path(refused.error))
    except RouteRefused as refused:
        return failure(refused.error)
    return files.UploadSessionFinishBatchResultEntry.success(metadata)


def _append_last(caller: Caller, cursor: files.UploadSessionCursor, part: Part) -> None:
    if caller.uploads.is_concurrent(caller.account.id, cursor.session_id):
        raise RouteRefused(files.UploadSessionFinishError.concurrent_session_data_not_allowed)
    caller.uploads.append(caller.account.id, cursor, part, close=False)


def _commit(caller: Caller, arg: files.UploadSessionFinishArg, *, must_be_closed: bool) -> files.FileMetadata:
    """Save a session. Only success ends it, so that a refused commit can be tried again."""
    owner, session_id = caller.account.id, arg.cursor.session_id
    is_concurrent = caller.uploads.is_concurrent(owner, session_id)
    if is_concurrent and not caller.uploads.is_complete(owner, session_id):
        raise RouteRefused(files.UploadSessionFinishError.concurrent_session_missing_data)
    content = caller.uploads.assemble(owner, arg.cursor, must_be_closed=must_be_closed or is_concurrent)
    with caller.locked() as view:
        metadata = describe_file(view, commit(view, arg.commit, content))
    caller.uploads.forget(session_id)
    return metadata


def _lookup_failed(refused: SessionRefused) -> files.UploadSessionFinishError:
    return files.UploadSessionFinishError.lookup_failed(refused.as_error(files.UploadSessionLookupError))
