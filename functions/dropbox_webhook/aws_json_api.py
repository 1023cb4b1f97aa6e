"""Calls an AWS service by its JSON protocol with nothing but kept connections and a request signer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from aws_request_signer import AwsRequestSigner

from functions.dropbox_webhook.deadline import Deadline
from functions.dropbox_webhook.kept_connections import CallFailed, KeptConnections
from shared.aws.refusals import failure_of, report_throttling
from shared.config.dropbox_webhook import AwsCredentials
from shared.domain.errors import AwsFailed, AwsUnavailable

CallAws: TypeAlias = Callable[[str, Mapping[str, Any], Deadline], dict[str, Any]]
"""One action of a service, with its arguments. Raises AwsFailed. See `AwsJsonApi.call`."""

CALL_SECONDS = 2.0
# The second mends a kept connection that died while the function was frozen.
TRIES = 2


@dataclass(frozen=True, slots=True)
class _Protocol:
    content_type: str
    target_prefix: str


# https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html, and the services' own models.
_PROTOCOLS = {
    "sqs": _Protocol("application/x-amz-json-1.0", "AmazonSQS"),
    "secretsmanager": _Protocol("application/x-amz-json-1.1", "secretsmanager"),
}


class AwsJsonApi:
    """One service, `sqs` or `secretsmanager`. Safe to share between threads."""

    def __init__(
        self, service: str, *, endpoint: str, region: str, credentials: Callable[[], AwsCredentials]
    ) -> None:
        self._service = service
        self._protocol = _PROTOCOLS[service]
        self._url = endpoint.rstrip("/") + "/"
        self._region = region
        self._credentials = credentials
        self._connections = KeptConnections(self._url)

    def call(self, action: str, arguments: Mapping[str, Any], deadline: Deadline) -> dict[str, Any]:
        """The answer of one action, which must be repeatable.

        Raises AwsRefused with the service's own code, which nobody has been told of; AwsUnavailable.
        """
        body = json.dumps(arguments).encode()
        for _ in range(TRIES - 1):
            try:
                return self._call_once(action, body, deadline)
            except AwsUnavailable as error:
                if error.code:
                    raise
        return self._call_once(action, body, deadline)

    def _call_once(self, action: str, body: bytes, deadline: Deadline) -> dict[str, Any]:
        seconds = min(CALL_SECONDS, deadline.seconds_left())
        if seconds <= 0:
            raise AwsUnavailable(f"{self._service}: no time left")
        try:
            status, answer = self._connections.post(body, self._signed_headers(action, body), seconds)
        except CallFailed as failed:
            raise AwsUnavailable(f"{self._service}: {failed}") from failed
        if status != 200 or not isinstance(answer, dict):
            code = _error_code(answer) if status < 500 else ""
            raise self._failure(action, code, status)
        return answer

    def _failure(self, action: str, code: str, status: int) -> AwsFailed:
        """Throttling is counted here: the webhook repeats a call, and nobody else may hear of it."""
        failure = failure_of(self._service, action, code, status)
        if isinstance(failure, AwsUnavailable):
            report_throttling(self._service, failure)
        return failure

    def _signed_headers(self, action: str, body: bytes) -> dict[str, str]:
        credentials = self._credentials()
        signer = AwsRequestSigner(
            self._region,
            credentials.access_key_id,
            credentials.secret_access_key,
            self._service,
            session_token=credentials.session_token,
        )
        headers = {
            "Content-Type": self._protocol.content_type,
            "X-Amz-Target": f"{self._protocol.target_prefix}.{action}",
        }
        signature: dict[str, str] = signer.sign_with_headers(
            "POST", self._url, headers, hashlib.sha256(body).hexdigest()
        )
        return headers | signature


def _error_code(answer: object) -> str:
    """`ResourceNotFoundException` of `{"__type": "com.amazonaws…#ResourceNotFoundException"}`."""
    kind = answer.get("__type") if isinstance(answer, dict) else None
    return str(kind or "").rpartition("#")[2]
