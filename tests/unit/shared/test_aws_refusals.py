"""What AWS refuses is told from what it fails to do; a refusal is counted and logged, and quotes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
)
from pynamodb.exceptions import (
    CancellationReason,
    GetError,
    PutError,
    TableDoesNotExist,
    TransactWriteError,
    VerboseClientError,
)

from shared.aws.errors import aws_errors_translated, failed_part
from shared.aws.refusals import failure_of
from shared.domain.errors import AwsFailed, AwsRefused, AwsUnavailable, Broken, Retryable, ValuesRefused


def answered(code: str, status: int = 400, operation: str = "GetItem") -> ClientError:
    return ClientError(
        {
            "Error": {"Code": code, "Message": "arn:aws:s3:::documents/alice/secret.pdf"},
            "ResponseMetadata": {"HTTPStatusCode": status},  # type: ignore[typeddict-item]
        },
        operation,
    )


def cancelled(*codes: str) -> TransactWriteError:
    cause = VerboseClientError(
        {"Error": {"Code": "TransactionCanceledException", "Message": "no"}},
        "TransactWriteItems",
        cancellation_reasons=[CancellationReason(code) for code in codes],
    )
    return TransactWriteError("failed", cause)


def verbose(code: str, operation: str) -> VerboseClientError:
    return VerboseClientError({"Error": {"Code": code, "Message": "no"}}, operation, {})


def translated(error: Exception, service: str = "dynamodb") -> AwsFailed:
    with pytest.raises(AwsFailed) as failed, aws_errors_translated(service):
        raise error
    assert failed.value.__cause__ is error
    return failed.value


@pytest.mark.parametrize(
    "ended",
    [ConnectionClosedError(endpoint_url="https://aws"), ReadTimeoutError(endpoint_url="https://aws")],
)
def test_a_connection_that_ends_in_the_midst_of_a_call_is_passing(ended: Exception) -> None:
    # PynamoDB itself fails when it is asked for the code that AWS answered: these have no answer.
    of_row = translated(PutError("failed", ended))

    of_client = translated(ended, "sqs")

    assert isinstance(of_row, AwsUnavailable)
    assert isinstance(of_client, AwsUnavailable)


@pytest.mark.parametrize(
    "code",
    [
        "AccessDenied",
        "AccessDeniedException",
        "DisabledException",
        "InvalidCiphertextException",
        "ItemCollectionSizeLimitExceededException",
        "KMSInvalidStateException",
        "KmsDisabled",
        "AWS.SimpleQueueService.NonExistentQueue",
        "NoSuchBucket",
        "NotFoundException",
        "ResourceNotFoundException",
        "UnrecognizedClientException",
        "ValidationException",
        "SomethingNobodyKnows",
    ],
)
def test_what_stays_so_until_the_operator_acts_is_a_refusal(code: str) -> None:
    error = translated(answered(code), "kms")

    assert isinstance(error, AwsRefused)
    assert isinstance(error, Broken)
    assert (error.service, error.operation, error.code) == ("kms", "GetItem", code)
    assert "alice" not in str(error)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("ThrottlingException", 400),
        ("ProvisionedThroughputExceededException", 400),
        ("RequestLimitExceeded", 400),
        ("SlowDown", 503),
        ("KmsThrottled", 400),
        ("TransactionConflictException", 400),
        ("ConditionalRequestConflict", 409),
        ("ConditionalCheckFailedException", 400),
        ("BadDigest", 400),
        ("RequestTimeTooSkewed", 403),
        ("InternalServerError", 500),
        ("NewKindOfTrouble", 503),
        ("NewKindOfThrottling", 429),
    ],
)
def test_what_passes_by_itself_is_an_outage(code: str, status: int) -> None:
    error = translated(answered(code, status))

    assert isinstance(error, AwsUnavailable)
    assert isinstance(error, Retryable)
    assert error.code == code


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (EndpointConnectionError(endpoint_url="https://sqs"), AwsUnavailable),
        (GetError("failed", EndpointConnectionError(endpoint_url="https://dynamodb")), AwsUnavailable),
        (NoCredentialsError(), AwsRefused),
        (ParamValidationError(report="no"), AwsRefused),
        (TableDoesNotExist("gone"), AwsRefused),
        (PutError("failed", verbose("AccessDeniedException", "PutItem")), AwsRefused),
        (cancelled("None", "TransactionConflict"), AwsUnavailable),
        (cancelled("ThrottlingError"), AwsUnavailable),
        (cancelled("None", "ItemCollectionSizeLimitExceeded"), AwsRefused),
        (cancelled("ValidationError"), ValuesRefused),
    ],
    ids=lambda value: getattr(value, "__name__", None) or type(value).__name__,
)
def test_what_the_sdks_raise_is_one_or_the_other(error: Exception, kind: type[AwsFailed]) -> None:
    assert type(translated(error)) is kind


def test_a_part_of_a_call_is_judged_by_its_code() -> None:
    assert isinstance(failed_part("s3", "DeleteObjects", "AccessDenied"), AwsRefused)
    assert isinstance(failed_part("sqs", "SendMessageBatch", "InternalError"), AwsUnavailable)


def test_an_answer_without_a_code_is_not_the_services() -> None:
    assert isinstance(failure_of("sqs", "SendMessage", "", 403), AwsUnavailable)


def refuse_by_sdk() -> None:
    with aws_errors_translated("s3"):
        raise answered("AccessDenied", 403, "PutObject")


def refuse_a_part() -> None:
    raise failed_part("s3", "PutObject", "AccessDenied")


@pytest.mark.parametrize("refuse", [refuse_by_sdk, refuse_a_part])
def test_a_refusal_is_counted_by_function_and_by_service_and_code_and_quotes_nothing(
    refuse: Callable[[], None], capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(AwsRefused):
        refuse()

    blobs = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    counted = [(blob["_aws"]["CloudWatchMetrics"][0], blob) for blob in blobs]
    assert [directive["Dimensions"] for directive, _ in counted] == [
        [["service"]],
        [["service", "aws_service", "code"]],
    ]
    assert {blob["AwsCallsRefused"][0] for blob in blobs} == {1.0}
    assert (blobs[1]["aws_service"], blobs[1]["code"]) == ("s3", "AccessDenied")
    [warning] = [record for record in caplog.records if record.message == "AWS refused a call"]
    assert (warning.levelname, vars(warning)["operation"]) == ("WARNING", "PutObject")
    assert "alice" not in repr(vars(warning))


def test_an_outage_is_not_counted_as_a_refusal(capsys: pytest.CaptureFixture[str]) -> None:
    translated(answered("ThrottlingException"))

    assert "AwsCallsRefused" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (answered("ThrottlingException"), "ThrottlingException"),
        (answered("SlowDown", 503), "SlowDown"),
        (answered("NewKindOfThrottling", 429), "NewKindOfThrottling"),
        (
            PutError("failed", verbose("ProvisionedThroughputExceededException", "PutItem")),
            "ProvisionedThroughputExceededException",
        ),
        (cancelled("None", "ThrottlingError"), "ThrottlingError"),
        (cancelled("TransactionConflict", "ProvisionedThroughputExceeded"), "ProvisionedThroughputExceeded"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_throttling_is_counted_by_function_and_by_service_and_code(
    error: Exception, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    outage = translated(error)

    blobs = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    assert isinstance(outage, AwsUnavailable)
    assert [blob["_aws"]["CloudWatchMetrics"][0]["Dimensions"] for blob in blobs] == [
        [["service"]],
        [["service", "aws_service", "code"]],
    ]
    assert {blob["AwsCallsThrottled"][0] for blob in blobs} == {1.0}
    assert (blobs[1]["aws_service"], blobs[1]["code"]) == ("dynamodb", code)


def test_throttling_of_a_part_of_a_call_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    failed_part("sqs", "SendMessageBatch", "RequestThrottled")

    assert capsys.readouterr().out.count("AwsCallsThrottled") > 0


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url="https://sqs"),
        answered("InternalServerError", 500),
        answered("RequestTimeout", 408),
        cancelled("TransactionConflict"),
        cancelled("ThrottlingError", "ValidationError"),
        answered("AccessDenied", 403),
    ],
    ids=repr,
)
def test_what_fails_otherwise_is_not_counted_as_throttling(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    translated(error)

    assert "AwsCallsThrottled" not in capsys.readouterr().out
