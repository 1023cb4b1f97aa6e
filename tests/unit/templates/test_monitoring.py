"""What must hold of alarms and the dashboard."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from local.template import ROOT
from shared.domain.links import HEARD_FACTOR
from tests.alarms import alarms_on, watched_service
from tests.unit.templates.loaded import (
    ALARMS,
    FUNCTIONS,
    MAIN,
    MONITORING,
    NAMESPACE,
    RESOURCES,
    ROUTES,
    dashboard,
    of_type,
    widgets,
)


def metrics_of(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    """What an alarm watches: one metric, or those it computes with."""
    computed = [each["MetricStat"]["Metric"] for each in alarm.get("Metrics", []) if "MetricStat" in each]
    return computed or [{"Dimensions": [], **alarm}]


METRICS = [each for alarm in ALARMS.values() for each in metrics_of(alarm["Properties"])]


def is_counted(metric: str, service: str) -> bool:
    """Whether the function's code names this metric, or the beginning of it before a placeholder."""
    whole, begun = metrics_named_by(service)
    return metric in whole or metric.startswith(begun)


@cache
def metrics_named_by(service: str) -> tuple[set[str], tuple[str, ...]]:
    """The names that a function's code gives to metrics, and the beginnings of those with a placeholder."""
    shared = ROOT / "shared"
    files = [
        *(ROOT / "functions" / service).rglob("*.py"),
        *(shared / "doorbells").glob("*.py"),
        shared / "dropbox_api" / "refused_calls.py",
        shared / "aws" / "refusals.py",
        shared / "confinement" / "refusals.py",
    ]
    names = re.findall(
        r'"(\w+)", MetricUnit|f"(\w+)\{|_report\(\n?.*, "(\w+)"\)|_count\("(\w+)"', "".join(map(_text, files))
    )
    whole = {name for whole, _, *reported in names for name in (whole, *reported) if name}
    return whole, tuple(begun for _, begun, *_ in names if begun)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def watched(namespace: str, metric: str) -> set[str]:
    """The values of the dimension by which a metric of AWS's own is watched, as they are written."""
    return {
        dimension["Value"]["Fn::Sub"]
        for each in METRICS
        if (each["Namespace"], each["MetricName"]) == (namespace, metric)
        for dimension in each["Dimensions"]
    }


def name_of(logical_id: str, name: str) -> str:
    """The name that a resource of template.yaml has, as template-monitoring.yaml writes it."""
    declared: str = RESOURCES[logical_id]["Properties"][name]["Fn::Sub"]
    return declared.replace("${AWS::StackName}", "${Stack}")


def test_alarms_and_dashboard_are_in_a_template_of_their_own() -> None:
    kinds = {resource["Type"] for resource in MONITORING["Resources"].values()}

    assert kinds == {"AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard"}
    assert not [each for each in MAIN["Resources"].values() if each["Type"] in kinds]


def test_what_is_given_up_anywhere_raises_an_alarm() -> None:
    redriven = {
        queue["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        for queue in of_type("AWS::SQS::Queue").values()
        if "RedrivePolicy" in queue["Properties"]
    }

    names = {name_of(queue, "QueueName") for queue in {*redriven, "ExpenseAcceptedFailureQueue"}}

    assert watched("AWS/SQS", "ApproximateNumberOfMessagesVisible") == names


def test_every_queue_that_is_answered_is_watched_for_what_waits_long() -> None:
    answered = {
        name_of(name, "QueueName")
        for name, queue in of_type("AWS::SQS::Queue").items()
        if "RedrivePolicy" in queue["Properties"]
    }

    assert watched("AWS/SQS", "ApproximateAgeOfOldestMessage") == answered


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_every_alarm_says_what_it_means_and_tells_the_topic(name: str) -> None:
    alarm = ALARMS[name]["Properties"]

    meaning, _, runbook = alarm["AlarmDescription"]["Fn::Sub"].partition(" Runbook: ")

    assert meaning.endswith((".", "?"))
    assert runbook == f"${{Runbook}}#{name}"
    assert alarm["AlarmActions"]["Fn::If"][0] == "HasAlarmTopic"
    assert alarm["OKActions"] == alarm["AlarmActions"]


def test_every_alarm_has_its_entry_in_the_runbook_and_the_reverse() -> None:
    page = _text(ROOT / "docs" / "operations.md")

    entries = re.findall(r'^\| <a id="(\w+)"></a>`(\w+)` \| \S.* \| \S.* \|$', page, re.MULTILINE)

    assert sorted(entries) == sorted((name, name) for name in ALARMS)


@pytest.mark.parametrize("metric", ["Errors", "Throttles"])
def test_every_function_is_watched(metric: str) -> None:
    names = {name_of(function, "FunctionName") for function in FUNCTIONS}

    assert watched("AWS/Lambda", metric) == names


def test_the_errors_and_the_latency_of_all_routes_together_are_watched() -> None:
    of_all_routes = {
        each["MetricName"]
        for each in METRICS
        if each["Namespace"] == "AWS/ApiGateway"
        and [dimension["Name"] for dimension in each["Dimensions"]] == ["ApiId", "Stage"]
    }

    assert of_all_routes == {"5xx", "Latency"}


def test_every_schedule_has_a_dead_mans_switch_that_waits_for_three_runs() -> None:
    scheduled = {
        function["Properties"]["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]: event["Properties"][
            "Schedule"
        ]
        for name, function in FUNCTIONS.items()
        for event in function["Properties"]["Events"].values()
        if event["Type"] == "Schedule"
    }

    switches = [alarm["Properties"] for name, alarm in ALARMS.items() if name.endswith("SilentAlarm")]

    assert {watched_service(switch) for switch in switches} == set(scheduled)
    assert {switch["MetricName"] for switch in switches} == {"RunsCompleted"}
    assert set(scheduled.values()) == {"rate(5 minutes)"}
    for switch in switches:
        assert switch["Period"] == 3 * 5 * 60
        assert (switch["ComparisonOperator"], switch["Threshold"]) == ("LessThanThreshold", 1)
        assert switch["TreatMissingData"] == "breaching"


def test_an_alarm_about_the_expenses_stream_watches_the_function_that_reads_it() -> None:
    assert watched("AWS/Lambda", "IteratorAge") == {name_of("ExpenseAcceptedFunction", "FunctionName")}


def test_an_alarm_about_our_own_metrics_watches_one_that_is_counted() -> None:
    ours = [each for each in METRICS if not str(each["Namespace"]).startswith("AWS/")]

    assert ours
    for each in ours:
        [dimension] = each["Dimensions"]
        assert each["Namespace"] == NAMESPACE
        assert dimension["Name"] == "service"
        assert is_counted(each["MetricName"], watched_service(each)), each["MetricName"]


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_what_aws_refuses_any_function_is_heard_within_fifteen_minutes(name: str) -> None:
    service = FUNCTIONS[name]["Properties"]["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]

    [alarm] = alarms_on("AwsCallsRefused", service).values()

    assert alarm["Threshold"] == 0
    assert alarm["Period"] * alarm["EvaluationPeriods"] <= 15 * 60
    assert alarm["TreatMissingData"] == "notBreaching"


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_what_aws_throttles_any_function_is_heard_once_it_lasts(name: str) -> None:
    service = FUNCTIONS[name]["Properties"]["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]

    [alarm] = alarms_on("AwsCallsThrottled", service).values()

    assert (alarm["Statistic"], alarm["Threshold"]) == ("Sum", 0)
    assert alarm["EvaluationPeriods"] > 1
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 15 * 60


@pytest.mark.parametrize(
    ("metric", "hours"), [("ImportLookAgeSeconds", HEARD_FACTOR * 6), ("DeliveryLookAgeSeconds", 6)]
)
def test_a_working_link_that_is_looked_at_too_late_is_heard_and_no_other(metric: str, hours: int) -> None:
    [alarm] = alarms_on(metric, "sweep").values()

    assert MAIN["Parameters"]["SweepHours"]["Default"] == 6
    assert hours * 3600 < alarm["Threshold"] <= (hours + 2) * 3600


def test_metrics_are_counted_under_the_name_of_the_stack_that_counts_them() -> None:
    variables = MAIN["Globals"]["Function"]["Environment"]["Variables"]

    counted = variables["POWERTOOLS_METRICS_NAMESPACE"]["Fn::Sub"]

    assert counted.replace("${AWS::StackName}", "${Stack}") == NAMESPACE["Fn::Sub"]


def test_an_alarm_about_a_route_watches_one_that_there_is_and_that_is_counted_apart() -> None:
    settings = RESOURCES["HttpApi"]["Properties"]["RouteSettings"]
    of_a_route = [
        {dimension["Name"]: dimension["Value"] for dimension in each["Dimensions"]}
        for each in METRICS
        if each["Namespace"] == "AWS/ApiGateway"
    ]

    watched_routes = {f"{each['Method']} {each['Resource']}" for each in of_a_route if "Method" in each}

    assert watched_routes
    assert watched_routes <= set(ROUTES)
    assert all(settings[route]["DetailedMetricsEnabled"] for route in watched_routes)


def test_the_dashboard_shows_every_alarm_and_only_metrics_that_there_are() -> None:
    named = set(re.findall(r"\$\{([\w:]+)(?:\.\w+)?\}", dashboard()))

    shown = [name for each in widgets() if each["type"] == "alarm" for name in each["properties"]["alarms"]]

    assert named <= {*ALARMS, *MONITORING["Parameters"], "AWS::Region"}
    assert sorted(shown) == sorted(f"${{{name}.Arn}}" for name in ALARMS)
    metrics = [
        metric
        for widget in widgets()
        if widget["type"] == "metric"
        for metric in widget["properties"]["metrics"]
    ]
    ours = [(metric[1], metric[3]) for metric in metrics if metric[0] == NAMESPACE["Fn::Sub"]]
    assert ours
    assert [each for each in ours if not is_counted(*each)] == []


@pytest.mark.parametrize("metric", ["SQS", "Lambda"])
def test_the_dashboard_names_only_queues_and_functions_that_there_are(metric: str) -> None:
    names = {
        "SQS": {name_of(queue, "QueueName") for queue in of_type("AWS::SQS::Queue")},
        "Lambda": {name_of(function, "FunctionName") for function in FUNCTIONS},
    }[metric]

    shown = {
        row[3]
        for widget in widgets()
        for row in widget["properties"].get("metrics", [])
        if row[0] == f"AWS/{metric}"
    }

    assert shown <= names


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_the_dashboard_shows_how_every_function_does_and_what_it_logged(function: str) -> None:
    name = function.removesuffix("Function")

    logs = [each["properties"]["query"] for each in widgets() if each["type"] == "log"]

    assert {f"{name}ErrorsAlarm", f"{name}ThrottlesAlarm"} <= set(ALARMS)
    group = RESOURCES["FunctionsLogGroup"]["Properties"]["LogGroupName"]["Fn::Sub"]
    source = group.replace("${AWS::StackName}", "${Stack}")
    assert MAIN["Globals"]["Function"]["LoggingConfig"] == {"LogGroup": {"Ref": "FunctionsLogGroup"}}
    assert "LoggingConfig" not in FUNCTIONS[function]["Properties"]
    assert [query.split(" | ")[0] for query in logs] == [f"SOURCE '{source}'"] * 2


def test_the_dashboards_widgets_lie_beside_each_other() -> None:
    taken = [
        (column, row)
        for widget in widgets()
        for column in range(widget["x"], widget["x"] + widget["width"])
        for row in range(widget["y"], widget["y"] + widget["height"])
    ]

    assert len(taken) == len(set(taken))
    assert max(column for column, _ in taken) < 24
