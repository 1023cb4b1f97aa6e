"""Deploys the templates to the AWS emulator, beside the tables that a real account's host has already."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from local.aws_emulator import REGION, AwsEmulator
from local.build import BuiltFunction, build_functions
from local.ocr import ocr_parameters
from local.stacks import ARTIFACTS_BUCKET, create_stack
from local.template import (
    API_ID,
    DATA_TEMPLATE,
    HOST_TEMPLATE,
    MONITORING_TEMPLATE,
    adapt_to_emulator,
    functions_of,
    load_template,
)

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient

STACK = "jenji-dropbox"
HOST_STACK = "host"
_APP_SECRET_NAME = "dropbox/auto-import"  # noqa: S105 # the secret's name


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
    tokens_key: str
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
    """Build what changed since the last time, and create the stacks in an empty emulator, in their order.

    `parameters` override those of `template.yaml`, e.g. `{"RejectGraceSeconds": "2"}`; `cache` keeps the
    built functions; `on_step` is told what begins. Raises BuildFailed, DeploymentFailed.
    """
    template = load_template()
    built = build_functions(functions_of(template), cache, on_step)
    on_step("Deploying the templates")
    secrets: SecretsManagerClient = aws.client("secretsmanager")
    secrets.create_secret(
        Name=_APP_SECRET_NAME, SecretString=json.dumps({"app_secret": apps.auto_import_secret})
    )
    s3: S3Client = aws.client("s3")
    s3.create_bucket(Bucket=ARTIFACTS_BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    hosts = create_stack(aws, HOST_STACK, load_template(HOST_TEMPLATE), {})
    data_template = load_template(DATA_TEMPLATE)
    data = create_stack(aws, f"{STACK}-data", adapt_to_emulator(data_template, {}), {})
    values = {
        **data,
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
    adapted = adapt_to_emulator(
        template, _upload(s3, built), {name: each.packages for name, each in built.items()}
    )
    outputs = create_stack(aws, STACK, adapted, values)
    monitored = {"Stack": STACK, "ApiId": outputs["ApiId"]}
    create_stack(
        aws, f"{STACK}-monitoring", adapt_to_emulator(load_template(MONITORING_TEMPLATE), {}), monitored
    )
    _allow_the_hosts_page(aws, adapted, host)
    _expire_rows(aws, data_template, data)
    return _deployment(aws, outputs, values, _function_names(aws.client("cloudformation"), template))


def _upload(s3: S3Client, built: Mapping[str, BuiltFunction]) -> dict[str, str]:
    for each in built.values():
        s3.put_object(Bucket=ARTIFACTS_BUCKET, Key=each.code.name, Body=each.code.read_bytes())
    return {logical_id: f"s3://{ARTIFACTS_BUCKET}/{each.code.name}" for logical_id, each in built.items()}


def _allow_the_hosts_page(aws: AwsEmulator, template: Mapping[str, Any], host: HostSession) -> None:
    """Set the API's CORS, which the emulator's CloudFormation does not apply."""
    api = template["Resources"]["HttpApi"]["Properties"]["CorsConfiguration"]
    aws.client("apigatewayv2").update_api(
        ApiId=API_ID,
        CorsConfiguration={**api, "AllowOrigins": ["/".join(host.settings_url.split("/")[:3])]},
    )


def _expire_rows(aws: AwsEmulator, template: Mapping[str, Any], tables: Mapping[str, str]) -> None:
    """Set what time to live the tables have, which the emulator's CloudFormation does not apply."""
    dynamodb: DynamoDBClient = aws.client("dynamodb")
    for logical_id, resource in template["Resources"].items():
        declared = resource["Properties"].get("TimeToLiveSpecification")
        if declared:
            dynamodb.update_time_to_live(TableName=tables[logical_id], TimeToLiveSpecification=declared)


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
        tokens_key=values["TokensKey"],
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
        documents_bucket=values["DocumentsBucket"],
        links_table=values["LinksTable"],
        link_attempts_table=values["LinkAttemptsTable"],
        audit_trail_table=values["AuditTrailTable"],
        reservations_table=values["ReservationsTable"],
        waiting_files_table=values["WaitingFilesTable"],
        import_records_table=values["ImportRecordsTable"],
        reading_jobs_table=values["ReadingJobsTable"],
        deliveries_table=values["DeliveriesTable"],
        employee_folders_table=values["EmployeeFoldersTable"],
        expenses_table=values["ExpensesTableName"],
        users_table=values["UsersTableName"],
        companies_table=values["CompaniesTableName"],
        functions=functions,
    )
