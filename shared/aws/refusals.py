"""Tells what AWS refuses from what AWS fails to do; sees to it that no refusal and no throttling is silent.

Without any SDK, for the webhook's sake.
"""

from __future__ import annotations

from threading import Lock

from aws_lambda_powertools.logging import Logger

from shared.config.environment import metrics_namespace
from shared.domain.errors import AwsFailed, AwsRefused, AwsUnavailable, ValuesRefused

# What passes by itself, by the codes of the services that are used here. All else of 4xx is a refusal.
# https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
# Two of them are of a part of DynamoDB's transactions.
THROTTLED = frozenset(
    {
        "BandwidthLimitExceeded",
        "KMS.ThrottlingException",
        "KmsThrottled",
        "LimitExceededException",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingError",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
_PASSING = THROTTLED | frozenset(
    {
        "BadDigest",
        "ConditionalCheckFailedException",
        "ConditionalRequestConflict",
        "DependencyTimeoutException",
        "IncompleteBody",
        "InternalError",
        "InternalException",
        "InternalFailure",
        "InternalServerError",
        "InternalServerErrorException",
        "KMSInternalException",
        "OperationAborted",
        "PriorRequestNotComplete",
        "RequestTimeTooSkewed",
        "RequestTimeout",
        "RequestTimeoutException",
        "ServiceUnavailable",
        "TransactionCanceledException",
        "TransactionConflictException",
        "TransactionInProgressException",
        "XAmzContentChecksumMismatch",
        "XAmzContentSHA256Mismatch",
    }
)
# DynamoDB's, that of a part of its transactions, S3's and SQS's.
_ABOUT_VALUES = frozenset(
    {"InvalidParameterValue", "KeyTooLongError", "ValidationError", "ValidationException"}
)
_TOO_MANY_REQUESTS = 429
_PASSING_STATUSES = frozenset({408, _TOO_MANY_REQUESTS})

logger = Logger(child=True)
# A line is printed in two writes, between which that of another thread may come.
_printing = Lock()


def failure_of(service: str, operation: str, code: str, status: int = 0) -> AwsFailed:
    """The error for what a service answered: `code` is its own, `status` that of HTTP, where they are known.

    Without a code it was not the service that answered.
    """
    if not code or code in _PASSING or status in _PASSING_STATUSES or status >= 500:
        is_throttled = code in THROTTLED or status == _TOO_MANY_REQUESTS
        return AwsUnavailable(f"{service}: {code or f'status {status}'}", code, is_throttled=is_throttled)
    kind = ValuesRefused if code in _ABOUT_VALUES else AwsRefused
    return kind(service, operation, code)


def report_refusal(refused: AwsRefused) -> None:
    """Log and count it. Nothing of what AWS says for people: it may quote keys of items and objects."""
    logger.warning(
        "AWS refused a call", aws_service=refused.service, operation=refused.operation, code=refused.code
    )
    _count("AwsCallsRefused", refused.service, refused.code)


def report_throttling(service: str, unavailable: AwsUnavailable) -> None:
    """Count it, where it is that. Not logged: the caller says what comes of it."""
    if unavailable.is_throttled:
        _count("AwsCallsThrottled", service, unavailable.code)


def _count(metric_name: str, service: str, code: str) -> None:
    """By function, for the alarm, and by service and code, to look why.

    At once and by itself: not every function flushes metrics, and who made the call may go on without it.
    """
    # Not at import: the webhook's cold start is part of the product.
    from aws_lambda_powertools.metrics import MetricUnit, single_metric  # noqa: PLC0415

    for more in ({}, {"aws_service": service, "code": code or "none"}):
        with (
            _printing,
            single_metric(metric_name, MetricUnit.Count, 1, namespace=metrics_namespace()) as metric,
        ):
            for name, value in ({"service": logger.service} | more).items():
                metric.add_dimension(name, value)
