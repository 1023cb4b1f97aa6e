"""The secrets that may have signed a notification: the app's current one and the one before it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

from functions.dropbox_webhook.aws_json_api import CallAws
from functions.dropbox_webhook.deadline import Deadline
from shared.domain.errors import AwsRefused, ConfigurationMissing

CURRENT = "AWSCURRENT"
PREVIOUS = "AWSPREVIOUS"
# A rotation is noticed this late at worst; forged requests cost two calls in this time at most.
ASK_AGAIN_AFTER_SECONDS = 30.0


class AppSecrets:
    """The secret named `name`, whose value is `{"app_secret": "…"}`, in its versions, cached."""

    def __init__(
        self, call_secrets_manager: CallAws, name: str, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._call_secrets_manager = call_secrets_manager
        self._name = name
        self._monotonic = monotonic
        self._known: dict[str, str | None] = {}
        self._asked_at = float("-inf")

    def candidates(self, deadline: Deadline) -> Iterator[str]:
        """The secrets to try, likeliest first; each is fetched only when the one before was tried.

        Those known are tried before any are fetched again. Raises AwsFailed, ConfigurationMissing.
        """
        for stage in (CURRENT, PREVIOUS):
            if stage not in self._known:
                self._known[stage] = self._fetch(stage, deadline)
            yield from filter(None, [self._known[stage]])
        if self._monotonic() - self._asked_at >= ASK_AGAIN_AFTER_SECONDS:
            # Replaced only once both are there: a failure must not lose those that work.
            self._known = {stage: self._fetch(stage, deadline) for stage in (CURRENT, PREVIOUS)}
            yield from filter(None, self._known.values())

    def _fetch(self, stage: str, deadline: Deadline) -> str | None:
        self._asked_at = self._monotonic()
        try:
            answer = self._call_secrets_manager(
                "GetSecretValue", {"SecretId": self._name, "VersionStage": stage}, deadline
            )
        except AwsRefused as error:
            if stage == PREVIOUS and error.code == "ResourceNotFoundException":
                return None
            raise
        return _app_secret_in(answer.get("SecretString"))


def _app_secret_in(value: object) -> str:
    """An empty secret would let anybody sign."""
    try:
        secret = json.loads(value)["app_secret"] if isinstance(value, str) else None
    except (ValueError, KeyError, TypeError):
        secret = None
    if not isinstance(secret, str) or not secret:
        raise ConfigurationMissing('the app secret is not {"app_secret": "…"}')
    return secret
