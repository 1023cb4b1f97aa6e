"""The Integrations page's JSON API, behind the host's own session: each route is one use case."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.exceptions import (
    RequestValidationError,
    ResponseValidationError,
)
from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic.json_schema import SkipJsonSchema

from functions.page_api import answers, schemas
from functions.page_api.composition import Composition
from functions.page_api.documented import answering
from functions.page_api.links import link_answers
from functions.page_api.own_path import with_own_path
from functions.page_api.plain_body import with_plain_body
from functions.page_api.searching import Search
from functions.page_api.sharing import sharing_answers
from functions.page_api.sharing.show_sharing import ShownSharing
from functions.page_api.spoken import locale_of
from shared.config import PageApiSettings
from shared.domain.errors import MalformedMessage, RefusalCode, RequestRefused
from shared.domain.imports import Outcome
from shared.domain.links import Link, Purpose
from shared.domain.sharing import Access, Change, ChangeKind
from shared.doorbells.messages import correlation_id_in
from shared.http.host_session import HostSession, session_of
from shared.http.http_api import claims_of, json_answer
from shared.http.refusals import UNFULFILLED, Unfulfilled, code_of, headers_of, refusal, status_of
from shared.http.request_limits import ASKING, CHANGING, SHARING
from shared.http.start_date import parse_day

TIME_TO_ANSWER_MILLISECONDS = 15_000
"""No further page is counted with less left: API Gateway hangs up after half a minute."""
NO_STORE = {"Cache-Control": "no-store"}
JSON = "application/json"

Event = dict[str, Any]
Answer = dict[str, Any]
Cursor = Annotated[
    str | SkipJsonSchema[None], Query(description="Where the last page ended.", max_length=4096)
]
Words = Annotated[
    schemas.Words | SkipJsonSchema[None],
    Query(description="All of these words, in names, merchants and employees."),
]
Since = Annotated[schemas.Moment | SkipJsonSchema[None], Query(description="Not before then.")]
Until = Annotated[schemas.Moment | SkipJsonSchema[None], Query(description="Before then.")]

logger = Logger()
app = APIGatewayHttpResolver(enable_validation=True, response_validation_error_http_code=500)


@cache
def composed() -> Composition:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return Composition(PageApiSettings.from_environment())


@logger.inject_lambda_context(clear_state=True, correlation_id_path=correlation_paths.API_GATEWAY_HTTP)
def lambda_handler(event: Event, context: LambdaContext) -> Answer:
    """Answer one request; see the routes below for what each takes and gives."""
    try:
        session = replace(session_of(claims_of(event)), locale=locale_of(event))
        is_question = event["requestContext"]["http"]["method"] == "GET"
        composed().check_limit(ASKING if is_question else CHANGING, session.user_id)
        app.append_context(session=session)  # type: ignore[no-untyped-call] # Powertools' own
        answer = app.resolve(with_own_path(with_plain_body(event)), context)
    except UNFULFILLED as error:
        answer = json_answer(status_of(error), _refused(error, event), headers_of(error))
    answer["headers"] |= NO_STORE
    return answer


@app.get(
    "/links",
    summary="How the caller's links stand",
    operation_id="showLinks",
    responses=answering(HTTPStatus.OK, schemas.Links),
)
def show_links() -> schemas.Links:
    """Auto-import always, synchronisation for administrators."""
    return link_answers.links(composed().show_links(_session()), _session().locale, composed().app_name)


@app.delete(
    "/links/<purpose>",
    summary="Unlink a Dropbox account",
    operation_id="unlink",
    responses=answering(HTTPStatus.OK, schemas.AnyLink, 403, 404, 409),
)
def unlink(purpose: Annotated[Purpose, Path()]) -> schemas.Link:
    """As often as one likes; what lies in Dropbox stays there."""
    session = _session()
    link = composed().unlink(session, purpose)
    logger.info("unlinked", purpose=purpose.value, generation=link.generation)
    return _answer(session, purpose, link)


@app.post(
    "/links/<purpose>/takeover",
    summary="Answer for the company's link from now on",
    operation_id="takeOver",
    responses=answering(HTTPStatus.OK, schemas.AnyLink, 403, 404, 409),
)
def take_over(purpose: Annotated[Purpose, Path()]) -> schemas.Link:
    """As often as one likes; the Dropbox account stays the same."""
    session = _session()
    link = composed().take_over(session, purpose, _correlation_id())
    logger.info("taken over", purpose=purpose.value, generation=link.generation)
    return _answer(session, purpose, link)


@app.put(
    "/links/<purpose>/space",
    summary="Choose where in a team's Dropbox the company's folder lies",
    operation_id="chooseSpace",
    responses=answering(HTTPStatus.OK, schemas.AnyLink, 400, 403, 404, 409, 413),
)
def choose_space(
    purpose: Annotated[Purpose, Path()], request: Annotated[schemas.ChooseSpace, Body()]
) -> schemas.Link:
    """For what is delivered from now on; what lies in the other space stays there."""
    session = _session()
    link = composed().choose_space(session, purpose, request.space, _correlation_id())
    logger.info("space chosen", space=link.space.value, generation=link.generation)
    return _answer(session, purpose, link)


@app.get(
    "/imports/batches",
    summary="Files dropped together, newest first",
    operation_id="listBatches",
    responses=answering(HTTPStatus.OK, schemas.Batches, 400),
)
def list_batches(cursor: Cursor = None, limit: Annotated[schemas.UpTo50, Query()] = 10) -> schemas.Batches:
    """The caller's."""
    return answers.batches(composed().list_batches(_session(), cursor=cursor, limit=limit))


@app.get(
    "/imports/files",
    summary="What became of files, the last settled first",
    operation_id="listFiles",
    responses=answering(HTTPStatus.OK, schemas.Files, 400),
)
def list_files(
    *,
    batch_id: Annotated[
        str | SkipJsonSchema[None], Query(pattern=r"^[0-9A-Za-z-]{1,64}(\.[0-9]{1,4})?$")
    ] = None,
    outcome: Annotated[Outcome | SkipJsonSchema[None], Query()] = None,
    search: Words = None,
    since: Since = None,
    until: Until = None,
    cursor: Cursor = None,
    limit: Annotated[schemas.UpTo200, Query()] = 50,
) -> schemas.Files:
    """The caller's."""
    session = _session()
    listed = composed().list_files(
        session,
        batch_id=batch_id,
        outcome=outcome,
        search=Search(search or "", since, until),
        cursor=cursor,
        limit=limit,
    )
    return answers.files(listed, session.locale)


@app.get(
    "/imports/waiting",
    summary="Files that wait for another try",
    operation_id="listWaitingFiles",
    responses=answering(HTTPStatus.OK, schemas.WaitingFiles),
)
def list_waiting_files() -> schemas.WaitingFiles:
    """The caller's."""
    session = _session()
    return answers.waiting_files(composed().list_waiting_files(session), session.locale, composed().clock)


@app.post(
    "/imports/retries",
    summary="Have rejected files tried again",
    operation_id="retryFiles",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, schemas.Requested, 400, 404, 409, 413),
)
def retry_files(request: Annotated[schemas.OneFile | schemas.RetryAll, Body()]) -> schemas.Requested:
    """They are moved back into `Auto-Import` and imported again."""
    session, retry = _session(), composed().retry_files
    one = request.file if isinstance(request, schemas.OneFile) else None
    requested = (
        retry.all(session, _correlation_id()) if one is None else retry.one(session, one, _correlation_id())
    )
    logger.info("files to be tried again", requested=requested)
    return schemas.Requested(requested=requested)


@app.post(
    "/imports/dismissals",
    summary="Dismiss rejected files",
    operation_id="dismissFiles",
    responses=answering(HTTPStatus.OK, schemas.Dismissed, 400, 404, 413),
)
def dismiss_files(request: Annotated[schemas.OneFile | schemas.RetryAll, Body()]) -> schemas.Dismissed:
    """They count no more as wanting attention, and stay in the history and in Dropbox."""
    session, dismiss = _session(), composed().dismiss_files
    one = request.file if isinstance(request, schemas.OneFile) else None
    dismissed = dismiss.all(session) if one is None else dismiss.one(session, one)
    logger.info("files dismissed", dismissed=dismissed)
    return schemas.Dismissed(dismissed=dismissed)


@app.post(
    "/imports/copies",
    summary="Have a second expense made of a duplicate",
    operation_id="keepDuplicate",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, schemas.Requested, 400, 404, 409, 413),
)
def keep_duplicate(request: Annotated[schemas.OneFile, Body()]) -> schemas.Requested:
    """It is moved back into `Auto-Import` and imported, although the same bytes are an expense already."""
    requested = composed().retry_files.keep(_session(), request.file, _correlation_id())
    logger.info("duplicate to be kept")
    return schemas.Requested(requested=requested)


@app.post(
    "/imports/splits",
    summary="Have an expense made of each document in a file",
    operation_id="splitFile",
    responses=answering(HTTPStatus.OK, schemas.Split, 400, 404, 409, 413),
)
def split_file(request: Annotated[schemas.OneFile, Body()]) -> schemas.Split:
    """As often as one likes; each expense keeps the file whole. The first one is the one it was."""
    expense_ids = composed().split_file(_session(), request.file)
    logger.info("file split", expenses=len(expense_ids))
    return schemas.Split(expense_ids=list(expense_ids))


@app.get(
    "/deliveries",
    summary="What became of documents, the last changed first",
    operation_id="listDeliveries",
    responses=answering(HTTPStatus.OK, schemas.Deliveries, 400, 403),
)
def list_deliveries(
    *,
    expense_id: Annotated[
        schemas.HostId | SkipJsonSchema[None],
        Query(description="Of this expense alone, to the account linked now, by document."),
    ] = None,
    state: Annotated[schemas.DeliveryState | SkipJsonSchema[None], Query()] = None,
    search: Words = None,
    since: Since = None,
    until: Until = None,
    cursor: Cursor = None,
    limit: Annotated[schemas.UpTo200, Query()] = 50,
) -> schemas.Deliveries:
    """The company's, for its administrators. The pending come by their next try, the last first."""
    session = _session()
    status = answers.STATUS_OF[state] if state else None
    listed = composed().list_deliveries(
        session,
        expense_id=expense_id,
        status=status,
        search=Search(search or "", since, until),
        cursor=cursor,
        limit=limit,
    )
    return answers.deliveries(listed, session.locale, composed().clock)


@app.post(
    "/deliveries/retries",
    summary="Have failed deliveries tried again",
    operation_id="retryDeliveries",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, schemas.Requested, 400, 403, 404, 409, 413),
)
def retry_deliveries(
    request: Annotated[schemas.RetryDelivery | schemas.RetryAll, Body()],
) -> schemas.Requested:
    """They are pending at once."""
    session, retry = _session(), composed().retry_deliveries
    one = request.delivery if isinstance(request, schemas.RetryDelivery) else None
    requested = (
        retry.all(session, _correlation_id()) if one is None else retry.one(session, one, _correlation_id())
    )
    logger.info("deliveries to be tried again", requested=requested)
    return schemas.Requested(requested=requested)


@app.get(
    "/backfill",
    summary="What a backfill since a date would come to",
    operation_id="countBackfill",
    responses=answering(HTTPStatus.OK, schemas.BackfillCount, 400, 403),
)
def count_backfill(since: Annotated[schemas.Day, Query()]) -> schemas.BackfillCount:
    """At least so much where the count is not complete."""
    counted = composed().count_backfill(_session(), parse_day(since), _has_time)
    return schemas.BackfillCount(
        since=counted.since,
        expenses=counted.expenses,
        documents=counted.documents,
        is_complete=counted.is_complete,
    )


@app.post(
    "/backfill",
    summary="Have delivered what was accepted since a date",
    operation_id="startBackfill",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, schemas.Backfill, 400, 403, 409, 413),
)
def start_backfill(request: Annotated[schemas.StartBackfill, Body()]) -> schemas.Backfill:
    """The same one again while it is under way; another date takes its place."""
    return answers.backfill(
        composed().start_backfill(_session(), parse_day(request.since), _correlation_id())
    )


@app.get(
    "/sharing",
    summary="Whom the company's folder is shared with",
    operation_id="showSharing",
    responses=answering(HTTPStatus.OK, schemas.Sharing, 403, 409),
)
def show_sharing() -> schemas.Sharing:
    """As it was when it was last looked at; for administrators."""
    return _sharing(composed().show_sharing(_session()))


@app.post(
    "/sharing/looks",
    summary="Have it looked at who has access now",
    operation_id="lookAtSharing",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, schemas.Sharing, 403, 409),
)
def look_at_sharing() -> schemas.Sharing:
    """It is seen within seconds."""
    return _sharing(composed().look_at_sharing(_session(), _correlation_id()))


@app.post(
    "/sharing/changes",
    summary="Share the folder or a year of it, change or end that",
    operation_id="changeSharing",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, schemas.Sharing, 400, 403, 404, 409, 413),
)
def change_sharing(
    request: Annotated[schemas.ShareFolder | schemas.EndAccess | schemas.EndSharing, Body()],
) -> schemas.Sharing:
    """One change of a folder at a time. The same one twice is one."""
    session = _session()
    composed().check_limit(SHARING, session.user_id)
    change = Change(
        ChangeKind(request.change),
        "" if isinstance(request, schemas.EndSharing) else request.email.strip(),
        Access(request.access) if isinstance(request, schemas.ShareFolder) else None,
    )
    shown = composed().change_sharing(session, request.folder, change, _correlation_id())
    logger.info("sharing to be changed", change=change.kind.value, folder=request.folder)
    return _sharing(shown)


@app.not_found
def no_such_route(_: Exception) -> Response[str]:
    """API Gateway lets no other through; a caller that invokes the function itself is told the same."""
    return _refusal_response(RequestRefused(RefusalCode.NOT_FOUND))


@app.exception_handler(list(UNFULFILLED))  # type: ignore[untyped-decorator] # Powertools' own
def not_fulfilled(error: Unfulfilled) -> Response[str]:
    """What a use case has refused, or AWS failed or refused to do."""
    return _refusal_response(error)


@app.exception_handler(RequestValidationError)  # type: ignore[untyped-decorator] # Powertools' own
def not_understood(error: RequestValidationError) -> Response[str]:
    """Without the details: they repeat what was sent. A path that names nothing we have is not found."""
    if any(found["loc"][0] == "path" for found in error.errors()):
        return _refusal_response(RequestRefused(RefusalCode.NOT_FOUND))
    return _refusal_response(MalformedMessage("not as documented"))


@app.exception_handler(ResponseValidationError)  # type: ignore[untyped-decorator] # Powertools' own
def answer_not_as_documented(error: ResponseValidationError) -> Response[str]:
    """A mistake of ours. Where it is may be told, what it is not: it holds users' data."""
    logger.error("answer is not as documented", where=[str(found["loc"]) for found in error.errors()])
    raise RuntimeError("answer is not as documented") from None


def _answer(session: HostSession, purpose: Purpose, link: Link) -> schemas.AnyLink:
    shown = composed().show_links.show(session, purpose, link)
    return link_answers.link(shown, session.locale, composed().app_name)


def _sharing(shown: ShownSharing) -> schemas.Sharing:
    return sharing_answers.sharing(shown, _session().locale, composed().clock())


def _session() -> HostSession:
    session: HostSession = app.context["session"]
    return session


def _correlation_id() -> str:
    """What the drains that a request leads to are followed by."""
    return correlation_id_in(app.current_event.request_context.request_id)


def _has_time() -> bool:
    return app.lambda_context.get_remaining_time_in_millis() > TIME_TO_ANSWER_MILLISECONDS


def _refusal_response(error: Unfulfilled) -> Response[str]:
    body = _refused(error, app.current_event.raw_event)
    return Response(status_of(error), JSON, app._serializer(body))


def _refused(error: Unfulfilled, event: Event) -> dict[str, dict[str, str]]:
    """Log it, and word it."""
    cause = error.__cause__ or error
    logger.warning("request not fulfilled", code=code_of(error).value, cause=type(cause).__name__)
    return refusal(error, locale_of(event))
