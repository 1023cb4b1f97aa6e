"""The three steps of linking a Dropbox account, as an HTTP API: start, redirect, confirm."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.oauth_callback.attempt_keys import attempt_id_in
from functions.oauth_callback.composition import Composition
from functions.oauth_callback.host_page import with_parameter
from shared.config.oauth_callback import OauthSettings
from shared.domain.errors import IntegrationError, LinkRefused, RefusalCode
from shared.domain.links import Link, Purpose
from shared.domain.timestamps import to_iso
from shared.doorbells.messages import correlation_id_in
from shared.dropbox_api.refused_calls import RefusalReport
from shared.http.host_session import HostSession, locale_in, session_of
from shared.http.http_api import answer, body_of, claims_of, json_answer, json_object_in, query_of
from shared.http.refusals import UNFULFILLED, Unfulfilled, code_of, headers_of, refusal, status_of
from shared.http.request_limits import LINKING
from shared.http.start_date import parse_since

MAX_BODY_BYTES = 4096

Event = dict[str, Any]
Answer = dict[str, Any]

logger = Logger()
metrics = Metrics()


def composed(event: Event) -> Composition:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return _composed_for(_settings().callback_url or _own_callback_url(event))


@cache
def _settings() -> OauthSettings:
    return OauthSettings.from_environment()


@cache
def _composed_for(callback_url: str) -> Composition:
    return Composition(_settings(), callback_url, on_refusal=RefusalReport(logger, metrics))


def _own_callback_url(event: Event) -> str:
    """The callback at the address that was called: the API's own, which no setting can know beforehand.

    A custom domain may serve the API under a key, which is in front of the path.
    """
    key = event["rawPath"].removesuffix(event["routeKey"].partition(" ")[2])
    return f"https://{event['requestContext']['domainName']}{key}/oauth/callback"


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: Event, context: LambdaContext) -> Answer:  # noqa: ARG001 - Lambda's signature
    """Answer one request by its route; see the functions below for what each takes and gives."""
    logger.set_correlation_id(_correlation_id_of(event))
    return _ROUTES[event["routeKey"]](event)


def _start(event: Event) -> Answer:
    """`POST /links {"purpose": …}` -> 201 `{"authorize_url": …}`; of synchronisation `since`, `sharing`."""
    session = _session_of(event)
    request = json_object_in(body_of(event, MAX_BODY_BYTES))
    started = composed(event).start_link(
        session,
        _purpose_in(request),
        parse_since(request.get("since")),
        is_for_sharing=_is_for_sharing(request),
    )
    logger.append_keys(attempt_id=started.attempt_id)
    _report("link started", "LinksStarted")
    return json_answer(201, {"authorize_url": started.authorize_url})


def _redirect(event: Event) -> Answer:
    """`GET /oauth/callback?code&state` -> 303 to the host's page, with a handle or an error code."""
    try:
        query = query_of(event)
        logger.append_keys(attempt_id=attempt_id_in(query.get("state", [""])[0]))
        parameter = ("handle", composed(event).receive_redirect(query))
        _report("redirect received", "LinkRedirectsReceived")
    except UNFULFILLED as error:
        parameter = ("error", _refused(error).value)
    location = with_parameter(composed(event).host_settings_url, *parameter)
    return answer(303, headers={"Location": location, "Referrer-Policy": "no-referrer"})


def _confirm(event: Event) -> Answer:
    """`POST /links/confirm {"handle": …}` -> 200 and the link, as often as it is asked."""
    session = _session_of(event)
    handle = json_object_in(body_of(event, MAX_BODY_BYTES)).get("handle")
    logger.append_keys(attempt_id=attempt_id_in(handle))
    confirmed = composed(event).confirm_link(session, handle, _correlation_id_of(event))
    for beginning in confirmed.left_to_drain:
        logger.warning("left to the drain", beginning=beginning)
    _report("link confirmed", "LinksConfirmed")
    return json_answer(200, _described(confirmed.link))


def _session_of(event: Event) -> HostSession:
    """Who is calling, and not too often. Raises RequestRefused."""
    session = session_of(claims_of(event))
    composed(event).check_limit(LINKING, session.user_id)
    return session


def _in_json(step: Callable[[Event], Answer], event: Event) -> Answer:
    """A refusal as `{"error": {"code", "message"}}`, the message in the user's language."""
    try:
        return step(event)
    except UNFULFILLED as error:
        _refused(error)
        told = refusal(error, locale_in(claims_of(event)))
        return json_answer(status_of(error), told, headers_of(error))


_ROUTES: dict[str, Callable[[Event], Answer]] = {
    "POST /links": partial(_in_json, _start),
    "GET /oauth/callback": _redirect,
    "POST /links/confirm": partial(_in_json, _confirm),
}


def _correlation_id_of(event: Event) -> str:
    """API Gateway's request id, which its access log has too."""
    return correlation_id_in(event["requestContext"].get("requestId"))


def _purpose_in(request: dict[str, Any]) -> Purpose:
    try:
        return Purpose(str(request.get("purpose")))
    except ValueError as error:
        raise LinkRefused(RefusalCode.INVALID_REQUEST) from error


def _is_for_sharing(request: dict[str, Any]) -> bool:
    asked = request.get("sharing", False)
    if not isinstance(asked, bool) or (asked and request.get("since") is not None):
        raise LinkRefused(RefusalCode.INVALID_REQUEST)
    return asked


def _described(link: Link) -> dict[str, Any]:
    since = {} if link.sync_since is None else {"since": to_iso(link.sync_since)}
    return {
        "purpose": link.purpose.value,
        "status": link.status.value,
        "account": {"name": link.account_name, "email": link.account_email},
        **since,
        **({"may_share": True} if link.may_share else {}),
    }


def _refused(error: Unfulfilled) -> RefusalCode:
    """Log it, count it, and name it."""
    code = code_of(error)
    cause = error.__cause__ if isinstance(error.__cause__, IntegrationError) else error
    logger.warning("link not made", code=code.value, cause=f"{type(cause).__name__}: {cause}")
    metrics.add_metric("LinksRefused", MetricUnit.Count, 1)
    return code


def _report(outcome: str, metric: str) -> None:
    logger.info(outcome)
    metrics.add_metric(metric, MetricUnit.Count, 1)
