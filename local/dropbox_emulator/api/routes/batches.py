"""What batches have in common: an answer at once or a job, as the batch policy says, and polling."""

from typing import Any

from dropbox import async_

from local.dropbox_emulator.api.registry import Caller
from local.dropbox_emulator.core.refusals import RouteRefused

# ruff: noqa: ANN401 - Stone's unions are untyped


def launch(
    caller: Caller, launch_type: Any, result: Any, asked: list[Any], *, force_async: bool = False
) -> Any:
    """The answer to a batch that was carried out: its result, which has `entries`, or a job's id.

    `asked`: the entries of the call.
    """
    is_small = len(result.entries) <= caller.jobs.policy.largest_synchronous
    if is_small and not force_async:
        return launch_type.complete(result)
    texts = tuple(str(entry) for entry in asked)
    return launch_type.async_job_id(caller.jobs.launch(caller.account.id, result, texts))


def poll(caller: Caller, status_type: Any, arg: async_.PollArg) -> Any:
    """The state of a job.

    Raises:
        RouteRefused: the account has no such job.

    """
    try:
        result = caller.jobs.poll(caller.account.id, arg.async_job_id)
    except KeyError as unknown:
        raise RouteRefused(async_.PollError.invalid_async_job_id) from unknown
    return status_type.in_progress if result is None else status_type.complete(result)
