"""What SAM itself makes of template.yaml: callers come by an alias, which CodeDeploy moves to a release's versions."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from local.http_api import routes_of
from local.template import ROOT, load_template

TEMPLATE = load_template()
ANSWERING = sorted({function for _, function, _ in routes_of(TEMPLATE)})
RELEASE = "0a1b2c3d4e-20261127T043000Z"
TRIED_AGAIN = "0a1b2c3d4e-20261127T050000Z"
NEXT_RELEASE = "f0a1b2c3d4-20261128T043000Z"


@cache
def transformed(release: str, style: str = "Canary10Percent15Minutes") -> dict[str, dict[str, Any]]:
    """The resources that CloudFormation is given."""
    template = load_template()
    template["Globals"]["Function"]["CodeUri"] = "s3://artifacts/function.zip"
    parameters = dict.fromkeys(template["Parameters"], "x")
    given = {
        "template": template,
        "parameters": {**parameters, "Release": release, "DeploymentStyle": style},
    }
    made = subprocess.run(
        [ROOT / ".venv-aws" / "bin" / "python", Path(__file__).with_name("transform_template.py")],
        env={"AWS_DEFAULT_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"},
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    resources: dict[str, dict[str, Any]] = json.loads(made.stdout)["Resources"]
    return resources


def version_of(function: str, release: str) -> str:
    """The logical id of a function's version."""
    [version] = [
        name
        for name, each in transformed(release).items()
        if each["Type"] == "AWS::Lambda::Version" and each["Properties"]["FunctionName"] == {"Ref": function}
    ]
    return version


@pytest.mark.parametrize("function", ANSWERING)
def test_an_alias_is_moved_to_a_releases_version_by_codedeploy(function: str) -> None:
    resources = transformed(RELEASE)

    alias = resources[f"{function}Aliaslive"]

    assert alias["Properties"]["FunctionVersion"] == {
        "Fn::GetAtt": [version_of(function, RELEASE), "Version"]
    }
    assert alias["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]["DeploymentGroupName"] == {
        "Ref": f"{function}DeploymentGroup"
    }


@pytest.mark.parametrize("style", TEMPLATE["Parameters"]["DeploymentStyle"]["AllowedValues"])
@pytest.mark.parametrize("function", ANSWERING)
def test_codedeploy_is_given_one_of_its_own_styles_and_the_alarms_that_roll_it_back(
    function: str, style: str
) -> None:
    group = transformed(RELEASE, style)[f"{function}DeploymentGroup"]["Properties"]

    condition, heeded, ignored = group["AlarmConfiguration"]["Fn::If"]

    assert group["DeploymentConfigName"] == {"Fn::Sub": f"CodeDeployDefault.Lambda{style}"}
    assert "DEPLOYMENT_STOP_ON_ALARM" in group["AutoRollbackConfiguration"]["Events"]
    assert (condition, ignored) == ("HeedsAlarms", {})
    assert [alarm["Name"] for alarm in heeded["Alarms"]] == (
        TEMPLATE["Resources"][function]["Properties"]["DeploymentPreference"]["Alarms"]["Fn::If"][1]
    )


def test_the_api_calls_and_may_call_aliases_alone() -> None:
    resources = transformed(RELEASE)

    called = set(re.findall(r"functions/\$\{(\w+)\}", json.dumps(resources["HttpApi"]["Properties"]["Body"])))
    allowed = {
        each["Properties"]["FunctionName"]["Ref"]
        for each in resources.values()
        if each["Type"] == "AWS::Lambda::Permission"
        and each["Properties"]["Principal"] == "apigateway.amazonaws.com"
    }

    assert called == allowed == {f"{function}Aliaslive" for function in ANSWERING}


@pytest.mark.parametrize("function", ANSWERING)
def test_another_release_is_another_version_and_the_same_tried_again_is_not(function: str) -> None:
    version = version_of(function, RELEASE)

    assert version_of(function, NEXT_RELEASE) != version
    assert version_of(function, TRIED_AGAIN) == version


@pytest.mark.parametrize("function", ANSWERING)
def test_no_version_is_equal_to_one_that_was_rolled_back(function: str) -> None:
    descriptions = {
        release: transformed(release)[function]["Properties"]["Description"]
        for release in (RELEASE, TRIED_AGAIN, NEXT_RELEASE)
    }

    assert all(text.endswith(f" {release}") for release, text in descriptions.items())
    # Lambda's limit.
    assert max(map(len, descriptions.values())) <= 256
