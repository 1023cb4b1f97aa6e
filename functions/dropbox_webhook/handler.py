"""Dropbox's webhook: echoes the challenge, turns signed notifications into doorbells.

Cold starts here are waited for, hence no boto3: two signed HTTP calls are all that is needed.
"""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.dropbox_webhook.composition import receiver
from functions.dropbox_webhook.deadline import Deadline
from shared.aws.refusals import report_refusal
from shared.domain.errors import (
    AwsRefused,
    ForgedRequest,
    MalformedMessage,
    PayloadTooLarge,
    Rejected,
    Retryable,
)
from shared.doorbells.messages import correlation_id_in
from shared.http.http_api import answer, body_of, header_of, query_of

# A thousand accounts are some 50 kB.
MAX_BODY_BYTES = 256 * 1024
MAX_CHALLENGE_CHARACTERS = 1024
# Dropbox waits 10 seconds for the answer.
ANSWER_WITHIN_SECONDS = 7.0
STATUS_OF: dict[type[Rejected], int] = {MalformedMessage: 400, ForgedRequest: 403, PayloadTooLarge: 413}

logger = Logger()


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """Answer one request to `/dropbox/webhook`.

    200 done; 400, 403, 413 the request's fault; 503 Dropbox should send it again.
    """
    logger.set_correlation_id(_correlation_id_of(event))
    try:
        if event["requestContext"]["http"]["method"] == "GET":
            return _echo_challenge(event)
        return _receive_notification(event)
    except Rejected as error:
        logger.warning("request refused", reason=type(error).__name__)
        return answer(STATUS_OF.get(type(error), 400))
    except AwsRefused as refused:
        report_refusal(refused)
        return answer(503)
    except Retryable:
        logger.exception("notification not handled")
        return answer(503)


def _echo_challenge(event: dict[str, Any]) -> dict[str, Any]:
    """https://www.dropbox.com/developers/reference/webhooks#verification."""
    challenges = query_of(event).get("challenge", [])
    if len(challenges) != 1 or not 0 < len(challenges[0]) <= MAX_CHALLENGE_CHARACTERS:
        raise MalformedMessage("no challenge")
    return answer(
        200, challenges[0], content_type="text/plain", headers={"X-Content-Type-Options": "nosniff"}
    )


def _receive_notification(event: dict[str, Any]) -> dict[str, Any]:
    deadline = Deadline(ANSWER_WITHIN_SECONDS)
    body = body_of(event, MAX_BODY_BYTES)
    signature = header_of(event, "X-Dropbox-Signature")
    received = receiver()(body, signature, deadline, _correlation_id_of(event))
    logger.info("doorbells rung", accounts=received.rung, skipped=received.skipped)
    return answer(200)


def _correlation_id_of(event: dict[str, Any]) -> str:
    """API Gateway's request id, which its access log has too."""
    return correlation_id_in(event["requestContext"].get("requestId"))
