"""How a new version reaches callers: behind an alias, step by step, and back where an alarm goes off."""

from __future__ import annotations

import re
from typing import Any

import pytest

from local.http_api import routes_of
from tests.unit.templates.loaded import ALARMS, FUNCTIONS, MAIN

ALIASED = sorted(name for name, each in FUNCTIONS.items() if "AutoPublishAlias" in each["Properties"])
STYLES = MAIN["Parameters"]["DeploymentStyle"]
# What each style waits for before the last calls move, in minutes: https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
MINUTES = {"Canary10Percent": 1, "Linear10PercentEvery": 9}


def minutes_of(style: str) -> int:
    kind, number = re.fullmatch(r"(\w+?)(\d+)Minutes", style).groups()  # type: ignore[union-attr]
    return MINUTES[kind] * int(number)


def alarms_of(function: str) -> list[str]:
    """The names of the alarms that roll a deployment back, as template-monitoring.yaml writes them."""
    condition, named, otherwise = properties(function)["DeploymentPreference"]["Alarms"]["Fn::If"]
    assert condition == "HeedsAlarms"
    assert otherwise == [{"Ref": "AWS::NoValue"}]
    return [each["Fn::Sub"].replace("${AWS::StackName}", "${Stack}") for each in named]


def properties(function: str) -> dict[str, Any]:
    found: dict[str, Any] = FUNCTIONS[function]["Properties"]
    return found


def named_alarms() -> dict[str, dict[str, Any]]:
    return {
        each["Properties"]["AlarmName"]["Fn::Sub"]: each["Properties"]
        for each in ALARMS.values()
        if "AlarmName" in each["Properties"]
    }


def test_what_browsers_and_dropbox_call_is_behind_an_alias_and_nothing_else() -> None:
    assert set(ALIASED) == {function for _, function, _ in routes_of(MAIN)}


@pytest.mark.parametrize("function", ALIASED)
def test_a_release_is_what_makes_a_version(function: str) -> None:
    assert properties(function)["AutoPublishAlias"] == "live"
    assert properties(function)["AutoPublishCodeSha256"] == {"Ref": "Release"}
    assert "Default" not in MAIN["Parameters"]["Release"]


@pytest.mark.parametrize("function", ALIASED)
def test_a_deployment_is_rolled_back_by_alarms_that_there_are(function: str) -> None:
    name = function.removesuffix("Function")

    heeded = alarms_of(function)

    assert set(heeded) <= set(named_alarms())
    assert {f"${{Stack}}-{name}ErrorsAlarm", f"${{Stack}}-{name}AwsRefusedAlarm"} <= set(heeded)
    # CodeDeploy's limit.
    assert len(heeded) <= 10


@pytest.mark.parametrize("style", [each for each in STYLES["AllowedValues"] if each != "AllAtOnce"])
def test_every_such_alarm_can_go_off_before_the_last_calls_have_moved(style: str) -> None:
    alarms = named_alarms()
    heeded = {name for function in ALIASED for name in alarms_of(function)}

    seconds = {
        name: alarms[name]["Period"]
        * alarms[name].get("DatapointsToAlarm", alarms[name]["EvaluationPeriods"])
        for name in heeded
    }

    assert max(seconds.values()) < minutes_of(style) * 60, style


def test_calls_move_step_by_step_unless_the_operator_says_otherwise() -> None:
    assert STYLES["Default"] == "Canary10Percent15Minutes"
    assert MAIN["Conditions"]["HeedsAlarms"] == {
        "Fn::Not": [{"Fn::Equals": [{"Ref": "DeploymentStyle"}, "AllAtOnce"]}]
    }
