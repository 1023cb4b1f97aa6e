"""What the webhook is told by its environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial

from shared.config.environment import Settings, read_by, required


def _session_token(name: str) -> str | None:
    return os.environ.get(name) or None


def _endpoint(service: str, name: str) -> str:
    """As the AWS SDKs do: a service's own variable, then the general one, then AWS itself."""
    region = required("AWS_REGION")
    own, general = os.environ.get(name), os.environ.get("AWS_ENDPOINT_URL")
    return own or general or f"https://{service}.{region}.amazonaws.com"


@dataclass(frozen=True, slots=True)
class WebhookSettings(Settings):
    """What the webhook needs; endpoints are set only where AWS is not the real one."""

    import_queue_url: str
    app_secret_name: str = field(metadata=read_by(required, "AUTO_IMPORT_APP_SECRET_NAME"))
    region: str = field(metadata=read_by(required, "AWS_REGION"))
    sqs_endpoint: str = field(metadata=read_by(partial(_endpoint, "sqs"), "AWS_ENDPOINT_URL_SQS"))
    secrets_endpoint: str = field(
        metadata=read_by(partial(_endpoint, "secretsmanager"), "AWS_ENDPOINT_URL_SECRETS_MANAGER")
    )


@dataclass(frozen=True, slots=True, repr=False)
class AwsCredentials(Settings):
    """The function's own credentials, as Lambda hands them to it. Never shown."""

    access_key_id: str = field(metadata=read_by(required, "AWS_ACCESS_KEY_ID"))
    secret_access_key: str = field(metadata=read_by(required, "AWS_SECRET_ACCESS_KEY"))
    session_token: str | None = field(metadata=read_by(_session_token, "AWS_SESSION_TOKEN"))
