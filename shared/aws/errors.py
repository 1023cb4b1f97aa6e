"""Turns what PynamoDB and botocore raise into the project's own errors, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    NoRegionError,
    ParamValidationError,
    PartialCredentialsError,
)
from pynamodb.exceptions import PynamoDBException, TableDoesNotExist, TransactWriteError

from shared.aws.refusals import THROTTLED, failure_of, report_refusal, report_throttling
from shared.domain.errors import AwsFailed, AwsRefused, AwsUnavailable

CONDITION_FAILED = "ConditionalCheckFailedException"
CONDITION_FAILED_REASON = "ConditionalCheckFailed"
DYNAMODB = "dynamodb"

# What the SDK refuses by itself, before anything is sent; all else it raises is the network's.
_REFUSED_BY_SDK = (NoCredentialsError, NoRegionError, ParamValidationError, PartialCredentialsError)
_REFUSED_PARTS = frozenset({"AccessDenied", "ItemCollectionSizeLimitExceeded", "ValidationError"})


@contextmanager
def aws_errors_translated(service: str = DYNAMODB) -> Iterator[None]:
    """Raise AwsUnavailable or AwsRefused for every failure of AWS; the caller has dealt with its conditions.

    A refusal is counted and logged here and throttling counted: none is silent, even where a caller goes on.
    """
    try:
        yield
    except (PynamoDBException, ClientError, BotoCoreError) as error:
        raise _reported(service, _translated(service, error)) from error


def failed_part(service: str, operation: str, code: str) -> AwsFailed:
    """The error for one part of a call that succeeded as a whole, to be raised."""
    return _reported(service, failure_of(service, operation, code))


def error_code(error: Exception) -> str:
    """AWS's own code, such as `ThrottlingException`, or the exception's class."""
    if isinstance(error, PynamoDBException):
        # Not its `cause_response_code`: what ends a connection has a response, too, and it is None.
        return error_code(error.cause) if error.cause else type(error).__name__
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "ClientError"))
    return type(error).__name__


def _translated(service: str, error: Exception) -> AwsFailed:
    cause = error.cause if isinstance(error, PynamoDBException) else error
    code = error_code(error)
    if isinstance(error, TableDoesNotExist) or isinstance(cause, _REFUSED_BY_SDK):
        return AwsRefused(service, "", code)
    if isinstance(error, TransactWriteError):
        code = _part_at_fault(error) or code
    if not isinstance(cause, ClientError):
        return AwsUnavailable(f"{service}: {code}", code)
    return failure_of(service, cause.operation_name, code, _status_of(cause))


def _part_at_fault(error: TransactWriteError) -> str:
    """Of a transaction that was cancelled, why a part can never be written; else, that one was throttled."""
    reasons = [reason.code for reason in error.cancellation_reasons if reason is not None]
    return next((code for known in (_REFUSED_PARTS, THROTTLED) for code in reasons if code in known), "")


def _status_of(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _reported(service: str, error: AwsFailed) -> AwsFailed:
    if isinstance(error, AwsRefused):
        report_refusal(error)
    if isinstance(error, AwsUnavailable):
        report_throttling(service, error)
    return error
