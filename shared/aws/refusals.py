"""Tells what AWS refuses from what AWS fails to do, and sees to it that no refusal is silent.

Without any SDK, for the webhook's sake.
"""

from __future__ import annotations

from aws_lambda_powertools.logging import Logger

from shared.config import metrics_namespace
from shared.domain.errors import AwsFailed, AwsRefused, AwsUnavailable, ValuesRefused

# What passes by itself, by the codes of the services that are used here. All else of 4xx is a refusal.
# https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
_PASSING = frozenset(
    {
        "BadDigest",
        "BandwidthLimitExceeded",
        "ConditionalCheckFailedException",
        "ConditionalRequestConflict",
        "DependencyTimeoutException",
        "IncompleteBody",
        "InternalError",
        "InternalException",
        "InternalFailure",
        "InternalServerError",
        "InternalServerErrorException",
        "KMS.ThrottlingException",
        "KMSInternalException",
        "KmsThrottled",
        "LimitExceededException",
        "OperationAborted",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "RequestTimeTooSkewed",
        "RequestTimeout",
        "RequestTimeoutException",
        "ServiceUnavailable",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
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
_PASSING_STATUSES = frozenset({408, 429})

logger = Logger(child=True)


def failure_of(service: str, operation: str, code: str, status: int = 0) -> AwsFailed:
    """The error for what a service answered: `code` is its own, `status` that of HTTP, where they are known.

    Without a code it was not the service that answered.
    """
    if not code or code in _PASSING or status in _PASSING_STATUSES or status >= 500:
        return AwsUnavailable(f"{service}: {code or f'status {status}'}", code)
    kind = ValuesRefused if code in _ABOUT_VALUES else AwsRefused
    return kind(service, operation, code)


def report_refusal(refused: AwsRefused) -> None:
    """Log and count it, by function, for the alarm, and by service and code, for whoever looks why.

    At once and by itself: not every function flushes metrics, and who made the call may go on without it.
    Nothing of what AWS says for people: it may quote keys of items and objects.
    """
    # Not at import: the webhook's cold start is part of the product.
    from aws_lambda_powertools.metrics import MetricUnit, single_metric  # noqa: PLC0415

    logger.warning(
        "AWS refused a call", aws_service=refused.service, operation=refused.operation, code=refused.code
    )
    for more in ({}, {"aws_service": refused.service, "code": refused.code}):
        with single_metric("AwsCallsRefused", MetricUnit.Count, 1, namespace=metrics_namespace()) as metric:
            for name, value in ({"service": logger.service} | more).items():
                metric.add_dimension(name, value)
