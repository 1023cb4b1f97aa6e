"""A deployment that fails says where and why, in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from local import deploy as deployment
from local.aws_emulator import AwsEmulator
from local.deploy import DropboxApps, HostSession, deploy
from local.errors import DeploymentFailed
from local.template import load_template
from local.world import STATE

APPS = DropboxApps("key", "secret", "another-key", "http://127.0.0.1:1/oauth2/authorize")
HOST = HostSession("http://127.0.0.1:1", "jenji", "http://127.0.0.1:1/settings/integrations")


@pytest.fixture
def empty_aws(tmp_path: Path) -> Iterator[AwsEmulator]:
    with AwsEmulator(tmp_path) as aws:
        yield aws


def deploy_with(aws: AwsEmulator, parameters: Mapping[str, str]) -> None:
    deploy(aws, APPS, HOST, cache=STATE / "build", parameters=parameters)


def test_a_parameter_out_of_its_range_is_refused(empty_aws: AwsEmulator) -> None:
    with pytest.raises(DeploymentFailed, match="MaxDocumentMegabytes"):
        deploy_with(empty_aws, {"MaxDocumentMegabytes": "5000"})


def test_the_first_resource_that_failed_is_named_with_its_reason(
    empty_aws: AwsEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_an_alarm_beyond_the_emulator(*path: Path) -> dict[str, Any]:
        template = load_template(*path)
        if "ImportQueueAgeAlarm" in template["Resources"]:
            template["Resources"]["ImportQueueAgeAlarm"]["Properties"]["Metrics"] = [{"Id": "sum"}]
        return template

    monkeypatch.setattr(deployment, "load_template", with_an_alarm_beyond_the_emulator)

    with pytest.raises(DeploymentFailed, match=r"^The deployment failed at ImportQueueAgeAlarm: .*Metrics"):
        deploy_with(empty_aws, {})
