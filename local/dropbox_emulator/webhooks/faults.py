"""What befalls a notification on its way."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class LostWebhook:
    """A notification that is never sent."""


@dataclass(frozen=True)
class LateWebhook:
    """A notification that is sent so many seconds late."""

    seconds: float


@dataclass(frozen=True)
class RepeatedWebhook:
    """A notification that is sent so many times in all."""

    times: int = 2


WebhookFault = LostWebhook | LateWebhook | RepeatedWebhook
Tamper = Callable[[str, str], WebhookFault | None]
