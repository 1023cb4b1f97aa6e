"""Turns what PynamoDB and botocore raise into the project's own errors, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException, TransactWriteError

from shared.domain.errors import AwsUnavailable, ValuesRefused

CONDITION_FAILED = "ConditionalCheckFailedException"
CONDITION_FAILED_REASON = "ConditionalCheckFailed"
# DynamoDB's, that of a part of its transactions, S3's and SQS's.
VALUES_REFUSED = {"ValidationException", "ValidationError", "KeyTooLongError", "InvalidParameterValue"}


@contextmanager
def aws_errors_translated() -> Iterator[None]:
    """Raise AwsUnavailable for every failure of AWS; the caller has dealt with its conditions before.

    Denied and misconfigured calls count as unavailable too: an operator's mistake must delay work,
    never lose it, and the doorbell is what tries again.
    """
    try:
        yield
    except (PynamoDBException, ClientError, BotoCoreError) as error:
        code = error_code(error)
        unavailable = ValuesRefused if _is_about_values(error, code) else AwsUnavailable
        raise unavailable(f"AWS call failed: {code}", code) from error


def _is_about_values(error: Exception, code: str) -> bool:
    """Of a transaction DynamoDB names the reason for each part."""
    reasons = error.cancellation_reasons if isinstance(error, TransactWriteError) else []
    return code in VALUES_REFUSED or any(reason and reason.code in VALUES_REFUSED for reason in reasons)


def error_code(error: Exception) -> str:
    """AWS's own code, such as `ThrottlingException`, or the exception's class."""
    if isinstance(error, PynamoDBException):
        return error.cause_response_code or type(error.cause or error).__name__
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "ClientError"))
    return type(error).__name__
