"""Tells the operator of calls that Dropbox finds wrong in themselves: the product or the app needs a look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import requests
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from shared.dropbox_api.statuses import Answer


@dataclass(frozen=True, slots=True)
class RefusedCall:
    """A call that was refused as such; `tag` is Dropbox's own name for why, `request_id` of the call."""

    route: str
    status: int
    tag: str
    request_id: str

    @classmethod
    def of(cls, response: requests.Response) -> RefusedCall:
        """Nothing of what Dropbox says for people: it may quote paths."""
        answer = Answer.of(response)
        request_id = response.headers.get("x-dropbox-request-id", "")
        return cls(answer.route, answer.status, answer.tag, request_id)


OnRefusal = Callable[[RefusedCall], None]


def nobody_is_told(_refused: RefusedCall) -> None:
    """For callers that have no operator."""


@dataclass(frozen=True, slots=True)
class RefusalReport:
    """Logs and counts refused calls; an alarm looks at the count."""

    logger: Logger
    metrics: Metrics

    def __call__(self, refused: RefusedCall) -> None:
        """Called from the threads that make the calls."""
        self.logger.warning(
            "Dropbox refused a call as such",
            route=refused.route,
            status=refused.status,
            tag=refused.tag,
            dropbox_request_id=refused.request_id,
        )
        self.metrics.add_metric("DropboxCallsRefused", MetricUnit.Count, 1)
