"""Deploys `template.yaml` to the AWS emulator, beside the tables that a real account's host has already."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from local.aws_emulator import REGION, AwsEmulator
from local.build import FunctionZip, zip_functions
from local.errors import DeploymentFailed
from local.ocr import ocr_parameters
from local.processes import wait_until
from local.template import API_ID, HOST_TEMPLATE, adapt_to_emulator, functions_of, load_template

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient

STACK = "jenji-dropbox"
HOST_STACK = "host"
_ARTIFACTS_BUCKET = "artifacts"
_APP_SECRET_NAME = "dropbox/auto-import"  # noqa: S105 # the secret's name
_FINISHED = {"CREATE_COMPLETE", "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}
_DEPLOYED_SECONDS = 120


@dataclass(frozen=True, slots=True)
class DropboxApps:
    """Our apps as registered with the Dropbox emulator."""

    auto_import_key: str
    auto_import_secret: str
    synchronisation_key: str
    authorize_url: str


@dataclass(frozen=True, slots=True)
class HostSession:
    """What the API must know of the host: whose tokens it accepts and where the browser returns."""

    issuer: str
    audience: str
    settings_url: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """What was deployed. `functions` maps a folder of `functions/` to its function's name."""

    stack: str
    api_url: str
    webhook_url: str
    callback_url: str
    import_queue_url: str
    import_dead_letter_queue_url: str
    sync_queue_url: str
    sync_dead_letter_queue_url: str
    reading_queue_url: str
    reading_dead_letter_queue_url: str
    expense_accepted_failure_queue_url: str
    documents_bucket: str
    links_table: str
    link_attempts_table: str
    audit_trail_table: str
    reservations_table: str
    waiting_files_table: str
    import_records_table: str
    reading_jobs_table: str
    deliveries_table: str
    employee_folders_table: str
    expenses_table: str
    users_table: str
    companies_table: str
    functions: Mapping[str, str]


def api_url_of(aws: AwsEmulator) -> str:
    """The base URL of the API, known before it is deployed."""
    return f"{aws.endpoint_url}/_aws/execute-api/{API_ID}/$default"


def webhook_url_of(aws: AwsEmulator) -> str:
    """What to register with Dropbox as the webhook."""
    return f"{api_url_of(aws)}/dropbox/webhook"


def callback_url_of(aws: AwsEmulator) -> str:
    """What to register with Dropbox as the redirect URI."""
    return f"{api_url_of(aws)}/oauth/callback"


def deploy(
    aws: AwsEmulator,
    apps: DropboxApps,
    host: HostSession,
    *,
    cache: Path,
    parameters: Mapping[str, str] | None = None,
    on_step: Callable[[str], None] = lambda _: None,
) -> Deployment:
    """Build what changed since the last time, and create both stacks in an empty emulator.

    `parameters` override the template's, e.g. `{"RejectGraceSeconds": "2"}`; `cache` keeps the built
    zips; `on_step` is told what begins. Raises BuildFailed, DeploymentFailed.
    """
    template = load_template()
    zips = zip_functions(functions_of(template), cache, on_step)
    on_step("Deploying the template")
    secrets: SecretsManagerClient = aws.client("secretsmanager")
    secrets.create_secret(
        Name=_APP_SECRET_NAME, SecretString=json.dumps({"app_secret": apps.auto_import_secret})
    )
    s3: S3Client = aws.client("s3")
    s3.create_bucket(Bucket=_ARTIFACTS_BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    hosts = _create_stack(aws, HOST_STACK, load_template(HOST_TEMPLATE), {})
    values = {
        "HostSettingsUrl": host.settings_url,
        "CallbackUrl": callback_url_of(aws),
        "JwtIssuer": host.issuer,
        "JwtAudience": host.audience,
        "AutoImportAppKey": apps.auto_import_key,
        "AutoImportAppSecretName": _APP_SECRET_NAME,
        "SynchronisationAppKey": apps.synchronisation_key,
        "DropboxAuthorizeUrl": apps.authorize_url,
        "ExpensesTableName": "expenses",
        "ExpensesStreamArn": hosts["ExpensesStreamArn"],
        "UsersTableName": "users",
        "CompaniesTableName": "companies",
        **ocr_parameters(),
        **(parameters or {}),
    }
    adapted = adapt_to_emulator(template, _upload(s3, zips))
    outputs = _create_stack(aws, STACK, adapted, values)
    _set_what_the_emulator_ignored(aws, adapted, host, outputs)
    return _deployment(aws, outputs, values, _function_names(aws.client("cloudformation"), template))


def _upload(s3: S3Client, zips: Mapping[str, FunctionZip]) -> dict[str, str]:
    for archive in zips.values():
        s3.put_object(Bucket=_ARTIFACTS_BUCKET, Key=archive.name, Body=archive.read_bytes())
    return {logical_id: f"s3://{_ARTIFACTS_BUCKET}/{archive.name}" for logical_id, archive in zips.items()}


def _create_stack(
    aws: AwsEmulator, name: str, template: Mapping[str, Any], values: Mapping[str, str]
) -> dict[str, str]:
    """Create a stack and return its outputs. Raises DeploymentFailed with the first failure."""
    cloudformation: CloudFormationClient = aws.client("cloudformation")
    try:
        cloudformation.create_stack(
            StackName=name,
            TemplateURL=_upload_template(aws, name, template),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
    except ClientError as error:
        raise DeploymentFailed(f"The template was refused: {error.response['Error']['Message']}") from error
    if not wait_until(lambda: _status(cloudformation, name) in _FINISHED, _DEPLOYED_SECONDS):
        raise DeploymentFailed(f"The deployment of {name} did not finish in {_DEPLOYED_SECONDS} s.")
    if _status(cloudformation, name) != "CREATE_COMPLETE":
        raise DeploymentFailed(_first_failure(cloudformation, name))
    stack = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def _upload_template(aws: AwsEmulator, name: str, template: Mapping[str, Any]) -> str:
    """Its URL: a template in the call itself may be no longer than 51,200 bytes."""
    s3: S3Client = aws.client("s3")
    s3.put_object(Bucket=_ARTIFACTS_BUCKET, Key=f"{name}.json", Body=json.dumps(template).encode())
    return f"{aws.endpoint_url}/{_ARTIFACTS_BUCKET}/{name}.json"


def _status(cloudformation: CloudFormationClient, stack: str) -> str:
    return cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]


def _first_failure(cloudformation: CloudFormationClient, stack: str) -> str:
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    for event in reversed(events):
        if event.get("ResourceStatus", "").endswith("_FAILED"):
            reason = event.get("ResourceStatusReason", "no reason given")
            return f"The deployment failed at {event.get('LogicalResourceId')}: {reason}"
    return f"The deployment of {stack} failed."


def _set_what_the_emulator_ignored(
    aws: AwsEmulator, template: Mapping[str, Any], host: HostSession, outputs: Mapping[str, str]
) -> None:
    """The API's CORS and the attempts' time to live, which its CloudFormation does not apply."""
    api = template["Resources"]["HttpApi"]["Properties"]["CorsConfiguration"]
    aws.client("apigatewayv2").update_api(
        ApiId=API_ID,
        CorsConfiguration={**api, "AllowOrigins": ["/".join(host.settings_url.split("/")[:3])]},
    )
    table = template["Resources"]["LinkAttemptsTable"]["Properties"]
    dynamodb: DynamoDBClient = aws.client("dynamodb")
    dynamodb.update_time_to_live(
        TableName=outputs["LinkAttemptsTableName"],
        TimeToLiveSpecification=table["TimeToLiveSpecification"],
    )


def _function_names(cloudformation: CloudFormationClient, template: Mapping[str, Any]) -> dict[str, str]:
    folders = functions_of(template)
    resources = cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]
    return {
        folders[resource["LogicalResourceId"]]: resource["PhysicalResourceId"]
        for resource in resources
        if resource["LogicalResourceId"] in folders
    }


def _deployment(
    aws: AwsEmulator, outputs: Mapping[str, str], values: Mapping[str, str], functions: Mapping[str, str]
) -> Deployment:
    return Deployment(
        stack=STACK,
        api_url=api_url_of(aws),
        webhook_url=webhook_url_of(aws),
        callback_url=callback_url_of(aws),
        import_queue_url=outputs["ImportQueueUrl"],
        import_dead_letter_queue_url=outputs["ImportDeadLetterQueueUrl"],
        sync_queue_url=outputs["SyncQueueUrl"],
        sync_dead_letter_queue_url=outputs["SyncDeadLetterQueueUrl"],
        reading_queue_url=outputs["ReadingQueueUrl"],
        reading_dead_letter_queue_url=outputs["ReadingDeadLetterQueueUrl"],
        expense_accepted_failure_queue_url=outputs["ExpenseAcceptedFailureQueueUrl"],
        documents_bucket=outputs["DocumentsBucketName"],
        links_table=outputs["LinksTableName"],
        link_attempts_table=outputs["LinkAttemptsTableName"],
        audit_trail_table=outputs["AuditTrailTableName"],
        reservations_table=outputs["ReservationsTableName"],
        waiting_files_table=outputs["WaitingFilesTableName"],
        import_records_table=outputs["ImportRecordsTableName"],
        reading_jobs_table=outputs["ReadingJobsTableName"],
        deliveries_table=outputs["DeliveriesTableName"],
        employee_folders_table=outputs["EmployeeFoldersTableName"],
        expenses_table=values["ExpensesTableName"],
        users_table=values["UsersTableName"],
        companies_table=values["CompaniesTableName"],
        functions=functions,
    )
