"""What became of the files that a user dropped, and what can be done about them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from pydantic.json_schema import SkipJsonSchema

from functions.page_api import asking
from functions.page_api.documented import answering
from functions.page_api.imports import import_answers, word_previews
from functions.page_api.imports.composition import ImportUseCases
from functions.page_api.schemas import imports as schemas
from functions.page_api.schemas.forms import HostId, Requested, RetryAll, UpTo50, UpTo200
from functions.page_api.schemas.previews import Preview
from functions.page_api.searching import Search
from shared.domain.imports import Outcome

routes = asking.Routes()


def wired() -> ImportUseCases:
    return asking.composed().of(ImportUseCases)


@routes.get(
    "/imports/batches",
    summary="Files dropped together, newest first",
    operation_id="listBatches",
    responses=answering(HTTPStatus.OK, schemas.Batches, 400),
)
def list_batches(cursor: asking.Cursor = None, limit: Annotated[UpTo50, Query()] = 10) -> schemas.Batches:
    """The caller's."""
    return import_answers.batches(wired().list_batches(routes.caller, cursor=cursor, limit=limit))


@routes.get(
    "/imports/files",
    summary="What became of files, the last recorded first",
    operation_id="listFiles",
    responses=answering(HTTPStatus.OK, schemas.Files, 400),
)
def list_files(
    *,
    batch_id: Annotated[
        str | SkipJsonSchema[None], Query(pattern=r"^[0-9A-Za-z-]{1,64}(\.[0-9]{1,4})?$")
    ] = None,
    outcome: Annotated[Outcome | SkipJsonSchema[None], Query()] = None,
    search: asking.Words = None,
    since: asking.Since = None,
    until: asking.Until = None,
    cursor: asking.Cursor = None,
    limit: Annotated[UpTo200, Query()] = 50,
) -> schemas.Files:
    """The caller's."""
    session = routes.caller
    listed = wired().list_files(
        session,
        batch_id=batch_id,
        outcome=outcome,
        search=Search(search or "", since, until),
        cursor=cursor,
        limit=limit,
    )
    return import_answers.files(listed, session.locale)


@routes.get(
    "/imports/waiting",
    summary="Files that wait for another try",
    operation_id="listWaitingFiles",
    responses=answering(HTTPStatus.OK, schemas.WaitingFiles),
)
def list_waiting_files() -> schemas.WaitingFiles:
    """The caller's."""
    session = routes.caller
    return import_answers.waiting_files(
        wired().list_waiting_files(session),
        session.locale,
        asking.composed().clock,
    )


@routes.get(
    "/imports/preview",
    summary="The document of an expense beside what was read off it",
    operation_id="showPreview",
    responses=answering(HTTPStatus.OK, Preview, 400, 404),
)
def show_preview(
    expense_id: Annotated[HostId, Query(description="One of the caller's own.")],
) -> Preview:
    """For whom the expense is alone: an administrator is answered of no other's. URLs live for minutes."""
    session = routes.caller
    return word_previews.preview(wired().show_preview(session, expense_id), session.locale)


@routes.post(
    "/imports/retries",
    summary="Have rejected files tried again",
    operation_id="retryFiles",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, Requested, 400, 404, 409, 413),
)
def retry_files(request: Annotated[schemas.OneFile | RetryAll, Body()]) -> Requested:
    """They are moved back into `Auto-Import` and imported again."""
    session, retry = routes.caller, wired().retry_files
    one = request.file if isinstance(request, schemas.OneFile) else None
    requested = (
        retry.all(session, routes.correlation_id)
        if one is None
        else retry.one(session, one, routes.correlation_id)
    )
    asking.logger.info("files to be tried again", requested=requested)
    return Requested(requested=requested)


@routes.post(
    "/imports/dismissals",
    summary="Dismiss rejected files",
    operation_id="dismissFiles",
    responses=answering(HTTPStatus.OK, schemas.Dismissed, 400, 404, 413),
)
def dismiss_files(request: Annotated[schemas.OneFile | RetryAll, Body()]) -> schemas.Dismissed:
    """They count no more as wanting attention, and stay in the history and in Dropbox."""
    session, dismiss = routes.caller, wired().dismiss_files
    one = request.file if isinstance(request, schemas.OneFile) else None
    dismissed = dismiss.all(session) if one is None else dismiss.one(session, one)
    asking.logger.info("files dismissed", dismissed=dismissed)
    return schemas.Dismissed(dismissed=dismissed)


@routes.post(
    "/imports/copies",
    summary="Have a second expense made of a duplicate",
    operation_id="keepDuplicate",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, Requested, 400, 404, 409, 413),
)
def keep_duplicate(request: Annotated[schemas.OneFile, Body()]) -> Requested:
    """It is moved back into `Auto-Import` and imported, although the same bytes are an expense already."""
    requested = wired().retry_files.keep(routes.caller, request.file, routes.correlation_id)
    asking.logger.info("duplicate to be kept")
    return Requested(requested=requested)


@routes.post(
    "/imports/splits",
    summary="Have an expense made of each document in a file",
    operation_id="splitFile",
    responses=answering(HTTPStatus.OK, schemas.Split, 400, 404, 409, 413),
)
def split_file(request: Annotated[schemas.OneFile, Body()]) -> schemas.Split:
    """As often as one likes; each expense keeps the file whole. The first one is the one it was."""
    expense_ids = wired().split_file(routes.caller, request.file)
    asking.logger.info("file split", expenses=len(expense_ids))
    return schemas.Split(expense_ids=list(expense_ids))
