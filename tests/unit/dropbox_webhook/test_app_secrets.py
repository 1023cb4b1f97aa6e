"""Secrets are asked for once, noticed when rotated, and never at the whim of a forger."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from functions.dropbox_webhook.app_secrets import ASK_AGAIN_AFTER_SECONDS, AppSecrets
from functions.dropbox_webhook.deadline import Deadline
from shared.domain.errors import AwsFailed, AwsRefused, AwsUnavailable, ConfigurationMissing
from testing.clocks import SecondsClock

NOT_FOUND = AwsRefused("secretsmanager", "GetSecretValue", "ResourceNotFoundException")


class FakeSecretsManager:
    def __init__(self, **versions: str) -> None:
        self.versions: dict[str, Any] = {
            stage: json.dumps({"app_secret": secret}) for stage, secret in versions.items()
        }
        self.asked: list[str] = []
        self.failure: AwsFailed | None = None

    def call(self, action: str, arguments: Mapping[str, Any], deadline: Deadline) -> dict[str, Any]:
        assert action == "GetSecretValue"
        assert arguments["SecretId"] == "the-name"
        self.asked.append(arguments["VersionStage"])
        if self.failure:
            raise self.failure
        if arguments["VersionStage"] not in self.versions:
            raise NOT_FOUND
        return {"SecretString": self.versions[arguments["VersionStage"]]}


@pytest.fixture
def clock() -> SecondsClock:
    return SecondsClock(1000.0)


@pytest.fixture
def deadline() -> Deadline:
    return Deadline(7)


def test_fetches_only_what_is_asked_for(clock: SecondsClock, deadline: Deadline) -> None:
    manager = FakeSecretsManager(AWSCURRENT="new", AWSPREVIOUS="old")
    secrets = AppSecrets(manager.call, "the-name", clock)

    first = next(secrets.candidates(deadline))

    assert first == "new"
    assert manager.asked == ["AWSCURRENT"]


def test_keeps_what_it_has_fetched(clock: SecondsClock, deadline: Deadline) -> None:
    manager = FakeSecretsManager(AWSCURRENT="new", AWSPREVIOUS="old")
    secrets = AppSecrets(manager.call, "the-name", clock)

    for _ in range(3):
        assert list(secrets.candidates(deadline)) == ["new", "old"]

    assert manager.asked == ["AWSCURRENT", "AWSPREVIOUS"]


def test_a_secret_never_rotated_has_no_previous_one(clock: SecondsClock, deadline: Deadline) -> None:
    secrets = AppSecrets(FakeSecretsManager(AWSCURRENT="only").call, "the-name", clock)

    assert list(secrets.candidates(deadline)) == ["only"]


def test_notices_a_rotation_once_known_secrets_do_not_fit(clock: SecondsClock, deadline: Deadline) -> None:
    manager = FakeSecretsManager(AWSCURRENT="old")
    secrets = AppSecrets(manager.call, "the-name", clock)
    list(secrets.candidates(deadline))
    manager.versions = FakeSecretsManager(AWSCURRENT="new", AWSPREVIOUS="old").versions

    clock.now += ASK_AGAIN_AFTER_SECONDS

    assert list(secrets.candidates(deadline)) == ["old", "new", "old"]
    assert list(secrets.candidates(deadline)) == ["new", "old"]


def test_forged_requests_cost_two_calls_in_thirty_seconds(clock: SecondsClock, deadline: Deadline) -> None:
    manager = FakeSecretsManager(AWSCURRENT="new", AWSPREVIOUS="old")
    secrets = AppSecrets(manager.call, "the-name", clock)

    for _ in range(300):
        list(secrets.candidates(deadline))
        clock.now += 0.25

    assert len(manager.asked) == 2 * 3


def test_a_failure_to_ask_again_does_not_lose_the_secrets_that_work(
    clock: SecondsClock, deadline: Deadline
) -> None:
    manager = FakeSecretsManager(AWSCURRENT="new", AWSPREVIOUS="old")
    secrets = AppSecrets(manager.call, "the-name", clock)
    list(secrets.candidates(deadline))
    manager.failure = AwsUnavailable("secretsmanager: status 500")
    clock.now += ASK_AGAIN_AFTER_SECONDS

    with pytest.raises(AwsUnavailable):
        list(secrets.candidates(deadline))

    assert next(secrets.candidates(deadline)) == "new"
    assert len(manager.asked) == 3


def test_a_missing_secret_is_nobodys_forgery(clock: SecondsClock, deadline: Deadline) -> None:
    secrets = AppSecrets(FakeSecretsManager().call, "the-name", clock)

    with pytest.raises(AwsRefused):
        list(secrets.candidates(deadline))


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "plain",
        "[]",
        "null",
        "{}",
        '{"app_secret": ""}',
        '{"app_secret": null}',
        '{"app_secret": 7}',
    ],
)
def test_a_secret_without_content_signs_nothing(
    value: str | None, clock: SecondsClock, deadline: Deadline
) -> None:
    manager = FakeSecretsManager()
    manager.versions["AWSCURRENT"] = value
    secrets = AppSecrets(manager.call, "the-name", clock)

    with pytest.raises(ConfigurationMissing) as refusal:
        list(secrets.candidates(deadline))

    assert "plain" not in str(refusal.value)
