"""What the webhook is made of, built once for each execution environment."""

from __future__ import annotations

from functools import cache

from functions.dropbox_webhook.app_secrets import AppSecrets
from functions.dropbox_webhook.aws_json_api import AwsJsonApi
from functions.dropbox_webhook.import_queue import ImportQueue
from functions.dropbox_webhook.receive_notification import ReceiveNotification
from shared.config.dropbox_webhook import AwsCredentials, WebhookSettings


@cache
def receiver() -> ReceiveNotification:
    """Built at the first notification, so that a missing setting fails with its name."""
    settings = WebhookSettings.from_environment()
    secrets = AwsJsonApi(
        "secretsmanager",
        endpoint=settings.secrets_endpoint,
        region=settings.region,
        credentials=AwsCredentials.from_environment,
    )
    sqs = AwsJsonApi(
        "sqs",
        endpoint=settings.sqs_endpoint,
        region=settings.region,
        credentials=AwsCredentials.from_environment,
    )
    return ReceiveNotification(
        AppSecrets(secrets.call, settings.app_secret_name).candidates,
        ImportQueue(sqs.call, settings.import_queue_url).send,
    )
