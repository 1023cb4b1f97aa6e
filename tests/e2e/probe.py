"""A function that makes one AWS call with the role it is given, to see what that role may do."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from local.world import World

SOURCE = """
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

def lambda_handler(event, context):
    client = boto3.client(event["service"], config=Config(retries={"max_attempts": 1}))
    try:
        getattr(client, event["operation"])(**event["parameters"])
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "allowed"
"""


class Probe:
    """The role of one of our functions."""

    def __init__(self, world: World, function: str) -> None:
        self._lambda = world.aws.client("lambda")
        deployed = self._lambda.get_function_configuration(FunctionName=world.deployment.functions[function])
        self._name = f"probe-{function}"
        self._lambda.create_function(
            FunctionName=self._name,
            Runtime="python3.13",
            Handler="probe.lambda_handler",
            Role=deployed["Role"],
            Timeout=30,
            Code={"ZipFile": _zipped()},
        )

    def call(self, service: str, operation: str, **parameters: Any) -> str:
        """ "allowed", or the code of the error that AWS answered."""
        event = {"service": service, "operation": operation, "parameters": parameters}
        answer = self._lambda.invoke(FunctionName=self._name, Payload=json.dumps(event))
        return str(json.loads(answer["Payload"].read()))

    def remove(self) -> None:
        self._lambda.delete_function(FunctionName=self._name)


def _zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("probe.py", SOURCE)
    return buffer.getvalue()
