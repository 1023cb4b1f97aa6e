"""Creates stacks in the AWS emulator and says why one failed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from local.aws_emulator import AwsEmulator
from local.errors import DeploymentFailed
from local.processes import wait_until

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_s3 import S3Client

ARTIFACTS_BUCKET = "artifacts"
_FINISHED = {"CREATE_COMPLETE", "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}
_DEPLOYED_SECONDS = 120


def create_stack(
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
    s3.put_object(Bucket=ARTIFACTS_BUCKET, Key=f"{name}.json", Body=json.dumps(template).encode())
    return f"{aws.endpoint_url}/{ARTIFACTS_BUCKET}/{name}.json"


def _status(cloudformation: CloudFormationClient, stack: str) -> str:
    return cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]


def _first_failure(cloudformation: CloudFormationClient, stack: str) -> str:
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    for event in reversed(events):
        if event.get("ResourceStatus", "").endswith("_FAILED"):
            reason = event.get("ResourceStatusReason", "no reason given")
            return f"The deployment failed at {event.get('LogicalResourceId')}: {reason}"
    return f"The deployment of {stack} failed."
