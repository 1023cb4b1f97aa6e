"""The peer of the webhook's cold start: the same handler, written the way most would, with boto3."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import uuid
from typing import Any

import boto3
from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger()
secrets_manager = boto3.client("secretsmanager")
sqs = boto3.client("sqs")


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """Answer one notification."""
    body = event.get("body") or ""
    raw = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode()
    secret = json.loads(
        secrets_manager.get_secret_value(SecretId=os.environ["AUTO_IMPORT_APP_SECRET_NAME"])["SecretString"]
    )["app_secret"]
    expected = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, event["headers"].get("x-dropbox-signature", "")):
        return {"statusCode": 403}
    accounts = json.loads(raw)["list_folder"]["accounts"]
    for start in range(0, len(accounts), 10):
        entries: list[Any] = [
            {
                "Id": str(number),
                "MessageBody": json.dumps({"account_id": account}),
                "MessageGroupId": account,
                "MessageDeduplicationId": uuid.uuid4().hex,
            }
            for number, account in enumerate(accounts[start : start + 10])
        ]
        sqs.send_message_batch(QueueUrl=os.environ["IMPORT_QUEUE_URL"], Entries=entries)
    logger.info("doorbells rung", accounts=len(accounts))
    return {"statusCode": 200}
