"""The alarms that our templates declare, for tests of what raises them."""

from __future__ import annotations

from typing import Any

from local.template import MONITORING_TEMPLATE, expand_loops, load_template


def alarms() -> dict[str, dict[str, Any]]:
    """The properties of every alarm by its name."""
    return {
        name: resource["Properties"]
        for name, resource in expand_loops(load_template(MONITORING_TEMPLATE))["Resources"].items()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }


def alarms_on(metric: str, service: str) -> dict[str, dict[str, Any]]:
    """Those that watch what a function counts."""
    return {
        name: alarm
        for name, alarm in alarms().items()
        if alarm.get("MetricName") == metric and watched_service(alarm) == service
    }


def watched_service(alarm: dict[str, Any]) -> str:
    """The function's own name for itself, by which its metrics are told apart; empty for metrics of AWS's."""
    values = [each["Value"] for each in alarm["Dimensions"] if each["Name"] == "service"]
    return _found(values[0]) if values else ""


def _found(value: Any) -> str:
    """What is said as it is, or looked up in one of the template's maps."""
    if isinstance(value, str):
        return value
    name, first, second = value["Fn::FindInMap"]
    found: str = load_template(MONITORING_TEMPLATE)["Mappings"][name][first["Fn::Sub"]][second]
    return found
